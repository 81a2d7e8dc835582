import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { packedSpec } from '../../tests/support/packed-tokenizers';
import { BpeModel } from '../lib/engine/model/bpe';
import { joinNumbers } from './sections';
import { Threads, type StartThread } from './threads';
import { createWork, type Task } from './work';

const BIG = 1 << 20;
const task = {} as Task;

/** Starts a thread that runs `script` with each part in the variable `part`. */
const running =
	(script: string): StartThread =>
	() =>
		new Worker(
			`const { parentPort } = require('node:worker_threads');
			parentPort.on('message', (part) => { ${script} });`,
			{ eval: true }
		);

async function workOn(
	parts: readonly number[],
	start: StartThread | undefined,
	work: (part: number) => number = (part) => part * 2
): Promise<number[]> {
	const results: number[] = [];
	const threads = new Threads<number, number>({
		...{ start, count: 3, task, work },
		onResult: (result) => void results.push(result)
	});
	try {
		for (const part of parts) await threads.add(part, BIG);
		await threads.finish();
	} finally {
		threads.close();
	}
	return results;
}

const PARTS = Array.from({ length: 40 }, (_, i) => i);

it('hands over the results in order, whoever is faster', async () => {
	const expected = PARTS.map((part) => part * 2);
	const slow = running(
		`Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, (part * 7) % 5);
		parentPort.postMessage({ result: part * 2 });`
	);
	expect(await workOn(PARTS, slow)).toEqual(expected);
	expect(await workOn(PARTS, undefined)).toEqual(expected);
});

it('fails with the error of the first wrong part', async () => {
	const wrong = running(
		`parentPort.postMessage(part > 5 ? { problem: 'part ' + part, isUserError: true } : { result: part });`
	);
	const work = (part: number) => {
		if (part > 5) throw new Error(`part ${part}`);
		return part;
	};
	await expect(workOn(PARTS, wrong, work)).rejects.toThrow('part 6');
});

it.each([
	['process.exit(3)', 'exit code 3'],
	[`throw new Error('out of luck')`, 'out of luck']
])('fails in one line when a thread dies: %s', async (script, reason) => {
	await expect(workOn(PARTS, running(script))).rejects.toThrow(
		`a thread ended before its work was done (${reason}); try again with --threads 1`
	);
});

it('counts the first section in the core, in whatever thread', async () => {
	const core = vi.spyOn(BpeModel.prototype, 'countText');
	const spec = packedSpec('cl100k_base');
	const work = await createWork({ kind: 'sections', spec, special: 'text', count: true });
	const bytes = new TextEncoder().encode('a long text '.repeat(50_000));
	expect(work({ bytes, excess: 0 } as never)).toMatchObject({ tokens: 150_001 });
	expect(core).toHaveLastReturnedWith([bytes.length, 150_001]);
	core.mockRestore();
});

it('joins numbers like an array does', () => {
	const number = fc.oneof(fc.nat(1200), fc.nat(1_200_000), fc.nat(2 ** 32 - 1));
	fc.assert(
		fc.property(fc.array(number), (numbers) => {
			expect(joinNumbers(Uint32Array.from(numbers), ' ').toString()).toBe(numbers.join(' '));
		})
	);
});
