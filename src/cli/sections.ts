/** Encodes text of any length, or counts its tokens, section by section in threads. */
import {
	listOfSplits,
	type EncodeOptions,
	type MergeList,
	type Tokenizer,
	type TokenizerSpec
} from '../lib/engine';
import type { Utf8Chunker } from '../lib/engine/train';
import {
	createSectionCounter,
	sectionsOf,
	type TokenCount
} from '../lib/tokenizers/chunks/token-counter';
import { withErrorPrefix } from './failure';
import { Threads, type StartThread } from './threads';

/** Size of the sections that threads encode. */
const SECTION_BYTES = 1 << 20;

/** A spec as sent to a thread, without the merges' pairs if they can be derived from the splits. */
export interface SentSpec extends Omit<TokenizerSpec, 'model'> {
	readonly model: Omit<TokenizerSpec['model'], 'merges'> & {
		readonly merges: Omit<MergeList, 'pairs'> | null;
	};
}

/** Leaves out the merges' pairs, because copying the whole spec would compute them, which takes up to a second. */
export function sentSpec(spec: TokenizerSpec): SentSpec {
	const { merges } = spec.model;
	if (!merges?.splits) return spec;
	const { count, splits } = merges;
	return { ...spec, model: { ...spec.model, merges: { count, splits } } };
}

export function receivedSpec(spec: SentSpec): TokenizerSpec {
	const { merges } = spec.model;
	if (!merges?.splits) return spec as TokenizerSpec;
	return { ...spec, model: { ...spec.model, merges: listOfSplits(merges.splits, merges.count) } };
}

export interface EncodingTask {
	readonly spec: SentSpec;
	readonly special: EncodeOptions['special'];
}

export interface SectionTask extends EncodingTask {
	readonly kind: 'sections';
	/** Whether only the number of tokens is needed. */
	readonly count: boolean;
}

/** A section of a text; see `sectionsOf`. */
export interface Section {
	/** UTF-8. */
	readonly bytes: Uint8Array<ArrayBuffer>;
	/** Number of the section's leading tokens that don't occur in the encoding of the whole text. */
	readonly excess: number;
}

export interface EncodedSection extends TokenCount {
	/** Ids in ASCII, separated by spaces; empty if only the token count is needed. */
	readonly ids: Uint8Array;
}

interface SectionLimit {
	/** Maximum number of bytes without a boundary. */
	readonly limit: number;
	/** Advice to give in the error if text exceeds the limit. */
	readonly advice: string;
}

export interface SectionOptions extends Pick<SectionTask, 'special' | 'count'> {
	readonly limit: SectionLimit;
	/** Number of threads, including the calling one. */
	readonly threads: number;
	readonly startThread?: StartThread;
	/**
	 * The same text, read and checked in full before any result is passed to `onIds`. The threads start in the meantime.
	 */
	readonly check?: AsyncIterable<Uint8Array>;
	/** Receives each section's ids in order, in ASCII, separated by spaces. */
	readonly onIds?: (ids: Uint8Array) => Promise<void>;
}

/**
 * Encodes text that arrives in chunks, or counts its tokens.
 * @throws UserError for text that is not UTF-8 or has no boundary within the limit, and if a thread dies
 */
export async function workOnSections(
	tokenizer: Tokenizer,
	chunks: AsyncIterable<Uint8Array>,
	{ special, count, limit, threads: threadCount, startThread, check, onIds }: SectionOptions
): Promise<TokenCount> {
	const sections: Section[] = [];
	const splitting = { ...limit, capacity: SECTION_BYTES };
	const task: SectionTask = { kind: 'sections', spec: sentSpec(tokenizer.spec), special, count };
	const sum = { tokens: 0, droppedBytes: 0, removedBytes: 0 };
	const threads = new Threads({
		start: startThread,
		count: threadCount,
		task,
		work: sectionEncoder(task, tokenizer),
		async onResult({ ids, tokens, droppedBytes, removedBytes }: EncodedSection) {
			sum.tokens += tokens;
			sum.droppedBytes += droppedBytes;
			sum.removedBytes += removedBytes;
			if (ids.length > 0) await onIds?.(ids);
		}
	});
	const work = async () => {
		for (const section of sections.splice(0))
			await threads.add(section, section.bytes.length, [section.bytes.buffer]);
	};
	try {
		if (check) {
			let size = 0;
			const checker = sectionsOf(
				tokenizer,
				(bytes) => threads.startFor((size += bytes.length)),
				splitting
			);
			await addChunks(checker, check);
		}
		const chunker = sectionsOf(
			tokenizer,
			(bytes, excess) => sections.push({ bytes: bytes.slice(), excess }),
			splitting
		);
		await addChunks(chunker, chunks, work);
		await threads.finish();
	} finally {
		threads.close();
	}
	return sum;
}

async function addChunks(
	chunker: Utf8Chunker,
	chunks: AsyncIterable<Uint8Array>,
	onAdded?: () => Promise<void>
): Promise<void> {
	for await (const bytes of chunks) {
		withErrorPrefix('the text', () => chunker.add(bytes));
		await onAdded?.();
	}
	withErrorPrefix('the text', () => chunker.end());
	await onAdded?.();
}

export function sectionEncoder(
	task: SectionTask,
	tokenizer: Tokenizer
): (section: Section) => EncodedSection {
	const { special } = task;
	if (task.count) {
		const count = createSectionCounter(tokenizer, special);
		return ({ bytes, excess }) => ({ ...count(bytes, excess), ids: new Uint8Array(0) });
	}
	return ({ bytes, excess }) => {
		const { ids, droppedBytes = 0, removedBytes = 0 } = tokenizer.encode(bytes, { special });
		const joined = new Uint8Array(joinNumbers(ids.subarray(excess), ' '));
		return { ids: joined, tokens: ids.length - excess, droppedBytes, removedBytes };
	};
}

/** Maximum length of a number plus a separator. */
const MAX_DIGITS = 11;
/** The digits of numbers below this are looked up. Few vocabularies have more tokens. */
const LOOKED_UP = 1 << 18;
/** For each number, its ASCII digits and zeros as the bytes of a double, from the lowest byte up. */
const DIGITS = new Float64Array(LOOKED_UP);
/** For each number, its number of digits; 0 if `DIGITS` doesn't contain them yet. */
const LENGTHS = new Uint8Array(LOOKED_UP);
let output = new DataView(new ArrayBuffer(0));

/**
 * Joins numbers like `Array.prototype.join`, but several times as fast.
 * @param separator an ASCII character
 * @returns ASCII bytes, valid until the next call
 */
export function joinNumbers(numbers: Uint32Array, separator: string): Buffer {
	const capacity = MAX_DIGITS * numbers.length + DIGITS.BYTES_PER_ELEMENT;
	if (output.byteLength < capacity) output = new DataView(new ArrayBuffer(capacity));
	const joined = Buffer.from(output.buffer);
	const between = separator.charCodeAt(0);
	let at = 0;
	for (const number of numbers) {
		if (number < LOOKED_UP) {
			if (LENGTHS[number] === 0) addDigits(number);
			output.setFloat64(at, DIGITS[number], true);
			at += LENGTHS[number];
		} else at += joined.write(String(number), at, 'latin1');
		joined[at++] = between;
	}
	return joined.subarray(0, Math.max(0, at - 1));
}

function addDigits(number: number): void {
	const digits = String(number);
	DIGITS[number] = Buffer.from(digits.padEnd(DIGITS.BYTES_PER_ELEMENT, '\0')).readDoubleLE();
	LENGTHS[number] = digits.length;
}
