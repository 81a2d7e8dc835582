import { createTokenizer, type Tokenizer, type TokenizerSpec, type Vocabulary } from '../engine';
import { defaultEmbeddingRows } from '../tokenizers/embedding-rows';
import type { Build } from '../tokenizers/runtimes/runtime';
import { byteLength } from '../engine/text';
import { NO_BATCH_FIELDS, type BatchFields } from './batches';
import { compareSpecs } from './config/differences';
import { canonicalJson } from './config/stages';
import { concludeDrift } from './conclude';
import { checkEmbedding } from './embedding';
import { compareFingerprints, fileText } from './fingerprint/fingerprint';
import type { Pair } from './outputs';
import { Probing } from './probing';
import { compareRoundTrips } from './round-trips';
import { compareAddedIds, type AddedIds } from './second-reference';
import { compareSpecialTokens } from './special-tokens';
import { platformSha256, type Sha256 } from './sha256';
import { compareSelfEncoding } from './self-encode';
import { documentFindings, textFindings } from './text/documents';
import { PLAIN_READING } from './text/read';
import { tokenTexts } from './token-texts';
import type {
	ConfigDifference,
	DamageFindings,
	BesideFindings,
	DriftReport,
	Loads,
	QuickFindings,
	TextFindings
} from './types';
import { equalModels, equalSpecs } from './equal-specs';
import { runToEnd } from './utilities';

/** One of the two tokenizers, with the other contents of its file. */
export interface JudgedSide {
	readonly tokenizer: Tokenizer;
	/** Absent if the tokenizer comes from no file, or its file has none of these fields. */
	readonly batch?: BatchFields;
	/** Absent if the tokenizer comes from no file. */
	readonly loads?: Loads;
	/** Ids of added tokens in the file; absent if the spec has the same. */
	readonly addedIds?: AddedIds;
	/** Notes on how other programs read the file, one sentence each. */
	readonly notes?: readonly string[];
}

export interface JudgeOptions {
	/** Rows of the model's embedding; `null` or absent for those known of A's models, at least A's largest id + 1. */
	readonly rows?: number | null;
	/** Whether the two came from files with different bytes; `null` if they did not both come from files. */
	readonly otherFile?: boolean | null;
	/** `null` if the platform has none; absent for the platform's own. */
	readonly sha256?: Sha256 | null;
	/** Whether the report has fingerprints (default). If not, they are left empty where the verdict does not depend on them. */
	readonly fingerprints?: boolean;
	/** Called before each part that may take a second. */
	readonly onstep?: () => void;
}

/** A trained the model, B serves it. The findings can be read at any time, also while more inputs are tried. */
export class DriftJudge {
	private constructor(
		/** The text of each token by id, see {@link tokenTexts}. */
		readonly tokensA: Vocabulary,
		readonly tokensB: Vocabulary,
		/** Findings that more inputs do not change. */
		private readonly fixed: Omit<QuickFindings, 'output' | 'config'>,
		private readonly probing: Probing,
		/** A difference that shows in transformers.js only; `null` for none. */
		private readonly elsewhere: ConfigDifference | null,
		private readonly notes: readonly string[]
	) {}

	/** Compares the tables and tries the first inputs: less than a second for 200,000 tokens each. */
	static async start(
		sideA: JudgedSide,
		sideB: JudgedSide,
		{
			rows = null,
			otherFile = null,
			sha256 = platformSha256(),
			fingerprints = true,
			onstep = () => {}
		}: JudgeOptions = {}
	): Promise<DriftJudge> {
		const a = sideA.tokenizer;
		const b = sharing(a, sideB.tokenizer);
		const tokensA = tokenTexts(a.spec);
		const sharesTokens =
			a.spec.model === b.spec.model && a.spec.added_tokens === b.spec.added_tokens;
		const tokensB = sharesTokens ? tokensA : tokenTexts(b.spec);
		const batch = {
			a: sideA.batch ?? NO_BATCH_FIELDS,
			b: sideB.batch ?? NO_BATCH_FIELDS
		};
		onstep();
		const { vocabulary, merges, mergeChanges, fields } = compareSpecs(a.spec, b.spec, batch);
		const defaultRows = defaultEmbeddingRows(a.spec, tokensA.ends.length);
		const embedding = checkEmbedding(tokensA, tokensB, b.spec, rows, defaultRows);
		const probing = new Probing(
			{ a: { tokenizer: a, batch: batch.a }, b: { tokenizer: b, batch: batch.b } },
			{
				textsA: tokensA,
				textsB: tokensB,
				changedA: bothOf(vocabulary.removedIds, vocabulary.movedA),
				changedB: bothOf(vocabulary.addedIds, vocabulary.movedB),
				merges: mergeChanges,
				areStrangers: !vocabulary.sameLineage
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
			severity === 'crash' ||
			severity === 'silent' ||
			(a === b && fileText(sideA) === fileText(sideB));
		const fixed = {
			otherFile,
			loads: { a: sideA.loads ?? 'yes', b: sideB.loads ?? 'yes' },
			embedding,
			vocabulary,
			merges,
			specialTokens: compareSpecialTokens(a, b, vocabulary.sameLineage),
			// Their texts are too long for a pattern that backtracks without end.
			roundTrip: probing.isBounded ? NO_ROUND_TRIPS : compareRoundTrips(a, b),
			fingerprint:
				probing.isBounded || (isDecided && !fingerprints)
					? NO_FINGERPRINTS
					: await compareFingerprints(
							{ ...sideA, tokenizer: a },
							{ ...sideB, tokenizer: b },
							sha256
						)
		} as const;
		// A difference that native ignores counts only if native shows none.
		const build: Build = (make) => {
			onstep();
			return make();
		};
		const elsewhere =
			severity === null && (sideA.addedIds ?? sideB.addedIds)
				? await compareAddedIds(
						{ spec: a.spec, addedIds: sideA.addedIds },
						{ spec: b.spec, addedIds: sideB.addedIds },
						build
					)
				: null;
		const notes = [...(sideA.notes ?? []), ...(sideB.notes ?? [])];
		return new DriftJudge(tokensA, tokensB, fixed, probing, elsewhere, notes);
	}

	/** Whether a pattern backtracks without end, so that only short texts may be encoded. */
	get isBounded(): boolean {
		return this.probing.isBounded;
	}

	/** Tries all other inputs; yields the share that is done. */
	*probe(): Generator<number, void> {
		yield* this.probing.deep();
	}

	get findings(): QuickFindings {
		const { fixed, probing, elsewhere } = this;
		// A file that native does not run has no output.
		const runs = fixed.loads.a === 'yes' && fixed.loads.b === 'yes';
		const { output, config } = runs ? probing : withoutWitnesses(probing);
		const notes = [...output.notes, ...this.notes];
		if (!elsewhere?.witness) return { ...fixed, output: { ...output, notes }, config };
		const witnesses = [...output.witnesses, elsewhere.witness];
		const severity = output.severity ?? 'silent';
		return {
			...fixed,
			output: { ...output, witnesses, severity, notes },
			config: [elsewhere, ...config]
		};
	}
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

function bothOf(first: Uint32Array, second: Uint32Array): Uint32Array {
	const both = new Uint32Array(first.length + second.length);
	both.set(first);
	both.set(second, first.length);
	return both;
}

const isSameVocabulary = (found: QuickFindings['vocabulary']): boolean =>
	found.moved + found.added + found.removed + found.conflictingIds === 0;

/** A for an equal B, or else B with A's model if the models are equal, so that what is equal is built and examined once. */
function sharing(a: Tokenizer, b: Tokenizer): Tokenizer {
	if (equalSpecs(a.spec, b.spec)) return a;
	if (a.spec.model === b.spec.model || !equalModels(a.spec.model, b.spec.model)) return b;
	return createTokenizer({ ...b.spec, model: a.spec.model });
}

/** Equal ids that may decode differently; see {@link Pair}. */
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

/** A text that is compared as a document. */
export interface NamedText {
	readonly name: string;
	readonly text: string;
}

export interface ReportOptions extends JudgeOptions {
	/** `quick` tries only the first few thousand inputs. */
	readonly probes?: 'deep' | 'quick';
	readonly texts?: readonly NamedText[];
	readonly damage?: DamageFindings | null;
	/** Differences of the files beside tokenizer.json. */
	readonly beside?: BesideFindings;
	/** Called with the current step, and the share of it that is done. */
	readonly onprogress?: (step: 'trying inputs' | 'encoding every token', share: number) => void;
}

/** Judges two tokenizers with all inputs and reports everything. */
export async function judgeTokenizers(
	a: JudgedSide,
	b: JudgedSide,
	{ probes = 'deep', texts = [], damage = null, beside, onprogress, ...options }: ReportOptions = {}
): Promise<DriftReport> {
	const judge = await DriftJudge.start(a, b, options);
	if (probes === 'deep') for (const share of judge.probe()) onprogress?.('trying inputs', share);
	const pair = { a: a.tokenizer, b: b.tokenizer };
	const selfEncode = judge.isBounded
		? null
		: runToEnd(compareSelfEncoding(pair.a, pair.b, judge.findings.vocabulary), (share) =>
				onprogress?.('encoding every token', share)
			);
	const text = texts.length === 0 || judge.isBounded ? null : compareTexts(pair, texts);
	return concludeDrift({ ...judge.findings, selfEncode, text, damage, ...(beside && { beside }) });
}

function compareTexts(
	pair: { readonly a: Tokenizer; readonly b: Tokenizer },
	texts: readonly NamedText[]
): TextFindings {
	const found = texts.map(({ name, text }) =>
		documentFindings(
			{ name, text, bytes: byteLength(text), a: pair.a.encode(text), b: pair.b.encode(text) },
			pair,
			PLAIN_READING
		)
	);
	return textFindings(found);
}
