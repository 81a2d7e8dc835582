import type { EncodeOptions, TokenizerSpec } from '../../engine';
import {
	betweenWords,
	lastBoundary,
	LETTER,
	nextFlags,
	nowhere,
	previousFlags,
	SPACE as WHITE_SPACE,
	Utf8Chunker,
	type FindBoundary
} from '../../engine/train';
import type { EngineRuntime } from '../runtimes/engine';
import { isChunkable, isNewlineAlone, spaceBetweenLetters, splitsBeforeSpaces } from './chunkable';

const SPACE = 0x20;
const NEWLINE = 0x0a;

/** Number of tokens of a text, and the bytes of it that an {@link Encoding} counts. */
export interface TokenCount {
	readonly tokens: number;
	readonly droppedBytes: number;
	readonly removedBytes: number;
}

/** Counts the tokens of a text that arrives in chunks. */
export interface TokenCounter {
	/** Adds bytes of UTF-8, which may end within a character. @throws Error for a text that cannot be split within the limit */
	add(bytes: Uint8Array): void;
	/** Ends the text. @throws Error as `add` */
	finish(): TokenCount;
}

export interface TokenCounterOptions extends Pick<EncodeOptions, 'special'> {
	/** Maximum number of bytes that are kept because they cannot be split. */
	readonly limit: number;
	/** Advice about such a text, for errors. */
	readonly advice: string;
	/** Initial size of the text buffer in bytes. */
	readonly capacity?: number;
}

/**
 * Creates a counter that encodes a text in sections, without keeping it all. It counts the tokens of the whole text: a
 * tokenizer whose ids could depend on text across a boundary gets no boundary.
 */
export function createTokenCounter(
	{ tokenizer }: EngineRuntime,
	{ special, ...chunking }: TokenCounterOptions
): TokenCounter {
	const findBoundary = boundaryFinder(tokenizer.spec);
	const prepends = spaceBetweenLetters(tokenizer.spec) === 'left out';
	const lengthOf = (text: string) => tokenizer.encode(text).ids.length;
	/** Tokens of the space before a section that begins with a newline; the text has none there. */
	const prepended = prepends ? 2 * lengthOf('\n') - lengthOf('\n\n') : 0;
	let tokens = 0;
	let droppedBytes = 0;
	let removedBytes = 0;
	let isFirst = true;
	const encode = (bytes: Uint8Array, end: number) => {
		const follows = prepends && !isFirst;
		// The normalizer makes the space before a section again.
		const start = follows && bytes[0] === SPACE ? 1 : 0;
		const encoding = tokenizer.encode(bytes.subarray(start, end), { special });
		tokens += encoding.ids.length - (follows && bytes[0] === NEWLINE ? prepended : 0);
		droppedBytes += encoding.droppedBytes ?? 0;
		removedBytes += encoding.removedBytes ?? 0;
		isFirst = false;
	};
	const chunker = new Utf8Chunker(encode, findBoundary, chunking);
	return {
		add: (bytes) => chunker.add(bytes),
		finish() {
			chunker.end();
			return { tokens, droppedBytes, removedBytes };
		}
	};
}

/** Finding out looks at all tokens of some tokenizers. */
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
	if (!isChunkable(spec)) return nowhere;
	return space === 'kept' ? betweenLinesOrLetters : betweenLines;
}

/** Splits after a newline between a character other than white space and a letter. */
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
 * Splits as {@link betweenLetters}, or before a newline that a letter follows and that is after a letter or a character beyond
 * ASCII other than white space.
 */
const betweenLettersOrBeforeLines = lastBoundary((bytes, at, end) => {
	if (!(nextFlags(bytes, at + 1, end) & LETTER)) return 0;
	const previous = previousFlags(bytes, at);
	if (previous & LETTER) return at;
	return bytes[at] === NEWLINE && bytes[at - 1] >= 0x80 && !(previous & WHITE_SPACE) ? at : 0;
});

const betweenLinesOrLetters: FindBoundary = (bytes, end) =>
	Math.max(betweenLines(bytes, end), betweenLetters(bytes, end));
