import { describe, expect, it, vi } from 'vitest';
import { abortable, asked, idsOf, params, result } from '../../../tests/support/asked-client';
import { useFakeTimers } from '../../../tests/support/fake-timers';
import { fakeWorkers, type FakeWorker } from '../../../tests/support/fake-worker';
import { STALL_TIMEOUT_MS, WAIT_TIMEOUT_MS, WAKE_TIMEOUT_MS, WorkerClient } from './client';

useFakeTimers('performance');

describe('building a tokenizer', () => {
	const prepare = (id: number) => ({
		id,
		type: 'progress' as const,
		progress: { phase: 'prepare' as const }
	});

	it('is limited like other work, and the requests behind it are answered by a new worker', async () => {
		const { workers, answers } = asked(2);
		workers[0].say({ id: 1, type: 'received' });
		workers[0].say(prepare(1));
		vi.advanceTimersByTime(STALL_TIMEOUT_MS);
		await expect(answers[0]).rejects.toThrow('no progress for 20 seconds');
		expect(idsOf(workers[1])).toEqual([2]);
		workers[1].say({ id: 2, type: 'result', result });
		expect(await answers[1]).toBe(result);
	});

	it('is not cut short when its request is aborted, because later ones need the tokenizer too', () => {
		const { workers, abort } = abortable();
		workers[0].say({ id: 1, type: 'received' });
		workers[0].say(prepare(1));
		abort.abort();
		vi.advanceTimersByTime(STALL_TIMEOUT_MS - 1);
		expect(workers[0].terminated).toBe(false);
		vi.advanceTimersByTime(1);
		expect(workers[0].terminated).toBe(true);
	});

	it('has more time once it is built, because a library may have to be fetched', async () => {
		const { workers, answers } = asked(1);
		workers[0].say({ id: 1, type: 'received' });
		workers[0].say(prepare(1));
		workers[0].say({ id: 1, type: 'built' });
		vi.advanceTimersByTime(WAIT_TIMEOUT_MS - 1);
		expect(workers[0].terminated).toBe(false);
		vi.advanceTimersByTime(1);
		await expect(answers[0]).rejects.toThrow('nothing arrived for 30 seconds');
	});

	it('between two steps of other work leaves that work its own limit', async () => {
		const { workers, answers } = asked(2);
		for (const id of [1, 2]) workers[0].say({ id, type: 'received' });
		workers[0].say({ id: 1, type: 'start' });
		workers[0].say(prepare(2));
		workers[0].say({ id: 2, type: 'built' });
		vi.advanceTimersByTime(STALL_TIMEOUT_MS);
		await expect(answers[0]).rejects.toThrow('no progress for 20 seconds');
		expect(idsOf(workers[1])).toEqual([2]);
	});
});

describe('a worker that does not receive a request', () => {
	it('fails all requests if it never started, so that none is sent forever', async () => {
		const { workers, answers } = asked(2);
		vi.advanceTimersByTime(WAKE_TIMEOUT_MS);
		vi.advanceTimersByTime(STALL_TIMEOUT_MS);
		for (const answer of answers) {
			await expect(answer).rejects.toMatchObject({
				message:
					'The tokenizer did not start within 20 seconds. Check the connection and try again.',
				retry: true
			});
		}
		vi.advanceTimersByTime(STALL_TIMEOUT_MS * 10);
		expect(workers).toHaveLength(2);
	});

	it('is replaced soon if it does not wake, and gets the same requests, which then have their full time', async () => {
		const { workers, client, answers } = asked(2);
		vi.advanceTimersByTime(WAKE_TIMEOUT_MS - 1);
		expect(workers).toHaveLength(1);
		vi.advanceTimersByTime(1);
		expect(workers[0].terminated).toBe(true);
		const late = client.request('compare', params);
		expect(idsOf(workers[1])).toEqual([1, 2, 3]);
		workers[1].say({ id: 0, type: 'awake' });
		vi.advanceTimersByTime(STALL_TIMEOUT_MS - 1);
		expect(workers[1].terminated).toBe(false);
		for (const id of [1, 2, 3]) workers[1].say({ id, type: 'received' });
		// None of them was the cause, so each may lose one more worker.
		workers[1].say({ id: 2, type: 'start' });
		workers[1].die('');
		await expect(answers[1]).rejects.toThrow('stopped working');
		expect(idsOf(workers[2])).toEqual([1]);
		workers[2].say({ id: 1, type: 'result', result });
		expect(await answers[0]).toBe(result);
		workers[2].say({ id: 3, type: 'result', result });
		expect(await late).toBe(result);
	});

	it('is replaced with its only request if the others wait for that one', () => {
		const { workers, answers } = asked(2);
		for (const answer of answers) answer.catch(() => undefined);
		for (const id of [1, 2]) workers[0].say({ id, type: 'received' });
		workers[0].die('');
		expect(idsOf(workers[1])).toEqual([1]);
		vi.advanceTimersByTime(WAKE_TIMEOUT_MS);
		expect(idsOf(workers[2])).toEqual([1]);
		workers[2].say({ id: 1, type: 'result', result });
		expect(idsOf(workers[2])).toEqual([1, 2]);
	});

	it('is replaced within two seconds if it was idle, once, and the request is sent again', async () => {
		const { workers, client, answers } = asked(1);
		workers[0].say({ id: 1, type: 'received' });
		workers[0].say({ id: 1, type: 'result', result });
		await answers[0];
		const next = client.request('compare', params);
		vi.advanceTimersByTime(WAKE_TIMEOUT_MS - 1);
		expect(workers[0].terminated).toBe(false);
		vi.advanceTimersByTime(1);
		expect(workers[0].terminated).toBe(true);
		expect(idsOf(workers[1])).toEqual([2]);
		vi.advanceTimersByTime(WAKE_TIMEOUT_MS);
		vi.advanceTimersByTime(STALL_TIMEOUT_MS);
		await expect(next).rejects.toThrow('did not start');
		expect(workers).toHaveLength(3);
	});

	it('keeps an idle one that receives it, however long the answer takes', async () => {
		const { workers, client, answers } = asked(1);
		workers[0].say({ id: 1, type: 'result', result });
		await answers[0];
		const next = client.request('compare', params);
		workers[0].say({ id: 2, type: 'received' });
		const later = client.request('compare', params);
		vi.advanceTimersByTime(STALL_TIMEOUT_MS - 1);
		workers[0].say({ id: 2, type: 'result', result });
		workers[0].say({ id: 3, type: 'result', result });
		expect(await Promise.all([next, later])).toEqual([result, result]);
		expect(workers).toHaveLength(1);
	});

	it('keeps an idle one whose sign has waited for a busy page', async () => {
		const { workers, client, answers } = asked(1);
		workers[0].say({ id: 1, type: 'result', result });
		await answers[0];
		const next = client.request('compare', params);
		// As after five seconds without a task: the timer is late, and its task runs first.
		vi.spyOn(performance, 'now').mockReturnValueOnce(performance.now() + 5000);
		vi.advanceTimersToNextTimer();
		workers[0].say({ id: 2, type: 'received' });
		vi.advanceTimersByTime(WAKE_TIMEOUT_MS);
		expect(workers[0].terminated).toBe(false);
		workers[0].say({ id: 2, type: 'result', result });
		expect(await next).toBe(result);
	});

	it('gets no more time from further requests', () => {
		const { workers, client, answers } = asked(1);
		answers[0].catch(() => undefined);
		workers[0].say({ id: 0, type: 'awake' });
		vi.advanceTimersByTime(STALL_TIMEOUT_MS - 1);
		client.request('compare', params).catch(() => undefined);
		vi.advanceTimersByTime(1);
		expect(workers[0].terminated).toBe(true);
	});

	it('sets no timer for each request and message while the worker answers', async () => {
		const setting = vi.spyOn(globalThis, 'setTimeout');
		const { workers, client, answers } = asked(1);
		workers[0].say({ id: 1, type: 'received' });
		workers[0].say({ id: 1, type: 'start' });
		workers[0].say({ id: 1, type: 'result', result });
		await answers[0];
		for (let id = 2; id < 12; id++) {
			client.request('compare', params).catch(() => undefined);
			workers[0].say({ id, type: 'received' });
			workers[0].say({ id, type: 'start' });
			if (id < 11) workers[0].say({ id, type: 'result', result });
		}
		// One timer for the start of the worker, and one for the time in which an idle worker must show that it is alive.
		expect(setting).toHaveBeenCalledTimes(2);
		vi.advanceTimersByTime(STALL_TIMEOUT_MS - 1);
		workers[0].say({ id: 11, type: 'progress', progress: { phase: 'encode', share: 0.5 } });
		vi.advanceTimersByTime(STALL_TIMEOUT_MS - 1);
		expect(workers[0].terminated).toBe(false);
		vi.advanceTimersByTime(1);
		expect(workers[0].terminated).toBe(true);
	});

	it('says that it could not be started if its script cannot be fetched', async () => {
		const { workers, answers } = asked(1);
		workers[0].say({ id: 0, type: 'awake' });
		workers[0].die('');
		await expect(answers[0]).rejects.toThrow(
			'The tokenizer could not be started. Check the connection and try again.'
		);
	});
});

describe('the listener for an abort', () => {
	it.each([
		['is answered', (worker: FakeWorker) => worker.say({ id: 1, type: 'result', result })],
		[
			'fails',
			(worker: FakeWorker) => worker.say({ id: 1, type: 'error', message: 'no', retry: false })
		],
		['loses its worker', (worker: FakeWorker) => worker.die('')]
	])('is removed when the request %s', async (_, end) => {
		const { workers, spawn } = fakeWorkers();
		const { signal } = new AbortController();
		const listeners = new Set<unknown>();
		vi.spyOn(signal, 'addEventListener').mockImplementation((_type, listener) => {
			listeners.add(listener);
		});
		vi.spyOn(signal, 'removeEventListener').mockImplementation((_type, listener) => {
			listeners.delete(listener);
		});
		const answer = new WorkerClient(spawn).request('compare', params, { signal });
		expect(listeners.size).toBe(1);
		end(workers[0]);
		await answer.catch(() => undefined);
		expect(listeners.size).toBe(0);
	});
});
