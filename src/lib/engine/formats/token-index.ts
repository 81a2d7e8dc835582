import { vocabularySize, type Vocabulary } from '../structures/vocabulary';

/** Finds the id of given bytes in a vocabulary: open addressing over one typed array, no strings. */
export class TokenIndex {
	readonly #vocabulary: Vocabulary;
	/** id + 1 a slot; 0 is empty. */
	readonly #slots: Uint32Array;
	readonly #mask: number;

	constructor(vocabulary: Vocabulary) {
		this.#vocabulary = vocabulary;
		const size = 2 ** Math.ceil(Math.log2(Math.max(16, vocabularySize(vocabulary) * 2)));
		this.#slots = new Uint32Array(size);
		this.#mask = size - 1;
		const { bytes, ends } = vocabulary;
		for (let id = 0, start = 0; id < ends.length; start = ends[id++]) {
			if (ends[id] === start) continue;
			let slot = hash(bytes, start, ends[id]) & this.#mask;
			while (this.#slots[slot] !== 0) slot = (slot + 1) & this.#mask;
			this.#slots[slot] = id + 1;
		}
	}

	/** The id whose token is `bytes[start, end)`, or -1. Of equal tokens the lowest id. */
	find(bytes: Uint8Array, start: number, end: number): number {
		const { bytes: tokens, ends } = this.#vocabulary;
		const length = end - start;
		let slot = hash(bytes, start, end) & this.#mask;
		search: for (; this.#slots[slot] !== 0; slot = (slot + 1) & this.#mask) {
			const id = this.#slots[slot] - 1;
			const tokenStart = id === 0 ? 0 : ends[id - 1];
			if (ends[id] - tokenStart !== length) continue;
			for (let i = 0; i < length; i++) {
				if (tokens[tokenStart + i] !== bytes[start + i]) continue search;
			}
			return id;
		}
		return -1;
	}
}

function hash(bytes: Uint8Array, start: number, end: number): number {
	let value = 0x811c9dc5;
	for (let i = start; i < end; i++) value = Math.imul(value ^ bytes[i], 0x01000193);
	return (value ^ (value >>> 15)) >>> 0;
}
