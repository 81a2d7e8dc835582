import { ByteSource, ByteTable } from './byte-table';
import { vocabularySize, type Vocabulary } from './vocabulary';

/** A vocabulary that finds the id of bytes. */
export class TokenTable {
	readonly size: number;
	readonly source: ByteSource;
	readonly #table: ByteTable;

	constructor(readonly vocabulary: Vocabulary) {
		this.size = vocabularySize(vocabulary);
		this.source = new ByteSource(vocabulary.bytes);
		// Merging asks for every pair of neighbours, and few make a token.
		this.#table = new ByteTable(this.source, this.size, true);
		this.#table.addAll(vocabulary.ends);
	}

	/** The id of `source[start, end)`, or -1. */
	idOf(source: ByteSource, start: number, end: number): number {
		return this.#table.get(source, start, end - start) - 1;
	}

	/** The id of a string's UTF-8, or -1. */
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
