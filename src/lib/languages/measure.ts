import type { Encoding, Tokenizer } from '../engine';
import { countChars } from '../engine/text';
import type { MeasuredText, TextMeasure, WordSpans } from './types';

/** Bytes from here on are parts of a character of several. */
const MULTIBYTE = 0x80;

/** What is known of an id. */
const UNSEEN = 0;
const FRAGMENT = 1;
const OTHER = 2;

/** Measures texts under one tokenizer. */
export class Measurer {
	readonly #tokenizer: Pick<Tokenizer, 'tokenBytes'>;
	/** By id: whether the token is one byte of a longer character; looked up once. */
	readonly #ids: Uint8Array;

	constructor(tokenizer: Pick<Tokenizer, 'tokenBytes' | 'vocabularySize'>) {
		this.#tokenizer = tokenizer;
		this.#ids = new Uint8Array(tokenizer.vocabularySize);
	}

	/** @param encoding of the text by the tokenizer */
	measure({ text, partEnds, words }: MeasuredText, encoding: Encoding): TextMeasure {
		return {
			tokens: encoding.ids.length,
			bytes: partEnds[partEnds.length - 1],
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
		return bytes.length === 1 && bytes[0] >= MULTIBYTE;
	}
}

/** Words that one token covers and no other touches. One pass over words and tokens together. */
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
		// Tokens may overlap (a character written as several): the next one must not touch the word.
		let next = token + 1;
		while (next < tokens && byteEnds[next] === byteStarts[next]) next++;
		if (next === tokens || byteStarts[next] >= end) count++;
	}
	return count;
}
