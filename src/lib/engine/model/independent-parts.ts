import type { ByteSource } from '../structures/byte-table';
import type { IntBuffer } from '../structures/arrays';
import type { MergeRules } from './merge-rules';
import { Merger } from './merger';
import { idIn, lengthIn, PretokenCache } from './pretoken-cache';
import { Symbols } from './symbols';
import { codePointAt, sequenceLength } from '../text/utf8';
import type { TokenTable } from '../structures/token-table';

/**
 * Creates a splitter that divides text at boundaries that merges cannot cross, so that the parts can be encoded and
 * cached independently. SentencePiece-style tokenizers need this, because they pass the whole input to the model as one
 * pre-token.
 *
 * Theorem: if no vocabulary entry contains character x directly before y, then splitting between an x and a y does not
 * change the tokens. Proof: the product of a merge is an entry that consists of the text it covers, so it cannot cross
 * the boundary, and the order of merges on one side (rank, then position) does not depend on the other side.
 *
 * The theorem has three conditions, which the caller checks. Every byte must have a byte-fallback token; otherwise,
 * characters without an entry could become unknown tokens, and adjacent unknown tokens could fuse across the boundary.
 * Merges must not join byte-fallback tokens. `ignore_merges` must be off, because a part may be a token that merging
 * does not produce.
 */
export const createPartSplitter = (tokens: TokenTable): PartSplitter =>
	new PartSplitter(pairsOf(tokens, null), 0);

/**
 * Like {@link createPartSplitter}, but for pre-tokens of a byte-level model. There must be a token for every byte;
 * otherwise, adjacent unknown tokens could fuse across a boundary. The theorem applies only to merging, so every part
 * must be merged. A part that is a token must not be encoded directly as that token, even if the model does this with
 * pre-tokens.
 *
 * Also creates the initial symbols for a part: mostly whole characters instead of bytes. This is a class so that
 * engines compile the code once for all tokenizers.
 *
 * Theorem: starting with a multi-byte character's token instead of its bytes does not change the result if three
 * conditions hold. No token joins a fragment of the character with a neighbouring character. The character's bytes,
 * merged alone, become one token. Every merge that produces a longer token containing the character has a higher rank
 * than the merges that build the character. Proof: merges never join a fragment of the character with a neighbour, so
 * the character merges as it would alone. Merges that use the whole character have higher ranks than the merges that
 * build it, so none of them is applied before the character is complete. All other merges are unaffected.
 */
export class ByteLevelParts {
	readonly splitter: PartSplitter;
	readonly #cache: PretokenCache;
	readonly #symbols = new Symbols();
	readonly #merger: Merger;
	readonly #partial: Uint8Array;
	readonly #firstRanks: Int32Array;
	readonly #byteIds: Int32Array;
	/** Token id + 1 by character; -1 if the character must start as bytes, 0 if not yet known. */
	readonly #known = new Int32Array(CHARACTERS);
	readonly #own = new Symbols();

	constructor(tokens: TokenTable, rules: MergeRules) {
		const pairs = pairsOf(tokens, rules);
		this.splitter = new PartSplitter(pairs, FIRST_WIDE);
		this.#cache = new PretokenCache(tokens.size);
		this.#merger = new Merger(rules);
		this.#partial = pairs.partial;
		this.#firstRanks = pairs.firstRanks;
		this.#byteIds = tokens.byteIds;
	}

	/**
	 * Replaces the contents of `all` with the tokens of all parts. The first part begins at `start`; `ends` contains the
	 * end of each part.
	 */
	encode(source: ByteSource, start: number, ends: IntBuffer, all: Symbols): void {
		const cache = this.#cache;
		const symbols = this.#symbols;
		if (ends.length === 1) {
			this.start(source, start, ends.data[0], all);
			this.#merger.merge(source, start, all, null);
			return;
		}
		all.reset(ends.data[ends.length - 1] - start);
		for (let i = 0; i < ends.length; i++) {
			const partEnd = ends.data[i];
			const value = cache.get(source, start, partEnd - start);
			if (value > 0) all.add(value - 1, partEnd);
			else if (value < 0) {
				const { words } = cache;
				const stop = words[-1 - value] - value;
				for (let at = -value, tokenEnd = start; at < stop; at++)
					all.add(idIn(words[at]), (tokenEnd += lengthIn(words[at])));
			} else {
				this.start(source, start, partEnd, symbols);
				this.#merger.merge(source, start, symbols, null);
				cache.add(source, start, partEnd - start, symbols);
				for (let at = 0; at < symbols.count; at++) all.add(symbols.ids[at], symbols.ends[at]);
			}
			start = partEnd;
		}
	}

	/** Replaces `symbols` with the initial symbols of `source[start, end)`. */
	start(source: ByteSource, start: number, end: number, symbols: Symbols): void {
		const { bytes } = source;
		const partial = this.#partial;
		symbols.reset(end - start);
		for (let at = start; at < end;) {
			const lead = bytes[at];
			const next = at + (isContinuation(lead) ? 1 : sequenceLength(lead));
			let token = 0;
			if (lead >= MIN_WIDE_LEAD && lead < 0xf0) {
				const isSeparate =
					(at === start || !partial[(bytes[at - 1] << 8) | lead]) &&
					(next === end || !partial[(bytes[next - 1] << 8) | bytes[next]]);
				const code = isSeparate && next <= end ? codePointAt(bytes, at) : 0;
				if (code > 0) token = this.#known[code] || this.#resolve(source, code, at, next);
			}
			if (token > 0) symbols.add(token - 1, next);
			else symbols.addBytes(bytes, at, Math.min(next, end), this.#byteIds);
			at = next;
		}
	}

	#resolve(source: ByteSource, code: number, start: number, end: number): number {
		const own = this.#own;
		let last = -1;
		own.reset(end - start);
		own.addBytes(source.bytes, start, end, this.#byteIds);
		this.#merger.merge(source, start, own, (rank) => (last = Math.max(last, rank)));
		const isSafe = own.count === 1 && last < this.#firstRanks[code];
		return (this.#known[code] = isSafe ? own.ids[0] + 1 : -1);
	}
}

/** Number of code points whose UTF-8 takes at most three bytes. */
const CHARACTERS = 1 << 16;
/**
 * Start of the range of ideographs, kana and Hangul syllables. In other scripts, nearly every pair of adjacent
 * characters occurs in some token, so text can rarely be split.
 */
const FIRST_WIDE = 0x3000;
/** First byte of U+3000. */
export const MIN_WIDE_LEAD = 0xe3;

/** Splits text between adjacent characters that never occur next to each other in a token. */
export class PartSplitter {
	/** @param least lowest code point next to which text may be split */
	constructor(
		private readonly pairs: CharacterPairs,
		private readonly least: number
	) {}

	/** Splits `bytes[start, end)` into contiguous parts and appends the end byte (exclusive) of each to `ends`. */
	split(bytes: Uint8Array, start: number, end: number, ends: IntBuffer): void {
		const { ascii, hashed, shift, partial } = this.pairs;
		const { least } = this;
		let previous = -1;
		let at = start;
		// A pre-token can start within a character if a stage after ByteLevel splits the byte alphabet's characters.
		while (at < end && isContinuation(bytes[at])) at++;
		while (at < end) {
			const code = codePointAt(bytes, at);
			if (previous >= least && code >= least) {
				const joins =
					(previous | code) < 0x80
						? ascii[(previous << 7) | code]
						: bitAt(hashed, hashPair(previous, code) >>> shift) |
							partial[(bytes[at - 1] << 8) | bytes[at]];
				if (!joins) ends.push(at);
			}
			previous = code;
			at += sequenceLength(bytes[at]);
		}
		if (end > start) ends.push(end);
	}
}

/** Pairs of adjacent characters that occur in some token. */
interface CharacterPairs {
	/** Pairs of ASCII characters, indexed by both characters (seven bits each). */
	readonly ascii: Uint8Array;
	/** All other pairs, as a filter with one bit per hash. The only effect of a collision is a missed boundary. */
	readonly hashed: Int32Array;
	/** Right shift that turns a hash into the index of its bit. */
	readonly shift: number;
	/**
	 * For byte-level tokens that start or end within a character: 1 for each pair with such an incomplete character,
	 * indexed by the last byte of the first character and the first byte of the second.
	 */
	readonly partial: Uint8Array;
	/** For each character, a lower bound on the ranks of merges that produce a longer token containing it. */
	readonly firstRanks: Int32Array;
}

/**
 * Collects the pairs of characters in a vocabulary. Optimised for speed, because the first text must wait for the
 * result.
 * @param rules rules of a byte-level model; the result is then complete only from {@link FIRST_WIDE} on. `null` for
 * other models, which don't need ranks
 */
function pairsOf(tokens: TokenTable, rules: MergeRules | null): CharacterPairs {
	const { bytes, ends } = tokens.vocabulary;
	const ascii = new Uint8Array(1 << 14);
	const partial = new Uint8Array(1 << 16);
	const firstRanks = new Int32Array(rules ? CHARACTERS : 0).fill(0x7fffffff);
	// There are about as many distinct pairs as tokens, so the table has eight to sixteen bits per pair.
	const log = Math.min(24, 3 + Math.ceil(Math.log2(Math.max(tokens.size, 4))));
	const shift = 32 - log;
	const hashed = new Int32Array(1 << (log - 5));
	for (let id = 0, start = 0; id < tokens.size; start = ends[id++]) {
		const end = ends[id];
		let at = start;
		const startsInside = (bytes[at] & 0xc0) === 0x80;
		if (rules && !startsInside) {
			while (at < end && bytes[at] < MIN_WIDE_LEAD) at++;
			if (at === end) continue;
			// Goes back one character: if the wide character just found is incomplete, `partial` must also contain the pair
			// that it forms with the preceding character.
			while (at > start && (bytes[--at] & 0xc0) === 0x80);
		}
		const rank = rules ? rules.minRankOf(id) : 0;
		while (at < end && (bytes[at] & 0xc0) === 0x80) at++;
		// `previous` is the character before `at`; -1 if the token contains only the end of that character. Tokens with
		// ill-formed UTF-8 in the middle never occur in text.
		for (let previous = -1, isFirst = !startsInside; at < end;) {
			const lead = bytes[at];
			let next = at + 1;
			let code = lead;
			if (lead >= 0x80) {
				next = at + (lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4);
				if (next > end) code = -1;
				else if (lead < 0xe0) code = ((lead & 0x1f) << 6) | (bytes[at + 1] & 0x3f);
				else {
					code = ((lead & 0x0f) << 12) | ((bytes[at + 1] & 0x3f) << 6) | (bytes[at + 2] & 0x3f);
					if (lead >= 0xf0) code = ((code & 0x7fff) << 6) | (bytes[at + 3] & 0x3f);
				}
				const isWhole = code >= 0 && lead >= MIN_WIDE_LEAD && lead < 0xf0;
				if (rules && isWhole && next - at < end - start && rank < firstRanks[code])
					firstRanks[code] = rank;
			}
			if (!isFirst) {
				if (previous < 0 || code < 0) partial[(bytes[at - 1] << 8) | lead] = 1;
				else if ((previous | code) < 0x80) ascii[(previous << 7) | code] = 1;
				else {
					const bit = hashPair(previous, code) >>> shift;
					hashed[bit >> 5] |= 1 << (bit & 31);
				}
			}
			isFirst = false;
			previous = code;
			at = next;
		}
	}
	return { ascii, hashed, shift, partial, firstRanks };
}

const isContinuation = (byte: number): boolean => (byte & 0xc0) === 0x80;

function bitAt(bits: Int32Array, bit: number): number {
	return (bits[bit >> 5] >>> (bit & 31)) & 1;
}

function hashPair(left: number, right: number): number {
	return Math.imul(Math.imul(left, 0x9e3779b1) ^ (right + (left >>> 8)), 0x85ebca77);
}
