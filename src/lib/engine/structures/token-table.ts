import { ByteSource, ByteTable } from './byte-table';
import { vocabularySize, type Vocabulary } from './vocabulary';

/** A vocabulary with a lookup of ids by bytes. */
export class TokenTable {
	readonly size: number;
	readonly source: ByteSource;
	readonly #table: ByteTable;

	constructor(readonly vocabulary: Vocabulary) {
		this.size = vocabularySize(vocabulary);
		this.source = new ByteSource(vocabulary.bytes);
		// Merging looks up every adjacent pair, and few of them are tokens.
		this.#table = new ByteTable(this.source, this.size, true);
		this.#table.addAll(vocabulary.ends);
	}

	/** Id of the token `source[start, end)`; -1 if there is none. */
	idOf(source: ByteSource, start: number, end: number): number {
		return this.#table.get(source, start, end - start) - 1;
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
