/**
 * Detects when a worker dies while it has work. If a worker closes itself or the browser terminates it, no event is
 * fired, but its locks are released. To detect this, the page waits for a lock held by the worker. An idle worker
 * releases its lock, because browsers do not keep a page with a lock in the back/forward cache. Without the Web Locks
 * API, as in an insecure context, only the client's time limits detect that a worker has died.
 */
import type { FromWorker } from './protocol';

type Locks = Pick<LockManager, 'request' | 'query'> | undefined;

/** How long a worker must be idle before it releases its lock. */
export const IDLE_MS = 2_000;
/** How long to wait for a message saying that the worker has released its lock on purpose. */
const MESSAGE_MS = 100;
/**
 * How long the page, if it gets a worker's lock first, waits for the worker to request the lock. On a busy machine, the
 * worker's request can be late.
 */
const GRANT_MS = 1_300;

const platformLocks = (): Locks => (navigator as { readonly locks?: LockManager }).locks;

/**
 * Runs in the worker: holds a lock while there is work, and tells the page when it requests, gets or releases the lock.
 * @returns a function to call with each piece of work
 */
export function lockWhileWorking(
	name: string,
	post: (message: FromWorker) => void,
	locks = platformLocks()
): (work: Promise<unknown>) => Promise<void> {
	let open = 0;
	let release: (() => void) | null = null;
	let timer: ReturnType<typeof setTimeout> | undefined;
	const rest = () => {
		post({ id: 0, type: 'unlocked' });
		release?.();
		release = null;
	};
	return async (work) => {
		clearTimeout(timer);
		if (open++ === 0 && !release && locks) {
			const rested = new Promise<void>((resolve) => (release = resolve));
			// If the request fails, the worker carries on as it would in a browser without locks.
			const hold = () => {
				post({ id: 0, type: 'held' });
				return rested;
			};
			locks.request(name, hold).catch(rest);
			// The message is sent immediately, because the worker may die before it gets the lock.
			post({ id: 0, type: 'locked' });
		}
		await work;
		if (--open === 0 && locks) timer = setTimeout(rest, IDLE_MS);
	};
}

/**
 * Runs on the page: dispatches an error event on a worker that has died. Must be called before the worker can send any
 * messages.
 */
export function reportEnd(worker: EventTarget, name: string, locks = platformLocks()): void {
	/** Latest message saying that the worker is requesting its lock; `null` once the worker has released it. */
	let locked: Event | null = null;
	let isHeld = false;
	const wait = async (event: Event): Promise<void> => {
		let isOvertaken = false;
		await locks?.request(name, async () => {
			const end = performance.now() + GRANT_MS;
			do {
				await new Promise((resolve) => setTimeout(resolve, MESSAGE_MS));
				const { pending } = await locks.query();
				isOvertaken = pending?.some((lock) => lock.name === name) === true;
			} while (!isOvertaken && !isHeld && locked === event && performance.now() < end);
			if (!isOvertaken && locked === event) worker.dispatchEvent(new Event('error'));
		});
		if (isOvertaken && locked === event) await wait(event);
	};
	worker.addEventListener('message', (event) => {
		const { type } = (event as MessageEvent<FromWorker>).data;
		if (type === 'unlocked') locked = null;
		if (type === 'held') isHeld = true;
		if (type !== 'locked' && type !== 'awake') return;
		locked = event;
		isHeld = false;
		wait(event).catch(() => undefined);
	});
}
