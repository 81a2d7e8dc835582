// Compares training in the lab with Hugging Face's native trainer, and checks that both learn the same merges. The
// processes run one after another, and each is measured from start to exit.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LAUNCHER, ROOT } from '../support/launcher';
import { printTable } from '../support/program';
import { corpora } from './corpora.mjs';
import { figures, noteDifference } from './figures.mjs';
import { measure } from './processes.mjs';
import { mapValues, medians, runRounds } from './rounds.mjs';
import { CACHE } from './texts.mjs';

const TRAIN_NATIVE = join(ROOT, 'tests/bench/train-native.mjs');
const LAB = 'lab 32k';
const NATIVE = 'native 30k, one thread';
export const TRAINED_SIZE = 32_000;

/**
 * Time that Hugging Face's trainer took for 10 MB on one thread when the targets in seconds were set. See
 * REFERENCE_SPEED in encoding.mjs.
 */
const REFERENCE_SECONDS = 2.8;
/** Maximum CPU time in seconds of the whole process for a vocabulary of 32,000 tokens, by corpus size in megabytes. */
const MAX_SECONDS = { 1: 0.4, 10: 1.2, 100: 6 };
const MAX_MEGABYTES = 600;
/** Minimum training speed on the largest corpus, in bytes per second of wall-clock time on two cores. */
const LEAST_BYTES_PER_SECOND = 76e6 / 2.4;

/** Prints medians over `rounds` rounds. The native trainer trains on the largest corpus only in a full run. */
export async function benchTraining({ rounds, quick }) {
	const all = corpora();
	const results = {};
	for (const corpus of all) {
		const isCompared = corpus.megabytes < 100 || !quick;
		const contenders = { [LAB]: lab(), ...(isCompared && { [NATIVE]: native }) };
		results[corpus.megabytes] = await trainAll(contenders, corpus, rounds);
		if (!isCompared) continue;
		const theirs = mergesOf(outOf(NATIVE));
		compareMerges(corpus, 'native', mergesOf(outOf(LAB)).slice(0, theirs.length), theirs);
	}
	const letter = join(CACHE, 'letter.txt');
	writeFileSync(letter, 'a'.repeat(1e6));
	const letters = await trainAll({ letter: lab() }, { file: letter }, rounds);
	console.log('Of one letter, the native trainer takes more than 100 s and is left out.');
	printTraining([LAB, NATIVE], all, results);
	check(all, results, letters.letter);
}

function check(all, results, oneLetter) {
	const native = results[10][NATIVE];
	const speed = REFERENCE_SECONDS / native.cpu;
	const clockSpeed = REFERENCE_SECONDS / native.wall;
	for (const { megabytes, bytes } of all) {
		const most = MAX_SECONDS[megabytes] * (bytes / (megabytes * 1e6));
		const what = `training on ${megabytes} MB, CPU at the reference speed`;
		figures.atMost(what, results[megabytes][LAB].cpu * speed, most, 's');
	}
	const largest = results[100][LAB];
	const clock = 'training on 100 MB, by the clock on two cores at the reference speed';
	figures.atMost(clock, largest.wall * clockSpeed, all.at(-1).bytes / LEAST_BYTES_PER_SECOND, 's');
	figures.atMost('training on 100 MB, memory', largest.megabytes, MAX_MEGABYTES, 'MB');
	const letter = 'training on one letter, CPU at the reference speed';
	figures.atMost(letter, oneLetter.cpu * speed, 0.5, 's');
}

/**
 * Trains each contender on a corpus once per round.
 * @param contenders functions by name; each receives the paths of the corpus and of its own output
 * @returns medians by name
 */
export async function trainAll(contenders, { file }, rounds, failed) {
	const jobs = mapValues(contenders, (run, name) => () => run(file, outOf(name)));
	return mapValues(await runRounds(rounds, jobs, failed), medians);
}

/** Path of a contender's tokenizer.json. */
export const outOf = (name) => join(CACHE, `${name.replace(/\W+/g, '-')}.tokenizer.json`);

/** Creates a function that trains with the command line, by default with the options of `train(files)`. */
export const lab =
	(...options) =>
	(corpus, out) =>
		measure([
			...[LAUNCHER, 'train', '--vocab-size', String(TRAINED_SIZE), '--min-frequency', '0'],
			...[...options, '--out', out, corpus]
		]);

const native = (corpus, out) =>
	measure([TRAIN_NATIVE, corpus, out], { RAYON_NUM_THREADS: '1', TOKENIZERS_PARALLELISM: 'false' });

/** Compares the merges or tokens that the lab and a library learned. */
export function compareMerges(corpus, library, ours, theirs) {
	const what = `training on ${sizeOf(corpus)}, ${library}`;
	const count = Math.max(ours.length, theirs.length);
	let equal = 0;
	while (equal < count && ours[equal] === theirs[equal]) equal++;
	if (equal < count || count === 0)
		noteDifference(what, ours[equal], `merge ${equal}: ${theirs[equal]}`);
	else console.log(`${what}: ${count} merges are the same`);
}

/** Merges from a tokenizer.json, each with a space between its two tokens. */
export const mergesOf = (file) =>
	JSON.parse(readFileSync(file, 'utf8')).model.merges.map((merge) =>
		Array.isArray(merge) ? merge.join(' ') : merge
	);

const sizeOf = ({ bytes }) => `${(bytes / 1e6).toFixed(0)} MB`;

export function printTraining(contenders, all, results) {
	console.log('\nTraining, whole process: seconds of CPU (user) / of the clock / peak MB');
	printTable(
		['', ...all.map(sizeOf)],
		contenders.map((name) => [
			name,
			...all.map(({ megabytes: size }) => {
				const result = results[size][name];
				if (!result) return '–';
				const { cpu, wall, megabytes } = result;
				return `${cpu.toFixed(2)} / ${wall.toFixed(2)} / ${megabytes.toFixed(0)}`;
			})
		])
	);
}
