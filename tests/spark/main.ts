import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execute, reasonOf, ROOT, runProgram } from '../support/launcher';
import { program } from '../support/program';
import { writeChinese, writeEnglish, writeLongLines, type Corpus } from './corpora';
import { installSpark, type Spark } from './environment';
import { runJob } from './job';
import { readTables } from './tables';

const VOCABULARY_SIZE = '3000';
const PATTERN = 'o200k';

const USAGE = `Usage: npm run test:spark
Counts corpora with the Spark job on three executors, kills one of them, and compares the counts and the trained tokenizer
with those of one process of bpe-lab. Needs Java 17 and Python 3.9, and downloads PySpark on first use. The exit code is 1
if anything differs.`;

export const main = program(USAGE, {}, async () => {
	let spark: Spark;
	try {
		spark = installSpark();
	} catch (error) {
		console.log(`Spark test skipped: ${reasonOf(error)}`);
		return 0;
	}
	const folder = mkdtempSync(join(tmpdir(), 'bpe-lab-spark-'));
	try {
		const lab = unpackLab(folder);
		const english = writeEnglish(join(folder, 'english'));
		const chinese = writeChinese(join(folder, 'chinese'));
		writeParquet(spark, join(folder, 'chinese'));
		const long = writeLongLines(join(folder, 'long'));
		for (const corpus of [english, chinese, long]) await compare(spark, folder, lab, corpus);
		await expectStop(spark, lab, english, join(folder, 'english/latin-1.txt'));
		await expectMinCount(spark, lab, english, join(folder, 'english/00.txt'));
		return 0;
	} catch (error) {
		console.log(error instanceof Error ? error.message : error);
		return 1;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});

interface Lab {
	readonly archive: string;
	readonly bin: string;
	readonly script: string;
}

function unpackLab(folder: string): Lab {
	const archive = process.env.PACKED ?? pack(folder);
	execute('tar', ['-xzf', archive, '-C', folder]);
	const dist = join(folder, 'package/dist');
	return { archive, bin: join(dist, 'cli/bin.js'), script: join(dist, 'spark/count.py') };
}

function pack(folder: string): string {
	const json = execute('npm', ['pack', '--json', '--pack-destination', folder], { cwd: ROOT });
	const [{ filename }] = JSON.parse(json) as { filename: string }[];
	return join(folder, filename);
}

/** Arguments of `spark-submit` that run a script locally on one thread. */
const locally = (script: string, ...args: readonly string[]) => [
	...['--master', 'local[1]', script, ...args]
];

function writeParquet({ submit, env }: Spark, folder: string): void {
	const script = join(ROOT, 'tests/spark/write_parquet.py');
	const paths = ['documents.jsonl', 'parquet'].map((name) => join(folder, name));
	execute(submit, locally(script, ...paths), { env });
}

/** Compares Spark's counts with those from a single process. @throws Error if they differ */
async function compare(spark: Spark, folder: string, lab: Lab, corpus: Corpus): Promise<void> {
	const place = mkdtempSync(join(folder, 'run-'));
	const [merged, whole] = ['merged', 'whole'].map((name) => join(place, name));
	const args = [corpus.glob, '--pattern', PATTERN, '--out', merged, ...corpus.options];
	const job = await runJob(spark, place, lab.archive, lab.script, args);
	if (job.code !== 0) throw new Error(`${corpus.name}: ${job.output}${job.errors}`);
	if (job.killed === null || job.lostTasks === 0) {
		throw new Error(`${corpus.name}: no executor was killed in a task`);
	}
	const listed = job.output
		.split('\n')
		.flatMap((line) => /count\.py: \S*\/([^/]*: not UTF-8.*)/.exec(line)?.slice(1) ?? []);
	const invalid = listed.sort().map(withoutRandomName);
	equal(corpus, 'invalid records', invalid, [...corpus.invalid].sort());
	const count = ['count', '--pattern', PATTERN, '--out', whole, ...corpus.whole];
	execute(process.execPath, [lab.bin, ...count]);
	const folders = [merged, whole];
	const counts = folders.map(readCounts);
	equal(corpus, 'manifest', counts[0].totals, counts[1].totals);
	equal(corpus, 'counts', counts[0].sha256, counts[1].sha256);
	const tokenizers = folders.map((counted) => train(lab, counted));
	equal(corpus, 'tokenizer.json', tokenizers[0], tokenizers[1]);
	console.log(
		`${corpus.name}: ${counts[0].distinct.toLocaleString('en')} distinct pre-tokens, counts and tokenizer.json as in one process; ${job.lostTasks} tasks of the killed executor ran again`
	);
}

/** Parquet files have random names. */
const withoutRandomName = (line: string): string => line.replace(/^part-\S+ /, '');

function equal(corpus: Corpus, what: string, got: unknown, expected: unknown): void {
	const [one, other] = [got, expected].map((value) => JSON.stringify(value));
	if (one !== other) throw new Error(`${corpus.name}, ${what}: got ${one}, expected ${other}`);
}

/**
 * Totals from a folder of counts, and a hash of its sorted lines. @param minCount minimum count of the lines to include
 */
function readCounts(folder: string, minCount = 1) {
	const { totals, sums } = readTables(folder);
	const kept = [...sums].filter(([, count]) => count >= minCount);
	const lines = kept.map(([pretoken, count]) => `${pretoken}\t${count}\n`).sort();
	const sha256 = createHash('sha256').update(lines.join('')).digest('hex');
	const pretokens = kept.reduce((sum, [, count]) => sum + count, 0);
	return { totals, distinct: kept.length, pretokens, sha256 };
}

/** SHA-256 of the tokenizer.json trained on these counts. */
function train(lab: Lab, counts: string): string {
	const out = `${counts}.json`;
	execute(process.execPath, [
		...[lab.bin, 'train', '--quiet', '--vocab-size', VOCABULARY_SIZE],
		...['--out', out, '--counts', counts]
	]);
	return createHash('sha256').update(readFileSync(out)).digest('hex');
}

const runLocally = ({ submit, env }: Spark, { bin, script }: Lab, ...args: readonly string[]) =>
	runProgram(
		ROOT,
		submit,
		locally(script, ...args, '--bpe-lab', `${process.execPath} ${bin}`),
		'',
		env
	);

/** Checks that tables and totals leave out pre-tokens below the minimum count. @throws Error if they don't */
async function expectMinCount(spark: Spark, lab: Lab, corpus: Corpus, file: string): Promise<void> {
	const [merged, whole] = [`${file}.merged`, `${file}.counted`];
	const least = 3;
	const job = await runLocally(spark, lab, file, '--min-count', String(least), '--out', merged);
	if (job.code !== 0) throw new Error(job.output + job.errors);
	execute(process.execPath, [lab.bin, 'count', '--out', whole, file]);
	const [got, expected] = [readCounts(merged), readCounts(whole, least)];
	equal(corpus, 'counts of at least 3', got.sha256, expected.sha256);
	equal(corpus, 'pre-tokens of at least 3', got.totals.pretokens, expected.pretokens);
	equal(corpus, 'records', got.totals.records, expected.totals.records);
	console.log(`Of one file, ${got.distinct.toLocaleString('en')} pre-tokens occur 3 times or more`);
}

/** Checks that invalid UTF-8 stops the job by default. @throws Error if it doesn't */
async function expectStop(spark: Spark, lab: Lab, corpus: Corpus, file: string): Promise<void> {
	// Under spark-submit, Python's errors go to standard output.
	const { code, output } = await runLocally(spark, lab, file, '--out', `${file}.counts`);
	const last = output.match(/count\.py: .*/g)?.at(-1);
	const expected = `count.py: file:${file} line 2: not UTF-8 at byte 3 (0xe9); convert it, or use --invalid list`;
	equal(corpus, 'stop', { code, last }, { code: 1, last: expected });
	console.log(`Text that is not UTF-8 stops the job: ${last}`);
}
