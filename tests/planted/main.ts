/**
 * `npm run test:planted [-- options]`: plants faults (faults.ts) one at a time in a copy of the last commit, runs the tests
 * that can reach each, and prints which test caught it. Exit code 1 if a fault isn't caught, 2 if something could not run.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Copy } from './copy';
import { FAULTS, type PlantedFault } from './faults';
import { failedSpec, failedUnitTest, type PlaywrightSuite, type VitestResults } from './results';

const ROOT = resolve(import.meta.dirname, '../..');

const USAGE = `Usage: npm run test:planted -- [options]
  --only ID,ID   plant only these faults
  --no-e2e       run no end-to-end tests
  --baseline     first run the same tests without a fault
  --check        only check that each edit applies to exactly one place of the working tree
  --json FILE    also write the outcomes as JSON`;

interface Outcome {
	readonly fault: PlantedFault;
	/** Name of the test or step that failed; `null` if none did. */
	readonly caughtBy: string | null;
	/** Why the tests could not run; `null` if they could. */
	readonly problem: string | null;
	readonly seconds: number;
}

/** Number of places of a file that a fault's edit applies to. */
const placesOf = ({ find }: PlantedFault, text: string): number => text.split(find).length - 1;

/** A sentence per fault whose edit doesn't apply to exactly one place, or changes nothing. */
function findMistakes(faults: readonly PlantedFault[], root: string): string[] {
	return faults.flatMap((fault) => {
		const places = placesOf(fault, readFileSync(join(root, fault.file), 'utf8'));
		const isChange = fault.find !== fault.replace;
		return places === 1 && isChange
			? []
			: [
					`${fault.id}: got ${places} places in ${fault.file}${isChange ? '' : ' and an edit that changes nothing'}, expected one place and a change`
				];
	});
}

/** Runs Vitest. @returns the test that failed; `null` if none did @throws Error if Vitest could not run */
async function runUnitTests(copy: Copy, args: readonly string[]): Promise<string | null> {
	const { code, output, results } = await copy.run<VitestResults>(
		['vitest', ...args, '--run', '--bail=1', '--passWithNoTests'],
		'vitest.json'
	);
	if (code === 0) return null;
	if (results === null) throw new Error(`vitest could not run: ${output.slice(-300).trim()}`);
	return failedUnitTest(results, copy.path) ?? 'vitest: an error outside of the tests';
}

/** Builds the site and runs end-to-end tests. Arguments and results are those of {@link runUnitTests}. */
async function runSpecs(copy: Copy, words: readonly string[]): Promise<string | null> {
	const specs = readdirSync(join(copy.path, 'tests/e2e')).filter(
		(name) => name.endsWith('.spec.ts') && words.some((word) => new RegExp(word).test(name))
	);
	if (specs.length === 0) return null;
	if ((await copy.run(['vite', 'build'])).code !== 0) return 'vite build';
	const { code, output, results } = await copy.run<PlaywrightSuite>(
		['playwright', 'test', '-c', 'tests/e2e', '-x', ...specs.map((name) => `tests/e2e/${name}`)],
		'playwright.json'
	);
	if (code === 0) return null;
	const failed = results && failedSpec(results);
	if (!failed) throw new Error(`playwright could not run: ${output.slice(-300).trim()}`);
	return failed;
}

/** Runs the tests that can reach some faults. Arguments and results are those of {@link runUnitTests}. */
async function runTests(
	copy: Copy,
	faults: readonly PlantedFault[],
	isWithSpecs: boolean
): Promise<string | null> {
	const unique = (lists: readonly (readonly string[])[]) => [...new Set(lists.flat())];
	const files = unique(faults.map(({ file }) => [file]));
	const also = unique(faults.map(({ also = [] }) => also));
	const specs = isWithSpecs ? unique(faults.map(({ specs }) => specs)) : [];
	return (
		// Most faults fail a test beside them, within seconds.
		(await runUnitTests(copy, unique(files.map((file) => [dirname(file)])))) ??
		(await runUnitTests(copy, ['related', ...files])) ??
		(also.length > 0 ? await runUnitTests(copy, also) : null) ??
		(specs.length > 0 ? await runSpecs(copy, specs) : null)
	);
}

async function plant(copy: Copy, fault: PlantedFault, isWithSpecs: boolean): Promise<Outcome> {
	const start = performance.now();
	const seconds = () => Math.round((performance.now() - start) / 1000);
	const path = join(copy.path, fault.file);
	const text = readFileSync(path, 'utf8');
	// A function, because `$` in a replacement has a meaning.
	writeFileSync(
		path,
		text.replace(fault.find, () => fault.replace)
	);
	try {
		const caughtBy = await runTests(copy, [fault], isWithSpecs);
		return { fault, caughtBy, problem: null, seconds: seconds() };
	} catch (error) {
		const problem = error instanceof Error ? error.message : String(error);
		// What stops Vitest may be the fault itself.
		const isBuilt = copy.isStopped || (await copy.run(['vite', 'build'])).code === 0;
		if (isBuilt) return { fault, caughtBy: null, problem, seconds: seconds() };
		return { fault, caughtBy: 'vite build', problem: null, seconds: seconds() };
	} finally {
		copy.git('checkout', '--quiet', '--', fault.file);
	}
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ');

function describe({ caughtBy, problem, seconds }: Outcome): string {
	if (problem !== null) return `could not run: ${problem}`;
	return caughtBy === null ? `NOT caught in ${seconds} s` : `caught by ${caughtBy} in ${seconds} s`;
}

function table(outcomes: readonly Outcome[]): string {
	const rows = outcomes.map((outcome) => {
		const { id, file, says, history = '' } = outcome.fault;
		return [id, file, says, history, describe(outcome)].map(cell);
	});
	return [['fault', 'file', 'effect', 'undoes', 'outcome'], Array<string>(5).fill('---'), ...rows]
		.map((cells) => `| ${cells.join(' | ')} |`)
		.join('\n');
}

export async function main(words: string[]): Promise<number> {
	const { values } = parseArgs({
		args: words,
		options: {
			only: { type: 'string' },
			json: { type: 'string' },
			check: { type: 'boolean' },
			baseline: { type: 'boolean' },
			'no-e2e': { type: 'boolean' },
			help: { type: 'boolean' }
		}
	});
	if (values.help) {
		console.log(USAGE);
		return 0;
	}
	const only = values.only?.split(',');
	const unknown = only?.filter((id) => !FAULTS.some((fault) => fault.id === id)) ?? [];
	if (unknown.length > 0) {
		console.error(
			`got --only ${unknown.join(',')}, expected some of: ${FAULTS.map(({ id }) => id).join(', ')}`
		);
		return 2;
	}
	const faults = FAULTS.filter(({ id }) => only?.includes(id) ?? true);
	const isWithSpecs = !values['no-e2e'];
	if (values.check) {
		const mistakes = findMistakes(faults, ROOT);
		for (const mistake of mistakes) console.error(mistake);
		console.log(`${faults.length - mistakes.length} of ${faults.length} faults can be planted`);
		return mistakes.length > 0 ? 1 : 0;
	}
	const copy = await Copy.make(ROOT);
	const outcomes: Outcome[] = [];
	try {
		const mistakes = findMistakes(faults, copy.path);
		if (mistakes.length > 0) throw new Error(mistakes.join('\n'));
		const failed = values.baseline ? await runTests(copy, faults, isWithSpecs) : null;
		if (failed !== null) throw new Error(`without a fault, this fails: ${failed}`);
		for (const fault of faults) {
			if (copy.isStopped) return 2;
			const outcome = await plant(copy, fault, isWithSpecs);
			outcomes.push(outcome);
			console.log(`${fault.id}  ${describe(outcome)}`);
		}
	} catch (error) {
		console.error(error instanceof Error ? error.message : String(error));
		return 2;
	} finally {
		copy.remove();
	}
	if (values.json) writeFileSync(values.json, `${JSON.stringify(outcomes, null, 2)}\n`);
	console.log(`\n${table(outcomes)}`);
	if (outcomes.some(({ problem }) => problem !== null)) return 2;
	return outcomes.some(({ caughtBy }) => caughtBy === null) ? 1 : 0;
}
