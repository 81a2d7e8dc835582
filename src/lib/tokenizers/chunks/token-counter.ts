import type { EncodeOptions, Tokenizer, TokenizerSpec } from '../../engine';
import {
	betweenWords,
	lastBoundary,
	LETTER,
	nextFlags,
	neverSplit,
	previousFlags,
	SPACE as WHITE_SPACE,
	Utf8Chunker,
	type ChunkerOptions,
	type FindBoundary
} from '../../engine/train';
import type { EngineRuntime } from '../runtimes/engine';
import {
	isChunkable,
	isNewlineAlone,
	keepsEveryByte,
	spaceBetweenLetters,
	splitsBeforeSpaces
} from './chunkable';

const SPACE = 0x20;
const NEWLINE = 0x0a;

/** Numbers of tokens, dropped bytes and removed bytes (see {@link Encoding}). */
export interface TokenCount {
	readonly tokens: number;
	readonly droppedBytes: number;
	readonly removedBytes: number;
}

/** Counts the tokens in text that arrives in chunks. */
export interface TokenCounter {
	/**
	 * Adds UTF-8 bytes, which may end in the middle of a character.
	 * @throws Error if the text can't be split within the limit
	 */
	add(bytes: Uint8Array): void;
	/** Counts the rest of the text. @throws Error as `add` does */
	finish(): TokenCount;
}

export interface TokenCounterOptions extends Pick<EncodeOptions, 'special'> {
	/** Maximum number of bytes to buffer while the text can't be split. */
	readonly limit: number;
	/** Advice for text that exceeds the limit, used in the error message. */
	readonly advice: string;
	/** Initial size of the text buffer in bytes. */
	readonly capacity?: number;
}

/**
 * Creates a counter that encodes text in sections, without buffering all of it. The result is always the count for the
 * whole text: if a tokenizer's ids might depend on text across a section boundary, the text isn't divided.
 */
export function createTokenCounter(
	{ tokenizer }: EngineRuntime,
	{ special, ...chunking }: TokenCounterOptions
): TokenCounter {
	const countSection = createSectionCounter(tokenizer, special);
	let [tokens, droppedBytes, removedBytes] = [0, 0, 0];
	const add = (section: Uint8Array, excess: number) => {
		const count = countSection(section, excess);
		tokens += count.tokens;
		droppedBytes += count.droppedBytes;
		removedBytes += count.removedBytes;
	};
	const chunker = sectionsOf(tokenizer, add, chunking);
	return {
		add: (bytes) => chunker.add(bytes),
		finish() {
			chunker.end();
			return { tokens, droppedBytes, removedBytes };
		}
	};
}

/** Creates a function that counts the tokens in a section (see {@link sectionsOf}). */
export function createSectionCounter(
	tokenizer: Tokenizer,
	special: EncodeOptions['special']
): (section: Uint8Array, excess: number) => TokenCount {
	if (keepsEveryByte(tokenizer.spec)) {
		return (section, excess) => ({
			tokens: tokenizer.count(section, { special }) - excess,
			droppedBytes: 0,
			removedBytes: 0
		});
	}
	return (section, excess) => {
		const { ids, droppedBytes = 0, removedBytes = 0 } = tokenizer.encode(section, { special });
		return { tokens: ids.length - excess, droppedBytes, removedBytes };
	};
}

/**
 * Divides text that arrives in chunks into sections. Encoding the sections one by one gives the tokens of the whole
 * text, plus `excess` tokens at the start of some sections, for prepended spaces that aren't in the text.
 */
export function sectionsOf(
	tokenizer: Tokenizer,
	onSection: (section: Uint8Array, excess: number) => void,
	options: ChunkerOptions
): Utf8Chunker {
	const prepends = spaceBetweenLetters(tokenizer.spec) === 'left out';
	/** Number of tokens for the space that the normalizer prepends to a section starting with a newline. */
	const prepended = prepends ? 2 * tokenizer.count('\n') - tokenizer.count('\n\n') : 0;
	let isFirst = true;
	const take = (bytes: Uint8Array, end: number) => {
		const follows = prepends && !isFirst;
		isFirst = false;
		// Omits the space at the start of the section, because the normalizer will prepend one.
		const start = follows && bytes[0] === SPACE ? 1 : 0;
		onSection(bytes.subarray(start, end), follows && bytes[0] === NEWLINE ? prepended : 0);
	};
	return new Utf8Chunker(take, boundaryFinder(tokenizer.spec), options);
}

/** Cached, because choosing a finder may require a pass over the whole vocabulary. */
const finders = new WeakMap<TokenizerSpec, FindBoundary>();

function boundaryFinder(spec: TokenizerSpec): FindBoundary {
	let finder = finders.get(spec);
	if (!finder) finders.set(spec, (finder = findFinder(spec)));
	return finder;
}

function findFinder(spec: TokenizerSpec): FindBoundary {
	const space = spaceBetweenLetters(spec);
	if (space === 'left out')
		return isNewlineAlone(spec) ? betweenLettersOrBeforeLines : betweenLetters;
	if (splitsBeforeSpaces(spec)) return betweenWords;
	if (!isChunkable(spec)) return neverSplit;
	return space === 'kept' ? betweenLinesOrLetters : betweenLines;
}

/** Splits after a newline that follows a non-white-space character and precedes a letter. */
const betweenLines = lastBoundary((bytes, at, end) =>
	bytes[at] === NEWLINE &&
	!(previousFlags(bytes, at) & WHITE_SPACE) &&
	nextFlags(bytes, at + 1, end) & LETTER
		? at + 1
		: 0
);

/** Splits before a space between two letters. */
const betweenLetters = lastBoundary((bytes, at, end) =>
	bytes[at] === SPACE && previousFlags(bytes, at) & LETTER && nextFlags(bytes, at + 1, end) & LETTER
		? at
		: 0
);

/**
 * Splits where {@link betweenLetters} does, or before a newline. A letter must follow the newline, and a letter or a
 * non-ASCII character other than white space must precede it.
 */
const betweenLettersOrBeforeLines = lastBoundary((bytes, at, end) => {
	if (!(nextFlags(bytes, at + 1, end) & LETTER)) return 0;
	const previous = previousFlags(bytes, at);
	if (previous & LETTER) return at;
	return bytes[at] === NEWLINE && bytes[at - 1] >= 0x80 && !(previous & WHITE_SPACE) ? at : 0;
});

const betweenLinesOrLetters: FindBoundary = (bytes, end) =>
	Math.max(betweenLines(bytes, end), betweenLetters(bytes, end));
