/**
 * Notices that a worker is gone while it works. A worker that closes itself, or that the browser ends, sends no event. But
 * it loses its locks, so the page waits for one that the worker holds. It lets go of it when it has nothing to do, because
 * browsers do not keep a page with a lock for the Back button. Without the Web Locks API, as in an insecure context, only
 * the client's time limits notice.
 */
import type { FromWorker } from './protocol';

type Locks = Pick<LockManager, 'request' | 'query'> | undefined;

/** Time without work after which a worker lets go of its lock. */
export const IDLE_MS = 2_000;
/** Time for a message that a lock is free on purpose. */
const MESSAGE_MS = 100;
/** Time for a worker's request for its lock, which the page's may overtake. On a busy machine it can be late. */
const GRANT_MS = 1_300;

const platformLocks = (): Locks => (navigator as { readonly locks?: LockManager }).locks;

/**
 * In the worker: takes its lock, and says so, while there is work.
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
			// A refusal is like a browser without locks.
			const hold = () => {
				post({ id: 0, type: 'held' });
				return rested;
			};
			locks.request(name, hold).catch(rest);
			// At once, because the worker may end before it gets the lock.
			post({ id: 0, type: 'locked' });
		}
		await work;
		if (--open === 0 && locks) timer = setTimeout(rest, IDLE_MS);
	};
}

/** In the page: makes a worker that is gone report an error. Call it before the worker can send anything. */
export function reportEnd(worker: EventTarget, name: string, locks = platformLocks()): void {
	/** The message that the worker takes its lock; `null` while it has none. */
	let locked: Event | null = null;
	/** Whether the worker has got it. */
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
