// Training compared with Hugging Face's native trainer: whole processes, one after another, and whether both learn the same
// merges.
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { corpora } from './corpora.mjs';
import { CACHE } from './engine.mjs';
import { median, printTable } from './table.mjs';
import { checkTraining, failures } from './targets.mjs';
import { measure, run } from './whole-process.mjs';

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
	const contenders = [
		...VOCABULARIES.map((size) => ({ name: `lab ${size / 1000}k`, run: lab(size), corpora: all })),
		{ name: NATIVE, run: native({}), corpora: natives },
		{
			name: NATIVE_ONE_THREAD,
			run: native({ RAYON_NUM_THREADS: '1', TOKENIZERS_PARALLELISM: 'false' }),
			corpora: natives
		}
	];
	const phases = await timePhases(all, rounds);
	printCorpora(all, phases);

	const results = {};
	for (const corpus of all) {
		const taking = contenders.filter((contender) => contender.corpora.includes(corpus));
		const runs = taking.map(() => []);
		for (let round = 0; round < rounds; round++) {
			for (let i = 0; i < taking.length; i++) {
				runs[i].push(await taking[i].run(corpus.file, outOf(taking[i].name)));
			}
		}
		if (natives.includes(corpus)) compareMerges(corpus);
		results[corpus.megabytes] = Object.fromEntries(
			taking.map(({ name }, i) => [name, medians(runs[i])])
		);
	}
	const letter = join(CACHE, 'letter.txt');
	writeFileSync(letter, 'a'.repeat(1e6));
	const letters = [];
	for (let round = 0; round < rounds; round++) {
		letters.push(await lab(32_000)(letter, outOf('letter')));
	}

	printResults(contenders, all, results);
	const oneLetter = medians(letters);
	console.log(
		`1 MB of one letter, lab 32k: ${seconds(oneLetter.cpu)} s of CPU (native takes more than 100 and is left out)\n`
	);
	checkTraining({ corpora: all, results, phases, oneLetter });
}

/** Path of a contender's tokenizer.json. */
const outOf = (name) => join(CACHE, `${name.replace(/\W+/g, '-')}.tokenizer.json`);

/** Trains with the command line to `size` tokens. */
export const lab =
	(size, options = []) =>
	(corpus, out) =>
		measure([
			...[here('../../src/cli/bin.js'), 'train', '--vocab-size', String(size), ...PARITY],
			...[...options, '--out', out, corpus]
		]);

const native = (env) => (corpus, out) => measure([here('train-native.mjs'), corpus, out], env);

const medians = (runs) =>
	Object.fromEntries(Object.keys(runs[0]).map((key) => [key, median(runs.map((run) => run[key]))]));

async function timePhases(all, rounds) {
	const phases = {};
	for (const { megabytes, file } of all) {
		const runs = [];
		for (let round = 0; round < rounds; round++) {
			const { output } = await run([here('train-phases.mjs'), file, '32000']);
			runs.push(JSON.parse(output));
		}
		phases[megabytes] = medians(runs);
	}
	return phases;
}

/** Compares the merges that both learned. */
function compareMerges(corpus) {
	const [ours, theirs] = [mergesOf(outOf(LAB)), mergesOf(outOf(NATIVE))];
	const both = Math.min(ours.length, theirs.length);
	let equal = 0;
	while (equal < both && ours[equal] === theirs[equal]) equal++;
	const lengths = `lab ${ours.length}, native ${theirs.length}`;
	console.log(`${sizeOf(corpus)}: the first ${equal} merges are native's (${lengths})`);
	if (equal < both || equal === 0) {
		failures.push(
			`training on ${sizeOf(corpus)}: got ${ours[equal]} as merge ${equal}, expected ${theirs[equal]}`
		);
	}
}

/** Merges of a tokenizer.json, each with a space between its two tokens. */
export const mergesOf = (file) =>
	JSON.parse(readFileSync(file, 'utf8')).model.merges.map((merge) =>
		Array.isArray(merge) ? merge.join(' ') : merge
	);

export const sizeOf = ({ bytes }) => `${(bytes / 1e6).toFixed(0)} MB`;
export const seconds = (value) => value.toFixed(2);

function printCorpora(all, phases) {
	console.log('Corpora, GPT-2 pattern line by line, and the CPU time of our two parts at 32k');
	printTable(
		[
			...['', 'bytes', 'pre-tokens', 'distinct', 'symbols of these', 'merges'],
			...['counting s', 'ns/byte', 'merging s', 'ns/symbol']
		],
		all.map((corpus) => {
			const { megabytes, bytes } = corpus;
			const phase = phases[megabytes];
			return [
				...[sizeOf(corpus), bytes, phase.pretokens, phase.distinct, phase.symbols, phase.merges],
				seconds(phase.countingSeconds),
				((phase.countingSeconds * 1e9) / bytes).toFixed(1),
				seconds(phase.mergingSeconds),
				((phase.mergingSeconds * 1e9) / phase.symbols).toFixed(0)
			];
		})
	);
	for (const { megabytes, bytes } of all) {
		if (bytes < 0.99e6 * megabytes) {
			console.log(
				`The installed packages give ${(bytes / 1e6).toFixed(1)} MB of text that does not repeat, ` +
					`not ${megabytes}: targets of seconds are scaled to that.\n`
			);
		}
	}
}

function printResults(contenders, all, results) {
	console.log(
		`\nTraining, whole process: seconds of CPU (user) / of the clock / peak MB. Native uses ` +
			`${process.env.RAYON_NUM_THREADS ?? availableParallelism()} threads by default.`
	);
	printTable(
		['', ...all.map(sizeOf)],
		contenders.map(({ name }) => [
			name,
			...all.map(({ megabytes }) => {
				const result = results[megabytes][name];
				if (!result) return '–';
				return `${seconds(result.cpu)} / ${seconds(result.wall)} / ${result.megabytes.toFixed(0)}`;
			})
		])
	);
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
