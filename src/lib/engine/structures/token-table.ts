import { ByteSource, ByteTable, lowWord } from './byte-table';
import { hashWords } from './hash';
import { vocabularySize, type Vocabulary } from './vocabulary';

const LISTS = 1 << 16;

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
	/** Ids of the tokens of two bytes, by {@link pairAt}. */
	readonly #pairIds = new Int32Array(0x10000).fill(-1);
	/** Id + 1 of the first token in each list, 0 if it is empty. */
	#heads = new Int32Array(LISTS);
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
		// From the last id, so that the first one of equal tokens counts.
		for (let id = this.size - 1; id >= 0; id--) {
			const start = this.startOf(id);
			const length = this.endOf(id) - start;
			if (length > 2) {
				const list = listOf(this.source, start, length);
				this.#next[id] = this.#heads[list];
				this.#heads[list] = id + 1;
			} else if (length === 2) this.#pairIds[pairAt(this.source.bytes, start)] = id;
			else if (length === 1) this.byteIds[this.source.bytes[start]] = id;
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
		if (length === 2) return this.#pairIds[pairAt(source.bytes, start)];
		if (length < 2) return length === 1 ? this.byteIds[source.bytes[start]] : -1;
		if (this.#table === null) this.prepareFor(1);
		const table = this.#table;
		return (table ? table.get(source, start, length) : this.#search(source, start, length)) - 1;
	}

	#search(source: ByteSource, at: number, length: number): number {
		const { bytes } = this.source;
		let value = this.#heads[listOf(source, at, length)];
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

/** The list of a token of at least three bytes. */
function listOf(source: ByteSource, at: number, length: number): number {
	const word = length < 4 ? lowWord(source, at, 3) : source.view.getInt32(at + length - 4, true);
	return hashWords(word, length) & (LISTS - 1);
}

const pairAt = (bytes: Uint8Array, at: number) => (bytes[at] << 8) | bytes[at + 1];

const tables = new WeakMap<Vocabulary, TokenTable>();

/** The table of a vocabulary, which is built once. */
export function tokenTableOf(vocabulary: Vocabulary): TokenTable {
	let table = tables.get(vocabulary);
	if (!table) tables.set(vocabulary, (table = new TokenTable(vocabulary)));
	return table;
}
