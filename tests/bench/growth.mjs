// What a corpus of any size takes: speed of counting, growth of the table, training on large tables, and from these the plan
// for a corpus of 15 TB.
import { closeSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { corpora } from './corpora.mjs';
import { printTable } from './table.mjs';
import { measure, run } from './whole-process.mjs';

const PHASES = fileURLToPath(new URL('train-phases.mjs', import.meta.url));
const SIZES_MB = [1, 2, 5, 10, 20, 40, 80];
const TABLES = [1e6, 5e6];
const VOCABULARY_SIZE = 32_000;
const PLANNED_BYTES = 15e12;
const PLANNED_CORES = 1000;

export async function benchGrowth(bin, folder) {
	const { file, bytes } = corpora().at(-1);
	const counted = await measure([bin, 'count', '--out', join(folder, 'counts'), file]);
	const speed = bytes / counted.cpu;
	console.log(
		`count --out, ${megabytes(bytes)}: ${megabytes(speed)} per second of CPU, ${megabytes(bytes / counted.wall)} per second`
	);
	const { scale, exponent } = await fitHeaps(file, bytes, folder);
	const trained = [];
	for (const distinct of TABLES) trained.push(await trainOn(distinct, file, bin, folder));
	printTable(
		['distinct pre-tokens', 'table', `train to ${VOCABULARY_SIZE}: CPU s`, 'clock s', 'peak MB'],
		trained.map((one) => [
			one.distinct.toLocaleString('en'),
			megabytes(one.bytes),
			...[one.cpu, one.wall, one.megabytes].map((value) => value.toFixed(0))
		])
	);
	const hours = PLANNED_BYTES / speed / 3600;
	const distinct = scale * PLANNED_BYTES ** exponent;
	const [small, large] = trained;
	const perMillion =
		((large.megabytes - small.megabytes) / (large.distinct - small.distinct)) * 1e6;
	console.log(
		`15 TB: 15e12 bytes / ${megabytes(speed)} per second = ${hours.toFixed(0)} hours of one core, ` +
			`${(hours / PLANNED_CORES).toFixed(2)} hours of ${PLANNED_CORES}\n` +
			`       ${scale.toPrecision(3)} × (15e12)^${exponent.toFixed(3)} = ${(distinct / 1e6).toFixed(0)} million distinct pre-tokens if the law holds\n` +
			`       training takes ${perMillion.toFixed(0)} MB per million of them, so a minimum count must leave as many as fit\n`
	);
}

/** Fits Heaps' law, distinct = scale × bytes ^ exponent, by least squares of the logarithms. */
async function fitHeaps(file, bytes, folder) {
	const all = readFileSync(file);
	const points = [];
	for (const size of SIZES_MB.map((one) => Math.min(one * 1e6, bytes))) {
		const prefix = join(folder, 'prefix.txt');
		const end = size === bytes ? bytes : all.indexOf(10, size) + 1;
		writeFileSync(prefix, all.subarray(0, end));
		const { output } = await run([PHASES, prefix, '257']);
		points.push({ bytes: end, distinct: JSON.parse(output).distinct });
	}
	const xs = points.map((point) => Math.log(point.bytes));
	const ys = points.map((point) => Math.log(point.distinct));
	const [x, y] = [xs, ys].map(
		(values) => values.reduce((sum, one) => sum + one, 0) / values.length
	);
	const products = xs.reduce((sum, one, i) => sum + (one - x) * (ys[i] - y), 0);
	const exponent = products / xs.reduce((sum, one) => sum + (one - x) ** 2, 0);
	const scale = Math.exp(y - exponent * x);
	printTable(
		['corpus', 'distinct pre-tokens', 'fitted'],
		points.map((point) => [
			megabytes(point.bytes),
			point.distinct.toLocaleString('en'),
			Math.round(scale * point.bytes ** exponent).toLocaleString('en')
		])
	);
	console.log(`Heaps' law: distinct = ${scale.toPrecision(3)} × bytes ^ ${exponent.toFixed(3)}\n`);
	return { scale, exponent };
}

/**
 * Trains on a table of `distinct` pre-tokens. No corpus at hand has as many, so they are halves of its words, put together
 * anew, with counts that fall with the rank (Zipf's law).
 */
async function trainOn(distinct, file, bin, folder) {
	const table = join(folder, 'table.tsv');
	const words = [
		...new Set(
			readFileSync(file, 'utf8')
				.slice(0, 20e6)
				.match(/ ?\p{L}{2,12}/gu)
		)
	];
	const descriptor = openSync(table, 'w');
	const seen = new Set();
	let lines = '';
	for (let i = 0; seen.size < distinct; i++) {
		const first = words[i % words.length];
		const second = words[(i + 7919 * Math.floor(i / words.length) + 1) % words.length];
		const word =
			first.slice(0, Math.ceil(first.length / 2)) + second.slice(second.length >> 1).trim();
		if (seen.has(word)) continue;
		seen.add(word);
		lines += `${JSON.stringify(word)}\t${Math.ceil((10 * distinct) / seen.size)}\n`;
		if (lines.length < 1e6) continue;
		writeSync(descriptor, lines);
		lines = '';
	}
	writeSync(descriptor, lines);
	closeSync(descriptor);
	const out = join(folder, 'tokenizer.json');
	const options = ['--vocab-size', String(VOCABULARY_SIZE), '--out', out, '--counts', table];
	const result = await measure([bin, 'train', ...options]);
	return { ...result, distinct, bytes: statSync(table).size };
}

const megabytes = (value) => `${(value / 1e6).toFixed(1)} MB`;
