import { describe, expect, it } from 'vitest';
import { settle } from '../../../tests/support/fake-calls';
import { LongTask, type TaskOptions } from './long-task.svelte';

/** Work that the test ends, and what was told of it. */
function setUp() {
	const asked: {
		readonly options: TaskOptions;
		readonly resolve: (answer: string) => void;
		readonly reject: (why: Error) => void;
	}[] = [];
	const told: string[] = [];
	const task = new LongTask();
	const run = () =>
		void task.run<string>(
			(options) => new Promise((resolve, reject) => asked.push({ options, resolve, reject })),
			(answer) => told.push(answer)
		);
	return { task, run, asked, told };
}

const PROGRESS = { phase: 'measure', step: 'train', share: 0.5 } as const;

describe('LongTask', () => {
	it('tells what came of the work, and its progress until then', async () => {
		const { task, run, asked, told } = setUp();
		expect(task.status).toBe('ready');
		run();
		expect(task.status).toBe('loading');
		asked[0].options.onprogress(PROGRESS);
		expect(task.progress).toBe(PROGRESS);
		asked[0].resolve('done');
		await settle();
		expect(told).toEqual(['done']);
		expect([task.status, task.progress, task.error]).toEqual(['ready', null, null]);
	});

	it('gives up what goes on when it begins anew, and hears no more of it', async () => {
		const { task, run, asked, told } = setUp();
		run();
		run();
		expect(asked[0].options.signal.aborted).toBe(true);
		asked[0].options.onprogress(PROGRESS);
		asked[0].reject(new Error('late'));
		await settle();
		expect([task.status, task.progress, task.error]).toEqual(['loading', null, null]);
		asked[1].resolve('second');
		await settle();
		expect(told).toEqual(['second']);
	});

	it('drops an answer that comes after it was given up', async () => {
		const { task, run, asked, told } = setUp();
		run();
		task.giveUp();
		expect(task.status).toBe('ready');
		asked[0].resolve('late');
		await settle();
		expect(told).toEqual([]);
	});

	it('says why the work failed, until it begins anew', async () => {
		const { task, run, asked } = setUp();
		run();
		asked[0].options.onprogress(PROGRESS);
		asked[0].reject(new Error('no such merge'));
		await settle();
		expect([task.status, task.progress, task.error]).toEqual(['error', null, 'No such merge']);
		run();
		expect([task.status, task.error]).toEqual(['loading', null]);
	});

	it('fails where what came of the work cannot be taken', async () => {
		const task = new LongTask();
		await task.run(
			() => Promise.resolve(),
			() => {
				throw new Error('too long');
			}
		);
		expect([task.status, task.error]).toEqual(['error', 'Too long']);
	});

	it('says that it was stopped only where something went on', () => {
		const { task, run, asked } = setUp();
		task.stop('Stopped.');
		expect([task.status, task.error]).toEqual(['ready', null]);
		run();
		task.stop('Stopped.');
		expect(asked[0].options.signal.aborted).toBe(true);
		expect([task.status, task.error]).toEqual(['error', 'Stopped.']);
	});
});
