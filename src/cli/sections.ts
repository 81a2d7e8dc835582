/** Encodes or counts a text of any length, section by section, in threads. */
import type { EncodeOptions, Tokenizer, TokenizerSpec } from '../lib/engine';
import {
	createSectionCounter,
	sectionsOf,
	type TokenCount
} from '../lib/tokenizers/chunks/token-counter';
import { named } from './failure';
import { Threads, type StartThread } from './threads';

/** Size of a section that a thread encodes at once. */
const SECTION_BYTES = 1 << 20;

export interface EncodingTask {
	readonly spec: TokenizerSpec;
	readonly special: EncodeOptions['special'];
}

/** Encodes sections of one text. */
export interface SectionTask extends EncodingTask {
	readonly kind: 'sections';
	/** Whether only the number of tokens is asked for. */
	readonly count: boolean;
}

/** A section of a text; see `sectionsOf`. */
export interface Section {
	/** UTF-8. */
	readonly bytes: Uint8Array<ArrayBuffer>;
	/** Number of tokens at its beginning that the whole text does not have. */
	readonly excess: number;
}

export interface EncodedSection extends TokenCount {
	/** Ids with spaces between them; empty if only their number is asked for. */
	readonly text: string;
}

export interface SectionLimit {
	/** Maximum number of bytes without a boundary. */
	readonly limit: number;
	/** Advice about a text without one, for errors. */
	readonly advice: string;
}

export interface SectionOptions extends Pick<SectionTask, 'special' | 'count'> {
	readonly limit: SectionLimit;
	/** Number of threads, the calling one included. */
	readonly threads: number;
	/** Absent where there are no threads. */
	readonly startThread?: StartThread;
	/** Takes the ids of each section in order, with spaces between them; there may be none. */
	readonly onText?: (text: string) => Promise<void>;
}

/**
 * Works on a text that arrives in chunks.
 * @throws UserError for a text that is not UTF-8 or has no boundary within the limit, and if a thread dies
 */
export async function workOnSections(
	tokenizer: Tokenizer,
	chunks: AsyncIterable<Uint8Array>,
	{ special, count, limit, threads: threadCount, startThread, onText }: SectionOptions
): Promise<TokenCount> {
	const sections: Section[] = [];
	const chunker = sectionsOf(
		tokenizer,
		(bytes, excess) => sections.push({ bytes: bytes.slice(), excess }),
		{ ...limit, capacity: SECTION_BYTES }
	);
	const task: SectionTask = { kind: 'sections', spec: tokenizer.spec, special, count };
	const sum = { tokens: 0, droppedBytes: 0, removedBytes: 0 };
	const threads = new Threads({
		start: startThread,
		count: threadCount,
		task,
		work: sectionEncoder(task, tokenizer),
		async onResult({ text, tokens, droppedBytes, removedBytes }: EncodedSection) {
			sum.tokens += tokens;
			sum.droppedBytes += droppedBytes;
			sum.removedBytes += removedBytes;
			if (text !== '') await onText?.(text);
		}
	});
	const work = async () => {
		for (const section of sections.splice(0))
			await threads.add(section, section.bytes.length, [section.bytes.buffer]);
	};
	try {
		for await (const bytes of chunks) {
			named('the text', () => chunker.add(bytes));
			await work();
		}
		named('the text', () => chunker.end());
		await work();
		await threads.finish();
	} finally {
		threads.close();
	}
	return sum;
}

/** Reads a text to its end to find what `workOnSections` would refuse. @throws UserError as that */
export async function checkSections(
	tokenizer: Tokenizer,
	chunks: AsyncIterable<Uint8Array>,
	limit: SectionLimit
): Promise<void> {
	const chunker = sectionsOf(tokenizer, () => undefined, { ...limit, capacity: SECTION_BYTES });
	for await (const bytes of chunks) named('the text', () => chunker.add(bytes));
	named('the text', () => chunker.end());
}

/** Encodes or counts sections. */
export function sectionEncoder(
	task: SectionTask,
	tokenizer: Tokenizer
): (section: Section) => EncodedSection {
	const { special } = task;
	if (task.count) {
		const count = createSectionCounter(tokenizer, special);
		return ({ bytes, excess }) => ({ ...count(bytes, excess), text: '' });
	}
	return ({ bytes, excess }) => {
		const { ids, droppedBytes = 0, removedBytes = 0 } = tokenizer.encode(bytes, { special });
		const text = joinNumbers(ids.subarray(excess), ' ');
		return { text, tokens: ids.length - excess, droppedBytes, removedBytes };
	};
}

/** Digits of the longest number, and a separator. */
const MAX_DIGITS = 11;
let digits = Buffer.alloc(0);

/** Joins numbers as their `join` does, but several times as fast. @param separator an ASCII character */
export function joinNumbers(numbers: Uint32Array, separator: string): string {
	if (digits.length < MAX_DIGITS * numbers.length)
		digits = Buffer.allocUnsafeSlow(MAX_DIGITS * numbers.length);
	const between = separator.charCodeAt(0);
	let at = digits.length;
	// Backwards, because the last digit is known first.
	for (let i = numbers.length - 1; i >= 0; i--) {
		let number = numbers[i];
		do {
			const rest = (number / 10) >>> 0;
			digits[--at] = 0x30 + number - rest * 10;
			number = rest;
		} while (number > 0);
		if (i > 0) digits[--at] = between;
	}
	return digits.toString('latin1', at);
}
