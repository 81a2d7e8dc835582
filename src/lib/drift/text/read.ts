import type { Encoding, Tokenizer } from '../../engine';
import { equalNumbers } from '../equal';
import { orNull } from '../calls';

/** A text encoded with two tokenizers. */
export interface EncodedText {
	readonly name: string;
	readonly text: string;
	/** Length of the text in UTF-8 bytes. */
	readonly bytes: number;
	/** Excludes template tokens. */
	readonly a: Encoding;
	readonly b: Encoding;
}

/** How a text is encoded. */
export interface TextReading {
	/** Whether special tokens in the text are read as ordinary text or recognised. */
	readonly special: 'text' | 'parse';
	/** Whether to add the tokens that each side's template puts around the text. */
	readonly template: boolean;
}

/** The default for pages and reports. */
export const PLAIN_READING: TextReading = { special: 'text', template: false };

export interface TokenizerPair {
	readonly a: Tokenizer;
	readonly b: Tokenizer;
}

/** The result of decoding ids. Ids without a token appear in the text as `⟨123⟩`. */
export interface ReadText {
	readonly text: string;
	/** Number of ids without a token. */
	readonly missing: number;
}

/** Decodes ids that may come from a different tokenizer. Each run of known ids is decoded together. */
export function readIds(tokenizer: Tokenizer, ids: ArrayLike<number>): ReadText {
	const text = orNull(() => tokenizer.decode(ids), RangeError);
	return text === null ? readKnown(tokenizer, ids) : { text, missing: 0 };
}

function readKnown(tokenizer: Tokenizer, ids: ArrayLike<number>): ReadText {
	const known = new Map<number, boolean>();
	const has = (id: number): boolean => {
		let found = known.get(id);
		if (found === undefined) known.set(id, (found = hasToken(tokenizer, id)));
		return found;
	};
	let text = '';
	let missing = 0;
	let run: number[] = [];
	for (let i = 0; i < ids.length; i++) {
		if (has(ids[i])) {
			run.push(ids[i]);
			continue;
		}
		missing++;
		if (run.length > 0) text += tokenizer.decode(run);
		text += `⟨${ids[i]}⟩`;
		run = [];
	}
	return { text: run.length > 0 ? text + tokenizer.decode(run) : text, missing };
}

const hasToken = (tokenizer: Tokenizer, id: number): boolean =>
	orNull(() => tokenizer.tokenBytes(id), RangeError) !== null;

/** A round trip: text → ids → text → ids. */
export interface ReturnTrip {
	readonly text: string;
	readonly sameText: boolean;
	/** Whether the decoded text encodes to the original ids. */
	readonly sameIds: boolean;
}

/** @param ids ids of `text`, encoded with the same `special` */
export function returnTrip(
	tokenizer: Tokenizer,
	text: string,
	ids: Uint32Array,
	special: 'text' | 'parse'
): ReturnTrip {
	const back = readIds(tokenizer, ids).text;
	// Encoding replaces lone surrogates with U+FFFD.
	if (back === text.toWellFormed()) return { text: back, sameText: true, sameIds: true };
	const again = tokenizer.encode(back, { special }).ids;
	return { text: back, sameText: false, sameIds: equalNumbers(again, ids) };
}
