// Targets of the bench.
import { Figures } from '../support/program';

export const figures = new Figures();

/** Notes ids or merges that differ from the reference's. */
export const noteDifference = (what, got, expected) => figures.note(what, got, expected, false);

/**
 * The speeds for which the targets in seconds were set: tiktoken wasm on fresh prose in MB/s, and Hugging Face's native trainer on
 * 10 MB in seconds of CPU on one thread. A time with a target is multiplied by what the same run reaches of them, so that a
 * busy or another machine does not look like a slower lab.
 */
const REFERENCE_WASM_SPEED = { cl100k_base: 4.6, o200k_base: 4.2 };
const REFERENCE_TRAINING_SECONDS = 2.8;

const JAVASCRIPT_PEERS = ['gpt-tokenizer', 'ai-tokenizer', 'js-tiktoken'];
const WASM = 'tiktoken wasm';
const NATIVE = 'Hugging Face native';

const firstOf = (results, contender) => results[contender].tasks[0];
const best = (results, key, peers) => Math.max(...peers.map((peer) => firstOf(results, peer)[key]));

/**
 * Least ratios of speeds by CPU time: fresh and repeated text next to the best JavaScript peer, repeated text next to
 * tiktoken wasm. Of generated text, 200 kB are encoded, in which the JIT and the filling of caches weigh more.
 */
const FOUND_RATIOS = { fresh: 4, repeated: 3, repeatedWasm: 10 };
const GENERATED_RATIOS = { fresh: 2, repeated: 2, repeatedWasm: 6 };
const RATIOS = { code: { ...FOUND_RATIOS, fresh: 2 } };
/** The same for the first megabyte of a process. Loading counts, because a text waits for what it leaves undone. */
const COLD_RATIO = 1;

export function checkTiktoken(name, fresh, cold) {
	for (const text of Object.keys(fresh)) {
		const what = `${name}, ${text}`;
		const lab = firstOf(fresh[text], 'lab');
		const wasm = firstOf(fresh[text], WASM);
		if (lab.fingerprint !== wasm.fingerprint) noteDifference(what, 'other ids', "tiktoken's");
		const peers = JAVASCRIPT_PEERS;
		const least = RATIOS[text] ?? (cold[text] ? FOUND_RATIOS : GENERATED_RATIOS);
		const times = (how, speed, reference, ratio) =>
			figures.atLeast(`${what}, ${how}`, speed / reference, ratio);
		const [bestFresh, bestRepeated] = ['firstCpu', 'repeatCpu'].map((key) =>
			best(fresh[text], key, peers)
		);
		times('fresh, times the best JavaScript peer', lab.firstCpu, bestFresh, least.fresh);
		times('repeated, times the best JavaScript peer', lab.repeatCpu, bestRepeated, least.repeated);
		times('repeated, times tiktoken wasm', lab.repeatCpu, wasm.repeatCpu, least.repeatedWasm);
		if (!cold[text]) continue;
		const bestCold = best(cold[text], 'coldCpu', [...peers, WASM]);
		const first = 'first megabyte of a process with loading, times the best peer';
		times(first, firstOf(cold[text], 'lab').coldCpu, bestCold, COLD_RATIO);
	}
	const { loadMs, loadMegabytes } = cold.prose.lab;
	const speed = speedOfMachine(name, fresh);
	figures.atMost(`${name}, loading, at the reference speed`, loadMs * speed, 50, 'ms');
	figures.atMost(`${name}, loading, memory`, loadMegabytes, 30, 'MB');
}

const speedOfMachine = (name, fresh) =>
	firstOf(fresh.prose, WASM).first / REFERENCE_WASM_SPEED[name];

export function checkLong(name, long, fresh) {
	const speed = speedOfMachine(name, fresh);
	for (const [kind, [small, large]] of Object.entries(long)) {
		const what = `${name}, one pre-token of ${kind}`;
		figures.atMost(`${what}, 100 kB, at the reference speed`, small * speed, 100, 'ms');
		figures.atMost(`${what}, 1 MB, times 100 kB`, large / small, 15);
	}
}

export function checkJson(name, results) {
	for (const [i, lab] of results.lab.tasks.entries()) {
		const what = `${name}, ${lab.text}`;
		const native = results[NATIVE].tasks[i];
		const peer = results['transformers.js'].tasks[i];
		if (lab.fingerprint !== native.fingerprint) noteDifference(what, 'other ids', "native's");
		figures.atLeast(`${what}, times transformers.js`, lab.firstCpu / peer.firstCpu, 5);
		figures.atLeast(`${what}, times Hugging Face native`, lab.firstCpu / native.firstCpu, 1);
	}
}

/** Says that a library learned the lab's merges. */
export const SAME_MERGES = 'same merges';

/** Times the library whose ids are compared, on fresh text, by CPU time. */
const NATIVE_RATIOS = { tiktoken: 1, tokenizers: 2 };
/** Training, times Hugging Face's trainer on one thread, by CPU time. */
const NATIVE_TRAINING_RATIO = 2;
const AFTER_OTHERS_SHARE = 0.8;

/** @param results by contender and text, speeds of CPU: fresh, repeated, after other texts */
export function checkNativeEncoding(name, results, reference) {
	for (const [text, lab] of Object.entries(results.lab)) {
		const what = `${name}, ${text}`;
		const [fresh, repeated, afterOthers] = lab.cpu;
		const share = afterOthers / repeated;
		if (text === 'multilingual')
			figures.atLeast(`${what}, after other texts, share of alone`, share, AFTER_OTHERS_SHARE);
		const peer = results[reference]?.[text];
		if (!peer) continue;
		if (lab.fingerprint !== peer.fingerprint)
			noteDifference(what, 'other ids', `those of ${reference}`);
		const ratio = NATIVE_RATIOS[reference];
		figures.atLeast(`${what}, fresh, times ${reference}`, fresh / peer.cpu[0], ratio);
	}
}

/** @param notes by size and library, whether its merges are the lab's */
export function checkNativeTraining(corpora, results, notes) {
	for (const { megabytes, bytes } of corpora) {
		const { lab, tokenizers } = results[megabytes];
		const what = `training on ${(bytes / 1e6).toFixed(0)} MB`;
		for (const library of ['tokenizers', 'gigabpe', 'rustbpe']) {
			const note = notes[megabytes][library] ?? SAME_MERGES;
			if (note !== SAME_MERGES) noteDifference(`${what}, ${library}`, note, SAME_MERGES);
		}
		// At 1 MB most of the time is the start of Node.
		if (megabytes < 10 || !tokenizers) continue;
		const ratio = tokenizers.cpu / lab.cpu;
		figures.atLeast(`${what}, CPU, times tokenizers`, ratio, NATIVE_TRAINING_RATIO);
	}
}

/** Seconds of CPU for a vocabulary of 32,000, whole process. */
const TRAINING_SECONDS = { 1: 0.4, 10: 1.2, 100: 6 };
const TRAINING_MEGABYTES = 600;
/** Seconds by the clock on two cores for 76 MB and a vocabulary of 32,000. */
const TRAINING_CLOCK = { seconds: 2.4, bytes: 76e6 };

export function checkTraining({ corpora, results, oneLetter }) {
	const oneThread = results[10]['native 30k, one thread'];
	const speed = REFERENCE_TRAINING_SECONDS / oneThread.cpu;
	const clockSpeed = REFERENCE_TRAINING_SECONDS / oneThread.wall;
	const lab = (megabytes) => results[megabytes]['lab 32k'];
	for (const { megabytes, bytes } of corpora) {
		const most = TRAINING_SECONDS[megabytes] * (bytes / (megabytes * 1e6));
		const what = `training on ${megabytes} MB, CPU at the reference speed`;
		figures.atMost(what, lab(megabytes).cpu * speed, most, 's');
	}
	const bytesOf = (size) => corpora.find(({ megabytes }) => megabytes === size).bytes;
	const clock = 'training on 100 MB, by the clock on two cores at the reference speed';
	const mostByClock = (TRAINING_CLOCK.seconds * bytesOf(100)) / TRAINING_CLOCK.bytes;
	figures.atMost(clock, lab(100).wall * clockSpeed, mostByClock, 's');
	figures.atMost('training on 100 MB, memory', lab(100).megabytes, TRAINING_MEGABYTES, 'MB');
	const timesNative = results[10]['native 30k'].wall / lab(10).wall;
	figures.atLeast('training on 10 MB, times native by the clock', timesNative, 3);
	const letter = 'training on one letter, CPU at the reference speed';
	figures.atMost(letter, oneLetter.cpu * speed, 0.5, 's');
}
