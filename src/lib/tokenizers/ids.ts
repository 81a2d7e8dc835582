/** Decodes lists of token ids, checks which tokenizer they fit, and counts distinct ids. */
import {
	TokenKind,
	type DecoderSpec,
	type Encoding,
	type Tokenizer,
	type TokenizerSpec
} from '../engine';
import { decodeUtf8, firstInvalidUtf8 } from '../engine/text';
import { encodeInChunks } from './chunks/encode-chunks';
import type { EngineRuntime } from './runtimes/engine';
import { RESERVED } from './vocabulary-sample';

export interface DecodedIds {
	/** The tokens' bytes in order, not necessarily valid UTF-8. */
	readonly document: Uint8Array<ArrayBuffer>;
	/** Encoding of the ids that have a token, with spans as byte offsets into `document`. */
	readonly encoding: Encoding;
	/** Ids without a token in the tokenizer, with their indices in the list. */
	readonly outOfRange: readonly { readonly id: number; readonly position: number }[];
	/** Largest id + 1. */
	readonly vocabularySize: number;
}

/** Decodes a list of ids token by token. */
export function decodeIds(tokenizer: Tokenizer, ids: Uint32Array): DecodedIds {
	const outOfRange: { id: number; position: number }[] = [];
	const known: number[] = [];
	const parts: Uint8Array[] = [];
	ids.forEach((id, position) => {
		const bytes = bytesOf(tokenizer, id);
		if (bytes) {
			known.push(id);
			parts.push(bytes);
		} else outOfRange.push({ id, position });
	});
	const document = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
	const byteStarts = new Uint32Array(known.length);
	const byteEnds = new Uint32Array(known.length);
	const kinds = new Uint8Array(known.length);
	const special = new Set(
		tokenizer.spec.added_tokens.filter((token) => token.special).map(({ id }) => id)
	);
	let at = 0;
	parts.forEach((part, i) => {
		document.set(part, at);
		byteStarts[i] = at;
		byteEnds[i] = at += part.length;
		if (special.has(known[i])) kinds[i] = TokenKind.special;
	});
	return {
		document,
		encoding: { ids: Uint32Array.from(known), byteStarts, byteEnds, kinds },
		outOfRange,
		vocabularySize: tokenizer.vocabularySize
	};
}

function bytesOf(tokenizer: Tokenizer, id: number): Uint8Array | null {
	try {
		return tokenizer.tokenBytes(id);
	} catch (error) {
		if (error instanceof RangeError) return null;
		throw error;
	}
}

/** Whether a tokenizer could have produced a list of ids; if not, the first evidence that it couldn't. */
export type IdsFit =
	/**
	 * All ids exist, their bytes are UTF-8, and encoding the decoded text gives the same ids.
	 * @property reserved the first token that the vocabulary reserves for later use; such tokens hardly ever occur in
	 * text
	 */
	| { readonly verdict: 'fits'; readonly reserved: string | null }
	| { readonly verdict: 'out-of-range' }
	/** @property position index of the id whose bytes aren't UTF-8 */
	| { readonly verdict: 'not-utf8'; readonly position: number }
	/**
	 * @property position index of the first id that differs when the decoded text is encoded again
	 * @property expected the id at that index in the new encoding; `null` if the new encoding is shorter
	 */
	| {
			readonly verdict: 'other-ids';
			readonly position: number;
			readonly expected: number | null;
	  };

/**
 * Decodes ids and encodes the resulting text again: first as a whole, with its special tokens, and then each part
 * between special tokens, because a chat template may add special tokens between separately encoded texts. Yields the
 * fraction completed, from 0 to 1.
 * @param decoded the ids decoded token by token
 * @param target length of the chunks of a long text, as in `chunkText`
 */
export function* checkIds(
	lab: EngineRuntime,
	ids: Uint32Array,
	decoded: Pick<DecodedIds, 'document' | 'encoding' | 'outOfRange'>,
	target?: number
): Generator<number, IdsFit> {
	if (decoded.outOfRange.length > 0) return { verdict: 'out-of-range' };
	const invalid = firstInvalidUtf8(decoded.document);
	if (invalid >= 0) return { verdict: 'not-utf8', position: tokenAt(decoded.encoding, invalid) };
	const { spec } = lab.tokenizer;
	const fits: IdsFit = { verdict: 'fits', reserved: reservedToken(ids, spec) };
	const differenceFrom = function* (part: Uint32Array, special: 'text' | 'parse') {
		const text = lab.decode(part);
		const { ids: again } = yield* encodeInChunks(lab, spec, text, { special }, target);
		const position = firstDifference(part, again);
		if (position < 0) return null;
		for (const other of otherTexts(lab, part, text)) {
			const { ids } = yield* encodeInChunks(lab, spec, other, { special }, target);
			if (firstDifference(part, ids) < 0) return null;
		}
		return { position, expected: again[position] ?? null };
	};
	const difference = yield* differenceFrom(ids, 'parse');
	if (difference === null) return fits;
	for (const part of partsBetweenSpecials(ids, spec)) {
		if (yield* differenceFrom(part, 'text')) return { verdict: 'other-ids', ...difference };
	}
	return fits;
}

/** Texts that the ids might come from, other than the decoded one. */
function* otherTexts(lab: EngineRuntime, ids: Uint32Array, decoded: string): Generator<string> {
	const { tokenizer } = lab;
	if (dropsSpace(tokenizer.spec.decoder)) yield ` ${decoded}`;
	// In some byte-level vocabularies, the decoded bytes of an added token differ from those of its content.
	const represented = decodeUtf8(decodeIds(tokenizer, ids).document);
	if (represented !== decoded) yield represented;
}

/**
 * Whether decoding drops a space at the start of the text, as InternLM2's decoder does even though its
 * encoder doesn't add one.
 */
const dropsSpace = (decoder: DecoderSpec | null): boolean =>
	decoder?.type === 'Sequence' ? decoder.decoders.some(dropsSpace) : decoder?.type === 'Strip';

function reservedToken(ids: Uint32Array, { added_tokens }: TokenizerSpec): string | null {
	const reserved = new Map(
		added_tokens
			.filter(({ content }) => RESERVED.test(content))
			.map(({ id, content }) => [id, content])
	);
	const first = ids.find((id) => reserved.has(id));
	return first === undefined ? null : (reserved.get(first) ?? null);
}

const tokenAt = ({ byteEnds }: Encoding, byte: number): number =>
	byteEnds.findIndex((end) => end > byte);

/** Index of the first id that differs between the lists; -1 if they're equal. */
function firstDifference(a: Uint32Array, b: Uint32Array): number {
	const shared = Math.min(a.length, b.length);
	for (let i = 0; i < shared; i++) if (a[i] !== b[i]) return i;
	return a.length === b.length ? -1 : shared;
}

function* partsBetweenSpecials(
	ids: Uint32Array,
	{ added_tokens }: TokenizerSpec
): Generator<Uint32Array> {
	const specials = new Set(added_tokens.filter(({ special }) => special).map(({ id }) => id));
	let start = 0;
	for (let i = 0; i <= ids.length; i++) {
		if (i < ids.length && !specials.has(ids[i])) continue;
		if (i > start) yield ids.subarray(start, i);
		start = i + 1;
	}
}

/** Largest id for which a table is used instead of a set, because the table grows with the largest id. */
const MAX_TABLE_ID = 1 << 22;

/** Counts distinct ids with a table of one byte per possible id. */
export function countDistinct(ids: Uint32Array): number {
	let largest = 0;
	for (let token = 0; token < ids.length; token++) if (ids[token] > largest) largest = ids[token];
	if (largest > MAX_TABLE_ID) return new Set(ids).size;
	const seen = new Uint8Array(largest + 1);
	let distinct = 0;
	for (let token = 0; token < ids.length; token++) {
		distinct += 1 - seen[ids[token]];
		seen[ids[token]] = 1;
	}
	return distinct;
}
