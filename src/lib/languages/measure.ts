import type { Encoding, Tokenizer } from '../engine';
import { byteLength, countChars } from '../engine/text';
import { scriptOf } from './script';
import type { MeasuredText, TextMeasure, WordSpans } from './types';
import { wordsOf } from './words';

const MIN_MULTIBYTE = 0x80;

const UNSEEN = 0;
const FRAGMENT = 1;
const OTHER = 2;

/** Prepares the user's text for measuring. Detects the text's script, but not its language. */
export const prepareText = (text: string): MeasuredText => ({
	text,
	words: wordsOf(text, scriptOf(text), null)
});

export class Measurer {
	readonly #tokenizer: Pick<Tokenizer, 'tokenBytes'>;
	/** Cached state for each id: whether the token is one byte of a multi-byte character. */
	readonly #ids: Uint8Array;

	constructor(tokenizer: Pick<Tokenizer, 'tokenBytes' | 'vocabularySize'>) {
		this.#tokenizer = tokenizer;
		this.#ids = new Uint8Array(tokenizer.vocabularySize);
	}

	/** @param encoding the tokenizer's encoding of the text */
	measure({ text, words }: MeasuredText, encoding: Encoding): TextMeasure {
		return {
			tokens: encoding.ids.length,
			bytes: byteLength(text),
			chars: countChars(text),
			words: words && words.length / 2,
			oneTokenWords: words && countOneTokenWords(words, encoding),
			fallbackBytes: this.#countFragments(encoding.ids),
			droppedBytes: encoding.droppedBytes ?? 0
		};
	}

	#countFragments(ids: Uint32Array): number {
		let fragments = 0;
		for (const id of ids) {
			if (this.#ids[id] === UNSEEN) this.#ids[id] = this.#isFragment(id) ? FRAGMENT : OTHER;
			if (this.#ids[id] === FRAGMENT) fragments++;
		}
		return fragments;
	}

	#isFragment(id: number): boolean {
		const bytes = this.#tokenizer.tokenBytes(id);
		return bytes.length === 1 && bytes[0] >= MIN_MULTIBYTE;
	}
}

/** Number of words that one token covers and no other token overlaps. */
function countOneTokenWords(words: WordSpans, { byteStarts, byteEnds }: Encoding): number {
	const tokens = byteStarts.length;
	let count = 0;
	let token = 0;
	for (let word = 0; word < words.length; word += 2) {
		const start = words[word];
		const end = words[word + 1];
		while (token < tokens && byteEnds[token] <= start) token++;
		if (token === tokens) break;
		if (byteStarts[token] > start || byteEnds[token] < end) continue;
		// Tokens that share a character have overlapping spans, so check that the next token doesn't overlap the word.
		let next = token + 1;
		while (next < tokens && byteEnds[next] === byteStarts[next]) next++;
		if (next === tokens || byteStarts[next] >= end) count++;
	}
	return count;
}
