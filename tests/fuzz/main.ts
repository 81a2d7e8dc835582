import { chosen, numberOf, program, runAgain, UsageError } from '../support/program';
import { SEED } from '../support/random-texts';
import type { Batch } from './batch';
import { MAX_MEGABYTES, readMutants } from './formats/read-mutants';
import { FORMATS, type Format } from './formats/seeds';
import { comparePatterns, DIALECTS, type Dialect } from './regex/compare';

const USAGE = `Usage: npm run fuzz -- formats [count] [${FORMATS.join('|')}]
       npm run fuzz -- regex [count] [${DIALECTS.join('|')}]
  formats  reads that many changed tokenizer files of each format (default 100,000): exit code 1 if one hangs, takes too
           much memory, is read in part, or is refused in words that are not for people
  regex    compares both regex dialects with the native libraries on that many generated patterns: exit code 1 if one
           differs
SEED=… in the environment tries other inputs.`;

const DEFAULT_COUNT = '100000';

interface Kind {
	readonly names: readonly string[];
	readonly inputs: string;
	/** Number of inputs per process. */
	readonly batch: number;
	/** Options for the process, which is terminated after `timeout` ms. */
	readonly process: { readonly execArgv?: readonly string[]; readonly timeout?: number };
	run(name: string, from: number, count: number): Promise<Batch> | Batch;
}

const KINDS: Readonly<Record<string, Kind>> = {
	formats: {
		names: FORMATS,
		inputs: 'mutants',
		batch: 2000,
		process: { execArgv: [`--max-old-space-size=${MAX_MEGABYTES}`], timeout: 600_000 },
		run: (format, from, count) => readMutants(format as Format, SEED, from, count)
	},
	regex: {
		names: DIALECTS,
		inputs: 'patterns',
		batch: 5000,
		process: {},
		run: (dialect, from, count) => comparePatterns(dialect as Dialect, count, SEED + from)
	}
};

/** Runs all batches for a format or a dialect. @returns the number of failures */
function fuzz(what: string, name: string, count: number): number {
	const { inputs, batch, process: options } = KINDS[what];
	const counts: Record<string, number> = {};
	const most: Record<string, number> = {};
	let failures = 0;
	for (let from = 0; from < count; from += batch) {
		const size = Math.min(batch, count - from);
		try {
			const result = runAgain(['batch', what, name, from, size], options) as Batch;
			for (const [outcome, number] of Object.entries(result.counts))
				counts[outcome] = (counts[outcome] ?? 0) + number;
			for (const [unit, value] of Object.entries(result.most ?? {}))
				most[unit] = Math.max(most[unit] ?? 0, value);
			failures += result.failures.length;
			for (const failure of result.failures) console.log(`${name}: ${failure}`);
		} catch (error) {
			console.log(`${name}: ${inputs} ${from} to ${from + size}: ${String(error)}`);
			failures++;
		}
	}
	const outcomes = Object.entries(counts).map(([outcome, number]) => `${number} ${outcome}`);
	const largest = Object.entries(most).map(([unit, value]) => `${value} ${unit}`);
	const bounds = largest.length > 0 ? `, at most ${largest.join(' and ')}` : '';
	const shown = [`${count} ${inputs}`, ...outcomes, `${failures} failures`].join(', ');
	console.log(`${name}: ${shown}${bounds}`);
	return failures;
}

export const main = program(USAGE, {}, async (_, [what, ...words]) => {
	if (what === 'batch') {
		const [kind, name, from, size] = words;
		console.log(JSON.stringify(await KINDS[kind].run(name, Number(from), Number(size))));
		return 0;
	}
	if (what === undefined || !Object.hasOwn(KINDS, what))
		throw new UsageError(`got ${JSON.stringify(what ?? '')}, expected formats or regex`);
	const [count = DEFAULT_COUNT, only] = words;
	const names = chosen(KINDS[what].names, only);
	const failures = names.map((name) => fuzz(what, name, numberOf('count', count, 1)));
	return failures.some((number) => number > 0) ? 1 : 0;
});
