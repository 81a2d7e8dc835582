/** `npm run verify:drift`: compares the verdicts of `bpe-lab diff` with Hugging Face's native library. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Figures, numberOf, program, UsageError } from '../support/program';
import { nativeLibrary } from '../support/native-library';
import { hasPython } from '../support/python';
import { ROOT, reasonOf } from '../support/launcher';
import { jobOfPair, portions, type Job, type Vocabulary } from './jobs';
import { isUndecided, mustStop, passes, type Outcome } from './judge-pair';
import { judgePairs } from './pool';
import { noteTargets, printOutcomes } from './report';
import { installNewest, resave } from './resaves';
import { CACHE, fetchSources, installedSources, type Source } from './sources';

const USAGE = `Usage: npm run verify:drift -- [options]
  --only CLASS   mutations of one class, such as D5 ("re-save": the re-saved files alone)
  --seed N       other mutations of the same kinds (default 1)
  --pair ID      write one pair, such as llama3/12, and say what is found of it`;

/** Files that load quickly enough to test mutations without reducing the vocabulary first. */
const WHOLE = [
	...['claude', 'llama2', 'gpt-neox', 'deepseek-coder-33b-base', 'dolma2', 'gpt35turbo'],
	...['deepseek-llm-7b-base', 'internlm2', 'qwen-2.5', 'llama3', 'qwen3']
];

/** Files that every library loads and saves again: one or two per family, each at most 12 MB except gemma3. */
const RESAVED = [
	...['llama3', 'llama3_1', 'llama2', 'qwen3', 'deepseek_v3', 'gemma3', 'gpt4o', 'claude'],
	...['internlm2', 'mistral_nemo', 'gpt-neox', 'deepseek-coder-33b-base', 'minimax-m3', 'qwen-2.5'],
	'qwen2.5-vl-3b-instruct-awq'
];

/**
 * Number of mutations per file in classes where mutations usually have an effect, and in classes where they usually
 * don't.
 */
const QUOTA = {
	reduced: { loud: 165, quiet: 12 },
	whole: { loud: 40, quiet: 6 }
};

const WORKERS = 2;
/** Approximate number of pairs for which the page's verdict is compared with the command line's. */
const COMPARED_PAIRS = 250;

const options = {
	only: { type: 'string' },
	pair: { type: 'string' },
	seed: { type: 'string', default: '1' }
} as const;

export const main = program(USAGE, options, async ({ only = null, pair, seed: shownSeed }) => {
	const started = Date.now();
	const seed = numberOf('--seed', shownSeed);
	if (!nativeLibrary) return 1;
	mkdirSync(CACHE, { recursive: true });
	const fetched = fetchSources();
	const sources = [...installedSources(ROOT), ...fetched.sources];
	printMissing(fetched.missing);
	console.log(`${sources.length} files: ${sources.map(({ name }) => name).join(', ')}`);
	prepareTextMode();
	if (pair !== undefined) return await showPair(pair, sources, seed);
	const jobs = [...(await resaveJobs(sources, only)), ...mutationJobs(sources, only, seed)];
	const outcomes: Outcome[] = [];
	const minutes = () => ((Date.now() - started) / 60_000).toFixed(1);
	await judgePairs(jobs, {
		workers: WORKERS,
		compared: COMPARED_PAIRS,
		onOutcome(outcome) {
			outcomes.push(outcome);
			if (outcomes.length % 250 !== 0) return;
			const changed = outcomes.filter(mustStop).length;
			console.log(`${outcomes.length} pairs, ${changed} changed, ${minutes()} minutes`);
		}
	});
	if (outcomes.length === 0) throw new UsageError('no pairs: expected a class that some file has');
	console.log();
	printOutcomes(outcomes);
	const found = outcomes.filter(({ words }) => words === 'found by the judge').length;
	console.log(
		`Natively nothing was found to differ in ${found} pairs in which the judge's witness does.`
	);
	const mean = outcomes.reduce((sum, { judgeMs }) => sum + judgeMs, 0) / outcomes.length;
	const slowest = Math.max(...outcomes.map(({ judgeMs }) => judgeMs)) / 1000;
	console.log(
		`The judge took ${mean.toFixed(0)} ms per pair on average, ${slowest.toFixed(1)} s at most.`
	);
	console.log(`${minutes()} minutes in all.\n`);
	const figures = new Figures();
	noteTargets(figures, outcomes, only === null);
	return figures.conclude();
});

function printMissing(missing: readonly string[]): void {
	for (const line of missing) console.log(`left out: ${line}`);
}

/**
 * Installs the only package that can encode special tokens as ordinary text. Without this package, the ids for such
 * text are approximated.
 */
function prepareTextMode(): void {
	try {
		installNewest();
	} catch (error) {
		console.log(`approximated: special tokens read as text, because ${reasonOf(error)}`);
	}
}

/** Writes the two files of a pair and prints the outcome. */
async function showPair(id: string, sources: readonly Source[], seed: number): Promise<number> {
	const job = jobOfPair(id, sources, seed);
	const [pair] = job?.pairs(job.chosen) ?? [];
	if (!job || !pair)
		throw new UsageError(`no pair ${id}: expected the name of a file, a slash and a number`);
	const folder = join(CACHE, 'pair');
	mkdirSync(folder, { recursive: true });
	for (const side of ['a', 'b'] as const) {
		writeFileSync(join(folder, `${side}.json`), pair[side]);
		console.log(join(folder, `${side}.json`));
	}
	let isMet = false;
	await judgePairs([job], {
		...{ workers: 1, compared: 1 },
		onOutcome(outcome) {
			console.log(JSON.stringify(outcome, null, 2));
			isMet = isUndecided(outcome) || mustStop(outcome) !== passes(outcome);
		}
	});
	return isMet ? 0 : 1;
}

/** @param only class of the mutations; `null` for all */
async function resaveJobs(
	sources: readonly Source[],
	only: string | null
): Promise<readonly Job[]> {
	if (only !== null && only !== 're-save') return [];
	if (!hasPython()) {
		printMissing(['files saved again, because Python is not there']);
		return [];
	}
	const chosen = sources.filter(({ name }) => RESAVED.includes(name));
	const { jobs, missing, saved } = await resave(chosen, WORKERS);
	const different = jobs.flatMap(({ chosen }) => chosen).length;
	console.log(`${saved} files saved again, ${different} of them different`);
	printMissing(missing);
	return jobs;
}

function mutationJobs(sources: readonly Source[], only: string | null, seed: number): Job[] {
	if (only === 're-save') return [];
	const jobsOf = (vocabulary: Vocabulary, some: readonly Source[]) =>
		some.flatMap((source) =>
			portions({ source, vocabulary, seed }, { ...QUOTA[vocabulary], only })
		);
	return [
		...jobsOf('reduced', sources),
		...jobsOf(
			'whole',
			sources.filter(({ name }) => WHOLE.includes(name))
		)
	];
}
