import {
	byteLevelBytes,
	createTokenBytes,
	isByteLevelOnly,
	streamText,
	type StreamStep
} from '../decode/decoder';
import { createDecodeSteps, type DecodeStream } from '../decode/stream';
import type { TokenizerSpec } from '../spec';
import { concatenate } from '../structures/arrays';
import { toByteLevel } from '../structures/byte-level';
import { tokenAt, vocabularySize } from '../structures/vocabulary';
import type { Extras } from '../text/extras';
import { decodeUtf8, encodeUtf8 } from '../text/utf8';
import { wrongArgument } from '../wrong-argument';

/** Thrown for an id without a token: beyond the vocabulary, or left out by it. */
export class NoTokenError extends RangeError {}

/** Decodes single tokens and lists of ids. */
export class TokenContents {
	readonly #spec: TokenizerSpec;
	/** Strings of added tokens, which take precedence over the vocabulary, and of foreign tokens, by id. */
	readonly #strings = new Map<number, string>();
	/** Contents of added tokens, by id. */
	readonly #added = new Map<number, string>();
	readonly #special = new Set<number>();
	/** Whether ids are decoded from the bytes of their tokens, without the byte alphabet. */
	readonly #isByBytes: boolean;
	/** Creates the steps of a stream of token strings. */
	readonly #createSteps: () => readonly StreamStep[];
	readonly #bytesOf: (token: string) => Uint8Array;
	/** Largest id + 1. */
	readonly size: number;

	/**
	 * @param normalized the tokenizer's normalizer. As in the reference, an added token that is found in
	 * normalized text decodes to its normalized content
	 */
	constructor(spec: TokenizerSpec, normalized: (text: string) => string, extras: Extras) {
		this.#spec = spec;
		let size = vocabularySize(spec.model.vocabulary);
		for (const { id, content } of spec.model.foreign_tokens ?? []) this.#strings.set(id, content);
		const special = new Set(spec.added_tokens.filter((t) => t.special).map((t) => t.content));
		for (const token of spec.added_tokens) {
			const string = token.normalized ? normalized(token.content) : token.content;
			this.#strings.set(token.id, string);
			this.#added.set(token.id, token.content);
			// The reference compares decoded contents, so a token that equals a special one is also left out.
			if (special.has(string)) this.#special.add(token.id);
			size = Math.max(size, token.id + 1);
		}
		this.size = size;
		this.#bytesOf = createTokenBytes(spec.decoder, extras);
		this.#createSteps = createDecodeSteps(spec.decoder, extras);
		this.#isByBytes = isByteLevelOnly(spec.decoder) && spec.model.byte_level;
	}

	/** Decodes a list of ids. @throws NoTokenError that names an id without a token */
	decode(ids: ArrayLike<number>, skipSpecial: boolean): string {
		const wanted = this.#wanted(ids, skipSpecial);
		return this.#isByBytes
			? decodeUtf8(concatenate(wanted.map((id) => this.#rawBytes(id))))
			: this.#run(this.#createSteps(), wanted, true);
	}

	/** Decodes ids as they arrive. */
	decodeStream(skipSpecial: boolean): DecodeStream {
		if (this.#isByBytes) {
			const text = streamText();
			return {
				push: (ids) =>
					text(
						this.#wanted(ids, skipSpecial).map((id) => this.#rawBytes(id)),
						false
					),
				end: () => text([], true)
			};
		}
		let steps = this.#createSteps();
		return {
			push: (ids) => this.#run(steps, this.#wanted(ids, skipSpecial), false),
			end: () => {
				const text = this.#run(steps, [], true);
				steps = this.#createSteps();
				return text;
			}
		};
	}

	#run(steps: readonly StreamStep[], ids: readonly number[], isEnd: boolean): string {
		const strings = ids.map((id) => this.string(id));
		return steps.reduce<readonly string[]>((tokens, step) => step(tokens, isEnd), strings).join('');
	}

	/** Checks ids, and leaves special ones out if asked to. @throws NoTokenError */
	#wanted(ids: ArrayLike<number>, skipSpecial: boolean): number[] {
		if (typeof ids !== 'object' || typeof ids?.length !== 'number')
			throw wrongArgument('ids', ids, 'an array of token ids');
		const wanted: number[] = [];
		for (let i = 0; i < ids.length; i++) {
			this.#check(ids[i]);
			if (!skipSpecial || !this.#special.has(ids[i])) wanted.push(ids[i]);
		}
		return wanted;
	}

	/**
	 * Copies the bytes that a token represents in a text. In a byte-level vocabulary, an added token represents its
	 * own content, even if all its characters are in the byte alphabet and decode to other bytes.
	 */
	bytes(id: number): Uint8Array {
		this.#check(id);
		const { model, decoder } = this.#spec;
		if (model.byte_level && (!decoder || isByteLevelOnly(decoder))) {
			const added = this.#added.get(id);
			if (added !== undefined) return encodeUtf8(added);
			if (!this.#strings.has(id)) return tokenAt(model.vocabulary, id).slice();
		}
		return this.#bytesOf(this.string(id)).slice();
	}

	/** Bytes of a token in the model's vocabulary; empty if the model does not have it. */
	modelBytes(id: number): Uint8Array {
		this.#check(id);
		const { vocabulary } = this.#spec.model;
		return id < vocabularySize(vocabulary) ? tokenAt(vocabulary, id) : new Uint8Array(0);
	}

	/** String of a token in tokenizer.json. */
	string(id: number): string {
		const string = this.#strings.get(id);
		if (string !== undefined) return string;
		const bytes = tokenAt(this.#spec.model.vocabulary, id);
		return this.#spec.model.byte_level ? toByteLevel(bytes) : decodeUtf8(bytes);
	}

	#rawBytes(id: number): Uint8Array {
		const string = this.#strings.get(id);
		return string === undefined ? tokenAt(this.#spec.model.vocabulary, id) : byteLevelBytes(string);
	}

	#check(id: number): void {
		if (typeof id !== 'number') throw wrongArgument('token id', id, 'a number');
		if (!Number.isInteger(id) || id < 0 || id >= this.size) {
			throw new NoTokenError(`token id ${id} is out of range: expected 0 to ${this.size - 1}`);
		}
		const { vocabulary } = this.#spec.model;
		const known = id < vocabularySize(vocabulary) && tokenAt(vocabulary, id).length > 0;
		if (!known && !this.#strings.has(id)) {
			throw new NoTokenError(`token id ${id} has no token: the vocabulary leaves it out`);
		}
	}
}
