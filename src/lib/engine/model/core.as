/**
 * The core of {@link Core} in core.ts, in AssemblyScript: scans text and encodes its pre-tokens. After a change,
 * `node src/tools/core.mjs` compiles it to core-code.ts.
 *
 * It follows the scanners in pretokenize/scanners and the rules in merger.ts. Addresses and lengths are bytes. What core.ts
 * allocates and fills is described at `setTables`.
 */

// Class flags, as in text/unicode-classes.ts.
const UPPER: i32 = 1;
const LOWER: i32 = 2;
const MARK: i32 = 8;
const NUMBER: i32 = 16;
const SPACE: i32 = 64;
const NEWLINE: i32 = 128;
const LETTER: i32 = 7;
/** `[\p{Lm}\p{Lo}\p{M}]` */
const BOTH: i32 = 4 | MARK;
const FRONT: i32 = UPPER | BOTH;
const BACK: i32 = LOWER | BOTH;

/** The longest text that `run` gets. It can be a single pre-token, in which every byte is a token. */
const MAX_TEXT: i32 = 1 << 18;
/** Longer ones seldom occur twice. */
const MAX_KEPT: i32 = 192;
/** With more symbols in a part, merging in a heap is faster than looking at all of them for each merge. */
const MAX_SYMBOLS: i32 = 240;
/** Longest key that is stored in its entry of the cache. */
const MAX_SHORT: i32 = 15;
/** Bytes that can be read after those of a pre-token whose end is found 16 bytes at a time. */
const WIDE_READ: i32 = 18;
/** Exceeds any number of a token. */
const NEVER: i32 = 0x7fffffff;
const FIRST_CACHE_LOG: i32 = 12;
const MAX_CACHE_LOG: i32 = 19;
const ENTRY_LOG: i32 = 5;
const CHUNK: i32 = 1 << 18;
/** A full cache, which is emptied, has at most this and its entries. */
const MAX_CHUNKS: i32 = 16;

let top: i32 = 0x10000;
let firstFactor: i64 = 1;
let secondFactor: i64 = 1;

/** Returns the address of so many new bytes. Until the cache is first emptied, they are all zero. */
export function allocate(bytes: i32): i32 {
	const at = (top + 63) & ~63;
	top = at + bytes;
	const pages = (top + 0xffff) >>> 16;
	if (pages > memory.size()) memory.grow(pages - memory.size());
	return at;
}

// Vocabulary. The core numbers tokens so that of two merges the one whose product has the lower number goes first.

let classes: i32 = 0;
let byteTokens: i32 = 0;
let pairs: i32 = 0;
let filter: i32 = 0;
let filterShift: i64 = 0;
let vocabulary: i32 = 0;
let tokenEnds: i32 = 0;
let idsByNumber: i32 = 0;
let lefts: i32 = 0;
let table: i32 = 0;
let tableShift: i64 = 0;
let tableMask: i32 = 0;
let products: i32 = 0;
let longest: i32 = 0;
let takesWhole: bool = false;
let numbers: i32 = 0;
let vocabularySize: i32 = 0;

/** Sets two random odd factors, each as its low and high word. */
export function setFactors(low: i32, high: i32, secondLow: i32, secondHigh: i32): void {
	firstFactor = ((<i64>high) << 32) | <i64>(<u32>low);
	secondFactor = ((<i64>secondHigh) << 32) | <i64>(<u32>secondLow);
}

/**
 * Builds the tables. All lists have 32 bits per entry, except bytes.
 * @param flags class flags by code point, one byte each
 * @param bytes bytes of the tokens, by id
 * @param ends exclusive last byte of each
 * @param numberList number of each token, by id
 * @param leftLengths by number, the length of the left token of the only merge that makes it, one byte; 0 if any may
 * @param productCount tokens with lower numbers are made by merges
 * @param whole whether a pre-token that is a token is encoded as that token without merging
 */
export function setTables(
	flags: i32,
	bytes: i32,
	ends: i32,
	numberList: i32,
	leftLengths: i32,
	size: i32,
	productCount: i32,
	whole: bool
): void {
	classes = flags;
	vocabulary = bytes;
	tokenEnds = ends;
	lefts = leftLengths;
	products = productCount;
	takesWhole = whole;
	numbers = numberList;
	vocabularySize = size;
	let log = 4;
	// At most four fifths of the slots are taken.
	while ((1 << log) * 4 < size * 5) log++;
	table = allocate(16 << log);
	tableShift = 64 - log;
	tableMask = (1 << log) - 1;
	filter = allocate((1 << (log + 3)) >> 3);
	filterShift = 64 - (log + 3);
	idsByNumber = allocate(size << 2);
	byteTokens = allocate(0x100 << 2);
	pairs = allocate(0x10000 << 2);
	memory.fill(byteTokens, 0xff, 0x100 << 2);
	memory.fill(pairs, 0xff, 0x10000 << 2);
	characters = allocate(0x10000 << 2);
	partial = allocate(0x10000);
	joined = allocate(1 << JOINED_LOG >> 3);
	let start = bytes;
	// Of equal tokens the first one counts, because a search ends there.
	for (let id = 0; id < size; id++) {
		const end = bytes + load<i32>(ends + (id << 2));
		const length = end - start;
		const token = load<i32>(numbers + (id << 2));
		store<i32>(idsByNumber + (token << 2), id);
		if (length > longest) longest = length;
		if (length == 1 || length == 2) {
			const at = length == 1 ? byteTokens + (<i32>load<u8>(start) << 2) : pairAt(start);
			if (load<i32>(at) < 0) store<i32>(at, token);
		} else if (length > 2) addToken(start, length, token);
		start = end;
	}
	emptyCache();
}

/** Adds a token. A slot has its bytes, or a hash of more than eight; its number + 1, which is 0 if it is free; its length. */
function addToken(at: i32, length: i32, token: i32): void {
	const key = length <= 8 ? wordAt(at, length) : longKey(at, length);
	const hash = hashToken(key, length);
	const bit = <i32>(hash >>> filterShift);
	const word = filter + ((bit >>> 5) << 2);
	store<i32>(word, load<i32>(word) | (1 << (bit & 31)));
	let slot = <i32>(hash >>> tableShift);
	while (load<i32>(table + (slot << 4), 8) != 0) slot = (slot + 1) & tableMask;
	store<i64>(table + (slot << 4), key);
	store<i32>(table + (slot << 4), token + 1, 8);
	store<i32>(table + (slot << 4), length, 12);
}

// @ts-ignore: decorator
@inline function pairAt(at: i32): i32 {
	return pairs + (<i32>load<u16>(at) << 2);
}

// @ts-ignore: decorator
@inline function wordAt(at: i32, length: i32): i64 {
	const word = load<i64>(at);
	return length >= 8 ? word : word & (((<i64>1) << ((<i64>length) << 3)) - 1);
}

/** Hash of more than eight bytes. */
function longKey(at: i32, length: i32): i64 {
	let hash: i64 = length;
	for (let i = 0; i + 8 < length; i += 8) {
		hash = (hash ^ load<i64>(at + i)) * firstFactor;
		hash ^= hash >>> 32;
	}
	hash = (hash ^ load<i64>(at + length - 8)) * secondFactor;
	return hash ^ (hash >>> 32);
}

/** Hash of a key in the table of tokens. Its highest bits depend on all of it. */
// @ts-ignore: decorator
@inline function hashToken(key: i64, length: i32): i64 {
	return (key ^ (key >>> 29) ^ ((<i64>length) << 56)) * firstFactor;
}

/** Number of the token of three bytes and more at `at`; -1 if there is none. */
// @ts-ignore: decorator
@inline function tokenAt(at: i32, length: i32): i32 {
	return length <= 8 ? shortTokenAt(at, length) : longTokenAt(at, length);
}

// @ts-ignore: decorator
@inline function isAbsent(hash: i64): bool {
	const bit = <i32>(hash >>> filterShift);
	return ((load<i32>(filter + ((bit >>> 5) << 2)) >>> (bit & 31)) & 1) == 0;
}

// @ts-ignore: decorator
@inline function shortTokenAt(at: i32, length: i32): i32 {
	const key = wordAt(at, length);
	const hash = hashToken(key, length);
	if (isAbsent(hash)) return -1;
	let slot = <i32>(hash >>> tableShift);
	for (;;) {
		const entry = table + (slot << 4);
		const token = load<i32>(entry, 8);
		if (token == 0) return -1;
		if (load<i64>(entry) == key && load<i32>(entry, 12) == length) return token - 1;
		slot = (slot + 1) & tableMask;
	}
	return -1;
}

function longTokenAt(at: i32, length: i32): i32 {
	if (length > longest) return -1;
	const key = longKey(at, length);
	const hash = hashToken(key, length);
	if (isAbsent(hash)) return -1;
	let slot = <i32>(hash >>> tableShift);
	for (;;) {
		const entry = table + (slot << 4);
		const token = load<i32>(entry, 8) - 1;
		if (token < 0) return -1;
		if (load<i64>(entry) == key && load<i32>(entry, 12) == length) {
			const end = load<i32>(tokenEnds + (idOf(token) << 2));
			if (memory.compare(vocabulary + end - length, at, length) == 0) return token;
		}
		slot = (slot + 1) & tableMask;
	}
	return -1;
}

// @ts-ignore: decorator
@inline function idOf(token: i32): i32 {
	return load<i32>(idsByNumber + (token << 2));
}

function wholeAt(at: i32, length: i32): i32 {
	if (length == 1) return load<i32>(byteTokens + (<i32>load<u8>(at) << 2));
	return length == 2 ? load<i32>(pairAt(at)) : tokenAt(at, length);
}

// Merging.

/** By symbol of one part: its number, its first byte in it, and the product with the next symbol, or NEVER. */
const symbols: usize = memory.data(1024);
const starts: usize = memory.data(1024);
const joins: usize = memory.data(1024);

/** The product of the symbols from `from` to `middle` and from there to `to`; NEVER if they do not merge. */
// @ts-ignore: decorator
@inline function productOf(at: i32, from: i32, middle: i32, to: i32): i32 {
	const length = to - from;
	const token = length == 2 ? load<i32>(pairAt(at + from)) : tokenAt(at + from, length);
	return checked(token, middle - from);
}

// @ts-ignore: decorator
@inline function checked(token: i32, leftLength: i32): i32 {
	if (<u32>token >= <u32>products) return NEVER;
	const left = <i32>load<u8>(lefts + token);
	return left == 0 || left == leftLength ? token : NEVER;
}

// @ts-ignore: decorator
@inline function leastJoin(count: i32): i32 {
	let least = i32x4.splat(NEVER);
	for (let offset = 0; offset < count << 2; offset += 16)
		least = i32x4.min_s(least, v128.load(joins + offset));
	least = i32x4.min_s(least, i32x4.shuffle(least, least, 2, 3, 0, 1));
	least = i32x4.min_s(least, i32x4.shuffle(least, least, 1, 0, 3, 2));
	return i32x4.extract_lane(least, 0);
}

// @ts-ignore: decorator
@inline function firstJoin(product: i32): i32 {
	const wanted = i32x4.splat(product);
	for (let i = 0; ; i += 4) {
		const found = i32x4.bitmask(i32x4.eq(v128.load(joins + (i << 2)), wanted));
		if (found != 0) return i + ctz(found);
	}
	return 0;
}

// @ts-ignore: decorator
@inline function addSymbol(i: i32, token: i32, start: i32): void {
	store<i32>(symbols + (i << 2), token);
	store<i32>(starts + (i << 2), start);
}

/** Merges the symbols of a part. @returns their number */
function merge(at: i32, length: i32, count: i32): i32 {
	store<i32>(starts + (count << 2), length);
	for (let i = 0; i + 1 < count; i++) {
		const offset = i << 2;
		const from = load<i32>(starts + offset);
		const middle = load<i32>(starts + offset, 4);
		store<i32>(joins + offset, productOf(at, from, middle, load<i32>(starts + offset, 8)));
	}
	// Joins are read and moved four at a time.
	v128.store(joins + ((count - 1) << 2), i32x4.splat(NEVER));
	v128.store(joins + ((count - 1) << 2), i32x4.splat(NEVER), 16);
	while (count > 1) {
		const best = leastJoin(count);
		if (best == NEVER) break;
		const first = firstJoin(best);
		const from = load<i32>(starts + (first << 2));
		store<i32>(symbols + (first << 2), best);
		count--;
		for (let offset = (first + 1) << 2; offset <= count << 2; offset += 16) {
			v128.store(symbols + offset, v128.load(symbols + offset, 4));
			v128.store(starts + offset, v128.load(starts + offset, 4));
			v128.store(joins + offset, v128.load(joins + offset, 4));
		}
		const to = load<i32>(starts + (first << 2), 4);
		const next = first + 1 < count ? load<i32>(starts + (first << 2), 8) : 0;
		store<i32>(joins + (first << 2), next > 0 ? productOf(at, from, to, next) : NEVER);
		if (first > 0) {
			const before = load<i32>(starts + ((first - 1) << 2));
			store<i32>(joins + ((first - 1) << 2), productOf(at, before, from, to));
		}
	}
	return count;
}

// Merging many symbols. A symbol is identified by the offset of its first byte in the pre-token.

/** By symbol, 16 bytes: its token, the symbols before and after it, and the product with the latter, or NEVER. */
let nodes: i32 = 0;
/** A binary min-heap from index 1 on. An entry is a product and, in its low word, the left symbol. */
let heap: i32 = 0;
let heapSize: i32 = 0;

/** Merges a pre-token in O(n log n) and writes its tokens. The working memory after the cache is released at the end. */
function encodeLong(at: i32, length: i32, offset: i32): void {
	const first = top;
	nodes = allocate(length << 4);
	// There is one push per initial pair and at most two per merge.
	heap = allocate((3 * length + 1) << 3);
	heapSize = 0;
	top = first;
	for (let i = 0; i < length; i++) {
		const symbol = nodes + (i << 4);
		store<i32>(symbol, byteToken(at + i));
		store<i32>(symbol, i - 1, 4);
		store<i32>(symbol, i + 1, 8);
	}
	for (let i = 0; i < length; i++) joinNext(at, i, length);
	while (heapSize > 0) {
		const least = popLeast();
		const product = <i32>(least >>> 32);
		const left = <i32>least;
		const symbol = nodes + (left << 4);
		// The symbol may have merged since.
		if (load<i32>(symbol, 12) != product) continue;
		const right = nodes + (load<i32>(symbol, 8) << 4);
		const end = load<i32>(right, 8);
		store<i32>(right, NEVER, 12);
		store<i32>(symbol, product);
		store<i32>(symbol, end, 8);
		if (end < length) store<i32>(nodes + (end << 4), left, 4);
		joinNext(at, left, length);
		if (left > 0) joinNext(at, load<i32>(symbol, 4), length);
	}
	for (let i = 0; i < length;) {
		const symbol = nodes + (i << 4);
		i = load<i32>(symbol, 8);
		write(idOf(load<i32>(symbol)), at + offset + i);
	}
}

/** Finds the product of a symbol and the next one. */
function joinNext(at: i32, left: i32, length: i32): void {
	const symbol = nodes + (left << 4);
	const middle = load<i32>(symbol, 8);
	let product = NEVER;
	if (middle < length) product = productOf(at, left, middle, load<i32>(nodes + (middle << 4), 8));
	store<i32>(symbol, product, 12);
	if (product < NEVER) push((<i64>product << 32) | <i64>left);
}

function push(value: i64): void {
	let i = ++heapSize;
	for (; i > 1; i >>= 1) {
		const parent = load<i64>(heap + ((i >> 1) << 3));
		if (parent <= value) break;
		store<i64>(heap + (i << 3), parent);
	}
	store<i64>(heap + (i << 3), value);
}

function popLeast(): i64 {
	const least = load<i64>(heap, 8);
	const value = load<i64>(heap + (heapSize-- << 3));
	let i = 1;
	for (;;) {
		let child = i << 1;
		if (child > heapSize) break;
		if (child < heapSize && load<i64>(heap + (child << 3), 8) < load<i64>(heap + (child << 3))) child++;
		const below = load<i64>(heap + (child << 3));
		if (below >= value) break;
		store<i64>(heap + (i << 3), below);
		i = child;
	}
	store<i64>(heap + (i << 3), value);
	return least;
}

// Parts and whole characters: independent-parts.ts proves both theorems.

/** Shorter pre-tokens are merged faster than they are split into parts. */
const MIN_SPLIT: i32 = 12;
/** Bytes of such pre-tokens that are merged as a whole, because preparing to split them takes longer than that. */
const MAX_UNSPLIT: i32 = 100_000;
/** Ideographs, kana and Hangul follow. In other scripts, tokens join nearly all adjacent characters. */
const FIRST_WIDE: i32 = 0x3000;
/** Characters before this have fewer than four bytes. */
const CHARACTERS: i32 = 0x10000;
const JOINED_LOG: i32 = 21;
/** What the key of a part has in addition: a pre-token with its bytes may be a token that merging does not lead to. */
const PART: v128 = i64x2(0, 0x80 << 56);

let unsplit: i32 = 0;
/** Bits of hashes of pairs of adjacent characters from {@link FIRST_WIDE} on that a token has inside. */
let joined: i32 = 0;
/** 1 for the last byte of a character and the first byte of the next, if a token has only a part of one of them. */
let partial: i32 = 0;
/**
 * By character, the least number of the products that are longer and have all of it. Once that is asked for, it is
 * replaced by its token: `~token`, or `~NEVER` if it begins as bytes.
 */
let characters: i32 = 0;

// @ts-ignore: decorator
@inline function pairBit(left: i32, right: i32): i32 {
	return <i32>(((((<i64>left) << 16) | (<i64>right)) * firstFactor) >>> (64 - JOINED_LOG));
}

// @ts-ignore: decorator
@inline function partialAt(at: i32): i32 {
	return partial + ((<i32>load<u8>(at - 1) << 8) | <i32>load<u8>(at));
}

function findCharacters(): void {
	for (let code = 0; code < CHARACTERS; code++) store<i32>(characters + (code << 2), NEVER);
	let start = vocabulary;
	for (let id = 0; id < vocabularySize; id++) {
		const end = vocabulary + load<i32>(tokenEnds + (id << 2));
		findCharactersIn(start, end, load<i32>(numbers + (id << 2)));
		start = end;
	}
}

function findCharactersIn(start: i32, end: i32, token: i32): void {
	let at = start;
	while (at < end && load<i8>(at) >= 0) at++;
	if (at == end) return;
	if (at > start) at--;
	else while (at < end && (load<u8>(at) & 0xc0) == 0x80) at++;
	// The character before; -1 if the token has only a part of it.
	let previous = -1;
	for (let isFirst = at == start || load<i8>(at) >= 0; at < end; isFirst = false) {
		const after = next(at);
		const code = after <= end ? codeAt(at) : -1;
		if (code >= 0x80 && code < CHARACTERS && after - at < end - start && token < products) {
			const first = characters + (code << 2);
			if (token < load<i32>(first)) store<i32>(first, token);
		}
		if (!isFirst) {
			if (previous < 0 || code < 0) store<u8>(partialAt(at), 1);
			else if (previous >= FIRST_WIDE && code >= FIRST_WIDE) {
				const bit = pairBit(previous, code);
				const byte = joined + (bit >>> 3);
				store<u8>(byte, load<u8>(byte) | (<u8>1 << <u8>(bit & 7)));
			}
		}
		previous = code;
		at = after;
	}
}

/** Token that a character of two or three bytes begins as; NEVER if it begins as its bytes. */
// @ts-ignore: decorator
@inline function characterToken(at: i32, code: i32, length: i32): i32 {
	const known = load<i32>(characters + (code << 2));
	return known < 0 ? ~known : resolve(at, code, length);
}

function resolve(at: i32, code: i32, length: i32): i32 {
	const address = characters + (code << 2);
	let last = productOf(at, 0, 1, 2);
	let token = last;
	if (length == 3) {
		const right = productOf(at, 1, 2, 3);
		token = last < right ? productOf(at, 0, 2, 3) : right < NEVER ? productOf(at, 0, 1, 3) : NEVER;
		last = max(min(last, right), token);
	}
	if (last >= load<i32>(address)) token = NEVER;
	store<i32>(address, ~token);
	return token;
}

/** Merges a pre-token part by part, and writes its tokens. @returns whether every part is short enough */
function encodeParts(at: i32, length: i32, offset: i32): bool {
	const end = at + length;
	let isSplit = length >= MIN_SPLIT && load<i8>(end - 1) < 0;
	if (isSplit && unsplit <= MAX_UNSPLIT) {
		unsplit += length;
		if (unsplit > MAX_UNSPLIT) findCharacters();
		else isSplit = false;
	}
	for (let from = at; from < end;) {
		let to = from;
		let symbolCount = 0;
		if (!isSplit) {
			if (length > MAX_SYMBOLS) return false;
			for (; to < end; to++) addSymbol(symbolCount++, byteToken(to), to - from);
		} else {
			let code = -1;
			let isApart = true;
			for (let previous = -1; to < end; previous = code) {
				const after = min(next(to), end);
				code = codeAt(to);
				if (to > from && previous >= FIRST_WIDE && code >= FIRST_WIDE && isApart) {
					const bit = pairBit(previous, code);
					if (((load<u8>(joined + (bit >>> 3)) >>> (bit & 7)) & 1) == 0) break;
				}
				if (symbolCount + 4 > MAX_SYMBOLS) return false;
				const wasApart = isApart;
				isApart = after == end || load<u8>(partialAt(after)) == 0;
				const isWhole = wasApart && isApart && code >= 0x80 && code < CHARACTERS;
				const token = isWhole ? characterToken(to, code, after - to) : NEVER;
				if (token < NEVER) addSymbol(symbolCount++, token, to - from);
				else for (let i = to; i < after; i++) addSymbol(symbolCount++, byteToken(i), i - from);
				to = after;
			}
		}
		const first = count;
		const isKept = isSplit && symbolCount > 1 && to - from <= MAX_SHORT && to - from < length;
		const key = isKept ? v128.or(keyOf(from, to - from), PART) : PART;
		const entry = isKept ? entryOf(key) : 0;
		if (entry != 0) {
			writeKnown(entry, from + offset);
			from = to;
			continue;
		}
		const made = merge(from, to - from, symbolCount);
		for (let i = 0; i < made; i++) {
			const token = load<i32>(symbols + (i << 2));
			write(idOf(token), from + offset + load<i32>(starts + (i << 2), 4));
		}
		if (isKept) keep(from, to - from, key, first, from + offset);
		from = to;
	}
	return true;
}

// @ts-ignore: decorator
@inline function byteToken(at: i32): i32 {
	return load<i32>(byteTokens + (<i32>load<u8>(at) << 2));
}

// Cache of pre-tokens. An entry has a key of 16 bytes, three words of tokens, and their number, which is 0 if it is free. A
// word has an id and, in its lowest byte, where the token ends in the pre-token. Of more tokens and of a longer key, the
// number is negative, and the first word has the address of the words, which the bytes of a longer key follow.

let entries: i32 = 0;
let entryMask: i32 = 0;
let entryShift: i64 = 0;
let entryCount: i32 = 0;
let cacheStart: i32 = 0;
let chunkAt: i32 = 0;
let chunkEnd: i32 = 0;
let chunks: i32 = 0;
/** Masks of keys with up to 15 bytes, and such keys with only their length in the last byte. */
const masks: usize = memory.data(512);

function emptyCache(): void {
	if (cacheStart == 0) {
		cacheStart = top;
		for (let length = 0; length <= MAX_SHORT; length++) {
			memory.fill(masks + (length << 4), 0xff, length);
			store<u8>(masks + (length << 4) + 0x100, <u8>length, 15);
		}
	}
	top = cacheStart;
	chunks = 0;
	chunkAt = chunkEnd = 0;
	allocateEntries(FIRST_CACHE_LOG);
}

function allocateEntries(log: i32): void {
	entries = allocate(1 << (log + ENTRY_LOG));
	memory.fill(entries, 0, 1 << (log + ENTRY_LOG));
	entryMask = (1 << log) - 1;
	entryShift = 64 - log;
	entryCount = 0;
}

// @ts-ignore: decorator
@inline function firstSlot(key: v128): i32 {
	const hash =
		v128.extract_lane<i64>(key, 0) * firstFactor + v128.extract_lane<i64>(key, 1) * secondFactor;
	return <i32>((hash ^ (hash << 31)) >>> entryShift);
}

/** Address of the entry with a key of at most {@link MAX_SHORT} bytes; 0 if there is none. */
function entryOf(key: v128): i32 {
	for (let slot = firstSlot(key); ; slot = (slot + 1) & entryMask) {
		const entry = entries + (slot << ENTRY_LOG);
		if (load<i32>(entry, 28) == 0) return 0;
		if (!v128.any_true(v128.xor(v128.load(entry), key))) return entry;
	}
	return 0;
}

/** Address of the free entry for a key. */
function freeEntry(key: v128): i32 {
	let slot = firstSlot(key);
	while (load<i32>(entries + (slot << ENTRY_LOG), 28) != 0) slot = (slot + 1) & entryMask;
	const entry = entries + (slot << ENTRY_LOG);
	entryCount++;
	v128.store(entry, key);
	return entry;
}

/** Makes room for one more entry, and for so many bytes. */
function makeRoom(bytes: i32): void {
	const log = <i32>(64 - entryShift);
	if (chunkAt + bytes > chunkEnd) {
		if (chunks == MAX_CHUNKS) emptyCache();
		chunks++;
		chunkAt = allocate(CHUNK);
		chunkEnd = chunkAt + CHUNK;
	}
	if (2 * entryCount < entryMask) return;
	if (log == MAX_CACHE_LOG) {
		emptyCache();
		makeRoom(bytes);
		return;
	}
	const old = entries;
	allocateEntries(log + 1);
	for (let entry = old; entry < old + (1 << (log + ENTRY_LOG)); entry += 1 << ENTRY_LOG)
		if (load<i32>(entry, 28) != 0) v128.store(freeEntry(v128.load(entry)), v128.load(entry, 16), 16);
}

/** Adds a pre-token that is not in the cache, with the tokens that were written for it from `first` on. */
function keep(at: i32, length: i32, key: v128, first: i32, start: i32): void {
	const made = count - first;
	const list = made << 2;
	makeRoom(list + length);
	const entry = freeEntry(key);
	const isShort = length <= MAX_SHORT && made <= 3;
	const words = isShort ? entry + 16 : chunkAt;
	for (let i = 0; i < list; i += 4) {
		const from = (first << 2) + i;
		store<i32>(words + i, (load<i32>(ids + from) << 8) | (load<i32>(ends + from) - start));
	}
	store<i32>(entry, isShort ? made : -made, 28);
	if (isShort) return;
	store<i32>(entry, chunkAt, 16);
	memory.copy(chunkAt + list, at, length);
	chunkAt = (chunkAt + list + length + 3) & ~3;
}

// @ts-ignore: decorator
@inline function keyOf(at: i32, length: i32): v128 {
	if (length > MAX_SHORT) {
		const key = i64x2.splat(longKey(at, length));
		return i64x2.replace_lane(key, 1, ((<i64>0xff) << 56) | <i64>length);
	}
	const mask = masks + (length << 4);
	return v128.or(v128.and(v128.load(at), v128.load(mask)), v128.load(mask, 0x100));
}

// Scanning by character, as pretokenize/scanners does. Functions that get to the end of the text say so in `isAtEnd`.

let isAtEnd: bool = false;
let contractions: i32 = 0;
let digits: i32 = 0;
/** What a word of cl100k's pattern consists of. */
let word: i32 = LETTER;
let isCased: bool = false;

/**
 * Chooses the pattern.
 * @param cased o200k's pattern, and not cl100k's
 * @param kind how contractions are matched, as `Contractions` in contractions.ts
 */
export function setPattern(cased: bool, kind: i32, maxDigits: i32, wordFlags: i32): void {
	isCased = cased;
	contractions = kind;
	digits = maxDigits;
	word = wordFlags;
}

// @ts-ignore: decorator
@inline function sequenceLength(lead: i32): i32 {
	return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

// @ts-ignore: decorator
@inline function next(at: i32): i32 {
	return at + sequenceLength(load<u8>(at));
}

// @ts-ignore: decorator
@inline function last(at: i32, back: i32): i32 {
	return <i32>load<u8>(at + back) & 0x3f;
}

// @ts-ignore: decorator
@inline function codeAt(at: i32): i32 {
	const lead = <i32>load<u8>(at);
	if (lead < 0x80) return lead;
	if (lead < 0xe0) return ((lead & 0x1f) << 6) | last(at, 1);
	if (lead < 0xf0) return ((lead & 0x0f) << 12) | (last(at, 1) << 6) | last(at, 2);
	return ((lead & 7) << 18) | (last(at, 1) << 12) | (last(at, 2) << 6) | last(at, 3);
}

function flagsAt(at: i32): i32 {
	const code = codeAt(at);
	// Bytes that are not UTF-8 may say more.
	return code < 0x110000 ? load<u8>(classes + code) : 0;
}

/** End of the run of characters with one of the flags, or with none of them. */
function skip(at: i32, end: i32, flags: i32, areWanted: bool): i32 {
	while (at < end && ((flagsAt(at) & flags) != 0) == areWanted) at = next(at);
	if (at >= end) isAtEnd = true;
	return at;
}

function digitsEnd(at: i32, end: i32): i32 {
	for (let i = 0; i < digits; i++) {
		if (at >= end) isAtEnd = true;
		if (at >= end || (flagsAt(at) & NUMBER) == 0) break;
		at = next(at);
	}
	return at;
}

function symbolsEnd(at: i32, end: i32): i32 {
	at = skip(at, end, wordFlags() | NUMBER | SPACE, false);
	while (at < end) {
		const byte = <i32>load<u8>(at);
		if (byte != 0x0a && byte != 0x0d && !(isCased && byte == 0x2f)) break;
		at++;
	}
	if (at >= end) isAtEnd = true;
	return at;
}

// @ts-ignore: decorator
@inline function wordFlags(): i32 {
	return isCased ? LETTER : word;
}

function linesOrSpacesEnd(at: i32, end: i32): i32 {
	let before = at;
	let to = at;
	let afterNewline = -1;
	while (to < end) {
		const flags = flagsAt(to);
		if ((flags & SPACE) == 0) break;
		before = to;
		to = next(to);
		if ((flags & NEWLINE) != 0) afterNewline = to;
	}
	if (to >= end) isAtEnd = true;
	if (afterNewline >= 0) return afterNewline;
	return to == end || before == at ? to : before;
}

/** End of the contraction at an apostrophe; `at` if there is none. */
function contractionEnd(at: i32, end: i32): i32 {
	if (contractions == 0) return at;
	if (at + 3 > end) isAtEnd = true;
	if (at + 1 >= end) return at;
	const fold = contractions == 1 ? 0 : 0x20;
	const first = <i32>load<u8>(at, 1) | fold;
	if (first == 0x73 || first == 0x74 || first == 0x6d || first == 0x64) return at + 2;
	if (at + 2 >= end) return at;
	const second = <i32>load<u8>(at, 2) | fold;
	if ((first == 0x72 || first == 0x76) && second == 0x65) return at + 3;
	if (first == 0x6c && second == 0x6c) return at + 3;
	return contractions == 3 && load<u16>(at, 1) == 0xbfc5 ? at + 3 : at;
}

/** End of `FRONT*BACK+|FRONT+BACK*`. */
function casedWordEnd(at: i32, end: i32): i32 {
	let afterBoth = -1;
	while (at < end) {
		const flags = flagsAt(at);
		if ((flags & FRONT) == 0) {
			if ((flags & BACK) != 0) return skip(at, end, BACK, true);
			break;
		}
		at = next(at);
		if ((flags & BOTH) != 0) afterBoth = at;
	}
	if (at >= end) isAtEnd = true;
	return afterBoth >= 0 ? afterBoth : at;
}

function areCapitals(at: i32, end: i32): bool {
	while (at < end && (flagsAt(at) & UPPER) != 0) at = next(at);
	return at >= end;
}

/** End of a pre-token of o200k's pattern, as in scanners/o200k.ts. */
function casedEnd(at: i32, end: i32): i32 {
	const lead = <i32>load<u8>(at);
	const flags = flagsAt(at);
	const second = next(at);
	if ((flags & NUMBER) != 0) return digitsEnd(at, end);
	if (second >= end) isAtEnd = true;
	const following = second < end ? flagsAt(second) : SPACE;
	let after = -1;
	if ((flags & LETTER) != 0) after = casedWordEnd(at, end);
	else if ((following & (FRONT | BACK)) != 0 && (flags & NEWLINE) == 0) {
		after = casedWordEnd(second, end);
		// Before capitals alone, a mark matches the first alternative by itself, which is tried first.
		if ((flags & MARK) != 0 && areCapitals(second, after)) after = second;
	} else if ((flags & MARK) != 0) after = second;
	if (after >= 0) return after < end && load<u8>(after) == 0x27 ? contractionEnd(after, end) : after;
	return restEnd(at, end, lead, flags, following);
}

/** End of a pre-token of cl100k's pattern, as in scanners/cl100k.ts. */
function uncasedEnd(at: i32, end: i32): i32 {
	const lead = <i32>load<u8>(at);
	const flags = flagsAt(at);
	const second = next(at);
	if ((flags & word) != 0) return skip(at, end, word, true);
	if ((flags & NUMBER) != 0) return digitsEnd(at, end);
	if (lead == 0x27) {
		const after = contractionEnd(at, end);
		if (after > at) return after;
	}
	if (second >= end) isAtEnd = true;
	const following = second < end ? flagsAt(second) : SPACE;
	if ((following & word) != 0 && (flags & NEWLINE) == 0) return skip(second, end, word, true);
	return restEnd(at, end, lead, flags, following);
}

// @ts-ignore: decorator
@inline function restEnd(at: i32, end: i32, lead: i32, flags: i32, following: i32): i32 {
	if ((flags & SPACE) == 0 || (lead == 0x20 && (following & (wordFlags() | NUMBER | SPACE)) == 0))
		return symbolsEnd(next(at), end);
	return linesOrSpacesEnd(at, end);
}

// Scanning ASCII, 16 bytes at a time. A mask has a bit for each byte, the first one lowest.

// @ts-ignore: decorator
@inline function range(bytes: v128, first: i8, size: i8): v128 {
	return i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(first)), i8x16.splat(size));
}

/**
 * Length of the pre-token at `at`, before whose end there are {@link WIDE_READ} bytes; 0 if it is not known: its first 16
 * bytes do not show its end, or it is next to a character outside ASCII.
 */
// @ts-ignore: decorator
@inline function asciiLength(at: i32, cased: bool): i32 {
	const lead = <i32>load<u8>(at);
	if (lead >= 0x80) return 0;
	const bytes = v128.load(at);
	const flags = <i32>load<u8>(classes + lead);
	const others = i8x16.bitmask(bytes) | 0x10000;
	if ((flags & NUMBER) != 0) {
		const run = ctz(~i8x16.bitmask(range(bytes, 0x30, 10)));
		return run >= digits ? digits : knownLength(run, others);
	}
	const upper = i8x16.bitmask(range(bytes, 0x41, 26));
	const lower = i8x16.bitmask(range(bytes, 0x61, 26));
	const letters = upper | lower;
	if (!cased && lead == 0x27) {
		const after = contractionEnd(at, at + WIDE_READ);
		if (after > at) return after - at;
	}
	let length: i32 = (flags & LETTER) != 0 ? 0 : 1;
	if (((letters >>> length) & 1) != 0 && (flags & NEWLINE) == 0) {
		if (!cased) return knownLength(length + ctz(~(letters >>> length)), others);
		length += ctz(~(upper >>> length));
		length += ctz(~(lower >>> length));
		if (load<u8>(at + length) != 0x27 || length > 15) return knownLength(length, others);
		return contractionEnd(at + length, at + WIDE_READ) - at;
	}
	const spaces = i8x16.bitmask(v128.or(range(bytes, 9, 5), i8x16.eq(bytes, i8x16.splat(0x20))));
	const known = letters | spaces | i8x16.bitmask(range(bytes, 0x30, 10));
	const lines = i8x16.bitmask(
		v128.or(i8x16.eq(bytes, i8x16.splat(0x0a)), i8x16.eq(bytes, i8x16.splat(0x0d)))
	);
	if ((flags & SPACE) == 0 || (lead == 0x20 && (known & 2) == 0)) {
		const run = ctz((known | others) & ~1);
		if (((lines >>> run) & 1) == 0) return knownLength(run, others);
		const slashes = cased ? i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(0x2f))) : 0;
		return knownLength(run + ctz(~((lines | slashes) >>> run)), others);
	}
	const run = ctz(~spaces);
	if (knownLength(run, others) == 0) return 0;
	const linesBefore = lines & ((1 << run) - 1);
	if (linesBefore != 0) return 32 - clz(linesBefore);
	return run == 1 ? 1 : run - 1;
}

/** A length, or 0 if a character outside ASCII or what is not known follows. */
// @ts-ignore: decorator
@inline function knownLength(length: i32, others: i32): i32 {
	return length >= 16 || ((others >>> length) & 1) != 0 ? 0 : length;
}

// Encoding.

let ids: i32 = 0;
let ends: i32 = 0;
let limit: i32 = 0;
let count: i32 = 0;

/** Sets where `run` writes ids and ends, 32 bits each, with room for so many. */
export function setOutput(idList: i32, endList: i32, capacity: i32): void {
	ids = idList;
	ends = endList;
	limit = capacity - MAX_TEXT - 4;
}

/** Number of tokens that were written since the last call. The next ones are written in their place. */
export function takeTokens(): i32 {
	const taken = count;
	count = 0;
	return taken;
}

/**
 * Encodes bytes from `at` to `end`. Stops at a pre-token whose end depends on what follows, or where there is no more room.
 * @param isLast whether the text ends at `end`
 * @param offset what is added to the ends of tokens
 * @returns where it stopped
 */
export function run(at: i32, end: i32, isLast: bool, offset: i32): i32 {
	return isCased ? encode(at, end, isLast, offset, true) : encode(at, end, isLast, offset, false);
}

// @ts-ignore: decorator
@inline function encode(at: i32, end: i32, isLast: bool, offset: i32, cased: bool): i32 {
	while (at < end && count < limit) {
		let length = at + WIDE_READ <= end ? asciiLength(at, cased) : 0;
		if (length == 0) {
			isAtEnd = false;
			length = min(cased ? casedEnd(at, end) : uncasedEnd(at, end), end) - at;
			if (isAtEnd && !isLast) break;
		}
		const key = keyOf(at, length);
		let slot = firstSlot(key);
		for (;;) {
			const entry = entries + (slot << ENTRY_LOG);
			const known = load<i32>(entry, 28);
			if (known == 0) {
				encodeNew(at, length, key, offset);
				break;
			}
			if (!v128.any_true(v128.xor(v128.load(entry), key))) {
				const list = load<i32>(entry, 16);
				if (length <= MAX_SHORT || memory.compare(list - (known << 2), at, length) == 0) {
					writeKnown(entry, at + offset);
					break;
				}
			}
			slot = (slot + 1) & entryMask;
		}
		at += length;
	}
	return at;
}

// @ts-ignore: decorator
@inline function write(id: i32, end: i32): void {
	store<i32>(ids + (count << 2), id);
	store<i32>(ends + (count << 2), end);
	count++;
}

/** Writes the tokens of an entry of the cache. */
// @ts-ignore: decorator
@inline function writeKnown(entry: i32, start: i32): void {
	const known = load<i32>(entry, 28);
	if (known > 0) {
		const three = v128.load(entry, 16);
		const ending = i32x4.add(v128.and(three, i32x4.splat(0xff)), i32x4.splat(start));
		v128.store(ids + (count << 2), i32x4.shr_u(three, 8));
		v128.store(ends + (count << 2), ending);
		count += known;
		return;
	}
	const list = load<i32>(entry, 16);
	for (let i = 0; i < -known; i++) {
		const token = load<i32>(list + (i << 2));
		write(token >>> 8, start + (token & 0xff));
	}
}

/** Encodes a pre-token that is not in the cache. */
function encodeNew(at: i32, length: i32, key: v128, offset: i32): void {
	const first = count;
	const whole = takesWhole ? wholeAt(at, length) : -1;
	if (whole >= 0) write(idOf(whole), at + length + offset);
	else if (!encodeParts(at, length, offset)) {
		count = first;
		encodeLong(at, length, offset);
	}
	if (length <= MAX_KEPT) keep(at, length, key, first, at + offset);
}
