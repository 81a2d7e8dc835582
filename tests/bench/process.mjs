// One contender in one process: loads, then does the tasks one after another. Answers with milliseconds. native.py is the
// same for libraries of Python.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { JSON_CONTENDERS, TIKTOKEN_CONTENDERS } from './contenders.mjs';
import { median } from './rounds.mjs';
import { longPretoken, textFile } from './texts.mjs';

const REPEATS = 5;
const WARM_UP_PASSES = 3;

process.once('message', async ({ family, contender, name, tasks, share }) => {
	const contenders = family === 'tiktoken' ? TIKTOKEN_CONTENDERS : JSON_CONTENDERS;
	globalThis.gc();
	const before = process.memoryUsage().rss;
	const cpuBefore = process.cpuUsage();
	const importStart = performance.now();
	const load = await contenders[contender](name);
	const loadStart = performance.now();
	const encode = load();
	// Some contenders load on the first call.
	await encode('a');
	const loadEnd = performance.now();
	const startCpu = process.cpuUsage(cpuBefore);
	// Includes the code, as in a worker, and garbage from reading the vocabulary.
	const loadMegabytes = (process.memoryUsage().rss - before) / 1e6;
	const read = (name, part) => readFileSync(textFile(name, part), 'utf8');
	const time = async (text) => {
		const cpu = process.cpuUsage();
		const start = performance.now();
		const ids = await encode(text);
		const ms = performance.now() - start;
		const { user, system } = process.cpuUsage(cpu);
		return { ms, cpuMs: (user + system) / 1000, ids };
	};
	const answer = {
		importMs: loadStart - importStart,
		loadMs: loadEnd - loadStart,
		startCpuMs: (startCpu.user + startCpu.system) / 1000,
		loadMegabytes,
		tasks: []
	};
	for (const task of tasks) {
		if (task.warmUp) {
			const texts = task.warmUp.map((name) => read(name, 'warmUp'));
			for (let i = 0; i < (task.passes ?? WARM_UP_PASSES); i++)
				for (const text of texts) await encode(text);
			continue;
		}
		let text = task.long ? longPretoken(task.long, task.bytes) : read(task.text, 'text');
		text = text.slice(0, Math.floor(text.length * share));
		const first = await time(text);
		const repeats = [];
		for (let i = 0; i < (task.repeats ?? REPEATS); i++) {
			const { ms, cpuMs } = await time(text);
			repeats.push({ ms, cpuMs });
		}
		answer.tasks.push({
			...task,
			megabytes: Buffer.byteLength(text) / 1e6,
			firstMs: first.ms,
			firstCpuMs: first.cpuMs,
			repeatMs: repeats.length > 0 ? median(repeats.map(({ ms }) => ms)) : null,
			repeatCpuMs: repeats.length > 0 ? median(repeats.map(({ cpuMs }) => cpuMs)) : null,
			fingerprint: fingerprint(first.ids)
		});
	}
	process.send(answer, () => process.exit(0));
});

/** Hashes ids as little-endian numbers of 32 bits. */
const fingerprint = (ids) =>
	createHash('sha256')
		.update(new Uint8Array(Uint32Array.from(ids).buffer))
		.digest('hex');
