/** Convenience functions for programs, in addition to the engine's functions. */
import type { EncodeOptions, Tokenizer as EngineTokenizer } from '../lib/engine';
import { createTokenizer as createEngine, TokenKind, wrongArgument } from '../lib/engine';
import type { TokenizerSpec } from '../lib/engine';
import { byteLength, decodeUtf8, encodeUtf8 } from '../lib/engine/text';
import { sectionsOf } from '../lib/tokenizers/chunks/token-counter';

type TextOptions = Omit<EncodeOptions, 'wholeSpans'>;

export interface BatchOptions extends TextOptions {
	/**
	 * Length in tokens to which shorter rows are padded; `'longest'` is the length of the longest row. Default: no
	 * padding.
	 */
	readonly padding?: 'longest' | number;
	/** Id of the padding token. Required for padding. */
	readonly padId?: number;
	/** Side on which rows are padded. Default `'right'`. */
	readonly padSide?: 'left' | 'right';
	/**
	 * Maximum row length in tokens. Rows that exceed it are truncated at the end but keep their added special tokens.
	 * Default: no limit.
	 */
	readonly truncation?: number;
}

/** n texts encoded as rows of ids. */
export interface Batch {
	/** n rows of ids. */
	readonly ids: readonly Uint32Array[];
	/** n rows: 1 for a token from the text or an added special token, 0 for padding. */
	readonly attentionMask: readonly Uint8Array[];
}

/** One of the engine's tokenizers with additional functions for programs. */
export interface Tokenizer extends EngineTokenizer {
	/**
	 * Encodes text and returns the ids as a plain array. In contrast, `encode` returns typed arrays and includes the
	 * tokens' byte spans.
	 */
	encodeToArray(text: string | Uint8Array, options?: TextOptions): number[];
	/** Returns the number of tokens in a text, or `false` if there are more than `limit`. */
	isWithinTokenLimit(
		text: string | Uint8Array,
		limit: number,
		options?: TextOptions
	): number | false;
	/**
	 * Returns the beginning of a text that fits in `limit` tokens. The result ends after the last whole character
	 * (grapheme cluster, UAX #29) in the first `limit` tokens, or earlier if it would otherwise encode to more than
	 * `limit` tokens. Special tokens that `addSpecialTokens` adds also count towards the limit.
	 */
	truncate(text: string, limit: number, options?: TextOptions): string;
	/** Encodes texts as rows of ids, truncated and padded on request. */
	encodeBatch(texts: readonly (string | Uint8Array)[], options?: BatchOptions): Batch;
	/**
	 * Encodes text that arrives in parts, which may end anywhere, even within a character. The concatenated ids are the
	 * same as for the whole text. Ids are yielded once no later part can change them; for some tokenizers, that is only
	 * at the end.
	 * @throws Error with the byte offset if the bytes are not UTF-8
	 */
	encodeStream(
		parts: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
		options?: Pick<EncodeOptions, 'special'>
	): AsyncGenerator<Uint32Array, void, undefined>;
}

/** Builds a tokenizer with support for every feature. @throws Error if the spec cannot be run exactly */
export const createTokenizer = (spec: TokenizerSpec): Tokenizer => extend(createEngine(spec));

/** Adds the package's functions to one of the engine's tokenizers. */
export function extend(tokenizer: EngineTokenizer): Tokenizer {
	const isWithinTokenLimit: Tokenizer['isWithinTokenLimit'] = (text, limit, options) => {
		checkLength('limit', limit);
		const tokens = tokenizer.count(text, options);
		return tokens <= limit && tokens;
	};
	return {
		...tokenizer,
		encodeToArray: (text, options) => Array.from(tokenizer.encode(text, options).ids),
		isWithinTokenLimit,
		truncate(text, limit, options) {
			if (typeof text !== 'string') throw wrongArgument('text', text, 'a string');
			let rest = text;
			while (isWithinTokenLimit(rest, limit, options) === false) {
				const { ids, kinds, byteEnds } = tokenizer.encode(rest, options);
				const added = kinds?.filter((kind) => kind === TokenKind.added).length ?? 0;
				const first = kinds?.findIndex((kind) => kind !== TokenKind.added) ?? 0;
				const kept = Math.min(limit, ids.length) - added;
				if (kept <= 0) return '';
				// This token may be followed by more tokens for the same character.
				rest = beginning(rest, Math.min(byteEnds[first + kept - 1], byteLength(rest) - 1));
			}
			return rest;
		},
		encodeBatch(texts, options = {}) {
			if (!Array.isArray(texts)) throw wrongArgument('texts', texts, 'a list of texts');
			const { padding, padId, padSide = 'right', truncation, ...textOptions } = options;
			if (truncation !== undefined) checkLength('truncation', truncation);
			if (padding !== undefined && padding !== 'longest') checkLength('padding', padding);
			if (padSide !== 'left' && padSide !== 'right')
				throw wrongArgument('padSide', padSide, '"left" or "right"');
			if (
				padding !== undefined &&
				(padId === undefined || tokenizer.idToToken(padId) === undefined)
			)
				throw wrongArgument('padId', padId, 'the id of the padding token');
			const rows = texts.map((text: string | Uint8Array) =>
				cutRow(tokenizer, text, textOptions, truncation)
			);
			const width =
				padding === 'longest' ? Math.max(0, ...rows.map(({ length }) => length)) : (padding ?? 0);
			const padded = rows.map((row) => {
				const length = Math.max(width, row.length);
				const start = padSide === 'left' ? length - row.length : 0;
				const ids = new Uint32Array(length).fill(padId ?? 0);
				const mask = new Uint8Array(length);
				ids.set(row, start);
				mask.fill(1, start, start + row.length);
				return { ids, mask };
			});
			return { ids: padded.map(({ ids }) => ids), attentionMask: padded.map(({ mask }) => mask) };
		},
		async *encodeStream(parts, options = {}) {
			if (!isIterable(parts)) throw wrongArgument('parts', parts, 'a list or stream of texts');
			const { special } = options;
			let ready: Uint32Array[] = [];
			const chunker = sectionsOf(
				tokenizer,
				(section, excess) =>
					ready.push(tokenizer.encode(section, { special }).ids.subarray(excess)),
				{ limit: MAX_KEPT_BYTES }
			);
			/** First half of a surrogate pair that the last part ended with, kept until the next part arrives. */
			let half = '';
			for await (const part of parts) {
				if (typeof part === 'string') {
					const text = half + part;
					half = /[\ud800-\udbff]$/.exec(text)?.[0] ?? '';
					chunker.add(encodeUtf8(text.slice(0, text.length - half.length)));
				} else if (part instanceof Uint8Array) {
					chunker.add(encodeUtf8(half));
					half = '';
					chunker.add(part);
				} else throw wrongArgument('parts', part, 'strings or their UTF-8 as Uint8Arrays');
				yield* ready;
				ready = [];
			}
			chunker.add(encodeUtf8(half));
			chunker.end();
			yield* ready;
		}
	};
}

const isIterable = (parts: unknown): boolean =>
	parts !== null &&
	parts !== undefined &&
	(Symbol.asyncIterator in Object(parts) || Symbol.iterator in Object(parts));

/** Maximum number of bytes that `encodeStream` buffers while it looks for a point at which it can split the text. */
const MAX_KEPT_BYTES = 1 << 30;

function checkLength(name: string, length: unknown): void {
	if (!Number.isSafeInteger(length) || (length as number) < 0)
		throw wrongArgument(name, length, 'a whole number of at least 0');
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The complete graphemes within the first `bytes` bytes of a text. */
function beginning(text: string, bytes: number): string {
	const utf8 = encodeUtf8(text);
	let end = bytes;
	while ((utf8[end] & 0xc0) === 0x80) end--;
	const units = decodeUtf8(utf8.subarray(0, end)).length;
	return text.slice(0, graphemes.segment(text).containing(units)?.index ?? units);
}

/** The ids for a text, truncated without removing added special tokens. */
function cutRow(
	tokenizer: EngineTokenizer,
	text: string | Uint8Array,
	options: TextOptions,
	limit = Number.POSITIVE_INFINITY
): Uint32Array {
	const { ids, kinds } = tokenizer.encode(text, options);
	let excess = ids.length - limit;
	if (excess <= 0) return ids;
	const isKept = new Uint8Array(ids.length).fill(1);
	for (let at = ids.length - 1; at >= 0 && excess > 0; at--) {
		if (kinds?.[at] === TokenKind.added) continue;
		isKept[at] = 0;
		excess--;
	}
	return ids.filter((_, at) => isKept[at]).slice(0, limit);
}
