import type { CheckId, DriftCheck, TextFindings } from '../types';

/** How reports call the checks. */
export const CHECK_NAMES: Readonly<Record<CheckId, string>> = {
	embedding: 'Ids against the embedding',
	vocabulary: 'Ids and tokens',
	config: 'Configuration',
	'self-encode': 'Tokens within reach',
	text: 'Text',
	'round-trip': 'Round trip',
	'special-tokens': 'Special tokens',
	damage: 'Damage'
};

export const STATUS_SIGNS: Readonly<Record<DriftCheck['status'], string>> = {
	pass: '✓',
	fail: '✗',
	open: '–'
};

/** "1 token", "2,345 tokens". */
export const counted = (number: number, noun: string): string =>
	`${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;

/** "2.5 %"; small shares keep a digit that says something. */
export function percent(part: number, whole: number): string {
	const share = whole === 0 ? 0 : (100 * part) / whole;
	const digits = share === 0 || share >= 10 ? 1 : share >= 0.1 ? 2 : 3;
	return `${Number(share.toFixed(digits))} %`;
}

/** How much of a text changes, and how: by ids, which a model reads, and by cuts. */
export function changeSentence({
	tokensA,
	tokensB,
	changedTokens,
	cutTokens,
	newTokens
}: TextFindings): string {
	if (tokensA === 0) return `A has no tokens for the text, and B has ${counted(tokensB, 'token')}.`;
	if (tokensB === 0) return `B has no tokens for the text, and A has ${counted(tokensA, 'token')}.`;
	if (changedTokens === 0) return `B has ${counted(newTokens, 'token')} where A has none.`;
	const share = `${percent(changedTokens, tokensA)} of A’s tokens`;
	if (cutTokens === 0) return `${share} have another id in B; all are cut alike.`;
	if (cutTokens === changedTokens) return `${share} are cut otherwise in B.`;
	return `${share} have another id in B: ${percent(cutTokens, tokensA)} are cut otherwise, the rest keep their bytes.`;
}

/** A text as a short quotation. */
export function quoted(text: string, most = 60): string {
	const characters = Array.from(text);
	return JSON.stringify(characters.length > most ? `${characters.slice(0, most).join('')}…` : text);
}

/** Ids, cut short. */
export function idList(ids: ArrayLike<number>, most = 8): string {
	const shown = Array.from({ length: Math.min(ids.length, most) }, (_, i) => ids[i]);
	return `[${shown.join(', ')}${ids.length > most ? ', …' : ''}]`;
}
