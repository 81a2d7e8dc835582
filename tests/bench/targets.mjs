// Targets of the bench. Each missed one is a line in `failures`.

export const failures = [];

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

/** Figures with targets since the last call of `takeFigures`. */
let figures = [];

/** @returns {{ what: string, got: number, target: string, isMet: boolean }[]} */
export function takeFigures() {
	const taken = figures;
	figures = [];
	return taken;
}

const round = (value) => Number(value.toFixed(value < 1 ? 3 : 1));

/** Notes a figure, and a failure if `got` is less than `least`. */
export function expectAtLeast(what, got, least) {
	figures.push({ what, got: round(got), target: `≥ ${round(least)}`, isMet: got >= least });
	if (!(got >= least)) failures.push(`${what}: got ${got}, expected at least ${least}`);
}

/** Notes a figure, and a failure if `got` is more than `most`. */
export function expectAtMost(what, got, most) {
	figures.push({ what, got: round(got), target: `≤ ${round(most)}`, isMet: got <= most });
	if (!(got <= most)) failures.push(`${what}: got ${got.toFixed(2)}, expected at most ${most}`);
}

const firstOf = (results, contender) => results[contender].tasks[0];
const best = (results, key, peers) => Math.max(...peers.map((peer) => firstOf(results, peer)[key]));

/** Prints a line per figure since the last call of `takeFigures`. */
export function printSummary() {
	for (const { what, got, target, isMet } of takeFigures()) {
		console.log(`${isMet ? 'met   ' : 'missed'} ${what}: ${got}, target ${target}`);
	}
	console.log();
}

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
		if (lab.fingerprint !== firstOf(fresh[text], WASM).fingerprint) {
			failures.push(`${what}: ids differ from tiktoken's`);
		}
		const peers = JAVASCRIPT_PEERS;
		const least = RATIOS[text] ?? (cold[text] ? FOUND_RATIOS : GENERATED_RATIOS);
		expectAtLeast(
			`${what}, fresh, times the best JavaScript peer`,
			lab.firstCpu / best(fresh[text], 'firstCpu', peers),
			least.fresh
		);
		expectAtLeast(
			`${what}, repeated, times the best JavaScript peer`,
			lab.repeatCpu / best(fresh[text], 'repeatCpu', peers),
			least.repeated
		);
		expectAtLeast(
			`${what}, repeated, times tiktoken wasm`,
			lab.repeatCpu / firstOf(fresh[text], WASM).repeatCpu,
			least.repeatedWasm
		);
		if (!cold[text]) continue;
		expectAtLeast(
			`${what}, first megabyte of a process with loading, times the best peer`,
			firstOf(cold[text], 'lab').coldCpu / best(cold[text], 'coldCpu', [...peers, WASM]),
			COLD_RATIO
		);
	}
	const { loadMs, loadMegabytes } = cold.prose.lab;
	const speed = speedOfMachine(name, fresh);
	expectAtMost(`${name}, loading, ms at the reference speed`, loadMs * speed, 50);
	expectAtMost(`${name}, loading, MB of memory`, loadMegabytes, 30);
}

const speedOfMachine = (name, fresh) =>
	firstOf(fresh.prose, WASM).first / REFERENCE_WASM_SPEED[name];

export function checkLong(name, long, fresh) {
	const speed = speedOfMachine(name, fresh);
	for (const [kind, [small, large]] of Object.entries(long)) {
		const what = `${name}, one pre-token of ${kind}`;
		expectAtMost(`${what}, 100 kB, ms at the reference speed`, small * speed, 100);
		expectAtMost(`${what}, 1 MB, times 100 kB`, large / small, 15);
	}
}

export function checkJson(name, results) {
	results.lab.tasks.forEach((lab, i) => {
		const what = `${name}, ${lab.text}`;
		const native = results[NATIVE].tasks[i];
		if (lab.fingerprint !== native.fingerprint) failures.push(`${what}: ids differ from native's`);
		expectAtLeast(
			`${what}, times transformers.js`,
			lab.firstCpu / results['transformers.js'].tasks[i].firstCpu,
			5
		);
		expectAtLeast(`${what}, times Hugging Face native`, lab.firstCpu / native.firstCpu, 1);
	});
}

/** Says that a library learned the lab's merges. */
export const SAME_MERGES = 'same merges';

/** Times the library whose ids are compared, on fresh text, by CPU time. */
const NATIVE_RATIOS = { tiktoken: 1, tokenizers: 2 };
/** Training, times Hugging Face's trainer on one thread, by CPU time. */
const NATIVE_TRAINING_RATIO = 2;
const AFTER_OTHERS_SHARE = 0.8;

/** @param results by contender and text, speeds of CPU: fresh, repeated, after other texts, cold */
export function checkNativeEncoding(name, results, reference) {
	for (const [text, lab] of Object.entries(results.lab.texts)) {
		const what = `${name}, ${text}`;
		const [fresh, repeated, afterOthers] = lab.cpu;
		if (text === 'multilingual') {
			expectAtLeast(
				`${what}, repeated after other texts, share of alone`,
				afterOthers / repeated,
				AFTER_OTHERS_SHARE
			);
		}
		const peer = results[reference]?.texts[text];
		if (!peer) continue;
		if (lab.fingerprint !== peer.fingerprint) {
			failures.push(`${what}: ids differ from those of ${reference}`);
		}
		expectAtLeast(
			`${what}, fresh, times ${reference}`,
			fresh / peer.cpu[0],
			NATIVE_RATIOS[reference]
		);
	}
}

/** @param notes by size and library, whether its merges are the lab's */
export function checkNativeTraining(corpora, results, notes) {
	for (const { megabytes, bytes } of corpora) {
		const { lab, tokenizers } = results[megabytes];
		const what = `training on ${(bytes / 1e6).toFixed(0)} MB`;
		for (const library of ['tokenizers', 'gigabpe', 'rustbpe']) {
			const note = notes[megabytes][library];
			if (note && note !== SAME_MERGES) failures.push(`${what}, ${library}: ${note}`);
		}
		// At 1 MB most of the time is the start of Node.
		if (megabytes < 10 || !tokenizers) continue;
		expectAtLeast(
			`${what}, CPU, times tokenizers`,
			tokenizers.cpu / lab.cpu,
			NATIVE_TRAINING_RATIO
		);
	}
}

/** Seconds of CPU for a vocabulary of 32,000, whole process. */
const TRAINING_SECONDS = { 1: 0.4, 10: 1.2, 100: 6 };
const TRAINING_MEGABYTES = 600;
/** Seconds by the clock on two cores for 76 MB and a vocabulary of 32,000. */
const TRAINING_CLOCK = { seconds: 2.4, bytes: 76e6 };

export function checkTraining({ corpora, results, phases, oneLetter }) {
	const oneThread = results[10]['native 30k, one thread'];
	const speed = REFERENCE_TRAINING_SECONDS / oneThread.cpu;
	const clockSpeed = REFERENCE_TRAINING_SECONDS / oneThread.wall;
	for (const { megabytes, bytes } of corpora) {
		expectAtMost(
			`training on ${megabytes} MB, s of CPU at the reference speed`,
			results[megabytes]['lab 32k'].cpu * speed,
			TRAINING_SECONDS[megabytes] * (bytes / (megabytes * 1e6))
		);
	}
	const largest = corpora.find(({ megabytes }) => megabytes === 100);
	expectAtMost(
		'training on 100 MB, s by the clock on two cores at the reference speed',
		results[100]['lab 32k'].wall * clockSpeed,
		(TRAINING_CLOCK.seconds * largest.bytes) / TRAINING_CLOCK.bytes
	);
	expectAtMost(
		'training on 100 MB, MB of memory',
		results[100]['lab 32k'].megabytes,
		TRAINING_MEGABYTES
	);
	expectAtLeast(
		'training on 10 MB, times native by the clock',
		results[10]['native 30k'].wall / results[10]['lab 32k'].wall,
		3
	);
	expectAtMost(
		'training on one letter, s of CPU at the reference speed',
		oneLetter.cpu * speed,
		0.5
	);
	const perByte = (size) =>
		phases[size].countingSeconds / corpora.find(({ megabytes }) => megabytes === size).bytes;
	const perSymbol = (size) => phases[size].mergingSeconds / phases[size].symbols;
	expectAtMost('counting, ns per byte at 100 MB, times 10 MB', perByte(100) / perByte(10), 1.5);
	expectAtMost(
		'merging, ns per symbol at 100 MB, times 10 MB',
		perSymbol(100) / perSymbol(10),
		1.5
	);
}
