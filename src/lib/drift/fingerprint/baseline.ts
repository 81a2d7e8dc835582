/** Baselines: hashes of a tokenizer's parts, for comparing later files when the tokenizer itself isn't available. */
import { createTokenizer } from '../../engine';
import { formatCount, plural } from '../../engine/text';
import { defaultEmbeddingRows } from '../../tokenizers/embedding-rows';
import { isObject } from '../../tokenizers/files/exact-json';
import { orNull } from '../calls';
import { longTokens } from '../edits/table-edits';
import { markdownProse, printable, workflowCommand } from '../escapes';
import { quote } from '../format';
import { loadsOf } from '../loads';
import { withoutShadowed } from '../merges';
import { VERDICT_LEVELS } from '../report-github';
import type { Sha256 } from '../sha256';
import type { TokenizerSource } from '../source';
import { isHarmful, PART_NAMES, type FingerprintPart, type Loads, type Verdict } from '../types';
import {
	fingerprintParts,
	hashOfHashes,
	hashParts,
	FINGERPRINT_VERSION,
	type FingerprintedSide,
	type PartHashes
} from './fingerprint';

const FORMAT = 'bpe-lab baseline';

/**
 * `ids`: largest id + 1, added tokens included. `embeddingRows`: known row count of the model's embedding, at least
 * `ids`.
 */
const SIZES = ['ids', 'merges', 'addedTokens', 'embeddingRows'] as const;
type Sizes = Readonly<Record<(typeof SIZES)[number], number>>;

/** The JSON printed by `bpe-lab fingerprint --json`. */
export interface Baseline {
	readonly format: typeof FORMAT;
	/** The tokenizer as named by the user: a path or a built-in tokenizer's id. */
	readonly tokenizer: string;
	readonly fingerprint: string;
	/** SHA-256 of the file's text; `null` if the tokenizer wasn't read from a single JSON file. */
	readonly file: string | null;
	readonly loads: Loads;
	/** SHA-256 of each part. */
	readonly parts: PartHashes;
	readonly sizes: Sizes;
}

export async function baselineOf(
	tokenizer: string,
	side: FingerprintedSide,
	sha256: Sha256
): Promise<Baseline> {
	const { spec, vocabularySize: ids } = side.tokenizer;
	const parts = await hashParts(fingerprintParts(side), sha256);
	const { merges, vocabulary } = spec.model;
	return {
		format: FORMAT,
		tokenizer,
		fingerprint: await hashOfHashes(parts, sha256),
		file: side.file?.digest ?? null,
		loads: loadsOf(side.file),
		parts,
		sizes: {
			ids,
			merges: merges ? withoutShadowed(merges).length / 2 : longTokens(vocabulary).length,
			addedTokens: spec.added_tokens.length,
			embeddingRows: defaultEmbeddingRows(spec, ids)
		}
	};
}

/**
 * Parses a baseline.
 * @throws Error with a one-line message if the text isn't a baseline or has a different version
 */
export function parseBaseline(text: string): Baseline {
	const value = orNull((): unknown => JSON.parse(text));
	if (isBaseline(value)) return value;
	throw new Error(
		`got a file that isn't a baseline of version ${FINGERPRINT_VERSION}, expected one; write it again with \`bpe-lab fingerprint --json\``
	);
}

function isBaseline(value: unknown): value is Baseline {
	if (!isObject(value)) return false;
	const { format, tokenizer, fingerprint, file, loads, parts, sizes } = value;
	const isText = (one: unknown) => typeof one === 'string';
	return (
		format === FORMAT &&
		typeof fingerprint === 'string' &&
		fingerprint.startsWith(`${FINGERPRINT_VERSION}:`) &&
		[tokenizer, loads].every(isText) &&
		(file === null || isText(file)) &&
		isObject(parts) &&
		PART_NAMES.every((name) => isText(parts[name])) &&
		isObject(sizes) &&
		SIZES.every((name) => Number.isSafeInteger(sizes[name]))
	);
}

/** A difference that a baseline can show. */
export interface BaselineDifference {
	/**
	 * `rows`: ids that the model has no embedding row for. `loads`: how Hugging Face's native library loads the file.
	 */
	readonly part: FingerprintPart | 'loads' | 'rows';
	readonly severity: Exclude<Verdict, 'identical'>;
	readonly sentence: string;
}

export interface BaselineReport {
	/** Names of the baseline's tokenizer and of the tokenizer compared with it. */
	readonly tokenizers: { readonly baseline: string; readonly b: string };
	readonly verdict: Verdict;
	readonly reason: string;
	readonly fingerprints: { readonly baseline: string; readonly b: string | null };
	/** Worst first. */
	readonly differences: readonly BaselineDifference[];
	/** What the comparison with a baseline can't show; empty if the verdict isn't harmful. */
	readonly notes: readonly string[];
}

const CANNOT_TELL =
	'A baseline contains only hashes: it shows that a part changed, but not which inputs are affected. Compare both files with `bpe-lab diff` for inputs with different output.';

const CHANGES: Readonly<Record<FingerprintPart, readonly [words: string, size?: keyof Sizes]>> = {
	vocabulary: ['The vocabulary differs', 'ids'],
	merges: ['The merges differ', 'merges'],
	addedTokens: ['The added tokens or their flags differ', 'addedTokens'],
	normalizer: ['The rules of the normalizer differ'],
	preTokenizer: ['The rules of the pre-tokenizer differ'],
	decoder: ['The rules of the decoder differ'],
	texts: ['The output for the fixed texts differs'],
	template: ['The tokens added around the text differ'],
	file: ['Truncation, padding, dropout or the ids that the file lists for added tokens differ']
};

/**
 * Compares a tokenizer with the baseline of an earlier one. Any part that differs has the severity `silent`, even if
 * the output for the fixed texts is the same. Few of these texts contain the changed token or character, and a CI check
 * must not let through a change that may affect the output.
 * @param rows row count of the model's embedding; `null` to use the one in the baseline
 */
export async function compareWithBaseline(
	baseline: Baseline,
	name: string,
	source: TokenizerSource,
	rows: number | null,
	sha256: Sha256
): Promise<BaselineReport> {
	const differences: BaselineDifference[] = [];
	const add = (
		part: BaselineDifference['part'],
		severity: BaselineDifference['severity'],
		sentence: string
	) => differences.push({ part, severity, sentence });
	const isUnread = 'problem' in source;
	const loads: Loads = isUnread ? `refused: ${source.problem}` : loadsOf(source.file);
	if (loads !== baseline.loads) {
		const sentence = `Hugging Face’s library and the file: baseline ${quote(baseline.loads, 200)}, now ${quote(loads, 200)}.`;
		add('loads', 'crash', sentence);
	}
	const side = isUnread
		? null
		: { tokenizer: source.tokenizer ?? createTokenizer(source.spec), file: source.file };
	const now = side && (await baselineOf(name, side, sha256));
	if (now) {
		const limit = rows ?? baseline.sizes.embeddingRows;
		if (now.sizes.ids > limit) {
			const sentence = `The largest id is ${formatCount(now.sizes.ids - 1)}, but the model has ${plural(limit, 'embedding row')}.`;
			add('rows', 'crash', sentence);
		}
		for (const part of PART_NAMES) {
			if (now.parts[part] === baseline.parts[part]) continue;
			const [words, size] = CHANGES[part];
			const sizes = size
				? ` (${formatCount(baseline.sizes[size])} before, ${formatCount(now.sizes[size])} now)`
				: '';
			add(part, 'silent', `${words}${sizes}.`);
		}
		const isOtherFile = baseline.file !== null && now.file !== null && baseline.file !== now.file;
		if (differences.length === 0 && isOtherFile) {
			add('file', 'formatting-only', 'The file is written differently.');
		}
	}
	const verdict = differences[0]?.severity ?? 'identical';
	return {
		tokenizers: { baseline: baseline.tokenizer, b: name },
		verdict,
		reason: reasonOf(differences),
		fingerprints: { baseline: baseline.fingerprint, b: now?.fingerprint ?? null },
		differences,
		notes: isHarmful(verdict) ? [CANNOT_TELL] : []
	};
}

function reasonOf(differences: readonly BaselineDifference[]): string {
	if (differences.length === 0) return 'Every part of the fingerprint is the same.';
	const [{ severity, sentence }] = differences;
	const isSeen = differences.some(({ part }) => part === 'texts' || part === 'template');
	return severity === 'silent' && !isSeen
		? `${sentence} No fixed text has different output, but other texts may.`
		: sentence;
}

const titleOf = ({ tokenizers, verdict }: BaselineReport): string =>
	`${tokenizers.baseline} (baseline) → ${tokenizers.b}: ${verdict}`;

const linesOf = ({ reason, differences, fingerprints, notes }: BaselineReport): string[] => [
	reason,
	...differences.map(({ severity, sentence }) => `${severity}: ${sentence}`),
	`Baseline ${fingerprints.baseline}`,
	`Now ${fingerprints.b ?? 'none: the file cannot be run'}`,
	...notes
];

export const baselineReportText = (report: BaselineReport): string =>
	`${[titleOf(report), ...linesOf(report)].map(printable).join('\n')}\n`;

export const baselineReportMarkdown = (report: BaselineReport): string =>
	`# ${markdownProse(titleOf(report))}\n\n${linesOf(report)
		.map((line) => `- ${markdownProse(line)}\n`)
		.join('')}`;

/** @param file file that the annotation refers to; `null` if there is none */
export function baselineReportGitHub(report: BaselineReport, file: string | null): string {
	const { verdict, reason, differences } = report;
	const lines = [titleOf(report), reason, ...differences.slice(1).map(({ sentence }) => sentence)];
	const properties = { title: `Tokenizer drift: ${verdict}`, file };
	return `${workflowCommand(VERDICT_LEVELS[verdict], properties, lines)}\n`;
}
