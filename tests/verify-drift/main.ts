/** `npm run verify:drift`: compares the judge of `bpe-lab diff` with Hugging Face's native library. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundlePrograms, ROOT } from '../support/bundle.js';
import { Figures, numberOf, program, UsageError } from '../support/program';
import { hasPython } from '../support/python';
import { CACHE } from './cache';
import { jobOf, pairsOf, portions, type Job, type Vocabulary } from './jobs';
import { JOINED } from './mutations/joined-characters';
import { NativeJudge } from './native';
import { isUndecided, mustStop, PairJudge, passes, type Outcome } from './pair-judge';
import { runJobs } from './pool';
import { namedPairs, noteTargets, printClasses, undecidedTable } from './report';
import { installNewest, resave } from './resaves';
import { fetchSources, installedSources, joinedSources, type Source } from './sources';

const USAGE = `Usage: npm run verify:drift -- [options]
  --only CLASS   mutations of one class, such as D5 ("re-save": the re-saved files alone)
  --seed N       other mutations of the same kinds (default 1)
  --limit N      at most N mutations in all
  --pair ID      write one pair, such as llama3/12, and say what is found of it`;

/** Files that load fast, whose whole vocabulary is changed. */
const WHOLE = [
	...['claude', 'llama2', 'gpt-neox', 'deepseek-coder-33b-base', 'dolma2', 'gpt35turbo'],
	...['deepseek-llm-7b-base', 'internlm2', 'qwen-2.5', 'llama3', 'qwen3']
];

/** Files that every library saves again: one or two of each family, at most 12 MB except gemma3. */
const RESAVED = [
	...['llama3', 'llama3_1', 'llama2', 'qwen3', 'deepseek_v3', 'gemma3', 'gpt4o', 'claude'],
	...['internlm2', 'mistral_nemo', 'gpt-neox', 'deepseek-coder-33b-base', 'minimax-m3', 'qwen-2.5'],
	'qwen2.5-vl-3b-instruct-awq'
];

const QUOTA = {
	reduced: { loud: 165, quiet: 12 },
	whole: { loud: 40, quiet: 6 },
	joined: { loud: 18, quiet: 0 }
};

const WORKERS = 2;
/** Pairs, approximately, on which page and command line are compared. */
const COMPARED_PAIRS = 250;

/** What is run of all pairs. */
interface Choice {
	readonly only: string | null;
	readonly seed: number;
	/** Maximum number of mutations. */
	readonly limit: number | null;
}

const text = { type: 'string' } as const;
const options = {
	...{ only: text, limit: text, pair: text },
	seed: { type: 'string', default: '1' }
} as const;

export const main = program(USAGE, options, async ({ only, limit, pair, ...numbers }) => {
	const started = Date.now();
	const choice: Choice = {
		only: only ?? null,
		seed: numberOf('--seed', numbers.seed),
		limit: limit === undefined ? null : numberOf('--limit', limit, 1)
	};
	mkdirSync(CACHE, { recursive: true });
	const programs = {
		worker: 'tests/verify-drift/worker.ts',
		'native-child': 'tests/verify-drift/native-child.ts'
	};
	const bundle = await bundlePrograms(programs, join(CACHE, 'bundle'));
	const native = join(bundle, 'native-child.js');
	const fetched = fetchSources();
	const sources = [...installedSources(ROOT), ...fetched.sources];
	for (const missing of fetched.missing) console.log(`left out: ${missing}`);
	console.log(`${sources.length} files: ${sources.map(({ name }) => name).join(', ')}`);
	prepareTextMode();
	if (pair !== undefined) return await showPair(pair, sources, choice.seed, native);
	const jobs = [...(await resaveJobs(sources, choice)), ...mutationJobs(sources, choice)];
	const pairs = jobs.reduce((sum, job) => sum + countOf(job), 0);
	const outcomes: Outcome[] = [];
	const minutes = () => ((Date.now() - started) / 60_000).toFixed(1);
	const work = mkdtempSync(join(CACHE, 'work-'));
	await runJobs(jobs, {
		workers: WORKERS,
		program: join(bundle, 'worker.js'),
		args: [native, work, String(COMPARED_PAIRS / pairs)],
		onOutcome(outcome) {
			outcomes.push(outcome);
			if (outcomes.length % 250 !== 0) return;
			const changed = outcomes.filter(mustStop).length;
			console.log(`${outcomes.length} pairs, ${changed} changed, ${minutes()} minutes`);
		}
	});
	rmSync(work, { recursive: true, force: true });
	if (outcomes.length === 0) throw new UsageError('no pairs: expected a class that some file has');
	report(outcomes);
	console.log(`${minutes()} minutes in all.\n`);
	const figures = new Figures();
	noteTargets(figures, outcomes, choice.only === null && choice.limit === null);
	return figures.conclude();
});

const countOf = (job: Job): number => (job.kind === 'mutations' ? job.chosen : job.pairs).length;

/** Installs the only package that can read special tokens as text. Without it those ids are approximated. */
function prepareTextMode(): void {
	try {
		if (!hasPython()) throw new Error('Python is not there');
		installNewest();
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		console.log(`approximated: special tokens read as text, because ${reason}`);
	}
}

/** Writes the two files of a pair and prints the outcome. */
async function showPair(
	id: string,
	sources: readonly Source[],
	seed: number,
	nativeProgram: string
): Promise<number> {
	const job = jobOf(id, id.includes('-joined/') ? joinedSources() : sources, seed);
	const [pair] = job ? pairsOf(job) : [];
	if (!pair)
		throw new UsageError(`no pair ${id}: expected the name of a file, a slash and a number`);
	const folder = join(CACHE, 'pair');
	mkdirSync(folder, { recursive: true });
	for (const side of ['a', 'b'] as const) {
		writeFileSync(join(folder, `${side}.json`), pair[side]);
		console.log(join(folder, `${side}.json`));
	}
	const native = new NativeJudge(nativeProgram);
	const labels = join(CACHE, 'labels/pair.jsonl');
	const judge = new PairJudge(native, join(folder, 'work'), labels, nativeProgram, 1);
	const outcome = await judge.judge(pair);
	native.close();
	console.log(JSON.stringify(outcome, null, 2));
	return isUndecided(outcome) || mustStop(outcome) !== passes(outcome) ? 0 : 1;
}

async function resaveJobs(sources: readonly Source[], { only, limit }: Choice): Promise<Job[]> {
	if (limit !== null || (only !== null && only !== 're-save')) return [];
	if (!hasPython()) {
		console.log('left out: files saved again, because Python is not there');
		return [];
	}
	const chosen = sources.filter(({ name }) => RESAVED.includes(name));
	const { files, missing, saved } = await resave(chosen, WORKERS);
	console.log(`${saved} files saved again, ${files.length} of them different`);
	for (const line of missing) console.log(`left out: ${line}`);
	return chosen.flatMap((source): Job[] => {
		const pairs = files.filter(({ original }) => original === source.path);
		return pairs.length > 0 ? [{ kind: 'resaves', pairs }] : [];
	});
}

function mutationJobs(sources: readonly Source[], { only, seed, limit }: Choice): Job[] {
	if (only === 're-save') return [];
	const jobsOf = (vocabulary: Vocabulary, some: readonly Source[]) =>
		some.flatMap((source) => portions(source, seed, { vocabulary, ...QUOTA[vocabulary], only }));
	const isOther = only !== null && only !== JOINED;
	const others = only === JOINED ? [] : sources;
	const whole = others.filter(({ name }) => WHOLE.includes(name));
	const jobs = [
		...jobsOf('joined', isOther ? [] : joinedSources()),
		...jobsOf('reduced', others),
		...jobsOf('whole', whole)
	];
	if (limit === null) return jobs;
	// A limit takes the same share of every job.
	const share = Math.min(1, limit / jobs.reduce((sum, job) => sum + countOf(job), 0));
	return jobs.map((job) =>
		job.kind === 'mutations'
			? { ...job, chosen: job.chosen.slice(0, Math.round(job.chosen.length * share)) }
			: job
	);
}

function report(outcomes: readonly Outcome[]): void {
	const judged = outcomes.map(({ judgeMs }) => judgeMs);
	const mean = judged.reduce((sum, ms) => sum + ms, 0) / judged.length;
	const slowest = Math.max(...judged) / 1000;
	const found = outcomes.filter(({ words }) => words === 'found by the judge').length;
	console.log();
	printClasses(outcomes);
	const parts = [
		namedPairs(outcomes),
		undecidedTable(outcomes),
		`Natively nothing was found to differ in ${found} pairs in which the judge's witness does.`,
		`The judge took ${mean.toFixed(0)} ms per pair on average, ${slowest.toFixed(1)} s at most.`
	];
	console.log(parts.filter(Boolean).join('\n\n'));
}
