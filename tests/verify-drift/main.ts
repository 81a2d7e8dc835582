/** `npm run verify:drift`: compares the judge of `bpe-lab diff` with Hugging Face's native library. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { jobOf, pairsOf, portions, type Job, type Vocabulary } from './jobs';
import { JOINED } from './mutations/joined-characters';
import { NativeJudge } from './native';
import { isUndecided, mustStop, PairJudge, passes, type Outcome } from './pair-judge';
import { runJobs } from './pool';
import {
	classTable,
	fingerprintTable,
	misses,
	resaveTable,
	targets,
	undecidedTable
} from './report';
import { installNewest, resave } from './resaves';
import { fetchSources, hasPython, installedSources, joinedSources, type Source } from './sources';

const USAGE = `Usage: npm run verify:drift -- [options]
  --only CLASS   mutations of one class, such as D5 ("re-save": the re-saved files alone)
  --seed N       other mutations of the same kinds (default 1)
  --limit N      at most N mutations in all
  --pair ID      write one pair, such as llama3/12, and say what is found of it
  --json FILE    write every pair with its label, verdict and witnesses
  --workers N    worker processes (default 2)`;

/** Files that load fast, whose whole vocabulary is changed. */
const WHOLE = [
	'claude',
	'llama2',
	'gpt-neox',
	'deepseek-coder-33b-base',
	'dolma2',
	'gpt35turbo',
	'deepseek-llm-7b-base',
	'internlm2',
	'qwen-2.5',
	'llama3',
	'qwen3'
];

/** Files that every library saves again: one or two of each family, at most 12 MB except gemma3. */
const RESAVED = [
	'llama3',
	'llama3_1',
	'llama2',
	'qwen3',
	'deepseek_v3',
	'gemma3',
	'gpt4o',
	'claude',
	'internlm2',
	'mistral_nemo',
	'gpt-neox',
	'deepseek-coder-33b-base',
	'minimax-m3',
	'qwen-2.5',
	'qwen2.5-vl-3b-instruct-awq'
];

const QUOTA = {
	reduced: { loud: 165, quiet: 12 },
	whole: { loud: 40, quiet: 6 },
	joined: { loud: 18, quiet: 0 }
};

/** Pairs, approximately, on which page and command line are compared. */
const COMPARED_PAIRS = 250;

const { values } = parseArgs({
	options: {
		only: { type: 'string' },
		seed: { type: 'string', default: '1' },
		limit: { type: 'string' },
		pair: { type: 'string' },
		json: { type: 'string' },
		workers: { type: 'string', default: '2' },
		help: { type: 'boolean', default: false }
	}
});

/** The folder with the bundled programs, the repository, the cache and the folder of this file's source. */
const [bundle, root, cache, here] = JSON.parse(process.env.VERIFY_DRIFT ?? '[]') as string[];

async function main(): Promise<boolean> {
	if (values.help) {
		console.log(USAGE);
		return true;
	}
	const started = Date.now();
	mkdirSync(cache, { recursive: true });
	const fetched = fetchSources(cache);
	const sources = [...installedSources(root), ...fetched.sources];
	for (const missing of fetched.missing) console.log(`left out: ${missing}`);
	console.log(`${sources.length} files: ${sources.map(({ name }) => name).join(', ')}`);
	prepareTextMode();
	if (values.pair !== undefined) return await showPair(values.pair, sources);
	const workers = Number(values.workers);
	const jobs = [...(await resaveJobs(sources, workers)), ...mutationJobs(sources)];
	const pairs = jobs.reduce(
		(sum, job) => sum + (job.kind === 'mutations' ? job.chosen : job.pairs).length,
		0
	);
	const outcomes: Outcome[] = [];
	const work = mkdtempSync(join(cache, 'work-'));
	await runJobs(jobs, {
		workers,
		program: join(bundle, 'worker.js'),
		args: [join(bundle, 'native-child.js'), cache, work, String(COMPARED_PAIRS / pairs)],
		onOutcome(outcome) {
			outcomes.push(outcome);
			if (outcomes.length % 250 === 0) {
				const minutes = ((Date.now() - started) / 60_000).toFixed(1);
				console.log(
					`${outcomes.length} pairs, ${outcomes.filter(mustStop).length} changed, ${minutes} minutes`
				);
			}
		}
	});
	rmSync(work, { recursive: true, force: true });
	if (values.json) writeFileSync(values.json, JSON.stringify(outcomes, null, '\t'));
	return conclude(outcomes, (Date.now() - started) / 60_000);
}

/** Installs the only package that can read special tokens as text. Without it those ids are approximated. */
function prepareTextMode(): void {
	try {
		if (!hasPython()) throw new Error('Python is not there');
		installNewest(cache);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		console.log(`approximated: special tokens read as text, because ${reason}`);
	}
}

/** Writes the two files of a pair and prints the outcome. */
async function showPair(id: string, sources: readonly Source[]): Promise<boolean> {
	const isJoined = id.includes('-joined/');
	const job = jobOf(id, isJoined ? joinedSources(cache) : sources, Number(values.seed));
	const [pair] = job ? pairsOf(job) : [];
	if (!pair) throw new Error(`no pair ${id}: expected the name of a file, a slash and a number`);
	const folder = join(cache, 'pair');
	mkdirSync(folder, { recursive: true });
	for (const side of ['a', 'b'] as const) {
		writeFileSync(join(folder, `${side}.json`), pair[side]);
		console.log(join(folder, `${side}.json`));
	}
	const program = join(bundle, 'native-child.js');
	const native = new NativeJudge(program);
	const judge = new PairJudge(
		native,
		join(folder, 'work'),
		join(cache, 'labels/pair.jsonl'),
		program,
		1
	);
	const outcome = await judge.judge(pair);
	native.close();
	console.log(JSON.stringify(outcome, null, 2));
	return isUndecided(outcome) || mustStop(outcome) !== passes(outcome);
}

async function resaveJobs(sources: readonly Source[], workers: number): Promise<Job[]> {
	if (values.limit !== undefined || (values.only !== undefined && values.only !== 're-save'))
		return [];
	if (!hasPython()) {
		console.log('left out: files saved again, because Python is not there');
		return [];
	}
	const chosen = sources.filter(({ name }) => RESAVED.includes(name));
	const { files, missing, saved } = await resave(chosen, cache, join(here, 'resave.py'), workers);
	console.log(`${saved} files saved again, ${files.length} of them different`);
	for (const line of missing) console.log(`left out: ${line}`);
	return chosen.flatMap((source): Job[] => {
		const pairs = files.filter(({ original }) => original === source.path);
		return pairs.length > 0 ? [{ kind: 'resaves', pairs }] : [];
	});
}

function mutationJobs(sources: readonly Source[]): Job[] {
	if (values.only === 're-save') return [];
	const seed = Number(values.seed);
	const only = values.only ?? null;
	const jobsOf = (vocabulary: Vocabulary, some: readonly Source[]) =>
		some.flatMap((source) => portions(source, seed, { vocabulary, ...QUOTA[vocabulary], only }));
	const isOther = only !== null && only !== JOINED;
	const others = only === JOINED ? [] : sources;
	const whole = others.filter(({ name }) => WHOLE.includes(name));
	const jobs = [
		...jobsOf('joined', isOther ? [] : joinedSources(cache)),
		...jobsOf('reduced', others),
		...jobsOf('whole', whole)
	];
	if (values.limit === undefined) return jobs;
	// A limit takes the same share of every job.
	const all = jobs.reduce(
		(sum, job) => sum + (job.kind === 'mutations' ? job.chosen.length : 0),
		0
	);
	const share = Math.min(1, Number(values.limit) / all);
	return jobs.map((job) =>
		job.kind === 'mutations'
			? { ...job, chosen: job.chosen.slice(0, Math.round(job.chosen.length * share)) }
			: job
	);
}

function conclude(outcomes: readonly Outcome[], minutes: number): boolean {
	if (outcomes.length === 0) throw new Error('no pairs: expected a class that some file has');
	const whole = values.only === undefined && values.limit === undefined;
	const judged = outcomes.map(({ judgeMs }) => judgeMs).sort((a, b) => a - b);
	const mean = judged.reduce((sum, ms) => sum + ms, 0) / Math.max(1, judged.length);
	const slowest = judged.at(-1) ?? 0;
	const found = outcomes.filter(({ words }) => words === 'found by the judge').length;
	const list = targets(outcomes, whole);
	const parts = [
		classTable(outcomes),
		outcomes.some((outcome) => outcome.class === 're-save') ? resaveTable(outcomes) : '',
		misses(outcomes),
		undecidedTable(outcomes),
		fingerprintTable(outcomes),
		`The judge took ${mean.toFixed(0)} ms per pair on average, ${(slowest / 1000).toFixed(1)} s at most; ${minutes.toFixed(1)} minutes in all.`,
		`Natively nothing was found to differ in ${found} pairs in which the judge's witness does.`,
		list.map(({ name, met, found }) => `${met ? 'met' : 'MISSED'}: ${name} (${found})`).join('\n')
	];
	console.log(`\n${parts.filter(Boolean).join('\n\n')}`);
	return list.every(({ met }) => met);
}

process.exitCode = (await main()) ? 0 : 1;
