// Training compared with Hugging Face's native trainer: whole processes, one after another, and whether both learn the same
// merges.
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { printTable } from '../support/program';
import { corpora } from './corpora.mjs';
import { CACHE } from './engine.mjs';
import { mapValues, medians, runRounds } from './rounds.mjs';
import { checkTraining, noteDifference } from './targets.mjs';
import { measure } from './whole-process.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const VOCABULARIES = [1_000, 8_000, 32_000];
/** Options that equal `train(files)`. */
const PARITY = ['--min-frequency', '0'];

/** The contenders whose merges and times are compared. */
const LAB = 'lab 32k';
const NATIVE = 'native 30k';
const NATIVE_ONE_THREAD = 'native 30k, one thread';

/** Prints medians over `rounds`. The native trainer gets the largest corpus only in a full run. */
export async function benchTraining({ rounds, quick }) {
	const all = corpora();
	const natives = all.filter(({ megabytes }) => megabytes < 100 || !quick);
	const labs = Object.fromEntries(VOCABULARIES.map((size) => [`lab ${size / 1000}k`, lab(size)]));
	const oneThread = { RAYON_NUM_THREADS: '1', TOKENIZERS_PARALLELISM: 'false' };
	const others = { [NATIVE]: native({}), [NATIVE_ONE_THREAD]: native(oneThread) };
	const results = {};
	for (const corpus of all) {
		const contenders = natives.includes(corpus) ? { ...labs, ...others } : labs;
		results[corpus.megabytes] = await trainAll(contenders, corpus, rounds);
		if (natives.includes(corpus)) compareMerges(corpus);
	}
	const letter = join(CACHE, 'letter.txt');
	writeFileSync(letter, 'a'.repeat(1e6));
	const letters = await trainAll({ letter: lab(32_000) }, { file: letter }, rounds);
	console.log(
		`Native uses ${process.env.RAYON_NUM_THREADS ?? availableParallelism()} threads by default. Of one letter it takes more than 100 s and is left out.`
	);
	printTraining(Object.keys({ ...labs, ...others }), all, results);
	printRatios(all, results);
	checkTraining({ corpora: all, results, oneLetter: letters.letter });
}

/**
 * Trains on a corpus in each round.
 * @param contenders by name: each gets the paths of the corpus and of its tokenizer
 * @returns medians by name
 */
export async function trainAll(contenders, { file }, rounds, failed) {
	const jobs = mapValues(contenders, (run, name) => () => run(file, outOf(name)));
	return mapValues(await runRounds(rounds, jobs, failed), medians);
}

/** Path of a contender's tokenizer.json. */
export const outOf = (name) => join(CACHE, `${name.replace(/\W+/g, '-')}.tokenizer.json`);

/** Trains with the command line to `size` tokens. */
export const lab =
	(size, options = []) =>
	(corpus, out) =>
		measure([
			...[here('../../src/cli/bin.js'), 'train', '--vocab-size', String(size), ...PARITY],
			...[...options, '--out', out, corpus]
		]);

const native = (env) => (corpus, out) => measure([here('train-native.mjs'), corpus, out], env);

/** Compares the merges that both learned. */
function compareMerges(corpus) {
	const [ours, theirs] = [mergesOf(outOf(LAB)), mergesOf(outOf(NATIVE))];
	const both = Math.min(ours.length, theirs.length);
	let equal = 0;
	while (equal < both && ours[equal] === theirs[equal]) equal++;
	const lengths = `lab ${ours.length}, native ${theirs.length}`;
	console.log(`${sizeOf(corpus)}: the first ${equal} merges are native's (${lengths})`);
	if (equal < both || equal === 0)
		noteDifference(
			`training on ${sizeOf(corpus)}`,
			ours[equal],
			`merge ${equal}: ${theirs[equal]}`
		);
}

/** Merges of a tokenizer.json, each with a space between its two tokens. */
export const mergesOf = (file) =>
	JSON.parse(readFileSync(file, 'utf8')).model.merges.map((merge) =>
		Array.isArray(merge) ? merge.join(' ') : merge
	);

export const sizeOf = ({ bytes }) => `${(bytes / 1e6).toFixed(0)} MB`;
export const seconds = (value) => value.toFixed(2);

/** @param notes words to add, by size and contender */
export function printTraining(contenders, all, results, notes = {}) {
	console.log('\nTraining, whole process: seconds of CPU (user) / of the clock / peak MB');
	printTable(
		['', ...all.map(sizeOf)],
		contenders.map((name) => [
			name,
			...all.map(({ megabytes: size }) => {
				const result = results[size][name];
				if (!result) return '–';
				const { cpu, wall, megabytes } = result;
				const figures = `${seconds(cpu)} / ${seconds(wall)} / ${megabytes.toFixed(0)}`;
				return `${figures} ${notes[size]?.[name] ?? ''}`.trim();
			})
		])
	);
}

function printRatios(all, results) {
	const ratio = (contender, key) =>
		all
			.filter(({ megabytes }) => results[megabytes][contender])
			.map((corpus) => {
				const result = results[corpus.megabytes];
				return `${sizeOf(corpus)} ${(result[contender][key] / result[LAB][key]).toFixed(1)}`;
			})
			.join(', ');
	console.log(`${LAB}, times as fast as native by the clock: ${ratio(NATIVE, 'wall')}`);
	console.log(`as native on one thread, CPU: ${ratio(NATIVE_ONE_THREAD, 'cpu')}\n`);
}
