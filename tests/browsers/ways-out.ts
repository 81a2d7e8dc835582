import { openWays, otherServer, PAGE_WAYS_OUT, WAYS_OUT } from '../support/ways-out';
import type { Session } from './browser';

/** Evaluates an expression in a worker started from a `blob:` module, the way the lab starts its own workers. */
const inNewWorker = (expression: string) => `new Promise((resolve, reject) => {
	const code = ${JSON.stringify(`postMessage(await (${expression}))`)};
	const address = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
	const worker = new Worker(address, { type: 'module' });
	worker.onmessage = ({ data }) => (worker.terminate(), resolve(data));
	worker.onerror = ({ message }) => reject(new Error(message));
})`;

/**
 * Tries every way of sending data out of a page and out of a worker that the page starts. The lab's own workers are
 * tested in privacy.spec.ts, because only Chromium gives tests access to workers.
 * @throws {Error} if any data got out; the message names the ways of sending data that succeeded
 */
export async function expectNoWayOut(session: Session): Promise<void> {
	const { url, reached, close } = await otherServer();
	try {
		const ofPage = await openWays((code) => session.evaluate(code), PAGE_WAYS_OUT, url);
		const inWorker = (code: string) => session.evaluate(inNewWorker(code));
		const ofWorker = await openWays(inWorker, WAYS_OUT, url);
		const open = [...ofPage, ...ofWorker.map((name) => `${name} in a worker`)];
		if (open.length + reached.length > 0)
			throw new Error(`open ways: ${open.join(', ')}; reached: ${reached.join(', ')}`);
	} finally {
		await close();
	}
}
