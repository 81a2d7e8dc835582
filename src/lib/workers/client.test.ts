import { describe, expect, it, vi } from 'vitest';
import {
	abortable,
	asked,
	idsOf,
	other,
	params,
	result
} from '../../../tests/support/asked-client';
import { useFakeTimers } from '../../../tests/support/fake-timers';
import { fakeWorkers } from '../../../tests/support/fake-worker';
import {
	CANCEL_GRACE_MS,
	STALL_TIMEOUT_MS,
	WAIT_TIMEOUT_MS,
	WorkerClient,
	WorkerError
} from './client';
import type { Progress } from './protocol';

/** State of a promise, without waiting for it. */
async function outcome(promise: Promise<unknown>): Promise<unknown> {
	const open = new Promise((resolve) => setImmediate(resolve, 'open'));
	return Promise.race([
		promise.then(
			(value) => ({ value }),
			(error: unknown) => ({ error })
		),
		open
	]);
}

useFakeTimers('performance');

describe('WorkerClient', () => {
	it('starts one worker on the first request', async () => {
		const { workers, spawn } = fakeWorkers();
		const client = new WorkerClient(spawn);
		expect(workers).toHaveLength(0);
		const first = client.request('compare', params);
		const second = client.request('compare', params);
		expect(workers).toHaveLength(1);
		expect(workers[0].sent).toEqual([
			{ id: 1, method: 'compare', params },
			{ id: 2, method: 'compare', params }
		]);
		workers[0].say({ id: 2, type: 'result', result: other });
		workers[0].say({ id: 1, type: 'result', result });
		expect(await first).toBe(result);
		expect(await second).toBe(other);
	});

	it('reports progress to its request', () => {
		const { workers, spawn } = fakeWorkers();
		const client = new WorkerClient(spawn);
		const seen: Progress[][] = [[], []];
		for (const list of seen) {
			void client.request('compare', params, { onprogress: (progress) => list.push(progress) });
		}
		workers[0].say({ id: 2, type: 'progress', progress: { phase: 'prepare' } });
		expect(seen).toEqual([[], [{ phase: 'prepare' }]]);
	});

	it('rejects with the message of the worker, the invalid rule, and whether a retry may help', async () => {
		const { workers, answers } = asked(3);
		workers[0].say({ id: 1, type: 'error', message: 'no network', retry: true });
		workers[0].say({ id: 2, type: 'error', message: 'no such tokenizer', retry: false });
		workers[0].say({ id: 3, type: 'error', message: 'broken', retry: false, rule: 'pattern' });
		const errors = await Promise.all(answers.map((answer) => answer.catch((e: unknown) => e)));
		expect(errors[0]).toBeInstanceOf(WorkerError);
		expect(errors).toMatchObject([
			{ message: 'no network', retry: true, rule: null },
			{ message: 'no such tokenizer', retry: false, rule: null },
			{ message: 'broken', retry: false, rule: 'pattern' }
		]);
	});

	it('drops replies to unknown requests', async () => {
		const { workers, answers } = asked(1);
		workers[0].say({ id: 7, type: 'result', result: other });
		workers[0].say({ id: 7, type: 'error', message: 'late', retry: false });
		expect(await outcome(answers[0])).toBe('open');
		workers[0].say({ id: 1, type: 'result', result });
		expect(await answers[0]).toBe(result);
	});
});

describe('a request that is aborted', () => {
	it('is rejected with the reason at once, and cancelled in the worker', async () => {
		const { workers, spawn } = fakeWorkers();
		const client = new WorkerClient(spawn);
		const abort = new AbortController();
		const seen: Progress[] = [];
		const answer = client.request('compare', params, {
			signal: abort.signal,
			onprogress: (progress) => seen.push(progress)
		});
		const reason = new Error('newer text');
		abort.abort(reason);
		await expect(answer).rejects.toBe(reason);
		expect(workers[0].sent.at(-1)).toEqual({ cancel: 1 });
		workers[0].say({ id: 1, type: 'progress', progress: { phase: 'prepare' } });
		workers[0].say({ id: 1, type: 'result', result });
		expect(seen).toEqual([]);
	});

	it('is never sent if it was aborted before', async () => {
		const { workers, spawn } = fakeWorkers();
		const reason = new Error('too late');
		const signal = AbortSignal.abort(reason);
		const answer = new WorkerClient(spawn).request('compare', params, { signal });
		await expect(answer).rejects.toBe(reason);
		expect(workers).toHaveLength(0);
	});

	it('is not cancelled in the worker if it was answered before', async () => {
		const { workers, spawn } = fakeWorkers();
		const abort = new AbortController();
		const answer = new WorkerClient(spawn).request('compare', params, { signal: abort.signal });
		workers[0].say({ id: 1, type: 'result', result });
		await answer;
		abort.abort();
		expect(workers[0].sent).toHaveLength(1);
	});

	it.each(['before', 'after'])(
		'may block the worker only briefly, if it starts %s it is aborted: then a new one answers the others',
		async (order) => {
			const { workers, client, abort } = abortable();
			const next = client.request('compare', params);
			if (order === 'after') abort.abort();
			workers[0].say({ id: 1, type: 'start' });
			if (order === 'before') abort.abort();
			vi.advanceTimersByTime(CANCEL_GRACE_MS - 1);
			expect(workers).toHaveLength(1);
			vi.advanceTimersByTime(1);
			expect(workers[0].terminated).toBe(true);
			expect(idsOf(workers[1])).toEqual([2]);
			workers[1].say({ id: 2, type: 'result', result });
			expect(await next).toBe(result);
		}
	);

	it('keeps the worker if it stops in time', () => {
		const { workers, abort } = abortable();
		workers[0].say({ id: 1, type: 'start' });
		abort.abort();
		workers[0].say({ id: 1, type: 'cancelled' });
		vi.advanceTimersByTime(STALL_TIMEOUT_MS * 2);
		expect(workers[0].terminated).toBe(false);
	});
});

describe('a worker that fails', () => {
	it('fails the running request; the others are sent to a new worker, one at a time', async () => {
		const { workers, answers } = asked(3);
		workers[0].say({ id: 2, type: 'start' });
		workers[0].die('out of memory');
		await expect(answers[1]).rejects.toMatchObject({
			name: 'WorkerError',
			message: 'The tokenizer stopped working: out of memory.',
			retry: true
		});
		expect(workers[0].terminated).toBe(true);
		expect(idsOf(workers[1])).toEqual([1]);
		workers[1].say({ id: 1, type: 'result', result });
		expect(idsOf(workers[1])).toEqual([1, 3]);
		workers[1].say({ id: 3, type: 'result', result: other });
		expect(await answers[0]).toBe(result);
		expect(await answers[2]).toBe(other);
	});

	it('fails the only request that it had received', async () => {
		const { workers, answers } = asked(2);
		workers[0].say({ id: 1, type: 'received' });
		workers[0].die('');
		const message = 'The tokenizer stopped working: the worker died.';
		await expect(answers[0]).rejects.toMatchObject({ message });
		expect(idsOf(workers[1])).toEqual([2]);
	});

	it('tries each request alone if several may be the cause, and none a third time', async () => {
		const { workers, client, answers } = asked(3);
		for (const id of [1, 2, 3]) workers[0].say({ id, type: 'received' });
		workers[0].die('');
		expect(idsOf(workers[1])).toEqual([1]);
		const later = client.request('compare', params);
		workers[1].say({ id: 1, type: 'result', result });
		expect(await answers[0]).toBe(result);
		// The second request is the cause. The others never share a worker with it again.
		expect(idsOf(workers[1])).toEqual([1, 2]);
		workers[1].say({ id: 2, type: 'received' });
		workers[1].die('');
		await expect(answers[1]).rejects.toThrow('stopped working');
		for (const [id, answer] of [[3, answers[2]] as const, [4, later] as const]) {
			expect(workers[2].requests.at(-1)?.id).toBe(id);
			workers[2].say({ id, type: 'result', result: other });
			expect(await answer).toBe(other);
		}
		expect(workers.flatMap(idsOf).sort()).toEqual([1, 1, 2, 2, 3, 3, 4]);
	});

	it('is replaced for a request that it had not received, once', async () => {
		const { workers, client, answers } = asked(1);
		workers[0].say({ id: 1, type: 'result', result });
		await answers[0];
		const next = client.request('compare', params);
		workers[0].die('');
		expect(idsOf(workers[1])).toEqual([2]);
		workers[1].die('');
		await expect(next).rejects.toThrow('could not be started');
		expect(workers).toHaveLength(2);
	});

	it('sends the next request only once the cancelled one before has ended', async () => {
		const { workers, spawn } = fakeWorkers();
		const client = new WorkerClient(spawn);
		const abort = new AbortController();
		const failing = client.request('compare', params);
		client.request('compare', params, { signal: abort.signal }).catch(() => undefined);
		const last = client.request('compare', params);
		workers[0].say({ id: 1, type: 'start' });
		workers[0].die('');
		await expect(failing).rejects.toThrow('stopped working');
		workers[1].say({ id: 2, type: 'start' });
		abort.abort();
		expect(idsOf(workers[1])).toEqual([2]);
		vi.advanceTimersByTime(CANCEL_GRACE_MS);
		expect(idsOf(workers[2])).toEqual([3]);
		workers[2].say({ id: 3, type: 'result', result });
		expect(await last).toBe(result);
	});

	it('is replaced if an answer cannot be read', async () => {
		const { workers, answers } = asked(1);
		workers[0].say({ id: 1, type: 'start' });
		workers[0].onmessageerror?.({} as MessageEvent);
		await expect(answers[0]).rejects.toThrow('sent an answer that cannot be read');
	});

	it('is ignored once it is replaced', async () => {
		const { workers, answers } = asked(2);
		workers[0].say({ id: 1, type: 'start' });
		workers[0].die('');
		await expect(answers[0]).rejects.toThrow();
		expect(workers[0].onmessage).toBeNull();
		expect(workers[0].onerror).toBeNull();
	});
});

describe('work without progress', () => {
	it('is stopped after a while; the requests after it are sent again', async () => {
		const { workers, answers } = asked(2);
		workers[0].say({ id: 1, type: 'start' });
		vi.advanceTimersByTime(STALL_TIMEOUT_MS - 1);
		expect(workers[0].terminated).toBe(false);
		vi.advanceTimersByTime(1);
		await expect(answers[0]).rejects.toMatchObject({
			message: expect.stringContaining('no progress for 20 seconds') as string,
			retry: true
		});
		expect(idsOf(workers[1])).toEqual([2]);
	});

	it('is not extended by the progress of another request', () => {
		const { workers, answers } = asked(2);
		answers[0].catch(() => undefined);
		workers[0].say({ id: 1, type: 'start' });
		vi.advanceTimersByTime(STALL_TIMEOUT_MS - 1);
		workers[0].say({
			id: 2,
			type: 'progress',
			progress: { phase: 'texts', received: 1, total: 2 }
		});
		vi.advanceTimersByTime(1);
		expect(workers[0].terminated).toBe(true);
	});

	it('has no limit before it starts while bytes arrive, because downloads may be slow', async () => {
		const { workers, answers } = asked(1);
		workers[0].say({ id: 1, type: 'received' });
		for (let received = 1; received < 10; received++) {
			vi.advanceTimersByTime(WAIT_TIMEOUT_MS - 1);
			const progress = { phase: 'download', received, total: 10 } as const;
			workers[0].say({ id: 1, type: 'progress', progress });
		}
		expect(workers[0].terminated).toBe(false);
		vi.advanceTimersByTime(WAIT_TIMEOUT_MS);
		await expect(answers[0]).rejects.toMatchObject({
			message:
				'The tokenizer gave up: nothing arrived for 30 seconds. Check the connection and try again.',
			retry: true
		});
		expect(workers).toHaveLength(1);
	});

	it('does not end a worker whose requests were all cancelled while they waited', () => {
		const { workers, abort } = abortable();
		workers[0].say({ id: 1, type: 'received' });
		abort.abort();
		vi.advanceTimersByTime(WAIT_TIMEOUT_MS * 2);
		expect(workers[0].terminated).toBe(false);
	});

	it('ends with the answer', async () => {
		const { workers, answers } = asked(1);
		workers[0].say({ id: 1, type: 'start' });
		workers[0].say({ id: 1, type: 'result', result });
		await answers[0];
		vi.advanceTimersByTime(STALL_TIMEOUT_MS * 10);
		expect(workers[0].terminated).toBe(false);
	});
});

describe('a closed client', () => {
	it('stops the worker and fails open requests', async () => {
		const { workers, client, answers } = asked(2);
		client.close();
		expect(workers[0].terminated).toBe(true);
		for (const answer of answers) {
			await expect(answer).rejects.toMatchObject({ name: 'WorkerError', retry: true });
		}
	});
});
