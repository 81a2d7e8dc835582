// Compares the lab with native libraries for Python, which are installed separately from the project: `npm run bench --
// --native`. The lab and each library run in processes of their own; the libraries use one thread.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fromByteLevel } from '../../src/lib/engine';
import { execute, LAUNCHER, reasonOf, ROOT } from '../support/launcher';
import { hasPython, pythonWith } from '../support/python';
import { corpora } from './corpora.mjs';
import { askContender, compare, printSpeeds } from './encoding.mjs';
import { figures, noteDifference } from './figures.mjs';
import { ask } from './processes.mjs';
import { mapValues } from './rounds.mjs';
import { CACHE, textFile, TEXTS } from './texts.mjs';
import {
	compareMerges,
	lab,
	mergesOf,
	outOf,
	printTraining,
	trainAll,
	TRAINED_SIZE
} from './train.mjs';

const NATIVE = join(ROOT, 'tests/bench/native.py');
const FOLDER = join(CACHE, 'native');
/** Tokenizer used by all libraries. */
const NAME = 'o200k_base';
const ONE_THREAD = {
	...{ RAYON_NUM_THREADS: '1', OMP_NUM_THREADS: '1' },
	...{ TOKENIZERS_PARALLELISM: 'false', FASTOKENS_BPE_THREADS: '1' }
};
const GPT2_PATTERN =
	"'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
/** Number of times a text is encoded again after the first time. */
const REPEATS = 3;

/** Packages by module name, separated by spaces. Hugging Face's trainer is measured together with the lab's own training. */
const ENCODERS = {
	// Its `encode_to_numpy` needs NumPy, which it doesn't install.
	tiktoken: 'tiktoken==0.14.0 numpy==2.2.6',
	tokenizers: 'tokenizers==0.23.2',
	fastokens: 'fastokens==0.3.5',
	gigatoken: 'gigatoken==0.10.0',
	// The PyPI package named splintr is unrelated.
	splintr: 'splintr-rs==0.22.0'
};
const TRAINERS = {
	rustbpe: 'rustbpe==0.1.0',
	gigabpe: 'gigabpe==0.1.0',
	youtokentome: 'youtokentome==1.0.6'
};
/** Build requirements for libraries that have no wheel and don't declare their own. */
const BUILDS = {
	youtokentome: {
		before: ['cython<3', 'setuptools<70', 'wheel'],
		options: ['--no-build-isolation']
	}
};

export async function benchNative({ rounds, quick }) {
	await benchEncoders(install(ENCODERS), rounds);
	await benchTrainers(install(TRAINERS), rounds, quick ? corpora().slice(0, 2) : corpora());
}

/**
 * Installs each library into its own environment. If a library can't be installed, prints why. @returns the
 * environments' Python interpreters
 */
function install(libraries) {
	mkdirSync(FOLDER, { recursive: true });
	const pythons = {};
	for (const [library, wanted] of Object.entries(libraries)) {
		try {
			if (!hasPython()) throw new Error('found no Python with venv, expected python3 in the PATH');
			const python = pythonWith(join(FOLDER, library), wanted.split(' '), BUILDS[library]);
			execute(python, ['-c', `import ${library}`]);
			pythons[library] = python;
		} catch (error) {
			console.log(`${library} is not measured: ${wanted}: ${reasonOf(error)}`);
		}
	}
	return pythons;
}

/** Runs a library through native.py. */
const runLibrary = (python, library, action, job) =>
	ask(python, [NATIVE, library, action], job, ONE_THREAD);

/** Writes the file that most libraries read, without special tokens, as in tiktoken. @returns its path */
function writeTokenizer() {
	const path = join(FOLDER, `${NAME}.json`);
	execute(process.execPath, [LAUNCHER, 'convert', NAME, '--out', path]);
	const json = JSON.parse(readFileSync(path, 'utf8'));
	const added = new Set(json.added_tokens.map(({ content }) => content));
	const vocab = Object.entries(json.model.vocab).filter(([token]) => !added.has(token));
	json.model.vocab = Object.fromEntries(vocab);
	Object.assign(json, { added_tokens: [], post_processor: null });
	writeFileSync(path, JSON.stringify(json));
	return path;
}

async function benchEncoders(pythons, rounds) {
	const files = Object.fromEntries(
		TEXTS.map((text) => [text, { text: textFile(text, 'text'), warmUp: textFile(text, 'warmUp') }])
	);
	const ranks = createRequire(import.meta.url).resolve(`tiktoken/encoders/${NAME}.json`);
	const job = { name: NAME, json: writeTokenizer(), ranks, files };
	const failed = new Set();
	const results = {};
	for (const text of TEXTS) {
		const tasks = [
			{ warmUp: TEXTS, passes: 1 },
			{ text, repeats: REPEATS }
		];
		const contenders = {
			lab: () => askContender({ family: 'tiktoken', contender: 'lab', name: NAME, tasks }),
			...mapValues(pythons, (python, library) => async () => {
				const { answer } = await runLibrary(python, library, 'encode', { ...job, tasks });
				return answer;
			})
		};
		const answers = await compare(rounds, contenders, failed);
		for (const [contender, [speeds]] of Object.entries(answers))
			(results[contender] ??= {})[text] = speeds;
	}
	for (const contender of failed) Reflect.deleteProperty(results, contender);
	console.log(`${NAME}, MB/s of CPU time: fresh text with a warm JIT / the same text again`);
	const { lab, tiktoken = lab } = results;
	printSpeeds(results, ({ freshCpu, againCpu }) => [freshCpu, againCpu], tiktoken);
	for (const text of TEXTS) {
		const what = `${text}, fresh, times tiktoken`;
		figures.atLeast(what, lab[text].freshCpu / tiktoken[text].freshCpu, 1);
		if (lab[text].fingerprint !== tiktoken[text].fingerprint)
			noteDifference(text, 'other ids', "tiktoken's");
	}
}

async function benchTrainers(pythons, rounds, measured) {
	const contenders = mapValues(pythons, (python, library) => async (corpus, out) => {
		const job = { corpus, out, size: TRAINED_SIZE, pattern: GPT2_PATTERN };
		const { answer, wall } = await runLibrary(python, library, 'train', job);
		return { ...answer, wall };
	});
	const results = {};
	const failed = new Set();
	for (const corpus of measured) {
		const trained = await trainAll({ lab: lab(), ...contenders }, corpus, rounds, failed);
		results[corpus.megabytes] = trained;
		// YouTokenToMe merges characters rather than bytes.
		if (trained.gigabpe)
			compareMerges(corpus, 'gigabpe', mergesOf(outOf('lab')), mergesOf(outOf('gigabpe')));
		if (trained.rustbpe) await compareWithRustbpe(corpus);
	}
	console.log(`To ${TRAINED_SIZE} tokens. The lab may use several threads.`);
	printTraining(['lab', ...Object.keys(pythons)], measured, results);
}

/**
 * Compares the tokens that the lab and rustbpe learned, because rustbpe doesn't write merges. rustbpe starts with all
 * 256 bytes and therefore breaks ties differently from the other trainers, so the lab trains again with the same
 * alphabet.
 */
async function compareWithRustbpe(corpus) {
	const out = join(FOLDER, 'lab-bytes.tokenizer.json');
	await lab('--alphabet', 'bytes')(corpus.file, out);
	const base64 = (merge) => Buffer.from(fromByteLevel(merge.replace(' ', ''))).toString('base64');
	const tokens = readFileSync(outOf('rustbpe'), 'utf8').trim().split('\n').slice(256);
	compareMerges(
		corpus,
		'rustbpe',
		mergesOf(out).map(base64),
		tokens.map((line) => line.split(' ')[0])
	);
}
