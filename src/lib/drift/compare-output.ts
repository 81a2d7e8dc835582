import { TokenKind, type Encoding, type Tokenizer } from '../engine';
import type { Outcome, Witness } from './types';
import { equalNumbers } from './equal';
import { reasonOf } from '../engine/text';
import { orNull } from './calls';

/** Options for encoding and decoding text. */
export type Use = Pick<Witness, 'special' | 'addSpecialTokens' | 'skipSpecial'>;

/** Recognises special tokens in text, as Hugging Face's native library does by default, but adds none. */
export const PARSED: Use = { special: 'parse', addSpecialTokens: false, skipSpecial: false };

export interface Pair {
	readonly a: Tokenizer;
	readonly b: Tokenizer;
	/**
	 * Ids that may decode differently on the two sides: all ids if the decoders or vocabularies differ; only those of
	 * added tokens if just the added tokens or the normalizers differ, because normalizers rewrite added tokens.
	 */
	readonly readsMayDiffer: 'all' | 'added tokens' | 'none';
}

/** An input, and the options with which its output differs between the two sides. */
export interface Found {
	readonly text: string;
	readonly use: Use;
	/** How hard the text is to read and type. */
	readonly effort: number;
}

export const foundOn = (text: string, use: Use): Found => ({
	text,
	use,
	effort: text.length + 3 * (text.match(/[^\x20-\x7e]/gu)?.length ?? 0)
});

/** Sorts short texts first, and ASCII before other characters. */
export const byEffort = (a: Found, b: Found): number => a.effort - b.effort;

/**
 * The first options under which the two sides differ, either in the ids for a text (with special tokens parsed or
 * treated as text) or in the text that these ids decode to; `null` if nothing differs. Tokens added by the
 * post-processor don't depend on the text and are compared once per pair of tokenizers.
 */
export function differingUse(pair: Pair, text: string): Use | null {
	const { a, b, readsMayDiffer } = pair;
	const parsedA = encodeOrNull(a, text, 'parse');
	const parsedB = encodeOrNull(b, text, 'parse');
	if (!parsedA || !parsedB) return parsedA === parsedB ? null : PARSED;
	if (!equalNumbers(parsedA.ids, parsedB.ids)) return PARSED;
	const hasAdded = hasAddedTokens(parsedA) || hasAddedTokens(parsedB);
	if (readsMayDiffer === 'all' || (hasAdded && readsMayDiffer === 'added tokens')) {
		for (const skipSpecial of hasAdded ? [false, true] : [false]) {
			const use = { ...PARSED, skipSpecial };
			if (readOrError(a, parsedA.ids, use) !== readOrError(b, parsedB.ids, use)) return use;
		}
	}
	// Without added tokens, both ways of encoding give the same ids.
	if (!hasAdded) return null;
	const plainA = encodeOrNull(a, text, 'text');
	const plainB = encodeOrNull(b, text, 'text');
	const use: Use = { ...PARSED, special: 'text' };
	if (!plainA || !plainB) return plainA === plainB ? null : use;
	if (!equalNumbers(plainA.ids, plainB.ids)) return use;
	if (readsMayDiffer === 'none') return null;
	return readOrError(a, plainA.ids, use) === readOrError(b, plainB.ids, use) ? null : use;
}

export function outcomeOf(tokenizer: Tokenizer, text: string, use: Use): Outcome {
	try {
		const { ids } = tokenizer.encode(text, use);
		return { ids: [...ids], text: readOrError(tokenizer, ids, use) };
	} catch (error) {
		return { ids: [], text: '', error: reasonOf(error) };
	}
}

/** The ids, and the text they decode to (empty if they can't be decoded). */
export const outcomeOfIds = (tokenizer: Tokenizer, ids: readonly number[]): Outcome => ({
	ids,
	text: orNull(() => tokenizer.decode(ids)) ?? ''
});

export function witnessOf(pair: Pair, text: string, use: Use): Witness {
	const a = outcomeOf(pair.a, text, use);
	const b = outcomeOf(pair.b, text, use);
	const does = equalNumbers(a.ids, b.ids) && !a.error && !b.error ? 'decode' : 'encode';
	return { reference: 'native', does, inputs: [text], ...use, a, b };
}

/**
 * Returns a function that tells whether the two sides differ on a given text in the same way as on `text`: in their ids
 * or errors, or only in the decoded text.
 */
export function differsAs(pair: Pair, text: string, use: Use): (other: string) => boolean {
	const { does } = witnessOf(pair, text, use);
	return (other) => {
		const a = outcomeOf(pair.a, other, use);
		const b = outcomeOf(pair.b, other, use);
		if (a.error !== b.error) return does === 'encode';
		const differ = !equalNumbers(a.ids, b.ids);
		return does === 'encode' ? differ : !differ && a.text !== b.text;
	};
}

const MAX_SHRINK_TRIES = 400;

/** Shortens a text by removing code points, the longest stretches first, as long as `differs` returns true. */
export function shrink(text: string, differs: (shorter: string) => boolean): string {
	let characters = Array.from(text);
	let tries = MAX_SHRINK_TRIES;
	for (let size = characters.length >> 1; size >= 1; size >>= 1) {
		for (let at = 0; at < characters.length && characters.length > 1;) {
			if (tries-- <= 0) return characters.join('');
			const without = characters.toSpliced(at, size);
			if (without.length > 0 && differs(without.join(''))) characters = without;
			else at += size;
		}
	}
	return characters.join('');
}

const encodeOrNull = (
	tokenizer: Tokenizer,
	text: string,
	special: Use['special']
): Encoding | null => orNull(() => tokenizer.encode(text, { special }));

/** Decoded text, or the error message, which never equals text from the other side. */
function readOrError(tokenizer: Tokenizer, ids: ArrayLike<number>, { skipSpecial }: Use): string {
	try {
		return tokenizer.decode(ids, { skipSpecial });
	} catch (error) {
		return reasonOf(error);
	}
}

const hasAddedTokens = ({ kinds }: Encoding): boolean =>
	kinds?.includes(TokenKind.special) ?? false;
