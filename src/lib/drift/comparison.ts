import { createTokenizer, type Tokenizer, type TokenizerSpec, type Vocabulary } from '../engine';
import { defaultEmbeddingRows } from '../tokenizers/embedding-rows';
import type { Build } from '../tokenizers/runtimes/runtime';
import type { FileFields } from '../tokenizers/files/file-fields';
import { NO_BATCH_FIELDS } from './truncation-and-padding';
import { compareSpecs } from './config/differences';
import { checkEmbedding } from './embedding';
import { compareFingerprints, fileText } from './fingerprint/fingerprint';
import { PROBE_TEXTS } from './fingerprint/texts';
import { isBroken, loadsOf } from './loads';
import type { Pair } from './compare-output';
import { Probing } from './probing';
import { returnTrip } from './text/read';
import { compareAddedIds } from './second-reference';
import { compareSpecialTokens } from './special-tokens';
import { platformSha256 } from './sha256';
import { tokenTexts } from './token-texts';
import { isHarmful, type NativeAnswers, type QuickFindings, type RoundTripFindings } from './types';
import { canonicalJson, equalModels, equalSpecs, isSameVocabulary } from './equal';

/** A tokenizer, with the other contents of its file. */
export interface ComparedSide {
	readonly tokenizer: Tokenizer;
	/** Absent or `null` if the tokenizer doesn't come from a JSON file. */
	readonly file?: FileFields | null;
}

export interface ComparisonOptions {
	/**
	 * Rows in the model's embedding. If `null` or absent, the known row count of A's models, but at least A's largest
	 * id + 1.
	 */
	readonly rows?: number | null;
	/** Absent if Hugging Face's library wasn't run. */
	readonly native?: NativeAnswers;
	/**
	 * Whether to compute fingerprints; true by default. If false, fingerprints are computed only if the verdict depends
	 * on them.
	 */
	readonly fingerprints?: boolean;
	/** Called before each step that may take a second. */
	readonly onstep?: () => void;
}

/**
 * Comparison of A, the tokenizer the model was trained with, and B, the one it is served with. The findings can be read
 * at any time, even while more inputs are being tried.
 */
export interface Comparison {
	/** The text of each token by id (see {@link tokenTexts}). */
	readonly tokensA: Vocabulary;
	readonly tokensB: Vocabulary;
	/** Whether a pattern may backtrack endlessly; if so, only short texts can be encoded. */
	readonly isBounded: boolean;
	readonly findings: QuickFindings;
	/** Tries the inputs that {@link startComparison} didn't try. Yields the fraction completed. */
	probe(): Generator<number, void>;
}

/** Compares the tables, and how the two tokenizers encode and decode the first inputs. */
export async function startComparison(
	sideA: ComparedSide,
	sideB: ComparedSide,
	{ rows = null, native, fingerprints = true, onstep = () => {} }: ComparisonOptions = {}
): Promise<Comparison> {
	const a = sideA.tokenizer;
	const b = sharing(a, sideB.tokenizer);
	const tokensA = tokenTexts(a.spec);
	const sharesTokens = a.spec.model === b.spec.model && a.spec.added_tokens === b.spec.added_tokens;
	const tokensB = sharesTokens ? tokensA : tokenTexts(b.spec);
	onstep();
	const { vocabulary, merges, changedMerges, fields } = compareSpecs(a.spec, b.spec, {
		a: sideA.file ?? NO_BATCH_FIELDS,
		b: sideB.file ?? NO_BATCH_FIELDS
	});
	const defaultRows = defaultEmbeddingRows(a.spec, tokensA.ends.length);
	const embedding = checkEmbedding(tokensA, tokensB, b.spec, rows, defaultRows);
	const probing = new Probing(
		{
			a,
			b,
			textsA: tokensA,
			textsB: tokensB,
			changedA: bothOf(vocabulary.removedIds, vocabulary.movedA),
			changedB: bothOf(vocabulary.addedIds, vocabulary.movedB),
			changedMerges,
			areUnrelated: !vocabulary.sameLineage
		},
		fields,
		embedding.rows,
		readsMayDiffer(a.spec, b.spec, isSameVocabulary(vocabulary))
	);
	onstep();
	probing.quick();
	onstep();
	const { severity } = probing.output;
	const isDecided =
		isHarmful(severity) || (a === b && fileText(sideA.file) === fileText(sideB.file));
	const fixed = {
		otherFile:
			sideA.file?.digest && sideB.file?.digest ? sideA.file.digest !== sideB.file.digest : null,
		loads: { a: loadsOf(sideA.file, native?.a), b: loadsOf(sideB.file, native?.b) },
		embedding,
		vocabulary,
		merges,
		specialTokens: compareSpecialTokens(a, b, vocabulary.sameLineage),
		// If a pattern may backtrack endlessly, the fingerprint's texts are too long to encode.
		roundTrip: probing.isBounded ? NO_ROUND_TRIPS : compareRoundTrips(a, b),
		fingerprint:
			probing.isBounded || (isDecided && !fingerprints)
				? NO_FINGERPRINTS
				: await compareFingerprints(
						{ tokenizer: a, file: sideA.file },
						{ tokenizer: b, file: sideB.file },
						platformSha256()
					)
	} as const;
	// Differences in programs other than Hugging Face's native library count only if the native library shows none.
	const build: Build = (make) => {
		onstep();
		return make();
	};
	const elsewhere =
		severity === null && (sideA.file?.addedIds ?? sideB.file?.addedIds)
			? await compareAddedIds(
					{ spec: a.spec, addedIds: sideA.file?.addedIds },
					{ spec: b.spec, addedIds: sideB.file?.addedIds },
					build
				)
			: null;
	const more = [elsewhere?.witness, native?.witness].flatMap((one) => one ?? []);
	// A file that Hugging Face's library can't run has no output.
	const hasOutput = !isBroken(fixed.loads.a) && !isBroken(fixed.loads.b);
	return {
		tokensA,
		tokensB,
		isBounded: probing.isBounded,
		probe: () => probing.deep(),
		get findings() {
			const { output, config } = hasOutput ? probing : withoutWitnesses(probing);
			return {
				...fixed,
				output: {
					...output,
					probes: output.probes + (native?.tried ?? 0),
					differing: output.differing + (native?.differing ?? 0),
					witnesses: [...output.witnesses, ...more],
					severity: output.severity ?? (more.length > 0 ? 'silent' : null)
				},
				config: elsewhere?.witness ? [elsewhere, ...config] : config
			};
		}
	};
}

const NO_ROUND_TRIPS = { tried: 0, changedA: 0, changedB: 0, examples: [], differing: 0 };
const NO_FINGERPRINTS = {
	...{ a: null, b: null, chkhshA: null, chkhshB: null, firstDiffering: null },
	...{ same: true, chkhshSame: true, parts: [] }
};

const withoutWitnesses = ({ output, config }: Pick<QuickFindings, 'output' | 'config'>) => ({
	output: { ...output, witnesses: [], severity: null },
	config: config.map((difference) => ({ ...difference, witness: null }))
});

const bothOf = (first: Uint32Array, second: Uint32Array): Uint32Array =>
	Uint32Array.from([...first, ...second]);

/**
 * Returns A if A and B are equal; otherwise B, with A's model object if the models are equal. Equal parts are therefore
 * built and examined only once.
 */
function sharing(a: Tokenizer, b: Tokenizer): Tokenizer {
	if (equalSpecs(a.spec, b.spec)) return a;
	if (a.spec.model === b.spec.model || !equalModels(a.spec.model, b.spec.model)) return b;
	return createTokenizer({ ...b.spec, model: a.spec.model });
}

/** Which ids may decode differently on the two sides (see {@link Pair}). */
function readsMayDiffer(
	a: TokenizerSpec,
	b: TokenizerSpec,
	sameVocabulary: boolean
): Pair['readsMayDiffer'] {
	const differ = (field: keyof TokenizerSpec) =>
		canonicalJson(a[field]) !== canonicalJson(b[field]);
	if (!sameVocabulary || differ('decoder')) return 'all';
	return differ('added_tokens') || differ('normalizer') ? 'added tokens' : 'none';
}

const MAX_ROUND_TRIP_EXAMPLES = 5;

/** Encodes and decodes the fingerprint's texts on both sides. */
function compareRoundTrips(a: Tokenizer, b: Tokenizer): RoundTripFindings {
	const examples: RoundTripFindings['examples'][number][] = [];
	let changedA = 0;
	let changedB = 0;
	let differing = 0;
	for (const input of PROBE_TEXTS) {
		const tripA = returnTrip(a, input, a.encode(input).ids, 'text');
		const tripB = a === b ? tripA : returnTrip(b, input, b.encode(input).ids, 'text');
		if (!tripA.sameText || !tripA.sameIds) changedA++;
		if (!tripB.sameText || !tripB.sameIds) changedB++;
		if (tripA.text === tripB.text && tripA.sameIds === tripB.sameIds) continue;
		differing++;
		if (examples.length < MAX_ROUND_TRIP_EXAMPLES)
			examples.push({ input, a: tripA.text, b: tripB.text });
	}
	return { tried: PROBE_TEXTS.length, changedA, changedB, differing, examples };
}
