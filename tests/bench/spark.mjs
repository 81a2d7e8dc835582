// Counts the pre-tokens in a corpus on one core, with `bpe-lab count` and with Spark: `npm run bench -- --spark`.
import { cpSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execute, reasonOf, ROOT } from '../support/launcher';
import { printTable } from '../support/program';
import { installSpark } from '../spark/environment';
import { corpora } from './corpora.mjs';
import { MEGABYTE, stepThrough } from './texts.mjs';

/** Minimum size of each document in the Parquet files. Only the one from the end of the corpus may be smaller. */
const DOCUMENT_BYTES = 4_000;
/**
 * Number of copies of the corpus counted in each of the two runs. The difference between the runs' times excludes
 * start-up.
 */
const COPIES = [2, 8];

/** Counts the pre-tokens in copies of a corpus on one core, with `bpe-lab count` and with Spark. */
export function benchSpark(bin, folder) {
	let spark;
	try {
		execute('taskset', ['-V']);
		spark = installSpark();
	} catch (error) {
		console.log(`Spark is not measured: ${reasonOf(error)}`);
		return;
	}
	const file = join(folder, 'corpus.txt');
	cpSync(corpora().at(-1).file, file);
	const submit = [spark.submit, '--master', 'local[1]'];
	const [documents, parquet] = ['documents.jsonl', 'parquet'].map((name) => join(folder, name));
	const blocks = documentsOf(readFileSync(file));
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
}

/** Seconds that a command takes to count the pre-tokens in copies of a file or a folder on one core. */
function timeCounting(source, copies, command, env) {
	const paths = Array.from({ length: copies }, (_, copy) => `${source}.copy-${copy}`);
	for (const path of paths) cpSync(source, path, { recursive: true });
	const out = `${source}.counts`;
	const start = performance.now();
	execute('taskset', ['-c', '0', ...command, ...paths, '--pattern', 'o200k', '--out', out], {
		env
	});
	const seconds = (performance.now() - start) / 1000;
	for (const path of [...paths, out]) rmSync(path, { recursive: true });
	return seconds;
}

/** Divides text into documents of whole lines, shuffled in the same way on every run. */
function documentsOf(bytes) {
	const blocks = [];
	for (let start = 0; start < bytes.length;) {
		const end = bytes.indexOf(10, start + DOCUMENT_BYTES) + 1 || bytes.length;
		blocks.push(bytes.subarray(start, end));
		start = end;
	}
	const step = stepThrough(blocks.length);
	return blocks.map((_, i) => blocks[(i * step) % blocks.length]);
}
