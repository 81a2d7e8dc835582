/** Compares a tokenizer with the baseline of an earlier one. */
import { plural, formatCount } from '../../engine/text';
import { formatIds, quote } from '../format';
import { createTokenizer } from '../../engine';
import { loadsOf } from '../loads';
import type { Sha256 } from '../sha256';
import type { TokenizerSource } from '../source';
import { isHarmful, PART_NAMES, VERDICTS, type FingerprintPart, type Verdict } from '../types';
import { baselineOf, countHashes, differingHashes, stretchHashes, type Baseline } from './baseline';
import { canonicalVocabulary } from './canonical';
import type { FingerprintedSide } from './fingerprint';
import { PROBE_TEXTS } from './texts';

/** A difference, as far as a baseline can tell it. */
export interface BaselineDifference {
	/** `rows`: ids that the model has no embedding row for. `loads`: native's answer to the file. */
	readonly part: FingerprintPart | 'loads' | 'rows';
	readonly severity: Exclude<Verdict, 'identical'>;
	readonly sentence: string;
}

export interface BaselineReport {
	/** Names of the baseline's tokenizer and of the other. */
	readonly tokenizers: { readonly baseline: string; readonly b: string };
	readonly verdict: Verdict;
	readonly reason: string;
	readonly fingerprints: { readonly baseline: string; readonly b: string | null };
	/** The worst first. */
	readonly differences: readonly BaselineDifference[];
	/** Limits of a baseline; empty if nothing differs. */
	readonly notes: readonly string[];
}

const CANNOT_TELL =
	'A baseline holds hashes: it tells that a part changed, not every input that it changes. Compare both files with `bpe-lab diff` for inputs with different output.';

/**
 * What shows by itself. The fixed texts need not show the effect of any other part: few texts have the token or the
 * character that changed. Those count as silent too, because a gate must not pass what it cannot exclude.
 */
const SEEN: readonly BaselineDifference['part'][] = ['loads', 'rows', 'texts', 'template'];

/** @param rows of the model's embedding; `null` for those that the baseline names */
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
	const side: FingerprintedSide | null =
		'problem' in source
			? null
			: { tokenizer: source.tokenizer ?? createTokenizer(source.spec), file: source.file };
	const loads =
		'problem' in source ? (`refused: ${source.problem}` as const) : loadsOf(source.file);
	if (loads !== baseline.loads) {
		const sentence = `Hugging Face’s library and the file: baseline ${quote(baseline.loads, 200)}, now ${quote(loads, 200)}.`;
		add('loads', 'crash', sentence);
	}
	const current = side && (await baselineOf(name, side, sha256));
	if (side && current) {
		const { sizes } = current;
		const limit = rows ?? baseline.sizes.embeddingRows;
		if (sizes.ids > limit) {
			const sentence = `The largest id is ${formatCount(sizes.ids - 1)}, but the model has ${plural(limit, 'embedding row')}.`;
			add('rows', 'crash', sentence);
		}
		for (const part of PART_NAMES) {
			if (current.parts[part] === baseline.parts[part]) continue;
			add(part, 'silent', sentenceOf(part, baseline, current, side));
		}
		if (differences.length === 0 && baseline.file !== null && current.file !== null) {
			if (baseline.file !== current.file) {
				add('file', 'formatting-only', 'The file is written differently.');
			}
		}
	}
	differences.sort((a, b) => VERDICTS.indexOf(b.severity) - VERDICTS.indexOf(a.severity));
	const verdict = differences[0]?.severity ?? 'identical';
	return {
		tokenizers: { baseline: baseline.tokenizer, b: name },
		verdict,
		reason: reasonOf(verdict, differences),
		fingerprints: { baseline: baseline.fingerprint, b: current?.fingerprint ?? null },
		differences,
		notes: isHarmful(verdict) ? [CANNOT_TELL] : []
	};
}

function reasonOf(verdict: Verdict, differences: readonly BaselineDifference[]): string {
	if (verdict === 'identical') return 'Every part of the fingerprint is the same.';
	if (verdict === 'formatting-only') {
		return 'Every part of the fingerprint is the same; the file is written differently.';
	}
	const [{ sentence }] = differences;
	if (differences.some(({ part }) => SEEN.includes(part))) return sentence;
	return `${sentence} No fixed text has different output, but other texts may.`;
}

function sentenceOf(
	part: FingerprintPart,
	before: Baseline,
	after: Baseline,
	side: FingerprintedSide
): string {
	switch (part) {
		case 'vocabulary': {
			const hashes = stretchHashes(canonicalVocabulary(side.tokenizer.spec), before.idsPerHash);
			const stretches = differingHashes(before.vocabularyHashes, hashes);
			const from = formatCount((stretches[0] ?? 0) * before.idsPerHash);
			const tried = Math.max(countHashes(hashes), countHashes(before.vocabularyHashes));
			const where = `${stretches.length} of ${tried} stretches of ${plural(before.idsPerHash, 'id')}, the first from id ${from}`;
			return `The vocabulary differs${change(before, after, 'ids')}: in ${where}.`;
		}
		case 'merges':
			return `The merges differ${change(before, after, 'merges')}.`;
		case 'addedTokens':
			return `The added tokens or their flags differ${change(before, after, 'addedTokens')}.`;
		case 'texts': {
			const differing = differingHashes(before.textHashes, after.textHashes);
			const first = PROBE_TEXTS[differing[0] ?? 0];
			return `Output differs on ${formatCount(differing.length)} of ${formatCount(PROBE_TEXTS.length)} fixed texts, first on ${quote(first)}.`;
		}
		case 'template': {
			const ids = ({ template }: Baseline) =>
				`${formatIds(template.before)} before and ${formatIds(template.after)} after`;
			return ids(before) === ids(after)
				? 'The tokens added around a pair of texts differ.'
				: `The tokens added around a text differ: ${ids(before)}, now ${ids(after)}.`;
		}
		case 'file':
			return 'Truncation, padding, dropout or the ids that the file lists for added tokens differ.';
		default:
			return `The rules of the ${part === 'preTokenizer' ? 'pre-tokenizer' : part} differ.`;
	}
}

const change = (
	before: Baseline,
	after: Baseline,
	name: 'ids' | 'merges' | 'addedTokens'
): string =>
	before.sizes[name] === after.sizes[name]
		? ` (${formatCount(before.sizes[name])} on both sides)`
		: ` (${formatCount(before.sizes[name])}, now ${formatCount(after.sizes[name])})`;
