import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { IDLE_MS, lockWhileWorking, reportEnd } from './end-of-worker';
import type { FromWorker } from './protocol';

/** Exclusive locks of one name, granted in order. A lock is held until the promise of its callback settles. */
function fakeLocks() {
	const queue: (() => unknown)[] = [];
	/** Passes the lock on, as a browser does when its holder is gone. */
	const pass = () => {
		queue.shift();
		grant();
	};
	const grant = () => {
		if (queue.length > 0) void Promise.resolve(queue[0]()).then(pass);
	};
	const request = ((_name: string, callback: () => unknown) => {
		queue.push(callback);
		if (queue.length === 1) grant();
		return new Promise(() => undefined);
	}) as LockManager['request'];
	return { locks: { request }, pass };
}

/** A worker and its page, with the messages and errors that the page sees. */
function connected() {
	const { locks, pass } = fakeLocks();
	const page = new EventTarget();
	const [said, errors]: [string[], Event[]] = [[], []];
	page.addEventListener('error', (event) => errors.push(event));
	reportEnd(page, 'one', locks);
	const post = (data: FromWorker) => {
		said.push(data.type);
		page.dispatchEvent(new MessageEvent('message', { data }));
	};
	return { work: lockWhileWorking('one', post, locks), end: pass, said, errors, post };
}

const forever = new Promise(() => undefined);

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

describe('the end of a worker', () => {
	it('is an error event if it comes during work', async () => {
		const { work, end, errors } = connected();
		void work(forever);
		await vi.advanceTimersByTimeAsync(IDLE_MS * 10);
		expect(errors).toEqual([]);
		end();
		await vi.advanceTimersByTimeAsync(1000);
		expect(errors).toHaveLength(1);
	});

	it('is none if the worker lets go of its lock because it has nothing to do', async () => {
		const { work, errors, said } = connected();
		await work(Promise.resolve());
		await work(Promise.resolve());
		await vi.advanceTimersByTimeAsync(IDLE_MS - 1);
		expect(said).toEqual(['locked']);
		await vi.advanceTimersByTimeAsync(1000);
		expect(said).toEqual(['locked', 'unlocked']);
		expect(errors).toEqual([]);
	});

	it('is noticed again once there is work again', async () => {
		const { work, end, errors, said } = connected();
		await work(Promise.resolve());
		await vi.advanceTimersByTimeAsync(IDLE_MS);
		void work(forever);
		await vi.advanceTimersByTimeAsync(1000);
		expect(said).toEqual(['locked', 'unlocked', 'locked']);
		end();
		await vi.advanceTimersByTimeAsync(1000);
		expect(errors).toHaveLength(1);
	});

	it('is not taken for granted before the worker holds its lock', async () => {
		const { post, errors } = connected();
		post({ id: 1, type: 'received' });
		await vi.advanceTimersByTimeAsync(1000);
		expect(errors).toEqual([]);
	});

	it('is not waited for without the Web Locks API, and where it is refused', async () => {
		const post = vi.fn();
		vi.stubGlobal('navigator', {});
		await lockWhileWorking('one', post)(Promise.resolve());
		vi.unstubAllGlobals();
		const refused = Promise.reject(new DOMException('Denied.', 'SecurityError'));
		const request = (() => refused) as LockManager['request'];
		await lockWhileWorking('one', post, { request })(Promise.resolve());
		expect(post).not.toHaveBeenCalled();
	});
});
