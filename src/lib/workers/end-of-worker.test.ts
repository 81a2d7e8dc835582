import { beforeEach, describe, expect, it, vi } from 'vitest';
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
		// Never before the request returns.
		if (queue.length > 0) void Promise.resolve().then(queue[0]).then(pass);
	};
	const request = ((_name: string, callback: () => unknown) =>
		new Promise<unknown>((resolve) => {
			queue.push(() => Promise.resolve(callback()).then(resolve));
			if (queue.length === 1) grant();
		})) as unknown as LockManager['request'];
	const query = () =>
		Promise.resolve({ held: [], pending: queue.slice(1).map(() => ({ name: 'one' })) });
	return { locks: { request, query }, pass };
}

/**
 * A worker and its page, with the messages and errors that the page sees.
 * @param delayMs time until the browser gets the worker's request
 */
function connected(delayMs: number | null = null) {
	const { locks, pass } = fakeLocks();
	const late = ((name: string, callback: LockGrantedCallback<unknown>) =>
		new Promise((resolve) => setTimeout(resolve, delayMs ?? 0)).then(() =>
			locks.request(name, callback)
		)) as LockManager['request'];
	const page = new EventTarget();
	const [posted, errors]: [string[], Event[]] = [[], []];
	page.addEventListener('error', (event) => errors.push(event));
	reportEnd(page, 'one', locks);
	const post = (data: FromWorker) => {
		posted.push(data.type);
		page.dispatchEvent(new MessageEvent('message', { data }));
	};
	const workerLocks = delayMs === null ? locks : { ...locks, request: late };
	return {
		locks,
		work: lockWhileWorking('one', post, workerLocks),
		end: pass,
		posted,
		errors,
		post
	};
}

const forever = new Promise(() => undefined);

/** Expects that the page sees an error soon after the worker ends. */
async function expectError(end: () => void, errors: readonly Event[]) {
	expect(errors).toEqual([]);
	end();
	await vi.advanceTimersByTimeAsync(1000);
	expect(errors).toHaveLength(1);
}

beforeEach(() => {
	vi.useFakeTimers();
});
describe('the end of a worker', () => {
	it('is an error event if it comes during work', async () => {
		const { work, end, errors } = connected();
		void work(forever);
		await vi.advanceTimersByTimeAsync(IDLE_MS * 10);
		await expectError(end, errors);
	});

	it('is none if the worker lets go of its lock because it has nothing to do', async () => {
		const { work, errors, posted } = connected();
		await work(Promise.resolve());
		await work(Promise.resolve());
		await vi.advanceTimersByTimeAsync(IDLE_MS - 1);
		expect(posted).toEqual(['locked', 'held']);
		await vi.advanceTimersByTimeAsync(1000);
		expect(posted).toEqual(['locked', 'held', 'unlocked']);
		expect(errors).toEqual([]);
	});

	it('is noticed again once there is work again', async () => {
		const { work, end, errors, posted } = connected();
		await work(Promise.resolve());
		await vi.advanceTimersByTimeAsync(IDLE_MS);
		void work(forever);
		await vi.advanceTimersByTimeAsync(1000);
		expect(posted).toEqual(['locked', 'held', 'unlocked', 'locked', 'held']);
		await expectError(end, errors);
	});

	it('is noticed if it comes before the worker has its lock', async () => {
		const { work, errors } = connected(1e6);
		void work(forever);
		await vi.advanceTimersByTimeAsync(2000);
		expect(errors).toHaveLength(1);
	});

	it('is noticed if it comes before the script of the worker is loaded', async () => {
		const { locks, post, end, errors } = connected();
		void locks.request('one', () => {
			post({ id: 0, type: 'held' });
			return forever;
		});
		post({ id: 0, type: 'awake' });
		await vi.advanceTimersByTimeAsync(10_000);
		await expectError(end, errors);
	});

	it.each([20, 1000])('is none if the request of the worker is %i ms late', async (delayMs) => {
		const { work, end, errors } = connected(delayMs);
		void work(forever);
		await vi.advanceTimersByTimeAsync(10_000);
		await expectError(end, errors);
	});

	it('is not taken for granted before the worker holds its lock', async () => {
		const { post, errors } = connected();
		post({ id: 1, type: 'received' });
		await vi.advanceTimersByTimeAsync(1000);
		expect(errors).toEqual([]);
	});

	it('is not waited for without the Web Locks API, and where it is refused', async () => {
		const posted: string[] = [];
		const post = ({ type }: FromWorker) => void posted.push(type);
		vi.stubGlobal('navigator', {});
		await lockWhileWorking('one', post)(Promise.resolve());
		vi.unstubAllGlobals();
		expect(posted).toEqual([]);
		const refused = Promise.reject(new DOMException('Denied.', 'SecurityError'));
		const locks = { ...fakeLocks().locks, request: (() => refused) as LockManager['request'] };
		await lockWhileWorking('one', post, locks)(Promise.resolve());
		expect(posted).toEqual(['locked', 'unlocked']);
	});
});
