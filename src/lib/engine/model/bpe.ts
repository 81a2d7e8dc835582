import { TokenKind } from '../encoding';
import type { BpeModelSpec } from '../spec';
import { ByteSource } from '../structures/byte-table';
import { IntBuffer } from '../structures/arrays';
import type { CorePattern } from '../core-pattern';
import { affixesOf, withoutAffixes, type Affixes, type BareToken } from './affixes';
import { Core } from './core';
import {
	ByteLevelParts,
	createPartSplitter,
	MIN_WIDE_LEAD,
	type PartSplitter
} from './independent-parts';
import { joined, type MergeRules } from './merge-rules';
import { Merger } from './merger';
import { findSelfMergingTokens } from './own-tokens';
import { idIn, lengthIn, PretokenCache } from './pretoken-cache';
import { createRules } from './split-rules';
import { Symbols, createSymbolSplitter, unknownRules, type SymbolSplitter } from './symbols';
import { joinsAny } from '../structures/merge-list';
import { tokenTableOf, type TokenTable } from '../structures/token-table';
import type { PretokenTrace, TokenBuffers } from './types';

/** Splitting shorter pre-tokens into parts takes longer than merging them whole. */
const MIN_SPLIT_BYTES = 12;
/** Pre-tokens are merged whole until their total length exceeds this, because splitting them requires preparation. */
export const MAX_UNSPLIT_BYTES = 100_000;
/** Approximate number of tokens that merging looks up per byte of new text. */
const LOOKUPS_PER_BYTE = 4;
/** For shorter text, calling the core and copying the text cost more time than the core saves. */
const MIN_CORE_BYTES = 64;
/**
 * Number of pre-tokens for which to make room in the output buffers at a time. With a much larger number, V8 would
 * compile the loop during its first run, before any code after the loop has run.
 */
const BLOCK_PRETOKENS = 256;
/** Longer texts are released after encoding. */
const MAX_CACHED_TEXT_BYTES = 1 << 20;
const NO_SOURCE = new ByteSource(new Uint8Array(0));

/**
 * A BPE model that is ready to run. As in the references, encoding throws if the product of a merge is not in the
 * vocabulary or if tiktoken has no token for a byte.
 */
export class BpeModel {
	readonly #cache: PretokenCache;
	readonly #tokens: TokenTable;
	readonly #rules: MergeRules;
	readonly #merger: Merger;
	readonly #affixes: Affixes | null;
	readonly #splitSymbols: SymbolSplitter;
	/** Ids of the 256 bytes if every byte has a token; otherwise `null`. */
	readonly #byteIds: Int32Array | null;
	/** Splitter for SentencePiece-style models: `undefined` until it is worth building, `null` for other models. */
	#splitParts: PartSplitter | null | undefined;
	readonly #isByteLevel: boolean;
	#ownTokens: Uint8Array | null = null;
	#partEnds = new IntBuffer(1 << 10);
	readonly #symbols = new Symbols();
	/** Splitter for byte-level models; `null` until a pre-token is worth splitting into parts. */
	#newParts: ByteLevelParts | null = null;
	/** Total bytes in the pre-tokens that have been merged whole although they qualified for splitting into parts. */
	#unsplit = 0;
	/** Whether a pre-token that is a token is encoded as that token without merging. */
	readonly #usesIgnoreMerges: boolean;
	/** Whether the model can produce byte-fallback or unknown tokens. */
	readonly hasKinds: boolean;
	/** {@link TokenKind} by id. */
	readonly #kinds: Uint8Array;
	#source = NO_SOURCE;
	/** `undefined` until it is worth building; `null` if the model or the host doesn't allow a core. */
	#core: Core | null | undefined;
	/** Approximate number of lookups needed so far for text that a core could encode. */
	#lookups = 0;

	/** @throws Error if the spec has neither merges nor ranks */
	constructor(spec: BpeModelSpec) {
		const { merges, byte_level, ignore_merges } = spec;
		if (!merges && !byte_level) {
			throw new Error(
				'model.merges: got null for a vocabulary of characters, expected a list of pairs ' +
					'(ids are ranks in byte-level vocabularies only)'
			);
		}
		const tokens = tokenTableOf(spec.vocabulary);
		const affixes = affixesOf(spec);
		const { byteIds } = tokens;
		const hasEveryByte = byte_level && affixes === null && !byteIds.includes(-1);
		const unknown = unknownRules(spec, tokens, hasEveryByte);
		const { unknownId, byteFallback } = unknown;
		const hasFallback = byteFallback !== null && !byteFallback.includes(-1);
		// Tokens that can stand for bytes other than their own.
		const replacements = [...(byteFallback ?? []), hasFallback ? -1 : unknownId].filter(
			(id) => id >= 0
		);
		const areJoined =
			merges !== null && replacements.length > 0 && joinsAny(merges, tokens, replacements);
		const isGapless = !unknown.drop || hasFallback || hasEveryByte;
		this.#tokens = tokens;
		this.#affixes = affixes;
		this.#isByteLevel = byte_level;
		this.#byteIds = hasEveryByte ? byteIds : null;
		this.#splitSymbols = createSymbolSplitter(tokens, byte_level, unknown, affixes);
		this.#rules = createRules(spec, tokens, affixes, isGapless, areJoined ? null : replacements);
		this.#merger = new Merger(this.#rules);
		// Byte-level models have short pre-tokens. With `ignore_merges`, a part could be a token that merging does not
		// produce.
		const areParted =
			merges && hasFallback && !areJoined && !byte_level && !ignore_merges && !affixes;
		this.#splitParts = areParted ? undefined : null;
		this.#cache = new PretokenCache(tokens.size);
		this.#usesIgnoreMerges = merges === null || ignore_merges;
		this.#kinds = new Uint8Array(tokens.size);
		for (const id of byteFallback ?? []) if (id >= 0) this.#kinds[id] = TokenKind.byteFallback;
		if (unknownId >= 0) this.#kinds[unknownId] = TokenKind.unknown;
		this.hasKinds = unknownId >= 0 || byteFallback !== null;
	}

	/**
	 * Prepares to encode a text of `bytes` bytes. Affects only speed.
	 * @param isCorePattern whether the core has a scanner for the pattern that splits the text into pre-tokens
	 */
	prepareFor(bytes: number, isCorePattern = false): void {
		if (isCorePattern && bytes >= MIN_CORE_BYTES) {
			this.#lookups += LOOKUPS_PER_BYTE * bytes;
			const pays = this.#core === undefined && this.#lookups > this.#tokens.size;
			if (pays && Core.isLoaded()) this.#core = this.#createCore();
			if (this.#core) return;
		}
		const pays = this.#tokens.prepareFor(LOOKUPS_PER_BYTE * bytes);
		if (pays && this.#splitParts === undefined) this.#splitParts = createPartSplitter(this.#tokens);
	}

	#createCore(): Core | null {
		const order = this.#byteIds && !this.hasKinds ? this.#rules.productOrder() : null;
		return order && Core.create(this.#tokens, order, this.#usesIgnoreMerges);
	}

	/**
	 * Encodes as much of bytes [start, end) of a text as the core can.
	 * @returns byte at which encoding stopped; `start` if there is no core
	 */
	encodeText(
		bytes: Uint8Array,
		start: number,
		end: number,
		pattern: CorePattern,
		tokens: TokenBuffers
	): number {
		if (!this.#core || end - start < MIN_CORE_BYTES) return start;
		return this.#core.encode(bytes, start, end, pattern, tokens);
	}

	/** Like `encodeText`, but only counts the tokens. Returns where counting stopped and the number of tokens. */
	countText(bytes: Uint8Array, start: number, end: number, pattern: CorePattern): [number, number] {
		if (!this.#core || end - start < MIN_CORE_BYTES) return [start, 0];
		return [this.#core.encode(bytes, start, end, pattern, null), this.#core.count];
	}

	#open(bytes: Uint8Array): void {
		if (this.#source.bytes !== bytes) this.#source = new ByteSource(bytes);
	}

	#close(): void {
		if (this.#source.bytes.length <= MAX_CACHED_TEXT_BYTES) return;
		this.#source = NO_SOURCE;
		this.#partEnds = new IntBuffer(1 << 10);
	}

	/**
	 * Encodes adjacent pre-tokens of `bytes`. The first pre-token begins at byte `start`, and `ends.data[from..to)` are
	 * the end bytes (exclusive). The tokens cover the pre-tokens, except for dropped characters.
	 */
	encodePretokens(
		bytes: Uint8Array,
		start: number,
		ends: IntBuffer,
		from: number,
		to: number,
		tokens: TokenBuffers
	): void {
		this.#open(bytes);
		const first = tokens.ids.length;
		if (this.#splitParts) {
			const parts = this.#partEnds;
			parts.clear();
			for (let i = from, at = start; i < to; at = ends.data[i++]) {
				this.#splitParts.split(bytes, at, ends.data[i], parts);
			}
			[ends, from, to] = [parts, 0, parts.length];
		}
		for (let block = from; block < to; block += BLOCK_PRETOKENS) {
			const stop = Math.min(block + BLOCK_PRETOKENS, to);
			this.#encodeBlock(start, ends.data, block, stop, tokens);
			start = ends.data[stop - 1];
		}
		if (tokens.kinds) this.#addKinds(tokens.ids, first, tokens.kinds);
		this.#close();
	}

	/** Counts the tokens that `encodePretokens` would append. */
	countPretokens(
		bytes: Uint8Array,
		start: number,
		ends: IntBuffer,
		from: number,
		to: number
	): number {
		this.#open(bytes);
		const source = this.#source;
		const cache = this.#cache;
		let { data } = ends;
		if (this.#splitParts) {
			const parts = this.#partEnds;
			parts.clear();
			for (let i = from, at = start; i < to; at = data[i++])
				this.#splitParts.split(bytes, at, data[i], parts);
			[data, from, to] = [parts.data, 0, parts.length];
		}
		let count = 0;
		for (let i = from; i < to; i++) {
			const end = data[i];
			const value = cache.get(source, start, end - start);
			if (value > 0) count++;
			else count += value < 0 ? cache.words[-1 - value] : this.#encodeNew(start, end).count;
			start = end;
		}
		this.#close();
		return count;
	}

	#encodeBlock(
		start: number,
		pretokenEnds: Uint32Array,
		from: number,
		to: number,
		{ ids, ends: tokenEnds, dropped }: TokenBuffers
	): void {
		const source = this.#source;
		const cache = this.#cache;
		// Every token covers at least one byte of the text, except the byte-fallback tokens of an affix.
		const affixBytes = this.#affixes
			? this.#affixes.prefix.length + this.#affixes.suffix.length
			: 0;
		const maxTokens = (pretokenEnds[to - 1] - start) * (1 + affixBytes);
		ids.reserve(maxTokens);
		tokenEnds.reserve(maxTokens);
		const idData = ids.data;
		const endData = tokenEnds.data;
		let idAt = ids.length;
		let endAt = tokenEnds.length;
		for (let i = from; i < to; i++) {
			const end = pretokenEnds[i];
			const value = cache.get(source, start, end - start);
			if (value > 0) {
				idData[idAt++] = value - 1;
				endData[endAt++] = end;
			} else if (value < 0) {
				const { words } = cache;
				const stop = words[-1 - value] - value;
				for (let at = -value, tokenEnd = start; at < stop; at++) {
					idData[idAt++] = idIn(words[at]);
					endData[endAt++] = tokenEnd += lengthIn(words[at]);
				}
			} else {
				const symbols = this.#encodeNew(start, end);
				for (let at = 0; at < symbols.count; at++) {
					idData[idAt++] = symbols.ids[at];
					endData[endAt++] = symbols.ends[at];
				}
				for (let at = 0; at < symbols.dropped.length; at++) dropped.push(symbols.dropped.data[at]);
			}
			start = end;
		}
		ids.length = idAt;
		tokenEnds.length = endAt;
	}

	#encodeNew(start: number, end: number): Symbols {
		const symbols = this.#symbolsOf(start, end);
		// The cache does not store dropped characters, so pre-tokens that contain any are not cached.
		if (symbols.dropped.length === 0) this.#cache.add(this.#source, start, end - start, symbols);
		return symbols;
	}

	/** The tokens of a pre-token, as symbols that are valid until the next call. */
	#symbolsOf(start: number, end: number): Symbols {
		const source = this.#source;
		const symbols = this.#symbols;
		const whole = this.#usesIgnoreMerges ? this.#tokens.idOf(source, start, end) : -1;
		if (whole >= 0) {
			symbols.reset(1);
			symbols.add(whole, end);
		} else if (!this.#encodeParts(start, end)) {
			if (this.#byteIds) {
				symbols.reset(end - start);
				symbols.addBytes(source.bytes, start, end, this.#byteIds);
			} else this.#splitSymbols(source, start, end, symbols);
			this.#merger.merge(source, start, symbols, null);
		}
		return symbols;
	}

	/**
	 * Encodes a pre-token of a byte-level model part by part. Does nothing and returns `false` if encoding the
	 * whole pre-token is at least as fast.
	 */
	#encodeParts(start: number, end: number): boolean {
		const source = this.#source;
		// If the last character has three bytes, its lead byte is at `end - 3`.
		if (end - start < MIN_SPLIT_BYTES || source.bytes[end - 3] < MIN_WIDE_LEAD) return false;
		if (this.#byteIds === null) return false;
		if (this.#newParts === null) {
			this.#unsplit += end - start;
			if (this.#unsplit <= MAX_UNSPLIT_BYTES) return false;
			this.#newParts = new ByteLevelParts(this.#tokens, this.#rules);
		}
		const ends = this.#partEnds;
		ends.clear();
		this.#newParts.splitter.split(source.bytes, start, end, ends);
		this.#newParts.encode(source, start, ends, this.#symbols);
		return true;
	}

	#addKinds(ids: IntBuffer, from: number, kinds: IntBuffer): void {
		const more = ids.length - from;
		kinds.reserve(more);
		for (let i = 0; i < more; i++) {
			kinds.data[kinds.length + i] = this.#kinds[ids.data[from + i]];
		}
		kinds.length += more;
	}

	/** Traces the merges of one pre-token in order. The state after the last merge is the pre-token's encoding. */
	tracePretoken(pretoken: Uint8Array): PretokenTrace {
		return this.#trace({ bytes: pretoken, isFirst: true, isLast: true });
	}

	/** Traces the merges that produce a token of the vocabulary. Offsets don't count the token's affixes. */
	traceToken(token: Uint8Array): PretokenTrace {
		return this.#trace(withoutAffixes(token, this.#affixes));
	}

	#trace({ bytes, isFirst, isLast }: BareToken): PretokenTrace {
		const source = new ByteSource(bytes);
		const symbols = this.#symbols;
		this.#splitSymbols(source, 0, bytes.length, symbols, isFirst, isLast);
		const initialIds = Uint32Array.from(symbols.ids.subarray(0, symbols.count));
		const initialEnds = Uint32Array.from(symbols.ends.subarray(0, symbols.count));
		const merges = Array.from({ length: 5 }, () => new IntBuffer(16));
		const [ranks, lefts, rights, products, positions] = merges;
		this.#merger.merge(source, 0, symbols, (rank, left, right, product, position) => {
			ranks.push(this.#rules.displayRank(rank));
			lefts.push(left);
			rights.push(right);
			products.push(product);
			positions.push(position);
		});
		const id = this.#usesIgnoreMerges ? this.#tokens.idOf(source, 0, bytes.length) : -1;
		const whole = id >= 0 && !(symbols.count === 1 && symbols.ids[0] === id);
		if (whole) for (const buffer of merges) buffer.clear();
		return {
			initialIds: whole ? Uint32Array.of(id) : initialIds,
			initialEnds: whole ? Uint32Array.of(bytes.length) : initialEnds,
			ranks: ranks.toArray(),
			lefts: lefts.toArray(),
			rights: rights.toArray(),
			products: products.toArray(),
			positions: positions.toArray(),
			whole
		};
	}

	/** For each id, 1 if the token's bytes are known to merge into the token; 0 if this isn't known. */
	ownTokens(): Uint8Array {
		this.#ownTokens ??= this.#affixes
			? new Uint8Array(this.#tokens.size)
			: findSelfMergingTokens(this.#tokens, this.#rules, this.#isByteLevel);
		return this.#ownTokens;
	}

	/** Rank of the merge of two adjacent tokens, lower ranks first; -1 if they do not merge. */
	mergeRank(left: number, right: number): number {
		const [source, start, end] = joined(this.#tokens, left, right);
		const middle = this.#tokens.endOf(left) - this.#tokens.startOf(left);
		// If several ids have the same bytes, merging produces only the one returned by a lookup.
		if (this.#tokens.idOf(source, start, middle) !== left) return -1;
		if (this.#tokens.idOf(source, middle, end) !== right) return -1;
		const rank = this.#rules.rankOf(left, right, source, start, middle, end);
		return rank < 0 ? rank : this.#rules.displayRank(rank);
	}
}
