/**
 * `npm run fuzz -- <what> [count]`: holds the engine to its references on that many generated inputs. `SEED=…` in the
 * environment tries other ones. Exit code 1 if any differs.
 */
import { spawnSync } from 'node:child_process';
import { SEED } from '../support/random-texts';
import { comparePatterns, DIALECTS, type Comparison, type Dialect } from './regex/compare';

const DEFAULT_COUNT = 100_000;
/** Patterns per process: the WebAssembly of tiktoken never frees a pattern that it refuses. */
const BATCH = 5000;
const USAGE = `usage: npm run fuzz -- regex [count] [${DIALECTS.join('|')}]`;

function main([what, ...options]: readonly string[]): number {
	if (what === 'regex-batch') {
		const [dialect, count, seed] = options;
		process.stdout.write(
			JSON.stringify(comparePatterns(dialect as Dialect, Number(count), Number(seed)))
		);
		return 0;
	}
	if (what !== 'regex') {
		console.error(`got ${JSON.stringify(what ?? '')}, expected regex; ${USAGE}`);
		return 2;
	}
	const [count = String(DEFAULT_COUNT), only] = options;
	let failures = 0;
	for (const dialect of DIALECTS) {
		if (only === undefined || only === dialect) failures += fuzzRegex(dialect, Number(count));
	}
	return failures > 0 ? 1 : 0;
}

function fuzzRegex(dialect: Dialect, count: number): number {
	const total: Record<string, number> = {};
	let failures = 0;
	for (let done = 0; done < count; done += BATCH) {
		const size = Math.min(BATCH, count - done);
		const { stdout, status } = spawnSync(
			process.execPath,
			[process.argv[1], 'regex-batch', dialect, String(size), String(SEED + done)],
			{ encoding: 'utf8', maxBuffer: 1 << 28 }
		);
		if (status !== 0) throw new Error(`a batch of ${dialect} at ${done} ended with ${status}`);
		const { counts, failures: found } = JSON.parse(stdout) as Comparison;
		for (const [name, number] of Object.entries(counts)) total[name] = (total[name] ?? 0) + number;
		failures += found.length;
		for (const failure of found) console.log(`${dialect}: ${failure}`);
	}
	console.log(`${dialect}: ${count} patterns, ${failures} differ; ${JSON.stringify(total)}`);
	return failures;
}

process.exitCode = main(process.argv.slice(2));
