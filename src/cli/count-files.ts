import {
	createPretokenCounter,
	describePattern,
	pretokenSections,
	type CountingRules,
	type PretokenCounter,
	type PretokenCounts
} from '../lib/engine/train';
import { formatCount } from '../lib/engine/text';
import { withErrorPrefix } from './failure';
import {
	inBatches,
	inputs,
	readLines,
	totalBytes,
	withProgress,
	type InputSource,
	type Line,
	type LineLimit
} from './input';
import { nameOf, type Io } from './io';
import { jsonField } from './json-lines';
import { Threads } from './threads';
import { EXTRAS } from '../lib/engine/stages';

const NEWLINE = 0x0a;

/** Limits at which a table of counts is written and a new table begins. A full table and its copy take about 90 MB. */
export const MAX_DISTINCT = 1 << 19;
export const MAX_DISTINCT_BYTES = 1 << 24;
/** Maximum number of bytes without a boundary when counting in parts. */
export const MAX_UNSPLIT_TEXT_BYTES = 1 << 22;
/**
 * Size of the section of text that a thread counts at a time. With smaller sections, more pre-tokens occur in several
 * sections, so adding up their counts takes longer.
 */
const SECTION_BYTES = 1 << 22;
/** Maximum size of a JSON line when counting in parts. Several copies of the line are kept in memory. */
export const MAX_JSON_LINE_BYTES = 1 << 26;

export interface CountedFiles {
	/** All counts, or only those since the last part was written. */
	readonly counts: PretokenCounts;
	/** Number of JSON objects; for plain text, number of lines (feed `lines`) or files (feed `whole`). */
	readonly records: number;
	/** Number of UTF-8 bytes counted. */
	readonly bytes: number;
}

export interface PretokenTask {
	readonly kind: 'pretokens';
	readonly rules: CountingRules;
	/** Field that contains the text in JSON lines; `null` for plain text. */
	readonly field: string | null;
}

/** A section of text, or JSON lines. */
export type PretokenPart =
	{ readonly name: string; readonly bytes: Uint8Array } | { readonly lines: readonly Line[] };

interface CountedPart {
	readonly counts: PretokenCounts;
	readonly bytes: number;
	readonly matched: boolean;
}

export function pretokenCounter({
	rules,
	field
}: PretokenTask): (part: PretokenPart) => CountedPart {
	const counter = withErrorPrefix('--pattern', () => createPretokenCounter(rules, EXTRAS));
	const add = createAdder(counter, field);
	return (part) => {
		const before = counter.bytes;
		add(part);
		const counts = counter.finish();
		return { counts, bytes: counter.bytes - before, matched: counter.matched };
	};
}

function createAdder(counter: PretokenCounter, field: string | null): (part: PretokenPart) => void {
	const encode = reusedEncoder();
	return (part) => {
		if ('bytes' in part) {
			withErrorPrefix(part.name, () => {
				counter.add(part.bytes);
				counter.endText();
			});
			return;
		}
		for (const line of part.lines) {
			const text = jsonField(line, field ?? '');
			withErrorPrefix(line.name, () => {
				counter.add(encode(text));
				counter.endText();
			});
		}
	};
}

/**
 * Counts the pre-tokens of files, or of standard input if there are none. Each file is a separate document. With
 * `field`, each line is a JSON object with one document.
 * @param onPart receives the counts whenever the table is full, before it is emptied; where this happens depends only
 * on the text. Without this callback, all counts are returned
 * @throws UserError for a pattern that is broken or backtracks too much, and for input that cannot be read, is not
 * UTF-8 (naming the byte offset) or lacks the field (naming the line). With `onPart`, also for text that runs for more
 * than {@link MAX_UNSPLIT_TEXT_BYTES} without a boundary, and for a JSON line longer than {@link MAX_JSON_LINE_BYTES}
 */
export async function countFiles(
	io: Io,
	paths: readonly string[],
	{ rules, field, threads: count }: CountFilesOptions,
	onPart?: (counts: PretokenCounts) => Promise<void>
): Promise<CountedFiles> {
	const full: PretokenCounts[] = [];
	const parts = {
		maxDistinct: MAX_DISTINCT,
		maxDistinctBytes: MAX_DISTINCT_BYTES,
		onFull: (counts: PretokenCounts) => void full.push(counts)
	};
	const counter = withErrorPrefix('--pattern', () =>
		createPretokenCounter(rules, EXTRAS, onPart && { parts })
	);
	const add = createAdder(counter, field);
	const source = withProgress(
		io,
		io,
		{ total: await totalBytes(io, paths), passes: 1 },
		(bytes) => `${formatCount(bytes)} bytes · ${formatCount(counter.distinct)} pre-tokens`
	);
	let hasParts = false;
	let matched = false;
	/** Resolves when a part has been written; counting continues in the meantime. */
	let written: Promise<void> | undefined;
	const task: PretokenTask = { kind: 'pretokens', rules, field };
	const countPart = count > 1 ? pretokenCounter(task) : () => null;
	/** Parts whose counts have not been added yet. */
	const waiting: PretokenPart[] = [];
	const threads = new Threads<PretokenPart, CountedPart | null>({
		start: io.startThread,
		count,
		task,
		work: countPart,
		async onResult(counted) {
			const part = waiting.shift();
			if (counted && counter.addCounts(counted.counts, counted.bytes)) matched ||= counted.matched;
			else if (part) add(part);
			for (const counts of full.splice(0)) {
				hasParts = true;
				await written;
				written = onPart?.(counts);
				written?.catch(() => undefined);
			}
		}
	});
	const work = async (part: PretokenPart, size: number) => {
		waiting.push(part);
		await threads.add(part, size);
	};
	try {
		const records =
			field === null
				? await countTexts(source, paths, rules, onPart && MAX_UNSPLIT_TEXT_BYTES, work)
				: await countJson(source, paths, onPart && LINE_LIMIT, work);
		await threads.finish();
		await written;
		io.status('');
		const counts = counter.finish();
		matched ||= counter.matched;
		if ((hasParts || counts.ends.length > 0) && !matched) io.warn(describeUnmatched(rules));
		return { counts, records, bytes: counter.bytes };
	} finally {
		threads.close();
		// The caller may remove the incomplete folder, so wait for the last write.
		await written?.catch(() => undefined);
	}
}

export interface CountFilesOptions extends Pick<PretokenTask, 'rules' | 'field'> {
	readonly threads: number;
}

/**
 * Passes files to `work` in sections.
 * @param limit maximum length of a section in bytes
 * @returns the number of lines (with the feed `lines`) or files (with the feed `whole`)
 */
async function countTexts(
	io: InputSource,
	paths: readonly string[],
	rules: CountingRules,
	limit: number | undefined,
	work: (part: PretokenPart, size: number) => Promise<void>
): Promise<number> {
	let records = 0;
	const isLines = rules.feed === 'lines';
	for (const path of inputs(paths)) {
		const name = nameOf(path);
		const sections: Uint8Array[] = [];
		const chunker = pretokenSections(rules, (bytes, end) => sections.push(bytes.slice(0, end)), {
			capacity: SECTION_BYTES,
			limit,
			advice: limit === undefined ? undefined : ADVICE
		});
		const workOnSections = async () => {
			for (const bytes of sections.splice(0)) await work({ name, bytes }, bytes.length);
		};
		let lastByte = isLines ? NEWLINE : -1;
		for await (const chunk of io.open(path)) {
			withErrorPrefix(name, () => chunker.add(chunk));
			if (isLines) records += countLines(chunk);
			lastByte = chunk.at(-1) ?? lastByte;
			await workOnSections();
		}
		withErrorPrefix(name, () => chunker.end());
		await workOnSections();
		if (!isLines || lastByte !== NEWLINE) records++;
	}
	return records;
}

/** Passes JSON lines to `work`. @returns the number of lines */
async function countJson(
	io: InputSource,
	paths: readonly string[],
	limit: LineLimit | undefined,
	work: (part: PretokenPart, size: number) => Promise<void>
): Promise<number> {
	let records = 0;
	for await (const arrived of readLines(io, paths, limit)) {
		for (const [lines, units] of inBatches(arrived, SECTION_BYTES)) {
			records += lines.length;
			await work({ lines }, units);
		}
	}
	return records;
}

const LINE_LIMIT: LineLimit = {
	bytes: MAX_JSON_LINE_BYTES,
	advice: 'split its text into several objects'
};

const ADVICE =
	'add line breaks and use --feed lines; or use a named pattern, which splits at spaces';

function countLines(chunk: Uint8Array): number {
	let lines = 0;
	for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) lines++;
	return lines;
}

/** Creates an encoder that reuses its array, so that long texts don't leave copies in memory. */
function reusedEncoder(): (text: string) => Uint8Array {
	const encoder = new TextEncoder();
	let utf8 = new Uint8Array(1 << 12);
	return (text) => {
		const length = Buffer.byteLength(text);
		if (length > utf8.length) utf8 = new Uint8Array(length);
		return utf8.subarray(0, encoder.encodeInto(text, utf8).written);
	};
}

function describeUnmatched({ pattern, feed }: CountingRules): string {
	const regex = describePattern(pattern);
	const whole = feed === 'lines' ? 'line' : 'text';
	return `--pattern ${regex} matches nothing in the text, so each ${whole} is one pre-token`;
}
