import {
	tokenAt,
	vocabularySize,
	type DecoderSpec,
	type TokenizerSpec,
	type Vocabulary,
	toByteLevel
} from '../engine';
import { concatenate, createTokenBytes, EXTRAS, grow, tokenTableOf } from '../engine/stages';
import { decodeUtf8, encodeUtf8 } from '../engine/text';
import { memoize } from './calls';

/** Ids of special tokens and of control tokens, which appear in a vocabulary although no text encodes to them. */
export function specialIds({ model, added_tokens }: TokenizerSpec): Set<number> {
	const ids = new Set((model.foreign_tokens ?? []).map(({ id }) => id));
	for (const { id, special } of added_tokens) if (special) ids.add(id);
	return ids;
}

/** Contents of added and control tokens, by id. */
export function namedTokens({ model, added_tokens }: TokenizerSpec): Map<number, string> {
	const named = new Map<number, string>();
	for (const { id, content } of model.foreign_tokens ?? []) named.set(id, content);
	for (const { id, content } of added_tokens) named.set(id, content);
	return named;
}

const HASH_BITS = 24;

/** Ids of tokens with the same bytes as an earlier token. A filter with one bit per hash avoids most lookups. */
export const repeatedTokens = memoize((vocabulary: Vocabulary): ReadonlySet<number> => {
	const { bytes, ends } = vocabulary;
	const tokens = tokenTableOf(vocabulary);
	const seen = new Int32Array(1 << (HASH_BITS - 5));
	const repeated = new Set<number>();
	for (let id = 0, start = 0; id < ends.length; start = ends[id++]) {
		const end = ends[id];
		let hash = end - start;
		for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at], 0x9e3779b1);
		const bit = hash >>> (32 - HASH_BITS);
		const isNew = ((seen[bit >>> 5] >>> (bit & 31)) & 1) === 0;
		seen[bit >>> 5] |= 1 << (bit & 31);
		if (isNew || start === end) continue;
		if (tokens.idOf(tokens.source, start, end) !== id) repeated.add(id);
	}
	return repeated;
});

/** A token as spelled in tokenizer.json; `null` for an id without a token. */
export function tokenString({ model, added_tokens }: TokenizerSpec, id: number): string | null {
	const bytes = id < vocabularySize(model.vocabulary) ? tokenAt(model.vocabulary, id) : null;
	if (bytes && bytes.length > 0) return model.byte_level ? toByteLevel(bytes) : decodeUtf8(bytes);
	const named = [...(model.foreign_tokens ?? []), ...added_tokens].find((token) => token.id === id);
	return named?.content ?? null;
}

/** The bytes that each of the model's tokens represents in text (a space for `▁`, a newline for `<0x0A>`), by id. */
export const modelTexts = (spec: TokenizerSpec): Vocabulary =>
	spec.model.byte_level ? spec.model.vocabulary : decodedTexts(spec);

const decodedTexts = memoize(({ model: { vocabulary }, decoder }: TokenizerSpec): Vocabulary => {
	const { bytes, ends } = vocabulary;
	const bytesOf = createTokenBytes(decoder, EXTRAS);
	const replacement = soleReplacement(decoder);
	const writer = new TokenWriter(ends.length, bytes.length);
	for (let id = 0, start = 0; id < ends.length; start = ends[id++]) {
		if (ends[id] > start) {
			// Decoding a token's string is much slower than replacing bytes, and usually needed only for byte tokens.
			if (replacement && bytes[start] !== LESS_THAN) {
				writeReplaced(writer, bytes, start, ends[id], replacement);
			} else {
				const decoded = bytesOf(decodeUtf8(bytes.subarray(start, ends[id])));
				writer.add(decoded, 0, decoded.length);
			}
		}
		writer.end();
	}
	return writer.finish();
});

/** First character of a token that spells a byte (`<0x0A>`). */
const LESS_THAN = 0x3c;

interface Replacement {
	readonly pattern: Uint8Array;
	readonly content: Uint8Array;
}

/**
 * The decoder's only replacement, apart from byte tokens such as `<0x0A>`; `null` if the decoder changes tokens in any
 * other way.
 */
function soleReplacement(decoder: DecoderSpec | null): Replacement | null {
	const steps = decoder?.type === 'Sequence' ? decoder.decoders : decoder ? [decoder] : [];
	const replaces = steps.filter((step) => step.type === 'Replace');
	const others = steps.filter(
		(step) => !['Replace', 'ByteFallback', 'Fuse', 'Strip'].includes(step.type)
	);
	if (replaces.length !== 1 || others.length > 0) return null;
	const [{ pattern, content }] = replaces;
	if (!('String' in pattern) || pattern.String === '') return null;
	return { pattern: encodeUtf8(pattern.String), content: encodeUtf8(content) };
}

function writeReplaced(
	writer: TokenWriter,
	bytes: Uint8Array,
	start: number,
	end: number,
	{ pattern, content }: Replacement
): void {
	let copied = start;
	for (let at = start; at + pattern.length <= end;) {
		let same = 0;
		while (same < pattern.length && bytes[at + same] === pattern[same]) same++;
		if (same < pattern.length) at++;
		else {
			writer.add(bytes, copied, at);
			writer.add(content, 0, content.length);
			copied = at += pattern.length;
		}
	}
	writer.add(bytes, copied, end);
}

/** Like {@link modelTexts}, but also includes the contents of added and control tokens. */
export const tokenTexts = (spec: TokenizerSpec): Vocabulary =>
	contentsOf(modelTexts(spec), namedTokens(spec));

/** Replaces the bytes of each named token in a vocabulary with the UTF-8 of its name. */
export function contentsOf(
	{ ends, bytes }: Vocabulary,
	named: ReadonlyMap<number, string>
): Vocabulary {
	let size = ends.length;
	for (const id of named.keys()) size = Math.max(size, id + 1);
	const contents = new Map([...named].map(([id, content]) => [id, encodeUtf8(content)]));
	const parts: Uint8Array[] = [];
	const newEnds = new Uint32Array(size);
	const total = ends.at(-1) ?? 0;
	let length = 0;
	const add = (part: Uint8Array) => {
		parts.push(part);
		length += part.length;
	};
	/** Copies tokens [from, to) from the vocabulary, stopping at its end. */
	const keep = (from: number, to: number) => {
		const start = from === 0 ? 0 : (ends[from - 1] ?? total);
		for (let id = from; id < to; id++) newEnds[id] = length + (ends[id] ?? total) - start;
		add(bytes.subarray(start, to === 0 ? 0 : (ends[to - 1] ?? total)));
	};
	let next = 0;
	for (const id of [...contents.keys()].sort((a, b) => a - b)) {
		keep(next, id);
		add(contents.get(id) ?? new Uint8Array());
		newEnds[id] = length;
		next = id + 1;
	}
	keep(next, size);
	return { bytes: concatenate(parts), ends: newEnds };
}

/**
 * Writes tokens back to back, without allocating an array for each of the hundreds of thousands of tokens in a large
 * vocabulary.
 */
class TokenWriter {
	#bytes: Uint8Array;
	#length = 0;
	readonly #ends: Uint32Array;
	#tokens = 0;

	/** @param bytes approximate total length of the tokens */
	constructor(tokens: number, bytes: number) {
		this.#ends = new Uint32Array(tokens);
		this.#bytes = new Uint8Array(bytes);
	}

	/** Appends bytes [start, end) of `source` to the current token. */
	add(source: Uint8Array, start: number, end: number): void {
		const length = this.#length + end - start;
		if (length > this.#bytes.length) this.#bytes = grow(this.#bytes, 2 * length);
		// For short tokens, a loop is faster than a call.
		for (let at = start, to = this.#length; at < end;) this.#bytes[to++] = source[at++];
		this.#length = length;
	}

	end(): void {
		this.#ends[this.#tokens++] = this.#length;
	}

	finish(): Vocabulary {
		return { bytes: this.#bytes.slice(0, this.#length), ends: this.#ends };
	}
}
