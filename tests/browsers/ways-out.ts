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
	const other = await otherServer();
	try {
		const open = await openWays(session, other.url);
		if (open.length > 0) throw new Error(`open ways: ${open.join(', ')}`);
		if (other.reached.length > 0) throw new Error(`reached: ${other.reached.join(', ')}`);
	} finally {
		await other.close();
	}
}

async function openWays(session: Session, url: string): Promise<string[]> {
	const open: string[] = [];
	for (const [name, way] of Object.entries(PAGE_WAYS_OUT)) {
		const answer = await session.evaluate(tryWayOut(way, `${url}?page-${name}`));
		if (answer !== 'refused') open.push(`${name} from the page`);
	}
	for (const [name, way] of Object.entries(WAYS_OUT)) {
		const attempt = tryWayOut(way, `${url}?worker-${name}`);
		const answer = await session.evaluate(inNewWorker(attempt));
		if (answer !== 'refused') open.push(`${name} from a worker`);
	}
	if ((await session.evaluate<string[]>(webRtcOf('window'))).length > 0) open.push('WebRTC');
	for (const expression of [CAN_EVALUATE, inNewWorker(CAN_EVALUATE)])
		if (await session.evaluate<boolean>(expression)) open.push('code from text');
	return open;
}
