/** Tokens as the model has them, for runtimes that give ids alone. */
import { tokenAt, type TokenizerSpec } from '../../engine';

const BYTE_ENTRY = /^<0x([0-9A-F]{2})>$/;
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export class ModelTokens {
	/** Largest id + 1. */
	readonly size: number;
	readonly #spec: TokenizerSpec;
	/** Added and foreign tokens, by id. */
	readonly #strings: ReadonlyMap<number, string>;

	constructor(spec: TokenizerSpec) {
		this.#spec = spec;
		const foreign = spec.model.foreign_tokens ?? [];
		this.#strings = new Map(
			[...foreign, ...spec.added_tokens].map(({ id, content }) => [id, content])
		);
		this.size = spec.added_tokens.reduce(
			(size, { id }) => Math.max(size, id + 1),
			spec.model.vocabulary.ends.length
		);
	}

	/**
	 * Raw bytes of the token in a byte-level model, UTF-8 of its string with `▁` in others. Unlike
	 * `Tokenizer.tokenBytes`, which reads `▁` as a space and `<0xNN>` as its byte.
	 * @throws RangeError for an id out of range
	 */
	content(id: number): Uint8Array {
		if (!Number.isInteger(id) || id < 0 || id >= this.size) {
			throw new RangeError(
				`token id ${id} is out of range: this tokenizer has ids 0 to ${this.size - 1}`
			);
		}
		const string = this.#strings.get(id);
		if (string !== undefined) return encoder.encode(string);
		const { vocabulary } = this.#spec.model;
		return id < vocabulary.ends.length ? tokenAt(vocabulary, id) : new Uint8Array();
	}

	/** The byte that an entry `<0xNN>` stands for; -1 for any other token. */
	fallbackByte(id: number): number {
		if (!this.#spec.model.byte_fallback || this.#strings.has(id)) return -1;
		const content = this.content(id);
		if (content.length !== 6 || content[0] !== 0x3c) return -1;
		const found = BYTE_ENTRY.exec(decoder.decode(content));
		return found ? parseInt(found[1], 16) : -1;
	}
}
