import { tokenAt, vocabularySize, type TokenizerSpec } from '../../engine';
import { decodeUtf8, encodeUtf8 } from '../../engine/text';

const BYTE_TOKEN = /^<0x([0-9A-F]{2})>$/;

/** Tokens as the model stores them, for runtimes that only return ids. */
export class ModelTokens {
	readonly #model: TokenizerSpec['model'];
	/** Strings of added and foreign tokens, by id. */
	readonly #strings: ReadonlyMap<number, string>;

	constructor({ model, added_tokens }: TokenizerSpec) {
		this.#model = model;
		const stored = [...(model.foreign_tokens ?? []), ...added_tokens];
		this.#strings = new Map(stored.map(({ id, content }) => [id, content]));
	}

	/**
	 * Raw bytes of a token in a byte-level model; UTF-8 of its string in others. Unlike in `Tokenizer.tokenBytes`, `▁` is
	 * not a space and `<0xNN>` not a byte.
	 * Empty for an id without a token.
	 * @throws RangeError for a negative or fractional id
	 */
	content(id: number): Uint8Array {
		const string = this.#strings.get(id);
		if (string !== undefined) return encodeUtf8(string);
		const { vocabulary } = this.#model;
		return id >= vocabularySize(vocabulary) ? new Uint8Array() : tokenAt(vocabulary, id);
	}

	/** Byte that a token `<0xNN>` represents; -1 for any other token. */
	fallbackByte(id: number): number {
		if (!this.#model.byte_fallback || this.#strings.has(id)) return -1;
		const content = this.content(id);
		if (content.length !== 6 || content[0] !== 0x3c) return -1;
		const found = BYTE_TOKEN.exec(decodeUtf8(content));
		return found ? parseInt(found[1], 16) : -1;
	}
}
