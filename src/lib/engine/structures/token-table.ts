import { ByteSource, ByteTable } from './byte-table';
import { vocabularySize, type Vocabulary } from './vocabulary';

const LISTS = 0x8000;

/**
 * Returns the index of the list for a token of at least two bytes. Deliberately simple, because most calls come before
 * V8 has compiled this function.
 */
function listOf(bytes: Uint8Array, start: number, end: number): number {
	const length = end - start;
	const last = bytes[end - 1] * 521 + bytes[end - 2] * 12289;
	const others = bytes[start + 1] * 1277 + bytes[start + (length >> 1)] * 50261;
	return (length * 7919 + last + others) & (LISTS - 1);
}

/**
 * A vocabulary in which tokens can be looked up by their bytes. Building a hash table of all tokens would take most of
 * the loading time, but encoding a short text looks up only a few tokens. So the first lookups search lists of tokens
 * that share a hash of their length and four of their bytes. The hash table is built once these searches have taken as
 * many steps as there are tokens.
 */
export class TokenTable {
	readonly size: number;
	readonly source: ByteSource;
	/** Ids of the one-byte tokens, indexed by byte; -1 for bytes without such a token. */
	readonly byteIds = new Int32Array(0x100).fill(-1);
	/** Id + 1 of the first token in each list; 0 if the list is empty. */
	#heads = new Int32Array(LISTS);
	/** For each id, 1 + the id of the next token in its list; 0 for the last token of a list. */
	#next: Int32Array;
	/** Number of list lookups plus number of tokens compared. */
	#steps = 0;
	/** Hash table with id + 1 of each token of at least three bytes; `null` until it is built. */
	#table: ByteTable | null = null;
	/** Id + 1 of each two-byte token, indexed by both bytes; empty until the hash table is built. */
	#pairs = new Int32Array(0);

	constructor(readonly vocabulary: Vocabulary) {
		this.size = vocabularySize(vocabulary);
		this.source = new ByteSource(vocabulary.bytes);
		this.#next = new Int32Array(this.size);
		const [heads, next, byteIds, bytes] = [this.#heads, this.#next, this.byteIds, vocabulary.bytes];
		const add = (end: number, start: number, before: number): number => {
			const id = before + 1;
			if (end - start > 1) {
				const list = listOf(bytes, start, end);
				next[id] = heads[list];
				heads[list] = id + 1;
			} else if (end > start) byteIds[bytes[start]] = id;
			return start;
		};
		// Runs from the last id to the first, so that the first of several identical tokens wins. Calls a function for
		// each id, because V8 compiles a function sooner than a loop.
		add(vocabulary.ends.reduceRight(add, vocabulary.ends.at(-1) ?? 0), 0, -1);
	}

	/**
	 * Announces upcoming lookups. Builds the hash table once the number of steps, including these lookups, exceeds the
	 * number of tokens. Returns whether the hash table exists.
	 */
	prepareFor(lookups: number): boolean {
		if (this.#table) return true;
		if ((this.#steps += lookups) <= this.size) return false;
		// A filter is worthwhile because merging looks up every adjacent pair, but few of these pairs are tokens.
		this.#table = new ByteTable(this.source, this.size, true);
		const pairs = (this.#pairs = new Int32Array(0x10000));
		for (let id = 0, start = 0; id < this.size; start = this.endOf(id++)) {
			const length = this.endOf(id) - start;
			if (length > 2) this.#table.add(this.source, start, length, id + 1);
			else if (length === 2) pairs[this.source.view.getUint16(start)] ||= id + 1;
		}
		this.#heads = this.#next = new Int32Array(0);
		return true;
	}

	/** Id of the token `source[start, end)`; -1 if there is none. */
	idOf(source: ByteSource, start: number, end: number): number {
		const length = end - start;
		if (length < 2) return length === 1 ? this.byteIds[source.bytes[start]] : -1;
		const table = this.#table;
		if (table === null) return this.#search(source, start, end);
		if (length === 2) return this.#pairs[(source.bytes[start] << 8) | source.bytes[start + 1]] - 1;
		return table.get(source, start, length) - 1;
	}

	#search(source: ByteSource, at: number, to: number): number {
		if (this.prepareFor(1)) return this.idOf(source, at, to);
		const { bytes } = this.source;
		const length = to - at;
		let id = this.#heads[listOf(source.bytes, at, to)] - 1;
		for (; id >= 0; id = this.#next[id] - 1) {
			this.#steps++;
			const start = this.startOf(id);
			let same = 0;
			while (same < length && bytes[start + same] === source.bytes[at + same]) same++;
			if (same === length && this.endOf(id) - start === length) break;
		}
		return id;
	}

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

export function tokenTableOf(vocabulary: Vocabulary): TokenTable {
	let table = tables.get(vocabulary);
	if (!table) tables.set(vocabulary, (table = new TokenTable(vocabulary)));
	return table;
}
