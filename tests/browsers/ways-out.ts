import {
	CAN_EVALUATE,
	otherServer,
	PAGE_WAYS_OUT,
	tryWayOut,
	WAYS_OUT,
	webRtcOf
} from '../support/ways-out';
import type { Session } from './browser';

/** Value of an expression in a worker that the page starts as the lab does, from a `blob:` module. */
const inNewWorker = (expression: string) => `new Promise((resolve, reject) => {
	const code = ${JSON.stringify(`postMessage(await (${expression}))`)};
	const address = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
	const worker = new Worker(address, { type: 'module' });
	worker.onmessage = ({ data }) => (worker.terminate(), resolve(data));
	worker.onerror = ({ message }) => reject(new Error(message));
})`;

/**
 * Tries all ways out of a page and of a worker that it starts. The workers of the lab are tried in privacy.spec.ts, because
 * only Chromium lets tests reach into them.
 * @throws {Error} that names those that were open
 */
export async function expectNoWayOut(session: Session): Promise<void> {
	const { url, reached, close } = await otherServer();
	const open: string[] = [];
	try {
		for (const [name, way] of Object.entries(PAGE_WAYS_OUT)) {
			const answer = await session.evaluate(tryWayOut(way, `${url}?page-${name}`));
			if (answer !== 'refused') open.push(`${name} from the page`);
		}
		for (const [name, way] of Object.entries(WAYS_OUT)) {
			const attempt = tryWayOut(way, `${url}?worker-${name}`);
			const answer = await session.evaluate(inNewWorker(attempt));
			if (answer !== 'refused') open.push(`${name} from a worker`);
		}
		open.push(...(await session.evaluate<string[]>(webRtcOf('window'))));
		for (const expression of [CAN_EVALUATE, inNewWorker(CAN_EVALUATE)])
			if (await session.evaluate<boolean>(expression)) open.push('code from text');
	} finally {
		await close();
	}
	if (open.length + reached.length > 0)
		throw new Error(`open ways: ${open.join(', ')}; reached: ${reached.join(', ')}`);
}
