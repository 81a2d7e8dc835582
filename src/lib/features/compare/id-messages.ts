import type { Drawn } from '../../session/calls/tokenizing';
import { formatChoice, formatCount, formatList, isolate, plural } from '../../session/format';
import type { IdSearch, SpecialEvidence } from './id-search.svelte';

export const LIVE_HAS_NO_IDS =
	'The tokenizer trained here is hidden, because its ids never appear in logs.';

/** Lists shorter than this fit many tokenizers by chance. */
const MIN_TELLING_IDS = 5;

export interface FitAnswer {
	readonly tokenizer: string;
	readonly name: string;
	/** What the ids decode to; `null` if the tokenizer failed. */
	readonly drawn: Pick<Drawn, 'document' | 'fit'> | null;
}

/**
 * Says which of the selected tokenizers the ids fit, or which tokenizer the special tokens among them point to.
 * @param answers from all selected tokenizers; `null` while any answer is pending
 * @param evidence `null` if no special token points to a tokenizer
 */
export function describeFits(
	ids: number,
	answers: readonly FitAnswer[] | null,
	evidence: SpecialEvidence | null = null
): string {
	if (ids === 0) return 'Paste token ids to see the text they stand for.';
	if (answers === null) return 'Looking for the tokenizer that these ids came from…';
	const answered = answers.filter(({ drawn }) => drawn?.fit);
	const fitting = fittingOf(answered);
	if (evidence && !agrees(fitting, evidence))
		return `These ids probably came from ${formatChoice(evidence.tokenizers)}.`;
	if (answered.length === 0) return `${plural(ids, 'id')}, but no tokenizer to read them.`;
	const names = formatList(fitting.map(({ name }) => name));
	if (names === '')
		return answered.length === 1
			? `These ids do not fit the tokenizer ${answered[0].name}.`
			: `These ids fit none of the ${answered.length} tokenizers.`;
	const isOnly = fitting.length === 1 && answered.length > 1;
	return `These ids fit ${names}${isOnly ? ` only, of ${answered.length} tokenizers` : ''}.`;
}

const agrees = (fitting: readonly FitAnswer[], { tokenizers }: SpecialEvidence): boolean =>
	fitting.some(({ tokenizer }) => tokenizers.includes(tokenizer));

/**
 * Finds the tokenizers that the ids fit. Leaves out tokenizers in which an id is a reserved token, unless that would
 * leave none.
 */
function fittingOf(answers: readonly FitAnswer[]): readonly FitAnswer[] {
	const possible = answers.filter(({ drawn }) => drawn?.fit?.verdict === 'fits');
	const likely = possible.filter(
		({ drawn }) => drawn?.fit?.verdict === 'fits' && drawn.fit.reserved === null
	);
	return likely.length > 0 ? likely : possible;
}

/**
 * Says how certain the result of {@link describeFits} is; empty if there are no ids or answers, or if the special
 * tokens point to other tokenizers.
 */
export function describeFitReasons(
	ids: number,
	answers: readonly FitAnswer[],
	evidence: SpecialEvidence | null = null
): string {
	if (ids === 0 || answers.every(({ drawn }) => !drawn?.fit)) return '';
	const fitting = fittingOf(answers);
	if (evidence && !agrees(fitting, evidence)) return '';
	if (fitting.length === 0)
		return 'A model can also generate ids that its tokenizer would not choose for the same text.';
	const chance = ids < MIN_TELLING_IDS ? ' A list this short can fit a tokenizer by chance.' : '';
	if (fitting.length === 1)
		return `It has all these ids, they decode to valid UTF-8, and encoding the text again gives the same ids.${chance}`;
	const [first, ...others] = fitting.map(({ drawn }) => drawn?.document ?? new Uint8Array());
	const isSameText = others.every(
		(text) => text.length === first.length && text.every((byte, i) => byte === first[i])
	);
	return isSameText
		? `The decoded texts are the same, so the ids do not tell the tokenizers apart.${chance}`
		: `The decoded texts differ. The ids probably came from the tokenizer whose text makes sense.${chance}`;
}

const MAX_NAMED = 3;

/** "128000 is <|begin_of_text|> in llama3." */
export function describeSpecialIds({ tokens, tokenizers }: SpecialEvidence): string {
	const named = tokenizers.slice(0, MAX_NAMED);
	const more = tokenizers.length - named.length;
	const names = formatList(more > 0 ? [...named, `${more} others`] : named);
	const all = tokens.slice(0, MAX_NAMED).map(([id, content]) => `${id} is ${content}`);
	return `${formatList(all)} in ${names}.`;
}

export function describeIdSearch(search: NonNullable<ReturnType<IdSearch['of']>>): string {
	const { isRunning, tried, all, failed, fitting } = search;
	const found = formatList(fitting);
	if (isRunning)
		return `Trying tokenizer ${formatCount(tried + 1)} of ${formatCount(all)}.${found && ` The ids fit ${found}.`}`;
	const part =
		tried < all
			? `the first ${formatCount(tried)} of ${formatCount(all)}`
			: `all ${formatCount(all)}`;
	const others = `${part} other tokenizers`;
	const missing = failed > 0 ? ` ${formatCount(failed)} of these could not be loaded.` : '';
	return `${found ? `Of ${others}, the ids fit ${found}.` : `The ids fit none of ${others}.`}${missing}`;
}

export function describeInvalidId(part: string): string {
	const shown = quote(part);
	if (/^[-−]100$/.test(part))
		return `${shown} is negative. In training labels, -100 marks a position to ignore.`;
	if (/^[-−]\d+$/.test(part)) return `${shown} is negative. Ids begin at 0.`;
	if (/^0x[\da-f]+$/i.test(part))
		return `${shown} is hexadecimal. Write ids in decimal (${BigInt(part)}).`;
	if (/^(\.{3,}|…)$/.test(part))
		return `${shown}: some ids are missing here, because the printed list was shortened.`;
	if (/^[-−+]?(\d+\.\d*|\.\d+|\d+(\.\d*)?e[-+]?\d+)$/i.test(part))
		return `${shown} is a decimal number. Ids are whole numbers.`;
	return `${shown} is not a number.`;
}

export const describeLargeId = (part: string, max: number): string =>
	`${quote(part)} is above ${formatCount(max)}, the largest id.`;

export const describeSkipped = (part: string): string => `Skipped ${quote(part)}.`;

const MAX_SKIPPED = 4;

/** A sentence about skipped parts, preceded by a space; empty if no parts were skipped. */
const listSkipped = (parts: readonly string[]): string =>
	parts.length === 0
		? ''
		: ` Skipped ${parts.slice(0, MAX_SKIPPED).map(quote).join(', ')}${parts.length > MAX_SKIPPED ? ', …' : ''}.`;

export const describeFoundLabel = (label: string, skipped: readonly string[]): string =>
	`Used only the numbers labelled ${quote(label)}.${listSkipped(skipped)}`;

export const describeFoundList = (skipped: readonly string[]): string =>
	`Used only the list in brackets.${listSkipped(skipped)}`;

export const describeNoList = (skipped: readonly string[]): string =>
	`Found no list of ids. Paste a list such as [9906, 1917], or a line such as token_id=9906.${listSkipped(skipped)}`;

export const describeQuotedTexts = (count: number): string =>
	`Skipped ${plural(count, 'quoted string')}.`;

export const describeSplitNumber = (part: string): string =>
	`A comma separates ids: “${part}” was read as two.`;

const MAX_QUOTED_UNITS = 40;

function quote(text: string): string {
	if (text.length <= MAX_QUOTED_UNITS) return `“${isolate(text)}”`;
	const start = text
		.slice(0, MAX_QUOTED_UNITS)
		.toWellFormed()
		.replace(/\ufffd$/, '');
	return `“${isolate(start)}…”`;
}
