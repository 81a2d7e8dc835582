// Measures the packaged command line: start-up time with one word, speed and memory use of `count`, and CPU time of
// `diff`.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeUtf8 } from '../../src/lib/engine/text';
import { execute, ROOT } from '../support/launcher';
import { corpora } from './corpora.mjs';
import { figures } from './figures.mjs';
import { measure } from './processes.mjs';
import { median, medians } from './rounds.mjs';
import { MEGABYTE } from './texts.mjs';

/** Number of runs per measurement. One run isn't enough, because the times of short runs vary a lot. */
const STARTS = 10;

/** For each pair of tokenizers, the maximum CPU time of `diff` with all checks, relative to an empty Node program's. */
const DIFFS = [
	['o200k_base', 'gemma3', 34.5],
	['llama3', 'llama3', 10.5]
];

/**
 * Builds the package into a temporary folder and removes the folder after `work`. @param work receives the command
 * line's script and the folder
 */
export async function withPackage(work) {
	const folder = await mkdtemp(join(tmpdir(), 'bpe-lab-bench-'));
	try {
		const built = join(folder, 'dist');
		execute(process.execPath, [join(ROOT, 'src/package/build.js'), built]);
		await work(join(built, 'cli/bin.js'), folder);
	} finally {
		await rm(folder, { recursive: true });
	}
}

export const benchCommandLine = ({ rounds, quick }) =>
	withPackage(async (bin, folder) => {
		const word = join(folder, 'word.txt');
		await writeFile(word, 'strawberry');
		// The first run warms the file cache.
		const encode = [bin, 'encode', '-t', 'cl100k_base', word];
		await measure(encode);
		await compareWithNode('one word through encode', encode, rounds * STARTS, 3);
		await benchCount(bin, folder, { rounds, quick });
		await benchThreads(bin, folder, quick);
		for (const [a, b, most] of DIFFS)
			await compareWithNode(`diff ${a} ${b}`, [bin, 'diff', a, b], rounds, most);
	});

/** Compares the CPU time of a command with that of an empty Node program. */
async function compareWithNode(what, command, rounds, most) {
	const [empty, runs] = [[], []];
	for (let round = 0; round < rounds; round++) {
		for (let i = 0; i < STARTS / rounds; i++) empty.push((await measure(['-e', '0'])).cpu);
		runs.push((await measure(command)).cpu);
	}
	const [node, seconds] = [median(empty), median(runs)];
	const shown = `${what}, user CPU (${seconds.toFixed(2)} s), times node -e 0 (${node.toFixed(2)} s)`;
	figures.atMost(shown, seconds / node, most);
}

/**
 * Compares runs on two threads with runs on one thread, alternating between the two. As a control, it also runs two
 * processes that each encode half of the text, which shows the best that two threads could achieve on this machine.
 * @param folder where to write the text
 */
async function benchThreads(bin, folder, quick) {
	const [text, half] = [join(folder, 'threads.txt'), join(folder, 'half.txt')];
	const mixed = await readFile(corpora().at(quick ? 1 : 2).file);
	const megabytes = quick ? 12 : 120;
	const repeats = Math.ceil((megabytes * MEGABYTE) / mixed.length);
	const whole = Buffer.concat(Array.from({ length: repeats }, () => mixed));
	await writeFile(text, decodeUtf8(whole.subarray(0, megabytes * MEGABYTE)));
	await writeFile(half, decodeUtf8(whole.subarray(0, (megabytes * MEGABYTE) / 2)));
	const run = (args, threads = '1') => measure([bin, ...args, '--threads', threads]);
	/** @returns the median ratios of `two` to `one` in pairs of runs, and the seconds that `one` takes */
	const compare = async (one, two) => {
		const ratios = [];
		for (let pair = 0; pair < (quick ? 1 : 5); pair++) {
			const [a, b] = [await one(), await two()];
			ratios.push({ wall: b.wall / a.wall, cpu: b.cpu / a.cpu, seconds: a.wall });
		}
		return medians(ratios);
	};
	const encode = ['encode', '-t', 'o200k_base'];
	const control = await compare(
		() => run([...encode, text]),
		async () => {
			const halves = await Promise.all([run([...encode, half]), run([...encode, half])]);
			const wall = Math.max(...halves.map(({ wall }) => wall));
			return { wall, cpu: halves[0].cpu + halves[1].cpu };
		}
	);
	console.log(
		`control: two processes with half of ${megabytes} MB each, next to one with all of it: ${control.wall.toFixed(2)} by the clock, ${control.cpu.toFixed(2)} user CPU`
	);
	const out = ['--out', join(folder, 'counts')];
	const commands = [
		...['o200k_base', 'llama2'].flatMap((name) => [
			[`encode with ${name}`, ['encode', '-t', name, text]],
			[`encode --count with ${name}`, ['encode', '-t', name, '--count', text]]
		]),
		['count', ['count', ...out, text]],
		['inflation', ['inflation', '-t', 'o200k_base', 'llama2', 'gemma3', 'qwen3']]
	];
	for (const [what, args] of commands) {
		const { wall, cpu, seconds } = await compare(
			() => run(args),
			() => run(args, '2')
		);
		const named = `${what}, ${megabytes} MB, two threads next to one (${seconds.toFixed(1)} s)`;
		figures.atMost(`${named}, by the clock`, wall, 0.65);
		figures.atMost(`${named}, user CPU`, cpu, 1.15);
	}
}

async function benchCount(bin, folder, { rounds, quick }) {
	const { file, bytes } = corpora().at(quick ? 1 : 2);
	const out = ['--out', join(folder, 'counts')];
	const results = [];
	for (let round = 0; round < rounds; round++)
		results.push(await measure([bin, 'count', '--threads', '1', ...out, file]));
	const perSecond = bytes / 1e6 / median(results.map(({ wall }) => wall));
	console.log(
		`count --out on ${(bytes / 1e6).toFixed(0)} MB of text: ${perSecond.toFixed(1)} MB/s`
	);
	const megabytes = Math.max(...results.map(({ megabytes }) => megabytes));
	figures.atMost('memory of count', megabytes, 300, 'MB');
}
