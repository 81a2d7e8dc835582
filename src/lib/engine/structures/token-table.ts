import { ByteSource, ByteTable, lowWord } from './byte-table';
import { vocabularySize, type Vocabulary } from './vocabulary';

const LIST_BITS = 16;
const LIST_FACTOR = 0x9e3779b1 | 0;

/**
 * A vocabulary with a lookup of ids by bytes. A hash table of all tokens takes most of the time that loading takes, and a
 * short text asks for few of them. So the first lookups search lists. Each has tokens of the same length and last four bytes,
 * and a few others with the same hash of these. Once that has taken as many steps as there are tokens, the table is built.
 */
export class TokenTable {
	readonly size: number;
	readonly source: ByteSource;
	/** Ids of the tokens of one byte, -1 where there is none. */
	readonly byteIds = new Int32Array(0x100).fill(-1);
	/** Ids of the tokens of two bytes, by the first and the second. */
	readonly #pairIds = new Int32Array(0x10000).fill(-1);
	/** Id + 1 of the first token in each list, 0 if it is empty. */
	#heads = new Int32Array(1 << LIST_BITS);
	/** By id, id + 1 of the next token in its list, 0 after the last one. */
	#next: Int32Array;
	/** Lookups in the lists, and tokens compared there. */
	#steps = 0;
	/** Id + 1 of the tokens of three bytes and more; `null` until it is built. */
	#table: ByteTable | null = null;

	constructor(readonly vocabulary: Vocabulary) {
		this.size = vocabularySize(vocabulary);
		this.source = new ByteSource(vocabulary.bytes);
		this.#next = new Int32Array(this.size);
		const { bytes, view } = this.source;
		const { ends } = vocabulary;
		const [heads, next, pairIds, byteIds] = [this.#heads, this.#next, this.#pairIds, this.byteIds];
		// From the last id, so that the first one of equal tokens counts. V8 has not compiled any of it yet, so calls cost much.
		for (let id = this.size - 1, end = ends[id]; id >= 0; id--) {
			const start = id === 0 ? 0 : ends[id - 1];
			const length = end - start;
			if (length > 2) {
				const word = length > 3 ? view.getInt32(end - 4, true) : lowWord(this.source, start, 3);
				const list = Math.imul(word ^ length, LIST_FACTOR) >>> (32 - LIST_BITS);
				next[id] = heads[list];
				heads[list] = id + 1;
			} else if (length === 2) pairIds[(bytes[start] << 8) | bytes[start + 1]] = id;
			else if (length === 1) byteIds[bytes[start]] = id;
			end = start;
		}
	}

	/** Announces lookups. Returns whether there are many in all, so that preparing for more pays. */
	prepareFor(lookups: number): boolean {
		if (this.#table) return true;
		if ((this.#steps += lookups) <= this.size) return false;
		// Merging looks up every adjacent pair, and few of them are tokens.
		this.#table = new ByteTable(this.source, this.size, true);
		for (let id = 0, start = 0; id < this.size; start = this.endOf(id++)) {
			const length = this.endOf(id) - start;
			if (length > 2) this.#table.add(this.source, start, length, id + 1);
		}
		this.#heads = this.#next = new Int32Array(0);
		return true;
	}

	/** Id of the token `source[start, end)`; -1 if there is none. */
	idOf(source: ByteSource, start: number, end: number): number {
		const length = end - start;
		if (length === 2) return this.#pairIds[(source.bytes[start] << 8) | source.bytes[start + 1]];
		if (length < 2) return length === 1 ? this.byteIds[source.bytes[start]] : -1;
		if (this.#table === null) this.prepareFor(1);
		const table = this.#table;
		return (table ? table.get(source, start, length) : this.#search(source, start, length)) - 1;
	}

	#search(source: ByteSource, at: number, length: number): number {
		const { bytes } = this.source;
		const { view } = source;
		const word = length > 3 ? view.getInt32(at + length - 4, true) : lowWord(source, at, 3);
		let value = this.#heads[Math.imul(word ^ length, LIST_FACTOR) >>> (32 - LIST_BITS)];
		for (; value > 0; value = this.#next[value - 1]) {
			this.#steps++;
			const start = this.startOf(value - 1);
			let same = 0;
			while (same < length && bytes[start + same] === source.bytes[at + same]) same++;
			if (same === length && this.endOf(value - 1) - start === length) break;
		}
		return value;
	}

	/** Id of the token whose bytes are the UTF-8 of a string; -1 if there is none. */
	idOfString(text: string): number {
		const bytes = new TextEncoder().encode(text);
		return this.idOf(new ByteSource(bytes), 0, bytes.length);
	}

	startOf(id: number): number {
		return id === 0 ? 0 : this.vocabulary.ends[id - 1];
	}

	endOf(id: number): number {
		return this.vocabulary.ends[id];
	}
}

const tables = new WeakMap<Vocabulary, TokenTable>();

/** The table of a vocabulary, which is built once. */
export function tokenTableOf(vocabulary: Vocabulary): TokenTable {
	let table = tables.get(vocabulary);
	if (!table) tables.set(vocabulary, (table = new TokenTable(vocabulary)));
	return table;
}
