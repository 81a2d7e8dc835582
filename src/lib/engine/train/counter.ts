import { ByteSource } from '../structures/byte-table';
import { IntBuffer } from '../structures/int-buffer';
import type { Extras } from '../text/extras';
import { CountTable } from './count-table';
import { byLines, createPretokenizer, splitsBetweenLines } from './pretokenizer';
import type { CountingRules, PretokenCounts } from './types';
import { afterNewline, betweenLetters, nowhere, Utf8Chunker } from './utf8-chunker';

/** Counts the pre-tokens of texts that arrive in chunks. */
export interface PretokenCounter {
	/** Number of bytes added so far, of all texts. */
	readonly bytes: number;
	/** Number of distinct pre-tokens so far, without those of `waiting` bytes. */
	readonly distinct: number;
	/** Bytes of the distinct pre-tokens together. */
	readonly distinctBytes: number;
	/** Number of added bytes that are not split into pre-tokens yet. */
	readonly waiting: number;
	/** Whether the pattern has matched anything. Always true unless it is a user's regular expression. */
	readonly matched: boolean;
	/**
	 * Adds the next bytes of the text, which may end within a character.
	 * @throws Error with the byte offset of the first sequence that is not UTF-8, or for a text that has no boundary
	 * for longer than the buffer's limit
	 */
	add(bytes: Uint8Array): void;
	/** Ends the text: no pre-token crosses into the next one. @throws Error as `add` */
	endText(): void;
	/** Returns the counts so far and starts again at none, within a text or between two. */
	take(): PretokenCounts;
	/** Ends the last text and returns all counts. @throws Error as `add` */
	finish(): PretokenCounts;
}

/** Maximum length of a section for a regex. V8's strings have at most 2^29 code units. */
const MAX_REGEX_BYTES = 1 << 26;
/** Maximum length of a section for a hand-written scanner. */
const MAX_SCANNER_BYTES = 1 << 28;

/**
 * Creates a counter of pre-tokens. With the feed `lines`, every line with its newline (LF) is a separate text, as in
 * Hugging Face's `train(files)`.
 *
 * @param options.capacity initial size of the text buffer in bytes
 * @param options.byteStart byte of its file where the first text begins, for errors
 * @throws TrainingRuleError if a regular expression is invalid
 */
export function createPretokenCounter(
	rules: CountingRules,
	extras: Extras,
	options: { readonly capacity?: number; readonly byteStart?: number } = {}
): PretokenCounter {
	const lines = rules.feed === 'lines';
	const pretokenizer = createPretokenizer(rules.pattern, extras);
	const scan = lines ? byLines(pretokenizer.scan) : pretokenizer.scan;
	let table = new CountTable();
	const ends = new IntBuffer(1 << 12);
	let source = new ByteSource(new Uint8Array(0));
	let added = 0;

	const count = (bytes: Uint8Array, end: number) => {
		if (source.bytes !== bytes) source = new ByteSource(bytes);
		ends.clear();
		scan(bytes, 0, end, ends);
		table.addAll(source, ends.data, ends.length);
	};
	const splits = splitsBetweenLines(rules.pattern);
	const chunker = new Utf8Chunker(count, lines ? afterNewline : splits ? betweenLetters : nowhere, {
		...options,
		limit: typeof rules.pattern === 'string' || splits ? MAX_SCANNER_BYTES : MAX_REGEX_BYTES
	});

	return {
		get bytes() {
			return added;
		},
		get distinct() {
			return table.size;
		},
		get distinctBytes() {
			return table.keyBytes;
		},
		get waiting() {
			return chunker.length;
		},
		get matched() {
			return pretokenizer.matched;
		},
		add(bytes) {
			chunker.add(bytes);
			added += bytes.length;
		},
		endText() {
			chunker.end();
		},
		take() {
			const counts = table.toCounts();
			table = new CountTable();
			return counts;
		},
		finish() {
			this.endText();
			return table.toCounts();
		}
	};
}
