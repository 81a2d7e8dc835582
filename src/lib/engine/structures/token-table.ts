import { ByteSource, ByteTable } from './byte-table';
import { vocabularySize, type Vocabulary } from './vocabulary';

/** A vocabulary with a lookup of ids by bytes. */
export class TokenTable {
	readonly size: number;
	readonly source: ByteSource;
	readonly #table: ByteTable;
	/**
	 * Id + 2 by two bytes, the first one high; 1 if they are no token, 0 if nobody has asked. Speeds up the first merges of
	 * every pre-token, which join bytes.
	 */
	readonly #bytePairs = new Int32Array(0x10000);

	constructor(readonly vocabulary: Vocabulary) {
		this.size = vocabularySize(vocabulary);
		this.source = new ByteSource(vocabulary.bytes);
		// Merging looks up every adjacent pair, and few of them are tokens.
		this.#table = new ByteTable(this.source, this.size, true);
		this.#table.addAll(vocabulary.ends);
	}

	/** Id of the token `source[start, end)`; -1 if there is none. */
	idOf(source: ByteSource, start: number, end: number): number {
		if (end - start !== 2) return this.#table.get(source, start, end - start) - 1;
		const pair = (source.bytes[start] << 8) | source.bytes[start + 1];
		const known = this.#bytePairs[pair];
		if (known !== 0) return known - 2;
		const value = this.#table.get(source, start, 2);
		this.#bytePairs[pair] = value + 1;
		return value - 1;
	}

	/** Id of the token whose bytes are the UTF-8 of a string; -1 if there is none. */
	idOfString(text: string): number {
		const bytes = new TextEncoder().encode(text);
		return this.idOf(new ByteSource(bytes), 0, bytes.length);
	}

	/** Ids of the tokens of one byte, -1 where there is none. */
	get byteIds(): Int32Array {
		const everyByte = new ByteSource(Uint8Array.from({ length: 256 }, (_, byte) => byte));
		return Int32Array.from(everyByte.bytes, (byte) => this.idOf(everyByte, byte, byte + 1));
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
