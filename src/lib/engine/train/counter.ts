import { ByteSource } from '../structures/byte-table';
import { IntBuffer } from '../structures/int-buffer';
import { CountTable } from './count-table';
import { byLines, createPretokenizer, cutsBetweenLines } from './pretokenizer';
import { afterNewline, betweenLetters, nowhere, Utf8Chunker } from './stretches';
import type { CountingRules, PretokenCounts } from './types';

/** Counts the pre-tokens of texts that arrive in pieces. */
export interface PretokenCounter {
	/** Bytes taken so far, of all texts. */
	readonly bytes: number;
	/** Distinct pre-tokens so far; those of the last few kilobytes may not be counted yet. */
	readonly distinct: number;
	/** Bytes taken that the pattern has not seen yet. */
	readonly waiting: number;
	/** False as long as a regular expression of the user's was found nowhere in what was counted. */
	readonly matched: boolean;
	/**
	 * Takes the next bytes of the text, cut anywhere, also within a character.
	 * @throws Error with the byte offset in the text where it stops being UTF-8; or for a text that its
	 * rules do not allow to be cut and that is too long to be held.
	 */
	add(bytes: Uint8Array): void;
	/** The text is over; what follows is another, and no pre-token crosses. @throws Error as `add`. */
	endText(): void;
	/** Ends the last text, and gives all counts. @throws Error as `add`. */
	finish(): PretokenCounts;
}

/** Longest stretch of text (bytes) that a regex is given at once: V8's strings end at 2^29 units. */
const LONGEST_FOR_REGEX = 1 << 26;
/** Longest stretch of text (bytes) without a place to cut it that is held for a hand-written scanner. */
const LONGEST = 1 << 28;

/**
 * A counter of pre-tokens. With the feed `lines` every line with its newline (LF) is a text of its own, as
 * in Hugging Face's `train(files)`.
 *
 * @throws TrainingRuleError that says where, for a broken regular expression
 * @param options.capacity bytes of the buffer that text is gathered in
 * @param options.byteStart where the first text begins in its file, for errors
 */
export function createPretokenCounter(
	rules: CountingRules,
	options: { readonly capacity?: number; readonly byteStart?: number } = {}
): PretokenCounter {
	const lines = rules.feed === 'lines';
	const pretokenizer = createPretokenizer(rules.pattern);
	const scan = lines ? byLines(pretokenizer.scan) : pretokenizer.scan;
	const table = new CountTable();
	const ends = new IntBuffer(1 << 12);
	let source = new ByteSource(new Uint8Array(0));
	let taken = 0;

	const count = (bytes: Uint8Array, end: number) => {
		if (source.bytes !== bytes) source = new ByteSource(bytes);
		ends.clear();
		scan(bytes, 0, end, ends);
		table.addAll(source, ends.data, ends.length);
	};
	const cuts = cutsBetweenLines(rules.pattern);
	const stretches = new Utf8Chunker(count, lines ? afterNewline : cuts ? betweenLetters : nowhere, {
		...options,
		limit: typeof rules.pattern === 'string' || cuts ? LONGEST : LONGEST_FOR_REGEX
	});

	return {
		get bytes() {
			return taken;
		},
		get distinct() {
			return table.size;
		},
		get waiting() {
			return stretches.length;
		},
		get matched() {
			return pretokenizer.matched;
		},
		add(bytes) {
			stretches.add(bytes);
			taken += bytes.length;
		},
		endText() {
			stretches.end();
		},
		finish() {
			this.endText();
			return table.toCounts();
		}
	};
}
