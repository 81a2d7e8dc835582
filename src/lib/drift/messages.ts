import type { CheckId, DriftCheck, TextFindings } from './types';

/** Name and question of each check, for the page, the reports and the terminal. */
export const CHECK_LABELS: Readonly<
	Record<CheckId, { readonly name: string; readonly asks: string }>
> = {
	loads: {
		name: 'Loads',
		asks: 'Does Hugging Face’s native library load both files and run them?'
	},
	output: {
		name: 'Output',
		asks: 'Does the same input give the same ids, and the same ids the same text? Both tokenizers run on thousands of inputs made from the two of them.'
	},
	embedding: {
		name: 'Embedding',
		asks: 'Does the model have an embedding row for every id that B can give?'
	},
	vocabulary: {
		name: 'Vocabulary',
		asks: 'Does each id stand for the same token, and which tokens are on one side only?'
	},
	config: {
		name: 'Configuration',
		asks: 'Which fields of the two files differ, and which of them change what comes out?'
	},
	'self-encode': {
		name: 'Self-encode',
		asks: 'Does the text of each token encode to that token? The model learned nothing about a token that no text leads to.'
	},
	text: {
		name: 'Text',
		asks: 'Which tokens of your text change?'
	},
	'round-trip': {
		name: 'Round trip',
		asks: 'Text to ids and back: does the text return unchanged?'
	},
	'special-tokens': {
		name: 'Special tokens',
		asks: 'Which tokens are put around a text, and which are recognised as control tokens?'
	},
	damage: {
		name: 'Damage',
		asks: 'How much worse does a model trained on A’s ids predict text that is served as B’s? Measured with a small n-gram model.'
	}
};

export const STATUS_SIGNS: Readonly<Record<DriftCheck['status'], string>> = {
	pass: '✓',
	fail: '✗',
	open: '–'
};

/** "2,345". */
export const formatNumber = (value: number): string => value.toLocaleString('en');

/** "1 token", "2,345 tokens". */
export const formatCount = (number: number, noun: string): string =>
	`${formatNumber(number)} ${noun}${number === 1 ? '' : 's'}`;

/** "2.5 %"; small shares keep a significant digit. */
export function formatPercent(part: number, whole: number): string {
	const share = whole === 0 ? 0 : (100 * part) / whole;
	const digits = share === 0 || share >= 10 ? 1 : share >= 0.1 ? 2 : 3;
	return `${Number(share.toFixed(digits))} %`;
}

/** Says how much of a text changes: in ids, which a model reads, and in splits. */
export function describeTextChange({
	tokensA,
	tokensB,
	changedTokens,
	cutTokens,
	newTokens
}: TextFindings): string {
	if (tokensA === 0)
		return `A has no tokens for the text, and B has ${formatCount(tokensB, 'token')}.`;
	if (tokensB === 0)
		return `B has no tokens for the text, and A has ${formatCount(tokensA, 'token')}.`;
	if (changedTokens === 0) return `B has ${formatCount(newTokens, 'token')} where A has none.`;
	const share = `${formatPercent(changedTokens, tokensA)} of A’s tokens`;
	if (cutTokens === 0) return `${share} have a different id in B. The split is the same.`;
	if (cutTokens === changedTokens) return `${share} are split differently in B.`;
	return `${share} have a different id in B: ${formatPercent(cutTokens, tokensA)} are split differently, the rest are the same bytes.`;
}

/**
 * Characters that are invisible or look like others: marks that join the letter before (é in two code
 * points), controls, format characters, and spaces other than the space bar's.
 */
const LOOKS_ALIKE = /[\u0300-\u036f\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

/** A character as an escape: `\u0301`, or `\u{1f999}` beyond four digits. */
export function escapeCodePoint(character: string): string {
	const hex = (character.codePointAt(0) ?? 0).toString(16);
	return hex.length > 4 ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`;
}

/** Quotes at most `most` characters of a text, with those that cannot be recognised by eye as escapes. */
export function quote(text: string, most = 60): string {
	const characters = Array.from(text);
	const shown = characters.length > most ? `${characters.slice(0, most).join('')}…` : text;
	return JSON.stringify(shown).replace(LOOKS_ALIKE, escapeCodePoint);
}

/** Contents of the first three tokens, and how many more there are. */
export function formatContents(tokens: readonly { readonly content: string }[]): string {
	const shown = tokens.slice(0, 3).map(({ content }) => quote(content));
	const more = tokens.length - shown.length;
	return `${shown.join(', ')}${more > 0 ? ` and ${formatNumber(more)} more` : ''}`;
}

/** The first few ids. */
export function formatIds(ids: ArrayLike<number>, most = 8): string {
	const shown = Array.from({ length: Math.min(ids.length, most) }, (_, i) => ids[i]);
	return `[${shown.join(', ')}${ids.length > most ? ', …' : ''}]`;
}
