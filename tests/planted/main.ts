/**
 * `npm run test:planted [-- options]`: plants faults (faults.ts) one at a time in a copy of the last commit, runs the
 * tests that can reach the fault, and prints which test caught it. Exit code 1 if a fault isn't caught, 2 if something
 * could not run.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../support/launcher';
import { program, UsageError } from '../support/program';
import { Copy } from './copy';
import { FAULTS, type PlantedFault } from './faults';

const USAGE = `Usage: npm run test:planted -- [options]
  --only ID,ID   plant only these faults
  --no-e2e       run no end-to-end tests
  --check        only check that each edit applies to exactly one place of the working tree`;

interface Outcome {
	readonly fault: PlantedFault;
	/** Name of the test or step that failed; `null` if nothing failed. */
	readonly caughtBy: string | null;
	/** Why the tests could not run; `null` if they ran. */
	readonly problem: string | null;
	readonly seconds: number;
}

/** Returns a message about each fault that doesn't change its file or whose text doesn't occur exactly once. */
const findMistakes = (faults: readonly PlantedFault[], root: string): string[] =>
	faults.flatMap(({ id, file, find, replace }) => {
		const places = readFileSync(join(root, file), 'utf8').split(find).length - 1;
		if (places === 1 && find !== replace) return [];
		return [`${id}: got ${places} places in ${file}, expected one place and a change`];
	});

/**
 * Runs tests.
 * @param named pattern that matches a failed test in the output and captures the test's name
 * @returns that name; `null` if none failed
 * @throws Error if the tests could not run
 */
async function run(copy: Copy, command: readonly string[], named: RegExp): Promise<string | null> {
	const { code, output } = await copy.run(...command);
	if (code === 0) return null;
	const failed = named.exec(output)?.slice(1).find(Boolean);
	if (failed === undefined) throw new Error(output.slice(-300).trim());
	return failed.trim();
}

const runUnitTests = (copy: Copy, args: readonly string[]): Promise<string | null> =>
	run(
		copy,
		['vitest', ...args, '--run', '--bail=1', '--passWithNoTests'],
		/^ *FAIL +\|[^|]+\| +(.+)$|(Unhandled Error)/m
	);

async function runSpecs(copy: Copy, words: readonly string[]): Promise<string | null> {
	const specs = readdirSync(join(copy.path, 'tests/e2e'))
		.filter(
			(name) => name.endsWith('.spec.ts') && words.some((word) => new RegExp(word).test(name))
		)
		.map((name) => `tests/e2e/${name}`);
	if (specs.length === 0) return null;
	if ((await copy.run('vite', 'build')).code !== 0) return 'vite build';
	// After the first failure, Playwright interrupts other tests, but its summary doesn't list those as failed.
	const named = /^ +\d+ failed\n +\[[\w ]+\] › (.+?)[ ─]*$/m;
	return run(copy, ['playwright', 'test', '-c', 'tests/e2e', '-x', ...specs], named);
}

/** Runs the tests that can reach a fault. The result and errors are those of {@link run}. */
async function runTests(
	copy: Copy,
	{ file, also = [], specs }: PlantedFault,
	isWithSpecs: boolean
): Promise<string | null> {
	return (
		// Most faults make a test in the same folder fail within seconds.
		(await runUnitTests(copy, [dirname(file)])) ??
		(await runUnitTests(copy, ['related', file])) ??
		(also.length > 0 ? await runUnitTests(copy, also) : null) ??
		(isWithSpecs && specs.length > 0 ? await runSpecs(copy, specs) : null)
	);
}

async function plant(copy: Copy, fault: PlantedFault, isWithSpecs: boolean): Promise<Outcome> {
	const start = performance.now();
	const path = join(copy.path, fault.file);
	const text = readFileSync(path, 'utf8');
	// In a replacement string, `$` would have a special meaning.
	const planted = text.replace(fault.find, () => fault.replace);
	writeFileSync(path, planted);
	let caughtBy: string | null = null;
	let problem: string | null = null;
	try {
		caughtBy = await runTests(copy, fault, isWithSpecs);
	} catch (error) {
		// Vitest may have stopped because of the fault itself.
		const isBuilt = copy.isStopped || (await copy.run('vite', 'build')).code === 0;
		if (!isBuilt) caughtBy = 'vite build';
		else problem = error instanceof Error ? error.message : String(error);
	} finally {
		copy.restore(fault.file);
	}
	return { fault, caughtBy, problem, seconds: Math.round((performance.now() - start) / 1000) };
}

function describe({ caughtBy, problem, seconds }: Outcome): string {
	if (problem !== null) return `could not run: ${problem}`;
	return caughtBy === null ? `NOT caught in ${seconds} s` : `caught by ${caughtBy} in ${seconds} s`;
}

const options = {
	only: { type: 'string' },
	check: { type: 'boolean' },
	'no-e2e': { type: 'boolean' }
} as const;

export const main = program(USAGE, options, async ({ only, check, 'no-e2e': noSpecs }) => {
	const ids = only?.split(',') ?? FAULTS.map(({ id }) => id);
	const faults = FAULTS.filter(({ id }) => ids.includes(id));
	if (faults.length < ids.length)
		throw new UsageError(
			`got --only ${only}, expected some of ${FAULTS.map(({ id }) => id).join()}`
		);
	if (check) {
		const mistakes = findMistakes(faults, ROOT);
		for (const mistake of mistakes) console.error(mistake);
		console.log(`${faults.length - mistakes.length} of ${faults.length} faults can be planted`);
		return mistakes.length > 0 ? 1 : 0;
	}
	const outcomes: Outcome[] = [];
	try {
		await Copy.with(async (copy) => {
			const mistakes = findMistakes(faults, copy.path);
			if (mistakes.length > 0) throw new Error(mistakes.join('\n'));
			for (const fault of faults) {
				if (copy.isStopped) return;
				const outcome = await plant(copy, fault, !noSpecs);
				outcomes.push(outcome);
				console.log(`${fault.id}  ${describe(outcome)}`);
			}
		});
	} catch (error) {
		console.error(error instanceof Error ? error.message : String(error));
		return 2;
	}
	const isWhole = outcomes.length === faults.length;
	if (!isWhole || outcomes.some(({ problem }) => problem !== null)) return 2;
	return outcomes.some(({ caughtBy }) => caughtBy === null) ? 1 : 0;
});
