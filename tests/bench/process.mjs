// One contender in one process: loads, then encodes the tasks. Answers with milliseconds.
import { JSON_CONTENDERS, TIKTOKEN_CONTENDERS } from './contenders.mjs';
import { benchTexts, longPretoken } from './texts.mjs';

const REPEATS = 5;

process.once('message', async ({ family, contender, name, tasks, share }) => {
	const contenders = family === 'tiktoken' ? TIKTOKEN_CONTENDERS : JSON_CONTENDERS;
	globalThis.gc();
	const before = process.memoryUsage().rss;
	const importStart = performance.now();
	const load = await contenders[contender](name);
	const loadStart = performance.now();
	const encode = load();
	// Some contenders load on the first call.
	await encode('a');
	const loadEnd = performance.now();
	// Includes the code, as in a worker, and garbage from reading the vocabulary.
	const loadMegabytes = (process.memoryUsage().rss - before) / 1e6;
	const texts = tasks.some((task) => task.text) ? benchTexts() : {};
	const take = (text) => text.slice(0, Math.floor(text.length * share));
	const time = async (text) => {
		const start = performance.now();
		const ids = await encode(text);
		return { ms: performance.now() - start, ids };
	};
	const answer = {
		importMs: loadStart - importStart,
		loadMs: loadEnd - loadStart,
		loadMegabytes,
		tasks: []
	};
	for (const task of tasks) {
		if (task.warmUp) {
			for (let i = 0; i < 3; i++)
				for (const { warmUp } of Object.values(texts)) await encode(warmUp);
			continue;
		}
		const text = task.long ? longPretoken(task.long, task.bytes) : take(texts[task.text].text);
		const first = await time(text);
		const repeats = [];
		for (let i = 0; i < (task.long ? 0 : REPEATS); i++) repeats.push((await time(text)).ms);
		repeats.sort((a, b) => a - b);
		answer.tasks.push({
			...task,
			megabytes: Buffer.byteLength(text) / 1e6,
			firstMs: first.ms,
			repeatMs: repeats[REPEATS >> 1] ?? null,
			tokens: first.ids.length,
			fingerprint: fingerprint(first.ids)
		});
	}
	process.send(answer, () => process.exit(0));
});

/** Hashes ids (FNV-1a over their bytes). */
function fingerprint(ids) {
	let hash = 0x811c9dc5;
	for (let i = 0; i < ids.length; i++) {
		for (let shift = 0; shift < 24; shift += 8) {
			hash = Math.imul(hash ^ ((ids[i] >>> shift) & 0xff), 0x01000193);
		}
	}
	return hash >>> 0;
}
