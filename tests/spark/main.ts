/**
 * `npm run test:spark`: counts corpora with the Spark job on three executors, kills one of them, and compares the counts and
 * the trained tokenizer with those of one process of `bpe-lab`. Needs Java 17 and Python 3.9, and downloads PySpark on first
 * use. Exit code 1 if anything differs.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { ROOT } from '../support/launcher';
import { writeChinese, writeEnglish, writeLongLines, type Corpus } from './corpora';
import { findMissing, installSpark, type Spark } from './environment';
import { runJob } from './job';

const VOCABULARY_SIZE = '3000';
const PATTERN = 'o200k';

/** @returns the exit code */
export async function main(): Promise<number> {
	const missing = findMissing();
	if (missing !== null) {
		console.log(`Spark test skipped: ${missing}`);
		return 0;
	}
	const spark = installSpark();
	if (spark === null) {
		console.log('Spark test skipped: PySpark could not be installed');
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
		expectStop(spark, lab, english, join(folder, 'english/latin-1.txt'));
		expectMinCount(spark, lab, english, join(folder, 'english/00.txt'));
		return 0;
	} catch (error) {
		console.log(error instanceof Error ? error.message : error);
		return 1;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** The packed package, and what is in it. */
interface Lab {
	readonly archive: string;
	readonly bin: string;
	readonly script: string;
}

function unpackLab(folder: string): Lab {
	const archive = process.env.PACKED ?? pack(folder);
	run('tar', ['-xzf', archive, '-C', folder]);
	const dist = join(folder, 'package/dist');
	return { archive, bin: join(dist, 'cli/bin.js'), script: join(dist, 'spark/count.py') };
}

function pack(folder: string): string {
	const json = run('npm', ['pack', '--json', '--pack-destination', folder]);
	const [{ filename }] = JSON.parse(json) as { filename: string }[];
	return join(folder, filename);
}

/** Runs a program to its end. @returns what it prints @throws Error with its errors */
function run(program: string, args: readonly string[], env = process.env): string {
	const { status, stdout, stderr, error } = spawnSync(program, args, {
		cwd: ROOT,
		env,
		encoding: 'utf8',
		maxBuffer: 2 ** 30
	});
	if (status === 0) return stdout;
	throw new Error(`${program} ${args.join(' ')}: ${error?.message ?? stderr}`);
}

const writeParquet = (spark: Spark, folder: string) =>
	run(
		join(spark.home, 'bin/spark-submit'),
		[
			'--master',
			'local[1]',
			join(ROOT, 'tests/spark/write_parquet.py'),
			join(folder, 'documents.jsonl'),
			join(folder, 'parquet')
		],
		spark.env
	);

/** @throws Error if Spark and one process differ */
async function compare(spark: Spark, folder: string, lab: Lab, corpus: Corpus): Promise<void> {
	const start = performance.now();
	const place = mkdtempSync(join(folder, 'run-'));
	const [merged, whole] = ['merged', 'whole'].map((name) => join(place, name));
	const job = await runJob(spark, place, lab.archive, lab.script, [
		corpus.glob,
		'--pattern',
		PATTERN,
		'--out',
		merged,
		...corpus.options
	]);
	if (job.code !== 0) throw new Error(`${corpus.name}: ${job.output}${job.errors}`);
	if (job.killed === null || job.lostTasks === 0) {
		throw new Error(`${corpus.name}: no executor was killed in a task`);
	}
	const listed = job.output
		.split('\n')
		.flatMap((line) => /count\.py: \S*\/([^/]*: not UTF-8.*)/.exec(line)?.slice(1) ?? []);
	equal(
		corpus,
		'invalid records',
		listed.sort().map(withoutRandomName),
		[...corpus.invalid].sort()
	);
	run(process.execPath, [lab.bin, 'count', '--pattern', PATTERN, '--out', whole, ...corpus.whole]);
	const folders = [merged, whole];
	const counts = folders.map(readCounts);
	equal(corpus, 'manifest', counts[0].totals, counts[1].totals);
	equal(corpus, 'counts', counts[0].sha256, counts[1].sha256);
	const tokenizers = folders.map((counted) => train(lab, counted));
	equal(corpus, 'tokenizer.json', tokenizers[0], tokenizers[1]);
	const seconds = Math.round((performance.now() - start) / 1000);
	const executors = [...job.executors].sort().join(', ');
	console.log(
		`${corpus.name}: executors ${executors}; killed ${job.killed}, and ${job.lostTasks} of its tasks ran again\n` +
			`  ${counts[0].distinct.toLocaleString('en')} distinct pre-tokens of ${Number(counts[0].totals.bytes).toLocaleString('en')} bytes in ${seconds} s\n` +
			`  counts          ${counts[0].sha256} on Spark\n` +
			`                  ${counts[1].sha256} in one process\n` +
			`  tokenizer.json  ${tokenizers[0]} on Spark\n` +
			`                  ${tokenizers[1]} in one process`
	);
}

/** Names of Parquet files are random. */
const withoutRandomName = (line: string): string => line.replace(/^part-\S+ /, '');

function equal(corpus: Corpus, what: string, got: unknown, expected: unknown): void {
	const [one, other] = [got, expected].map((value) => JSON.stringify(value));
	if (one !== other) throw new Error(`${corpus.name}, ${what}: got ${one}, expected ${other}`);
}

/**
 * Reads a folder of counts without the lab's reader: its manifest, and a hash of the sorted lines after adding up.
 * @param minCount lines with less are left out
 */
function readCounts(folder: string, minCount = 1) {
	const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
		readonly shards: readonly { readonly name: string }[];
		readonly [field: string]: unknown;
	};
	const { shards, ...totals } = manifest;
	const sums = new Map<string, number>();
	for (const { name } of shards) {
		const table = gunzipSync(readFileSync(join(folder, name))).toString('utf8');
		for (const line of table.split('\n').slice(0, -1)) {
			const [pretoken, count] = line.split('\t');
			sums.set(pretoken, (sums.get(pretoken) ?? 0) + Number(count));
		}
	}
	const kept = [...sums].filter(([, count]) => count >= minCount);
	const lines = kept.map(([pretoken, count]) => `${pretoken}\t${count}\n`).sort();
	const sha256 = createHash('sha256').update(lines.join('')).digest('hex');
	const pretokens = kept.reduce((sum, [, count]) => sum + count, 0);
	return { totals, distinct: kept.length, pretokens, sha256 };
}

/** SHA-256 of the tokenizer.json that is trained on counts. */
function train(lab: Lab, counts: string): string {
	const out = `${counts}.json`;
	run(process.execPath, [
		...[lab.bin, 'train', '--quiet', '--vocab-size', VOCABULARY_SIZE],
		...['--out', out, '--counts', counts]
	]);
	return createHash('sha256').update(readFileSync(out)).digest('hex');
}

/** Runs the job in one process. */
const runLocally = (spark: Spark, lab: Lab, args: readonly string[]) =>
	spawnSync(
		join(spark.home, 'bin/spark-submit'),
		[
			...['--master', 'local[1]', lab.script, ...args],
			...['--bpe-lab', `${process.execPath} ${lab.bin}`]
		],
		{ env: spark.env, encoding: 'utf8', maxBuffer: 2 ** 30 }
	);

/** Pre-tokens that occur less often are left out, of the manifest's totals as well. @throws Error if not */
function expectMinCount(spark: Spark, lab: Lab, corpus: Corpus, file: string): void {
	const [merged, whole] = [`${file}.merged`, `${file}.counted`];
	const least = 3;
	const job = runLocally(spark, lab, [file, '--min-count', String(least), '--out', merged]);
	if (job.status !== 0) throw new Error(job.stdout + job.stderr);
	run(process.execPath, [lab.bin, 'count', '--out', whole, file]);
	const [got, expected] = [readCounts(merged), readCounts(whole, least)];
	equal(corpus, 'counts of at least 3', got.sha256, expected.sha256);
	equal(corpus, 'pre-tokens of at least 3', got.totals.pretokens, expected.pretokens);
	equal(corpus, 'records', got.totals.records, expected.totals.records);
	console.log(`Of one file, ${got.distinct.toLocaleString('en')} pre-tokens occur 3 times or more`);
}

/** Text that is not UTF-8 stops the job, if it is not asked to list it. @throws Error if not */
function expectStop(spark: Spark, lab: Lab, corpus: Corpus, file: string): void {
	// Under spark-submit, Python's errors go to standard output.
	const { status, stdout } = runLocally(spark, lab, [file, '--out', `${file}.counts`]);
	const last = stdout.match(/count\.py: .*/g)?.at(-1);
	const expected = `count.py: file:${file} line 2: not UTF-8 at byte 3 (0xe9); convert it, or use --invalid list`;
	equal(corpus, 'stop', { status, last }, { status: 1, last: expected });
	console.log(`Text that is not UTF-8 stops the job: ${last}`);
}
