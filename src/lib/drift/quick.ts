import type { Tokenizer, Vocabulary } from '../engine';
import { batchDifferences, type BatchFields } from './config/batch-differences';
import { compareConfigs } from './config/config';
import { checkEmbedding } from './embedding';
import { compareFingerprints } from './fingerprint/fingerprint';
import type { Sha256 } from './fingerprint/sha256';
import { compareMerges } from './merges';
import { compareRoundTrips } from './round-trip';
import { compareSpecialTokens } from './special-tokens';
import { tokenTexts } from './token-texts';
import type { QuickFindings } from './types';
import { compareVocabularies } from './vocabulary';

export interface QuickOptions {
	/** Rows of the model's embedding; null for A's largest id + 1. */
	readonly rows: number | null;
	/** Null where the platform has none. */
	readonly sha256: Sha256 | null;
	/** Whether the two came from files with other bytes; null where they did not both come from files. */
	readonly otherFile?: boolean | null;
	/** What files say of the length of texts. */
	readonly batch?: { readonly a: BatchFields; readonly b: BatchFields };
}

export interface QuickResult {
	readonly findings: QuickFindings;
	/** By id what each token stands for, see {@link tokenTexts}. */
	readonly tokensA: Vocabulary;
	readonly tokensB: Vocabulary;
}

/** All that can be said of two tokenizers without a corpus: well under a second for 200,000 tokens each. */
export async function compareQuickly(
	a: Tokenizer,
	b: Tokenizer,
	{ rows, sha256, otherFile = null, batch }: QuickOptions
): Promise<QuickResult> {
	const tokensA = tokenTexts(a.spec);
	const tokensB = a === b ? tokensA : tokenTexts(b.spec);
	const { findings: vocabulary, idInA } = compareVocabularies(a.spec, b.spec);
	const merges = compareMerges(a.spec.model, b.spec.model, idInA);
	const sameTokens = vocabulary.added === 0 && vocabulary.removed === 0;
	return {
		findings: {
			otherFile,
			embedding: checkEmbedding(tokensA, tokensB, rows),
			vocabulary,
			merges,
			config: [
				...(batch ? batchDifferences(batch.a, batch.b) : []),
				...compareConfigs(a, b, merges, sameTokens)
			],
			specialTokens: compareSpecialTokens(a, b, vocabulary.sameLineage),
			roundTrip: compareRoundTrips(a, b),
			fingerprint: await compareFingerprints(a, b, sha256)
		},
		tokensA,
		tokensB
	};
}
