/**
 * `npm run fuzz -- formats [count] [format]`: reads that many changed tokenizer files of each format. Exit code 1 if one
 * hangs, takes too much memory, is read in part, or is refused in words that are not for people.
 *
 * `npm run fuzz -- regex [count] [dialect]`: holds both regex dialects to the native libraries on that many generated
 * patterns. Exit code 1 if one differs.
 *
 * `SEED=…` in the environment tries other inputs.
 */
import { spawnSync } from 'node:child_process';
import { SEED } from '../support/random-texts';
import { MAX_MEGABYTES, readMutants, type MutantsReport } from './formats/read-mutants';
import { FORMATS, type Format } from './formats/seeds';
import { comparePatterns, DIALECTS, type Comparison, type Dialect } from './regex/compare';

const DEFAULT_COUNT = 100_000;
/** Mutants per process. A process that hangs is ended after this long. */
const BATCH = 2000;
const BATCH_TIMEOUT_MS = 600_000;
/** Patterns per process. */
const REGEX_BATCH = 5000;
const USAGE = `usage: npm run fuzz -- formats [count] [${FORMATS.join('|')}], or regex [count] [${DIALECTS.join('|')}]`;

async function main([what, ...options]: readonly string[]): Promise<number> {
	if (what === 'formats-batch') {
		const [format, seed, from, count] = options;
		const report = await readMutants(format as Format, Number(seed), Number(from), Number(count));
		process.stdout.write(JSON.stringify(report));
		return 0;
	}
	if (what === 'regex-batch') {
		const [dialect, count, seed] = options;
		const comparison = comparePatterns(dialect as Dialect, Number(count), Number(seed));
		process.stdout.write(JSON.stringify(comparison));
		return 0;
	}
	if (what !== 'formats' && what !== 'regex') {
		console.error(`got ${JSON.stringify(what ?? '')}, expected formats or regex; ${USAGE}`);
		return 2;
	}
	const [count = String(DEFAULT_COUNT), only] = options;
	let failures = 0;
	if (what === 'regex') {
		for (const dialect of DIALECTS) {
			if (only === undefined || only === dialect) failures += fuzzRegex(dialect, Number(count));
		}
		return failures > 0 ? 1 : 0;
	}
	for (const format of FORMATS) {
		if (only === undefined || only === format) failures += fuzzFormat(format, Number(count));
	}
	return failures > 0 ? 1 : 0;
}

function fuzzFormat(format: Format, count: number): number {
	let [read, refused, failures, slowestMs, peakMegabytes] = [0, 0, 0, 0, 0];
	for (let from = 0; from < count; from += BATCH) {
		const size = Math.min(BATCH, count - from);
		const batch = ['formats-batch', format, String(SEED), String(from), String(size)];
		const { stdout, status, signal } = spawnSync(
			process.execPath,
			[`--max-old-space-size=${MAX_MEGABYTES}`, process.argv[1], ...batch],
			{
				encoding: 'utf8',
				maxBuffer: 1 << 28,
				timeout: BATCH_TIMEOUT_MS,
				stdio: ['ignore', 'pipe', 'inherit']
			}
		);
		if (status !== 0) {
			console.log(`${format}: mutants ${from} to ${from + size} ended with ${signal ?? status}`);
			failures++;
			continue;
		}
		const report = JSON.parse(stdout) as MutantsReport;
		read += report.read;
		refused += report.refused;
		failures += report.failures.length;
		slowestMs = Math.max(slowestMs, report.slowestMs);
		peakMegabytes = Math.max(peakMegabytes, report.peakMegabytes);
		for (const failure of report.failures) console.log(failure);
	}
	console.log(
		`${format}: ${count} mutants, ${read} read, ${refused} refused, ${failures} failures, at most ${slowestMs} ms and ${peakMegabytes} MB`
	);
	return failures;
}

function fuzzRegex(dialect: Dialect, count: number): number {
	const total: Record<string, number> = {};
	let failures = 0;
	for (let done = 0; done < count; done += REGEX_BATCH) {
		const size = Math.min(REGEX_BATCH, count - done);
		const { stdout, status, signal } = spawnSync(
			process.execPath,
			[process.argv[1], 'regex-batch', dialect, String(size), String(SEED + done)],
			{ encoding: 'utf8', maxBuffer: 1 << 28 }
		);
		if (status !== 0) {
			console.log(`${dialect}: patterns ${done} to ${done + size} ended with ${signal ?? status}`);
			failures++;
			continue;
		}
		const { counts, failures: found } = JSON.parse(stdout) as Comparison;
		for (const [name, number] of Object.entries(counts)) total[name] = (total[name] ?? 0) + number;
		failures += found.length;
		for (const failure of found) console.log(`${dialect}: ${failure}`);
	}
	console.log(`${dialect}: ${count} patterns, ${failures} differ; ${JSON.stringify(total)}`);
	return failures;
}

process.exitCode = await main(process.argv.slice(2));
