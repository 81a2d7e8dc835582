import {
	createPretokenCounter,
	describePattern,
	type CountingRules,
	type PretokenCounts
} from '../lib/engine/train';
import { formatCount } from '../lib/engine/text';
import { named } from './failure';
import { inputs, readLines } from './input';
import { nameOf, type Io } from './io';
import { jsonField } from './json-lines';
import { EXTRAS } from '../lib/engine/stages';

const NEWLINE = 0x0a;

/** Bounds on a table that is written in parts: with its copy, it takes about 90 MB. */
export const MAX_DISTINCT = 1 << 19;
export const MAX_DISTINCT_BYTES = 1 << 24;
/** Bound on text that is kept until it can be split, for counts in parts. */
export const MAX_UNSPLIT_BYTES = 1 << 22;
/** Bound on a JSON line, for counts in parts. Several copies of it are needed. */
export const MAX_JSON_LINE_BYTES = 1 << 26;

/** Counts of files. */
export interface CountedFiles {
	/** All counts, or those after the last part. */
	readonly counts: PretokenCounts;
	/** Number of texts: JSON objects, or else lines with the feed `lines` and files with the feed `whole`. */
	readonly records: number;
	/** UTF-8 bytes of the texts. */
	readonly bytes: number;
}

/**
 * Counts the pre-tokens of files, or of standard input if there are none. Each file is a text of its own. With `field`,
 * each line is a JSON object with a text.
 * @param onPart gets the counts whenever the table reaches a bound, which depends only on the text. The table then starts
 * empty. Without it all are returned
 * @throws UserError for a pattern that is broken or backtracks too much, and for input that cannot be read,
 * is not UTF-8 (with the byte) or lacks the field (with the line), or, for counts in parts, is too long to be split
 */
export async function countFiles(
	io: Io,
	paths: readonly string[],
	rules: CountingRules,
	field: string | null,
	onPart?: (counts: PretokenCounts) => Promise<void>
): Promise<CountedFiles> {
	const parts: PretokenCounts[] = [];
	const bounds = {
		maxDistinct: MAX_DISTINCT,
		maxDistinctBytes: MAX_DISTINCT_BYTES,
		onFull: (counts: PretokenCounts) => void parts.push(counts)
	};
	const counter = named('--pattern', () =>
		createPretokenCounter(
			rules,
			EXTRAS,
			onPart && { parts: bounds, limit: MAX_UNSPLIT_BYTES, advice: ADVICE }
		)
	);
	let hasParts = false;
	const handOver = async () => {
		for (let part = parts.shift(); onPart && part; part = parts.shift()) {
			hasParts = true;
			// Standard output may be the same terminal.
			io.status('');
			await onPart(part);
		}
	};
	const report = () =>
		io.status(`${formatCount(counter.bytes)} bytes · ${formatCount(counter.distinct)} pre-tokens`);
	let records = 0;
	if (field === null) {
		const isLines = rules.feed === 'lines';
		for (const path of inputs(paths)) {
			const name = nameOf(path);
			let lastByte = isLines ? NEWLINE : -1;
			for await (const chunk of io.open(path)) {
				named(name, () => counter.add(chunk));
				if (isLines) records += countLines(chunk);
				lastByte = chunk.at(-1) ?? lastByte;
				await handOver();
				report();
			}
			named(name, () => counter.endText());
			await handOver();
			if (!isLines || lastByte !== NEWLINE) records++;
		}
	} else {
		const encode = reusedEncoder();
		for await (const lines of readLines(io, paths, onPart && LINE_LIMIT)) {
			for (const line of lines) {
				const text = jsonField(line, field);
				named(line.name, () => {
					counter.add(encode(text));
					counter.endText();
				});
				await handOver();
				records++;
			}
			report();
		}
	}
	io.status('');
	const counts = counter.finish();
	if ((hasParts || counts.ends.length > 0) && !counter.matched) io.warn(describeUnmatched(rules));
	return { counts, records, bytes: counter.bytes };
}

const LINE_LIMIT = { bytes: MAX_JSON_LINE_BYTES, advice: 'split its text into several objects' };

const ADVICE = 'add line breaks and use --feed lines, or a named pattern, which splits at spaces';

function countLines(chunk: Uint8Array): number {
	let lines = 0;
	for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) lines++;
	return lines;
}

/** Encodes texts as UTF-8 into the same array, so that long ones leave no copies behind. */
function reusedEncoder(): (text: string) => Uint8Array {
	const encoder = new TextEncoder();
	let utf8 = new Uint8Array(1 << 12);
	return (text) => {
		const length = Buffer.byteLength(text);
		if (length > utf8.length) utf8 = new Uint8Array(length);
		return utf8.subarray(0, encoder.encodeInto(text, utf8).written);
	};
}

/** Warning about a regular expression that matched nothing. */
function describeUnmatched({ pattern, feed }: CountingRules): string {
	const regex = describePattern(pattern);
	const whole = feed === 'lines' ? 'line' : 'text';
	return `--pattern ${regex} matches nothing in the text: each ${whole} is one pre-token`;
}
