import { ByteSource } from '../structures/byte-table';
import { IntBuffer } from '../structures/arrays';
import type { Extras } from '../text/extras';
import { CountTable, type TableBounds } from './count-table';
import { byLines, createPretokenizer, splitsBetweenWords } from './pretokenizer';
import type { CountingRules, PretokenCounts } from './types';
import {
	afterNewline,
	afterNewlineOrWord,
	betweenWords,
	neverSplit,
	Utf8Chunker
} from './utf8-chunker';

/** Counts the pre-tokens of texts that arrive in chunks. */
export interface PretokenCounter {
	/** Total number of bytes added so far. */
	readonly bytes: number;
	/** Number of distinct pre-tokens so far, except those in bytes that have not been split yet. */
	readonly distinct: number;
	/**
	 * Whether the pattern has matched anything. Always `true` unless the pattern is a user-supplied regular expression.
	 */
	readonly matched: boolean;
	/**
	 * Adds the next bytes of the text, which may end within a character.
	 * @throws Error with the byte offset of the first sequence that is not UTF-8, or if the text
	 * has more than `limit` bytes without a boundary where it can be split
	 */
	add(bytes: Uint8Array): void;
	/** Ends the text; no pre-token extends into the next text. @throws Error under the same conditions as `add` */
	endText(): void;
	/**
	 * Adds counts for the next bytes, unless the table might fill up partway through. In that case, the caller must
	 * pass the bytes to `add` instead, because the order of the pre-tokens determines when the table is full.
	 * @param bytes number of bytes that were counted
	 * @returns whether the counts were added
	 */
	addCounts(counts: PretokenCounts, bytes: number): boolean;
	/**
	 * Ends the last text and returns all counts that have not been passed to `onFull`. Resets the counter's table.
	 * @throws Error under the same conditions as `add`
	 */
	finish(): PretokenCounts;
}

/** Limits on the size of the table, so that counting long input takes bounded memory. */
export interface CountParts extends TableBounds {
	/**
	 * Called with the counts whenever the table is full, before it is emptied. Where in the text this happens doesn't
	 * depend on how the text is divided into chunks.
	 */
	readonly onFull: (counts: PretokenCounts) => void;
}

export interface CounterOptions {
	/** Initial size of the text buffer in bytes. */
	readonly capacity?: number;
	/** Byte offset of the first text in its file, for error messages. */
	readonly byteStart?: number;
	/** Maximum number of bytes between boundaries where the text can be split. The default depends on the pattern. */
	readonly limit?: number;
	/** Advice in the error message about a text that can't be split. */
	readonly advice?: string;
	/** If present, the counts are passed to `onFull` in parts. */
	readonly parts?: CountParts;
}

/** Maximum length, in bytes, of text that a regex splits at once. A string in V8 has at most 2^29 code units. */
const MAX_REGEX_BYTES = 1 << 26;
/** Maximum length, in bytes, of text that a hand-written scanner splits at once. */
const MAX_SCANNER_BYTES = 1 << 28;

/**
 * If `feed` is `lines`, each line, including its newline (LF), is counted as a separate text, as in Hugging Face's
 * `train(files)`.
 * @throws TrainingRuleError if a regular expression is invalid
 */
export function createPretokenCounter(
	rules: CountingRules,
	extras: Extras,
	{ parts, limit, ...chunking }: CounterOptions = {}
): PretokenCounter {
	const lines = rules.feed === 'lines';
	const pretokenizer = createPretokenizer(rules.pattern, extras);
	const scan = lines ? byLines(pretokenizer.scan) : pretokenizer.scan;
	const table = new CountTable();
	const ends = new IntBuffer(1 << 12);
	let source = new ByteSource(new Uint8Array(0));
	let added = 0;

	const count = (bytes: Uint8Array, end: number) => {
		if (source.bytes !== bytes) source = new ByteSource(bytes);
		ends.clear();
		scan(source, 0, end, ends);
		if (parts) addInParts(parts);
		else table.addAll(source, ends.data, 0, ends.length, 0);
		ends.recycle();
	};
	/** Adds the pre-tokens in batches that are guaranteed to fit in the table. */
	const addInParts = ({ maxDistinct, maxDistinctBytes, onFull }: CountParts) => {
		for (let from = 0, start = 0; from < ends.length;) {
			const lastByte = start + maxDistinctBytes - table.keyBytes;
			const room = Math.min(ends.length, from + maxDistinct - table.size);
			let to = from + 1;
			while (to < room && ends.data[to] <= lastByte) to++;
			table.addAll(source, ends.data, from, to, start);
			start = ends.data[to - 1];
			from = to;
			if (table.size < maxDistinct && table.keyBytes < maxDistinctBytes) continue;
			onFull(table.toCounts());
			table.clear();
		}
	};
	const chunker = pretokenSections(rules, count, { ...chunking, limit });

	return {
		get bytes() {
			return added;
		},
		get distinct() {
			return table.size;
		},
		get matched() {
			return pretokenizer.matched;
		},
		add(bytes) {
			chunker.add(bytes);
			added += bytes.length;
		},
		endText: () => chunker.end(),
		addCounts(counts, bytes) {
			if (parts && !table.hasRoom(counts, parts)) return false;
			table.addCounts(counts);
			added += bytes;
			return true;
		},
		finish() {
			chunker.end();
			const counts = table.toCounts();
			table.clear();
			return counts;
		}
	};
}

/** Divides text that arrives in chunks into sections, at boundaries that do not change its pre-tokens. */
export function pretokenSections(
	{ pattern, feed }: CountingRules,
	onSection: (bytes: Uint8Array, end: number) => void,
	{ limit, ...chunking }: Omit<CounterOptions, 'parts'>
): Utf8Chunker {
	const splits = splitsBetweenWords(pattern);
	const [withWords, withoutWords] =
		feed === 'lines' ? [afterNewlineOrWord, afterNewline] : [betweenWords, neverSplit];
	const isRegex = typeof pattern !== 'string' && !splits;
	return new Utf8Chunker(onSection, splits ? withWords : withoutWords, {
		...chunking,
		limit: limit ?? (isRegex ? MAX_REGEX_BYTES : MAX_SCANNER_BYTES)
	});
}
