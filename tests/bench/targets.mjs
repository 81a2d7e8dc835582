// Targets of the bench. Each missed one is a line in `failures`.

export const failures = [];

const JAVASCRIPT_PEERS = ['gpt-tokenizer', 'ai-tokenizer', 'js-tiktoken'];
const WASM = 'tiktoken wasm';
const NATIVE = 'Hugging Face native';

function expect(what, got, least) {
	if (got < least) failures.push(`${what}: got ${got.toFixed(2)}, expected at least ${least}`);
}

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

/** Prints a figure with its target in one line, and notes a failure if `got` is more than `most`. */
export function reportAtMost(what, got, most) {
	const isMet = got <= most;
	console.log(`${what}: ${got.toFixed(2)}, target at most ${most}, ${isMet ? 'met' : 'missed'}`);
	expectAtMost(what, got, most);
}

export function checkTiktoken(name, fresh, cold) {
	for (const text of Object.keys(fresh)) {
		const what = `${name}, ${text}`;
		const lab = firstOf(fresh[text], 'lab');
		if (lab.fingerprint !== firstOf(fresh[text], WASM).fingerprint) {
			failures.push(`${what}: ids differ from tiktoken's`);
		}
		const peers = JAVASCRIPT_PEERS;
		expect(
			`${what}, fresh, times the best JavaScript peer`,
			lab.first / best(fresh[text], 'first', peers),
			text === 'code' ? 2 : 4
		);
		expect(
			`${what}, repeated, times the best JavaScript peer`,
			lab.repeat / best(fresh[text], 'repeat', peers),
			3
		);
		expect(
			`${what}, repeated, times tiktoken wasm`,
			lab.repeat / firstOf(fresh[text], WASM).repeat,
			10
		);
		expect(
			`${what}, cold, times the best peer`,
			firstOf(cold[text], 'lab').first / best(cold[text], 'first', [...peers, WASM]),
			1
		);
	}
	const { loadMs, loadMegabytes } = cold.prose.lab;
	expect(`${name}, 50 ms over load time`, 50 / loadMs, 1);
	expect(`${name}, MB left of 30 after loading`, 30 - loadMegabytes, 0);
}

export function checkLong(name, long) {
	for (const [kind, [small, large]] of Object.entries(long)) {
		expect(`${name}, one pre-token of ${kind}, 100 ms over 100 kB`, 100 / small, 1);
		expect(`${name}, one pre-token of ${kind}, 15 times 100 kB over 1 MB`, (15 * small) / large, 1);
	}
}

export function checkJson(name, results) {
	results.lab.tasks.forEach((lab, i) => {
		const what = `${name}, ${lab.text}`;
		const native = results[NATIVE].tasks[i];
		if (lab.fingerprint !== native.fingerprint) failures.push(`${what}: ids differ from native's`);
		expect(
			`${what}, times transformers.js`,
			lab.first / results['transformers.js'].tasks[i].first,
			5
		);
		expect(`${what}, times Hugging Face native`, lab.first / native.first, 1);
	});
}

/** Seconds of CPU for a vocabulary of 32,000, whole process. */
const TRAINING_SECONDS = { 1: 0.4, 10: 1.2, 100: 6 };
const TRAINING_MEGABYTES = 600;
/** Seconds by the clock on two cores for 76 MB and a vocabulary of 32,000. */
const TRAINING_CLOCK = { seconds: 2.4, bytes: 76e6 };

export function checkTraining({ corpora, results, phases, oneLetter }) {
	for (const { megabytes, bytes } of corpora) {
		const allowed = TRAINING_SECONDS[megabytes] * (bytes / (megabytes * 1e6));
		const { cpu } = results[megabytes]['lab 32k'];
		expect(`training on ${megabytes} MB, ${allowed.toFixed(2)} s over CPU time`, allowed / cpu, 1);
	}
	const largest = corpora.find(({ megabytes }) => megabytes === 100);
	const clock = (TRAINING_CLOCK.seconds * largest.bytes) / TRAINING_CLOCK.bytes;
	expect(
		`training on 100 MB, ${clock.toFixed(2)} s over the clock on two cores`,
		clock / results[100]['lab 32k'].wall,
		1
	);
	expect(
		`training on 100 MB, MB left of ${TRAINING_MEGABYTES}`,
		TRAINING_MEGABYTES - results[100]['lab 32k'].megabytes,
		0
	);
	expect(
		'training on 10 MB, times native by the clock',
		results[10]['native 30k'].wall / results[10]['lab 32k'].wall,
		3
	);
	expect('training on one letter, 0.5 s over CPU time', 0.5 / oneLetter.cpu, 1);
	const perByte = (size) =>
		phases[size].countingSeconds / corpora.find(({ megabytes }) => megabytes === size).bytes;
	const perSymbol = (size) => phases[size].mergingSeconds / phases[size].symbols;
	expect(
		'counting, 1.5 times ns per byte at 10 MB over 100 MB',
		(1.5 * perByte(10)) / perByte(100),
		1
	);
	expect(
		'merging, 1.5 times ns per symbol at 10 MB over 100 MB',
		(1.5 * perSymbol(10)) / perSymbol(100),
		1
	);
}
