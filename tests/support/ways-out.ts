import { createServer } from 'node:http';
import { listen } from './loopback';

/** Sends data to a URL. Rejects if the data can't be sent. */
type WayOut = (address: string) => Promise<unknown>;

/** Ways to send data to a different server, both from a page and from a worker. */
export const WAYS_OUT: Readonly<Record<string, WayOut | string>> = {
	fetch: (address) => fetch(address),
	'fetch without CORS': (address) => fetch(address, { mode: 'no-cors', method: 'POST', body: 'x' }),
	XMLHttpRequest: (address) =>
		new Promise((resolve, reject) => {
			const request = new XMLHttpRequest();
			request.onload = resolve;
			request.onerror = reject;
			request.open('GET', address);
			request.send();
		}),
	WebSocket: (address) =>
		new Promise((resolve, reject) => {
			const socket = new WebSocket(address.replace('http', 'ws'));
			socket.onopen = resolve;
			socket.onerror = reject;
		}),
	EventSource: (address) =>
		new Promise((resolve, reject) => {
			const source = new EventSource(address);
			source.onopen = resolve;
			source.onerror = reject;
		}),
	// A string, because Vite's runner rewrites imports in code.
	import: '(address) => import(address)'
};

/** All {@link WAYS_OUT}, and those available only to a page. */
export const PAGE_WAYS_OUT: Readonly<Record<string, WayOut | string>> = {
	...WAYS_OUT,
	image: (address) =>
		new Promise((resolve, reject) => {
			const image = new Image();
			image.onload = resolve;
			image.onerror = reject;
			image.src = address;
		}),
	script: (address) =>
		new Promise((resolve, reject) => {
			const script = document.createElement('script');
			script.onload = resolve;
			script.onerror = reject;
			script.src = address;
			document.head.append(script);
		}),
	stylesheet: (address) =>
		new Promise((resolve, reject) => {
			const link = document.createElement('link');
			link.onload = resolve;
			link.onerror = reject;
			link.rel = 'stylesheet';
			link.href = address;
			document.head.append(link);
		})
};

/** JavaScript expression that tries to send data; evaluates to a promise that resolves to `sent` or `refused`. */
export const tryWayOut = (way: WayOut | string, address: string): string =>
	`(${way.toString()})(${JSON.stringify(address)}).then(() => 'sent', () => 'refused')`;

/**
 * JavaScript expression that lists the names of the WebRTC constructors in a global object. The content security policy
 * can't block WebRTC.
 */
export const webRtcOf = (scope: string): string =>
	`Object.getOwnPropertyNames(${scope}).filter((name) => name.endsWith('RTCPeerConnection'))`;

/**
 * JavaScript expression that checks whether strings can be evaluated as code. The check runs in a new task, because the
 * developer tools may lift the policy's ban on this during the task in which they evaluate an expression.
 */
const CAN_EVALUATE = `new Promise((resolve) => setTimeout(() => {
	try {
		resolve(new Function('return true')());
	} catch {
		resolve(false);
	}
}))`;

/**
 * Tries ways to send data out of a page or a worker.
 * @param evaluate evaluates an expression in the page or worker
 * @returns the names of the ways that work, including WebRTC and evaluating strings as code
 */
export async function openWays(
	evaluate: (expression: string) => Promise<unknown>,
	ways: typeof WAYS_OUT,
	address: string
): Promise<string[]> {
	const open: string[] = [];
	for (const [name, way] of Object.entries(ways))
		if ((await evaluate(tryWayOut(way, address))) !== 'refused') open.push(name);
	open.push(...((await evaluate(webRtcOf('self'))) as string[]));
	if (await evaluate(CAN_EVALUATE)) open.push('code from text');
	return open;
}

/** A server on a different origin that accepts everything, and the requests that reached it. */
export async function otherServer() {
	const reached: string[] = [];
	const server = createServer((request, response) => {
		reached.push(`${request.method} ${request.url}`);
		response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/plain' });
		response.end('taken');
	});
	server.on('upgrade', (request, socket) => {
		reached.push(`upgrade ${request.url}`);
		socket.destroy();
	});
	const { port, close } = await listen(server);
	return { url: `http://127.0.0.1:${port}/`, reached, close };
}
