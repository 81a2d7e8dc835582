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
import { fromByteLevel, toByteLevel } from '../structures/byte-level';
import { ByteSource } from '../structures/byte-table';
import { tokenTableOf } from '../structures/token-table';
import { tokenAt, vocabularySize } from '../structures/vocabulary';
import type { Extras } from '../text/extras';
import { decodeUtf8, encodeUtf8 } from '../text/utf8';
import { wrongArgument } from '../wrong-argument';

/** Thrown for an id without a token: an id beyond the end of the vocabulary, or one that the vocabulary leaves out. */
export class NoTokenError extends RangeError {}

/** Decodes single tokens and lists of ids. */
export class TokenContents {
	readonly #spec: TokenizerSpec;
	/** Strings of added tokens and of the model's `foreign_tokens`, by id. They take precedence over the vocabulary. */
	readonly #strings = new Map<number, string>();
	/** Contents of added tokens, by id. */
	readonly #added = new Map<number, string>();
	readonly #special = new Set<number>();
	/** Ids by string, for `strings` and `added`; `null` until first used. */
	#idOfString: Map<string, number> | null = null;
	/** Whether ids are decoded directly from token bytes, without the byte alphabet. */
	readonly #isByBytes: boolean;
	readonly #createSteps: () => readonly StreamStep[];
	readonly #bytesOf: (token: string) => Uint8Array;
	/** Largest id + 1. */
	readonly size: number;

	/**
	 * @param normalized normalizes the content of added tokens that are matched in normalized text. Such tokens decode
	 * to the normalized content, as in the reference
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
			// The reference compares decoded contents, so it also omits tokens that decode to the content of a special token.
			if (special.has(string)) this.#special.add(token.id);
			size = Math.max(size, token.id + 1);
		}
		this.size = size;
		this.#bytesOf = createTokenBytes(spec.decoder, extras);
		this.#createSteps = createDecodeSteps(spec.decoder, extras);
		this.#isByBytes = isByteLevelOnly(spec.decoder) && spec.model.byte_level;
	}

	/** Decodes a list of ids. @throws NoTokenError for an id without a token */
	decode(ids: ArrayLike<number>, skipSpecial: boolean): string {
		const wanted = this.#wanted(ids, skipSpecial);
		return this.#isByBytes
			? decodeUtf8(concatenate(wanted.map((id) => this.#rawBytes(id))))
			: this.#run(this.#createSteps(), wanted, true);
	}

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

	/** Checks that all ids have tokens, and omits special ones if `skipSpecial` is set. @throws NoTokenError */
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
	 * Copies the bytes that a token represents in text. An added token always represents its content, even if that could
	 * be read as a string in the byte alphabet.
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

	/** Bytes of a token in the model's vocabulary; empty if the vocabulary does not contain it. */
	modelBytes(id: number): Uint8Array {
		this.#check(id);
		const { vocabulary } = this.#spec.model;
		return id < vocabularySize(vocabulary) ? tokenAt(vocabulary, id) : new Uint8Array(0);
	}

	/**
	 * Finds the id of a token, given its string in tokenizer.json or its bytes; `undefined` if there is no such token.
	 * @throws TypeError if `token` is neither a string nor bytes
	 */
	id(token: unknown): number | undefined {
		if (typeof token !== 'string' && !(token instanceof Uint8Array))
			throw wrongArgument('token', token, 'a string or bytes as a Uint8Array');
		const { vocabulary, byte_level } = this.#spec.model;
		if (typeof token === 'string') {
			this.#idOfString ??= new Map(
				[...this.#strings, ...this.#added].map(([id, string]) => [string, id])
			);
			const id = this.#idOfString.get(token);
			if (id !== undefined) return id;
		}
		const bytes =
			typeof token !== 'string' ? token : byte_level ? fromByteLevel(token) : encodeUtf8(token);
		// Tokens never contain lone surrogates, which would be encoded as U+FFFD.
		const isWhole = typeof token !== 'string' || token.isWellFormed();
		if (bytes === null || bytes.length === 0 || !isWhole) return undefined;
		const id = tokenTableOf(vocabulary).idOf(new ByteSource(bytes), 0, bytes.length);
		return id < 0 ? undefined : id;
	}

	/**
	 * String of a token in tokenizer.json; `undefined` for an id without a token.
	 * @throws TypeError if `id` is not a number
	 */
	stringOf(id: unknown): string | undefined {
		if (typeof id !== 'number') throw wrongArgument('id', id, 'a number');
		return this.#isKnown(id) ? this.string(id) : undefined;
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
		if (!this.#isKnown(id))
			throw new NoTokenError(`token id ${id} has no token: the vocabulary leaves it out`);
	}

	#isKnown(id: number): boolean {
		if (this.#strings.has(id)) return true;
		const { vocabulary } = this.#spec.model;
		const isInModel = Number.isInteger(id) && id >= 0 && id < vocabularySize(vocabulary);
		return isInModel && tokenAt(vocabulary, id).length > 0;
	}
}
