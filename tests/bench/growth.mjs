// How counting and training grow with the corpus, and from that what 15 TB of text would take: `npm run bench -- --growth`.
import { cpSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execute, reasonOf, ROOT } from '../support/launcher';
import { printTable } from '../support/program';
import { installSpark } from '../spark/environment';
import { readTables } from '../spark/tables';
import { corpora } from './corpora.mjs';
import { measure } from './processes.mjs';
import { declarations, MEGABYTE, stepThrough } from './texts.mjs';

const PATTERN = ['--pattern', 'o200k'];
/** Least part of a corpus to which Heaps' law is fitted. Below, one document weighs too much. */
const MIN_FITTED_SHARE = 0.05;
const SIZES = 8;
/** Least size of the blocks that are shuffled. */
const BLOCK_BYTES = 20_000;
/** Least size of the documents in Parquet. */
const DOCUMENT_BYTES = 4_000;
const TRAINED_SIZES = [1, 5].map((millions) => millions * 1e6);
/** Copies of the corpus that Spark and one process count; the difference between the two takes no start. */
const COPIES = [2, 8];

/** The plan: size of the corpus and of its files, cores that count it, and distinct pre-tokens that are kept for training. */
const PLAN = { bytes: 15e12, fileBytes: 1e9, cores: 1000, distinct: 20e6 };

export async function benchGrowth(bin, folder) {
	const mixed = corpora().at(-1).file;
	const languages = join(folder, 'languages.txt');
	writeFileSync(languages, declarations().join('\n'));
	console.log('Distinct pre-tokens of the o200k pattern by size of the corpus');
	const law = fitCorpus('English, code and many scripts', bin, folder, mixed);
	fitCorpus('521 languages', bin, folder, languages);
	const table = readTable(bin, folder, mixed);
	printRare(law, table);
	const training = await benchTables(bin, folder, table);
	const speed = await benchSpark(bin, folder, mixed);
	if (speed !== null) printPlan(law, training, speed, table);
}

/** Counts a text with the command line. @returns the tables, added up: pre-token and count, most frequent first */
function readTable(bin, folder, ...files) {
	const out = join(folder, 'table');
	execute(process.execPath, [bin, 'count', ...PATTERN, '--out', out, ...files]);
	const { sums } = readTables(out);
	rmSync(out, { recursive: true });
	return [...sums].sort(([, a], [, b]) => b - a);
}

/**
 * Fits Heaps' law to parts of a corpus, by least squares of the logarithms (H. S. Heaps, Information Retrieval, 1978).
 * @returns distinct pre-tokens = factor × bytes ^ exponent
 */
function fitCorpus(name, bin, folder, file) {
	const blocks = shuffledBlocks(readFileSync(file));
	const part = join(folder, 'part.txt');
	const points = [];
	for (let size = 0; size < SIZES; size++) {
		const share = MIN_FITTED_SHARE ** (1 - size / (SIZES - 1));
		writeFileSync(part, Buffer.concat(blocks.slice(0, Math.round(share * blocks.length))));
		points.push({ bytes: statSync(part).size, distinct: readTable(bin, folder, part).length });
	}
	const law = fit(points);
	printTable(
		[name, 'distinct', "Heaps' law says"],
		points.map(({ bytes, distinct }) => [
			`${(bytes / MEGABYTE).toFixed(1)} MB`,
			count(distinct),
			count(distinctIn(law, bytes))
		])
	);
	console.log(`distinct = ${shownLaw(law)}\n`);
	return law;
}

/** Blocks of whole lines in a fixed shuffle, so that every part of a corpus has all kinds of text. */
function shuffledBlocks(bytes, least = BLOCK_BYTES) {
	const blocks = [];
	for (let start = 0; start < bytes.length;) {
		const end = bytes.indexOf(10, start + least) + 1 || bytes.length;
		blocks.push(bytes.subarray(start, end));
		start = end;
	}
	const step = stepThrough(blocks.length);
	return blocks.map((_, i) => blocks[(i * step) % blocks.length]);
}

function fit(points) {
	const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
	const x = points.map(({ bytes }) => Math.log(bytes));
	const y = points.map(({ distinct }) => Math.log(distinct));
	const [meanX, meanY] = [mean(x), mean(y)];
	const exponent =
		mean(x.map((value, i) => (value - meanX) * (y[i] - meanY))) /
		mean(x.map((value) => (value - meanX) ** 2));
	return { exponent, factor: Math.exp(meanY - exponent * meanX) };
}

const distinctIn = ({ factor, exponent }, bytes) => factor * bytes ** exponent;
const bytesWith = ({ factor, exponent }, distinct) => (distinct / factor) ** (1 / exponent);

/** Of a corpus, about as many pre-tokens occur m times as an m-th of it has distinct ones: how near that comes. */
function printRare(law, table) {
	const bytes = corpora().at(-1).bytes;
	printTable(
		['occur at least', 'distinct', "Heaps' law says of that part"],
		[2, 5, 10, 20].map((least) => [
			`${least} times`,
			count(table.filter(([, number]) => number >= least).length),
			count(distinctIn(law, bytes / least))
		])
	);
}

/** Trains on tables of some million distinct pre-tokens. @returns seconds and bytes of memory of the largest */
async function benchTables(bin, folder, table) {
	const rows = [];
	const file = join(folder, 'table.tsv');
	let largest;
	for (const size of [table.length, ...TRAINED_SIZES]) {
		writeFileSync(file, tableOf(table, size));
		const out = ['--out', join(folder, 'trained.json')];
		const args = ['train', '--counts', file, ...PATTERN, '--vocab-size', '32000', ...out];
		const { wall, megabytes } = await measure([bin, ...args]);
		rows.push([count(size), wall.toFixed(1), megabytes.toFixed(0)]);
		largest = { distinct: size, seconds: wall, bytes: megabytes * MEGABYTE };
	}
	console.log(
		'Training to 32,000 tokens. The rows above the real table have made-up rare pre-tokens'
	);
	printTable(['distinct', 'seconds', 'peak MB'], rows);
	return largest;
}

/**
 * A table of `size` pre-tokens: the most frequent ones of a real table, and then made-up ones, each the first half of one
 * pre-token with the second half of another. Their counts go on falling by Zipf's law.
 */
function tableOf(table, size) {
	// So that the last made-up pre-token occurs at least once.
	const scale = Math.ceil(size / table.length);
	const rows = new Map(
		table.slice(0, size).map(([pretoken, number]) => [pretoken, scale * number])
	);
	const halves = table.map(([pretoken]) => {
		const chars = Array.from(JSON.parse(pretoken));
		const middle = chars.length >> 1;
		return [chars.slice(0, middle), chars.slice(middle)].map((half) => half.join(''));
	});
	for (let i = 0; rows.size < size; i++) {
		const [left] = halves[i % halves.length];
		const [, right] = halves[(7919 * i + Math.floor(i / halves.length)) % halves.length];
		const made = JSON.stringify(left + right);
		if (!rows.has(made)) rows.set(made, Math.round((scale * table.length) / (rows.size + 1)));
	}
	return Array.from(rows, (row) => `${row.join('\t')}\n`).join('');
}

/**
 * Counts copies of the corpus on one core, by `bpe-lab count` and by Spark.
 * @returns bytes per second and core of Spark, for documents in Parquet; `null` if it cannot run
 */
async function benchSpark(bin, folder, corpus) {
	let spark;
	try {
		execute('taskset', ['-V']);
		spark = installSpark();
	} catch (error) {
		console.log(`Spark is not measured: ${reasonOf(error)}`);
		return null;
	}
	const file = join(folder, 'corpus.txt');
	cpSync(corpus, file);
	const submit = [spark.submit, '--master', 'local[1]'];
	const [documents, parquet] = ['documents.jsonl', 'parquet'].map((name) => join(folder, name));
	const blocks = shuffledBlocks(readFileSync(file), DOCUMENT_BYTES);
	const lines = blocks.map((text) => `${JSON.stringify({ text: text.toString() })}\n`);
	writeFileSync(documents, lines.join(''));
	const writer = join(ROOT, 'tests/spark/write_parquet.py');
	const [convert, ...args] = [...submit, writer, documents, parquet];
	execute(convert, args, { env: spark.env });

	const job = [
		...submit,
		join(ROOT, 'src/spark/count.py'),
		'--bpe-lab',
		`${process.execPath} ${bin}`
	];
	const contenders = {
		'bpe-lab count': [file, process.execPath, bin, 'count'],
		'the Spark job, lines of text': [file, ...job],
		'the Spark job, Parquet': [parquet, ...job, '--column', 'text', '--invalid', 'list']
	};
	const { size } = statSync(file);
	const rows = Object.entries(contenders).map(([name, [source, ...command]]) => {
		const [few, many] = COPIES.map((number) => timeCounting(source, number, command, spark.env));
		const speed = ((COPIES[1] - COPIES[0]) * size) / (many - few);
		return { name, speed, start: few - (COPIES[0] * size) / speed };
	});
	console.log('Counting on one core');
	printTable(
		['', 'MB/s', 'start in s'],
		rows.map(({ name, start, speed }) => [name, (speed / MEGABYTE).toFixed(1), start.toFixed(1)])
	);
	return rows.at(-1).speed;
}

/** Seconds in which a command counts copies of a file or a folder on one core. */
function timeCounting(source, copies, command, env) {
	const paths = Array.from({ length: copies }, (_, copy) => `${source}.copy-${copy}`);
	for (const path of paths) cpSync(source, path, { recursive: true });
	const out = `${source}.counts`;
	const start = performance.now();
	execute('taskset', ['-c', '0', ...command, ...paths, ...PATTERN, '--out', out], { env });
	const seconds = (performance.now() - start) / 1000;
	for (const path of [...paths, out]) rmSync(path, { recursive: true });
	return seconds;
}

/** Prints what the plan takes, and from what each figure follows. */
function printPlan(law, training, speed, table) {
	const { bytes, fileBytes, cores, distinct } = PLAN;
	const coreHours = bytes / speed / 3600;
	const tableBytes = Buffer.byteLength(
		table.map(([key, number]) => `${key}\t${number}\n`).join('')
	);
	const lineBytes = tableBytes / table.length;
	const tasks = bytes / fileBytes;
	const perTask = distinctIn(law, fileBytes);
	const sample = bytesWith(law, distinct);
	const perPretoken = training.bytes / training.distinct;
	const microseconds = (1e6 * training.seconds) / training.distinct;
	const kept = `${count(distinct / 1e6)} million`;
	const perCore = `${(speed / MEGABYTE).toFixed(1)} MB/s`;
	const tables = `${count(tasks)} tables × ${count(perTask)} lines × ${lineBytes.toFixed(0)} bytes`;
	const terabytes = ((tasks * perTask * lineBytes) / 1e12).toFixed(2);
	const seconds = ((distinct * microseconds) / 1e6).toFixed(0);
	const gigabytes = ((distinct * perPretoken) / 1e9).toFixed(1);
	console.log(`15 TB in files of 1 GB, counted on ${count(cores)} cores
- counting: 15 TB / ${perCore} = ${count(coreHours)} core-hours, ${((coreHours / cores) * 60).toFixed(0)} minutes
- distinct pre-tokens: ${shownLaw(law)} = ${count(distinctIn(law, bytes) / 1e6)} million
- what the tasks hand on: ${tables} = ${terabytes} TB
- --min-count to keep ${kept}: 15 TB / ${(sample / 1e9).toFixed(1)} GB = ${count(bytes / sample)}
- training on them: ${kept} × ${microseconds.toFixed(2)} µs, and × ${perPretoken.toFixed(0)} bytes = ${seconds} s, ${gigabytes} GB
`);
}

const shownLaw = ({ factor, exponent }) =>
	`${factor.toPrecision(3)} × bytes ^ ${exponent.toFixed(3)}`;
const count = (number) => Math.round(number).toLocaleString('en');
