import { TokenKind } from '../engine';
import type { DotRow, DotSeries } from './chart/dots';
import type { Price } from '../tokenizers/catalogue/shared/descriptor';
import type { ModelKind } from '../tokenizers/offered-models';
import { formatBytes, formatCount, formatRatio, isolate, plural } from '../session/format';
import type { Part } from './token/parts';
import { formatPart } from './token/token-text';

/** Note shown after an edit that inserted LF into text with other line endings. */
export const LINE_ENDS_DIFFER =
	'The part you edited now has LF line endings; the original had different ones.';

export const describeChosen = (found: number, chosen: number): string =>
	`${plural(found, 'tokenizer')}, ${formatCount(chosen)} chosen`;

export function describeOpenedFile(
	{
		name,
		bytes,
		notes
	}: { readonly name: string; readonly bytes: number; readonly notes: readonly string[] },
	files: number
): string {
	const skipped = files > 1 ? [`Only the first of ${files} files was opened.`] : [];
	return [`Opened ${isolate(name)}, ${formatBytes(bytes)}.`, ...skipped, ...notes].join(' ');
}

export const describeShownPart = (shown: number, total: number): string =>
	`Showing the first ${formatBytes(shown)} of ${formatBytes(total)}. The counts cover the whole text. Edits affect only the part shown; to replace the whole text, select all and type.`;

/** Describes a row of a dot chart: "Burmese: gpt2 16.0 times, cl100k_base not measured". */
export function describeDotRow(
	{ label, values, absent }: DotRow,
	series: readonly DotSeries[],
	absence: string
): string {
	const figures = series.map((one, i) => {
		const name = series.length > 1 ? `${one.name} ` : '';
		const value = values[i] ?? null;
		if (value === null) return `${name}${absent?.[i] ? absence : 'not measured'}`;
		return `${name}${formatRatio(value)} times`;
	});
	return `${label}: ${figures.join(', ')}`;
}

/** Maximum length of a token's text in its accessible name, in UTF-16 code units. */
const MAX_NAME_UNITS = 60;

const KIND_NAMES: Readonly<Record<number, string>> = {
	[TokenKind.special]: ', special',
	[TokenKind.added]: ', added by the tokenizer',
	[TokenKind.unknown]: ', unknown',
	[TokenKind.byteFallback]: ', byte fallback'
};

export const TOKEN_KINDS: Readonly<Record<number, string>> = {
	[TokenKind.ordinary]: 'ordinary token',
	[TokenKind.special]: 'special token, recognised in the text',
	[TokenKind.added]: 'added by the tokenizer',
	[TokenKind.unknown]: 'unknown token: stands for characters without a token',
	[TokenKind.byteFallback]: 'byte fallback: a token for one byte'
};

export const UNMERGED = {
	byte: 'none: merging starts from single bytes',
	whole: 'none: merging does not produce this token'
} as const;

/** "rank 73,700"; for a trained tokenizer, "merge 12". */
export const describeMergeNumber = (counts: 'rank' | 'merge', merge: number): string =>
	`${counts} ${formatCount(merge)}`;

export const describeShowMerges = (merges: number): string =>
	`Show merges (${formatCount(merges)})`;

export const describeSpan = (start: number, end: number): string =>
	start === end
		? `empty, at byte ${formatCount(start)}`
		: `bytes ${formatCount(start)}–${formatCount(end)}`;

/** @param what name of what was copied; `null` if the browser didn't allow copying */
export const describeCopied = (what: string | null): string =>
	what === null
		? 'The browser did not allow copying. Select the text and copy it.'
		: `Copied the ${what}.`;

/** Names a token for screen readers: `token "·strawberry", id 73700, bytes 12–23`. */
export function formatTokenName(token: {
	readonly parts: readonly Part[];
	readonly id: number;
	/** Span in bytes. */
	readonly start: number;
	readonly end: number;
	readonly kind: number;
	/** Text drawn for a token without bytes; `null` for other tokens. */
	readonly placeholder: string | null;
}): string {
	const { parts, id, start, end, kind, placeholder } = token;
	let text = placeholder ?? '';
	for (const part of parts) {
		if (text.length > MAX_NAME_UNITS) break;
		text += formatPart(part);
	}
	if (text.length > MAX_NAME_UNITS)
		text = `${text.slice(0, MAX_NAME_UNITS).replace(/[\uD800-\uDBFF]$/, '')}…`;
	const span = start === end ? `empty, at byte ${start}` : `bytes ${start}–${end}`;
	return `token "${text}", id ${id}, ${span}${KIND_NAMES[kind] ?? ''}`;
}

/**
 * Describes which difference is shown or, if `current` is -1, how many differences there are.
 * @param compared subject of the message if there are no differences
 */
export function describeDifferences(count: number, current: number, compared = 'All'): string {
	if (count === 0) return `${compared} split this text the same way`;
	if (current < 0) return plural(count, 'difference');
	return `Difference ${formatCount(current + 1)} of ${formatCount(count)}`;
}

export function describeExpectedNumber(field: {
	readonly value: number | null;
	readonly min: number;
	readonly max: number;
	readonly whole: boolean;
}): string {
	const { value, min, max, whole } = field;
	const range =
		max === Infinity
			? `of at least ${formatCount(min)}`
			: `from ${formatCount(min)} to ${formatCount(max)}`;
	const kept = value?.toLocaleString('en', { maximumFractionDigits: 12 });
	const note = kept === undefined ? '' : ` Still using ${kept}.`;
	return `Enter a ${whole ? 'whole number' : 'number'} ${range}.${note}`;
}

export const MODEL_KIND_NAMES: Readonly<Record<ModelKind, string>> = {
	chat: 'Chat models',
	embedding: 'Embedding models',
	retired: 'Retired models'
};

/** "retired 2026-10-23", "until 2027-01-14". @param day day on which the vendor stops serving the model */
export const describeRetirement = (day: string, kind: ModelKind): string =>
	`${kind === 'retired' ? 'retired' : 'until'} ${day}`;

export const describePriceTier = ({
	tokens,
	inputPerMillion
}: NonNullable<Price['above']>): string =>
	`up to ${plural(tokens, 'token')}, then $${inputPerMillion}`;

export const describeChosenOf = (chosen: number, all: number): string =>
	`${formatCount(chosen)} of ${formatCount(all)} chosen`;

/** Shown if a part of the page that loads on demand fails to load. */
export const PART_NOT_LOADED =
	'This part of the page could not be loaded. Check the connection and reload the page.';
