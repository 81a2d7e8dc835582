import type { CheckId, DriftCheck, TextFindings } from '../types';

/** The eight checks, as people read them: on the page, in reports, in a terminal. */
export const CHECK_WORDS: Readonly<
	Record<CheckId, { readonly name: string; readonly asks: string }>
> = {
	embedding: {
		name: 'Embedding',
		asks: 'Does the model have a row for every id that B can give?'
	},
	vocabulary: {
		name: 'Vocabulary',
		asks: 'Does the same id stand for the same token, and which tokens are on one side only?'
	},
	config: {
		name: 'Configuration',
		asks: 'Every field of the two files: added tokens, normalizer, pre-tokenizer, model, post-processor, decoder.'
	},
	'self-encode': {
		name: 'Self-encode',
		asks: 'Does the text of each token encode to that token? One that no text leads to is trained in vain. No corpus is needed.'
	},
	text: {
		name: 'Text',
		asks: 'Which tokens of the text change?'
	},
	'round-trip': {
		name: 'Round trip',
		asks: 'Text to ids to text to ids: does it come back?'
	},
	'special-tokens': {
		name: 'Special tokens',
		asks: 'What is put before a text, and what is read as a control token.'
	},
	damage: {
		name: 'Damage',
		asks: 'What does a model of A’s ids lose when it is served B’s? Measured with a small n-gram model.'
	}
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

/**
 * What looks like nothing or like something else: marks that join the letter before (é in two code
 * points), controls, format characters, and spaces other than the space bar's.
 */
const LOOKS_ALIKE = /[\u0300-\u036f\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

const escaped = (character: string): string => {
	const point = (character.codePointAt(0) ?? 0).toString(16);
	return point.length > 4 ? `\\u{${point}}` : `\\u${point.padStart(4, '0')}`;
};

/** A text as a short quotation, in which what cannot be told by looking is spelled by its code point. */
export function quoted(text: string, most = 60): string {
	const characters = Array.from(text);
	const shown = characters.length > most ? `${characters.slice(0, most).join('')}…` : text;
	return JSON.stringify(shown).replace(LOOKS_ALIKE, escaped);
}

/** Ids, cut short. */
export function idList(ids: ArrayLike<number>, most = 8): string {
	const shown = Array.from({ length: Math.min(ids.length, most) }, (_, i) => ids[i]);
	return `[${shown.join(', ')}${ids.length > most ? ', …' : ''}]`;
}
