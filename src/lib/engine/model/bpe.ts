import { TokenKind } from '../encoding';
import type { BpeModelSpec } from '../spec';
import { ByteSource } from '../structures/byte-table';
import { IntBuffer } from '../structures/int-buffer';
import { partCutter, type PartCutter } from './independent-parts';
import { joined, PairRules, RankRules, type MergeRules } from './merge-rules';
import { Merger } from './merger';
import { PieceCache } from './piece-cache';
import { Symbols, createSymbolSplitter, type SymbolCutter, type UnknownRules } from './symbols';
import { TokenTable } from '../structures/token-table';
import { tracePiece } from './trace';
import type { BpeModel, PieceTrace } from './types';

/** Output buffers are made large enough for so many pieces at a time. */
const BLOCK = 4096;
/** A text of more bytes is not held on to after encoding. */
const KEPT_TEXT = 1 << 20;
const NO_SOURCE = new ByteSource(new Uint8Array(0));

/**
 * Builds the model of a spec. Throws an error when it has neither merges nor ranks. What only a text
 * can bring out is an error when it happens, as in the references: a merge whose product is not in
 * the vocabulary, a character without a token where none may be dropped.
 */
export function createBpeModel(spec: BpeModelSpec): BpeModel {
	if (!spec.merges && !spec.byte_level) {
		throw new Error(
			'model.merges: got null for a vocabulary of characters, expected a list of pairs ' +
				'(ids serve as ranks in byte-level vocabularies only)'
		);
	}
	const tokens = new TokenTable(spec.vocabulary);
	const rules = spec.merges ? new PairRules(tokens, spec.merges) : new RankRules(tokens);
	return new Bpe(spec, tokens, rules, unknownRules(spec, tokens));
}

function unknownRules(spec: BpeModelSpec, tokens: TokenTable): UnknownRules {
	let byteFallback: Int32Array | null = null;
	if (spec.byte_fallback) {
		byteFallback = new Int32Array(256);
		for (let byte = 0; byte < 256; byte++) {
			const hex = byte.toString(16).toUpperCase().padStart(2, '0');
			byteFallback[byte] = tokens.idOfString(`<0x${hex}>`);
		}
	}
	const unknownId = spec.unk_token === null ? -1 : tokens.idOfString(spec.unk_token);
	return {
		unknownId,
		// tiktoken's ranks know no unknown bytes: dropping one would lose it silently.
		drop: spec.unk_token === null && spec.merges !== null,
		fuse: spec.fuse_unk,
		byteFallback
	};
}

class Bpe implements BpeModel {
	readonly #cache = new PieceCache();
	readonly #tokens: TokenTable;
	readonly #rules: MergeRules;
	readonly #merger: Merger;
	readonly #cut: SymbolCutter;
	readonly #cutParts: PartCutter | null;
	#partEnds = new IntBuffer(1 << 10);
	readonly #symbols = new Symbols();
	/** A piece that is a token is that token, whatever merging would give. */
	readonly #usesIgnoreMerges: boolean;
	/** {@link TokenKind} by id. */
	readonly #kinds: Uint8Array;
	#source = NO_SOURCE;

	constructor(spec: BpeModelSpec, tokens: TokenTable, rules: MergeRules, unknown: UnknownRules) {
		this.#cut = createSymbolSplitter(tokens, spec.byte_level, unknown);
		// Byte-level models get pieces from a pattern, short ones as a rule. Where a whole piece may be a token
		// whatever merging gives, a part of one must not be taken for it.
		this.#cutParts =
			spec.byte_level || spec.ignore_merges
				? null
				: partCutter(tokens, spec.merges, unknown.byteFallback);
		this.#tokens = tokens;
		this.#rules = rules;
		this.#merger = new Merger(rules);
		this.#usesIgnoreMerges = spec.merges === null || spec.ignore_merges;
		this.#kinds = new Uint8Array(tokens.size);
		for (const id of unknown.byteFallback ?? []) {
			if (id >= 0) this.#kinds[id] = TokenKind.byteFallback;
		}
		if (unknown.unknownId >= 0) this.#kinds[unknown.unknownId] = TokenKind.unknown;
	}

	encodePieces(
		bytes: Uint8Array,
		start: number,
		ends: IntBuffer,
		from: number,
		to: number,
		ids: IntBuffer,
		tokenEnds: IntBuffer,
		kinds: IntBuffer | null
	): void {
		if (this.#source.bytes !== bytes) this.#source = new ByteSource(bytes);
		const first = ids.length;
		if (this.#cutParts) {
			const parts = this.#partEnds;
			parts.clear();
			for (let i = from, at = start; i < to; at = ends.data[i++]) {
				this.#cutParts(bytes, at, ends.data[i], parts);
			}
			[ends, from, to] = [parts, 0, parts.length];
		}
		for (let block = from; block < to; block += BLOCK) {
			const stop = Math.min(block + BLOCK, to);
			this.#encodeBlock(start, ends.data, block, stop, ids, tokenEnds);
			start = ends.data[stop - 1];
		}
		if (kinds) this.#addKinds(ids, first, kinds);
		if (bytes.length > KEPT_TEXT) {
			this.#source = NO_SOURCE;
			this.#partEnds = new IntBuffer(1 << 10);
		}
	}

	#encodeBlock(
		start: number,
		pieceEnds: Uint32Array,
		from: number,
		to: number,
		ids: IntBuffer,
		tokenEnds: IntBuffer
	): void {
		const source = this.#source;
		const cache = this.#cache;
		// No token is shorter than a byte.
		const most = pieceEnds[to - 1] - start;
		ids.reserve(most);
		tokenEnds.reserve(most);
		const idData = ids.data;
		const endData = tokenEnds.data;
		let idAt = ids.length;
		let endAt = tokenEnds.length;
		for (let i = from; i < to; i++) {
			const end = pieceEnds[i];
			const value = cache.get(source, start, end - start);
			if (value > 0) {
				idData[idAt++] = value - 1;
				endData[endAt++] = end;
			} else if (value < 0) {
				const { tokens } = cache;
				const count = tokens[-1 - value];
				const stop = -value + 2 * count;
				for (let at = -value; at < stop; at += 2) {
					idData[idAt++] = tokens[at];
					endData[endAt++] = start + tokens[at + 1];
				}
			} else {
				const symbols = this.#encodeNew(start, end);
				for (let at = 0; at < symbols.count; at++) {
					idData[idAt++] = symbols.ids[at];
					endData[endAt++] = symbols.ends[at];
				}
			}
			start = end;
		}
		ids.length = idAt;
		tokenEnds.length = endAt;
	}

	/** Encodes a piece of the source that is not in the cache. */
	#encodeNew(start: number, end: number): Symbols {
		const source = this.#source;
		const symbols = this.#symbols;
		const whole = this.#usesIgnoreMerges ? this.#tokens.idOf(source, start, end) : -1;
		if (whole >= 0) {
			symbols.reset(1);
			symbols.add(whole, end);
		} else {
			this.#cut(source, start, end, symbols);
			this.#merger.merge(source, start, symbols, null);
		}
		this.#cache.add(source, start, end - start, symbols);
		return symbols;
	}

	#addKinds(ids: IntBuffer, from: number, kinds: IntBuffer): void {
		const more = ids.length - from;
		kinds.reserve(more);
		for (let i = 0; i < more; i++) {
			kinds.data[kinds.length + i] = this.#kinds[ids.data[from + i]];
		}
		kinds.length += more;
	}

	tracePiece(piece: Uint8Array): PieceTrace {
		const source = new ByteSource(piece);
		const whole = this.#usesIgnoreMerges ? this.#tokens.idOf(source, 0, piece.length) : -1;
		return tracePiece(source, this.#cut, this.#merger, whole);
	}

	mergeRank(left: number, right: number): number {
		return this.#rules.rankOf(left, right, ...joined(this.#tokens, left, right));
	}
}
