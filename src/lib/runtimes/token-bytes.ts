/** What each token of a spec stands for, whichever program runs it. */
import { tokenAt } from '../engine/structures/vocabulary';
import type { AddedTokenSpec, TokenizerSpec } from '../engine/spec';

const META = '▁';
const BYTE_ENTRY = /^<0x([0-9A-F]{2})>$/;
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export class TokenTable {
	/** Largest id + 1. */
	readonly size: number;
	readonly #spec: TokenizerSpec;
	readonly #added: ReadonlyMap<number, AddedTokenSpec>;

	constructor(spec: TokenizerSpec) {
		this.#spec = spec;
		this.#added = new Map(spec.added_tokens.map((token) => [token.id, token]));
		this.size = spec.added_tokens.reduce(
			(size, { id }) => Math.max(size, id + 1),
			spec.model.vocabulary.ends.length
		);
	}

	/** The added token of an id, or undefined. */
	added(id: number): AddedTokenSpec | undefined {
		return this.#added.get(id);
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
		const added = this.#added.get(id);
		if (added) return encoder.encode(added.content);
		const { vocabulary } = this.#spec.model;
		return id < vocabulary.ends.length ? tokenAt(vocabulary, id) : new Uint8Array();
	}

	/** The byte that a `<0xNN>` entry stands for, or -1. */
	fallbackByte(id: number): number {
		if (!this.#spec.model.byte_fallback || this.#added.has(id)) return -1;
		const content = this.content(id);
		if (content.length !== 6 || content[0] !== 0x3c) return -1;
		const found = BYTE_ENTRY.exec(decoder.decode(content));
		return found ? parseInt(found[1], 16) : -1;
	}

	/** The bytes that the token stands for in text: `▁` as a space, `<0xNN>` as its byte. */
	bytes(id: number): Uint8Array {
		const content = this.content(id);
		if (this.#spec.model.byte_level || this.#added.has(id)) return content;
		const byte = this.fallbackByte(id);
		if (byte >= 0) return Uint8Array.of(byte);
		const text = decoder.decode(content);
		return text.includes(META) ? encoder.encode(text.replaceAll(META, ' ')) : content;
	}

	/** Bytes put together, as text; what is not UTF-8 becomes U+FFFD. */
	decode(ids: ArrayLike<number>, skipSpecial: boolean): string {
		const parts: Uint8Array[] = [];
		for (let i = 0; i < ids.length; i++) {
			if (skipSpecial && this.#added.get(ids[i])?.special) continue;
			parts.push(this.bytes(ids[i]));
		}
		const text = decoder.decode(concatenate(parts));
		return stripsFirstSpace(this.#spec) && text.startsWith(' ') ? text.slice(1) : text;
	}
}

/** Llama's decoder takes away the space that its normalizer put before the text. */
const stripsFirstSpace = (spec: TokenizerSpec): boolean =>
	JSON.stringify(spec.decoder).includes('"Strip"');

export function concatenate(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
	const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const part of parts) {
		bytes.set(part, at);
		at += part.length;
	}
	return bytes;
}
