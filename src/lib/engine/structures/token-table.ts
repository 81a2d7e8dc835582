import { ByteSource, ByteTable } from './byte-table';
import { vocabularySize, type Vocabulary } from './vocabulary';

const LISTS = 0x10000;

/** The list of a token of three bytes and more. Most calls come before V8 has compiled it, so it does little. */
function listOf(bytes: Uint8Array, start: number, end: number): number {
	const length = end - start;
	const last = bytes[end - 1] * 521 + bytes[end - 2] * 12289 + bytes[end - 3] * 1277;
	return (length * 7919 + last + bytes[start + (length >> 1)] * 50261) & (LISTS - 1);
}

/**
 * A vocabulary with a lookup of ids by bytes. A hash table of all tokens takes most of the time that loading takes, and a
 * short text asks for few of them. So the first lookups search lists. Each has the tokens with the same hash of their length
 * and four bytes. Once that has taken as many steps as there are tokens, the table is built.
 */
export class TokenTable {
	readonly size: number;
	readonly source: ByteSource;
	/** Ids of the tokens of one byte, -1 where there is none. */
	readonly byteIds = new Int32Array(0x100).fill(-1);
	/** Ids of the tokens of two bytes, by the first and the second. */
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
		const { bytes } = this.source;
		const [heads, next, pairIds, byteIds] = [this.#heads, this.#next, this.#pairIds, this.byteIds];
		/** Adds the token after `before`. */
		const add = (end: number, start: number, before: number): number => {
			const id = before + 1;
			const length = end - start;
			if (length > 2) {
				const list = listOf(bytes, start, end);
				next[id] = heads[list];
				heads[list] = id + 1;
			} else if (length === 2) pairIds[(bytes[start] << 8) | bytes[start + 1]] = id;
			else if (length === 1) byteIds[bytes[start]] = id;
			return start;
		};
		// From the last id, so that the first one of equal tokens counts. V8 compiles a function sooner than a loop.
		add(vocabulary.ends.reduceRight(add, vocabulary.ends.at(-1) ?? 0), 0, -1);
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
		let value = this.#heads[listOf(source.bytes, at, at + length)];
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
