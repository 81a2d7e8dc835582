/** What each token of a spec spells, for runtimes that give ids alone. */
import { tokenAt, type TokenizerSpec } from '../../engine';

const META = '▁';
const BYTE_ENTRY = /^<0x([0-9A-F]{2})>$/;
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export class TokenTable {
	/** Largest id + 1. */
	readonly size: number;
	readonly #spec: TokenizerSpec;
	/** Tokens that the vocabulary does not spell. */
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
	 * The token as the model has it: raw bytes for byte-level models, else the UTF-8 of its string
	 * with `▁`. Throws a RangeError for an id out of range.
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

	/** The byte that a `<0xNN>` entry stands for, or -1. */
	fallbackByte(id: number): number {
		if (!this.#spec.model.byte_fallback || this.#strings.has(id)) return -1;
		const content = this.content(id);
		if (content.length !== 6 || content[0] !== 0x3c) return -1;
		const found = BYTE_ENTRY.exec(decoder.decode(content));
		return found ? parseInt(found[1], 16) : -1;
	}

	/** The bytes that the token stands for in text: `▁` as a space, `<0xNN>` as its byte. */
	bytes(id: number): Uint8Array {
		const content = this.content(id);
		if (this.#spec.model.byte_level) return content;
		const byte = this.fallbackByte(id);
		if (byte >= 0) return Uint8Array.of(byte);
		const text = decoder.decode(content);
		return text.includes(META) ? encoder.encode(text.replaceAll(META, ' ')) : content;
	}
}
