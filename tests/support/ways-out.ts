import { createServer } from 'node:http';
import { listen } from './loopback';

/** Sends something to an address. Rejects if it cannot be sent. */
type WayOut = (address: string) => Promise<unknown>;

/** Ways to send something to another server. */
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
	// As text, because Vite's runner rewrites imports.
	import: '(address) => import(address)'
};

/** Ways that only a page has. */
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

/** Expression that tries one way: a promise of `sent` or `refused`. */
export const tryWayOut = (way: WayOut | string, address: string): string =>
	`(${way.toString()})(${JSON.stringify(address)}).then(() => 'sent', () => 'refused')`;

/** Expression that gives the names of WebRTC's connections in a global object, which no policy limits. */
export const webRtcOf = (scope: string): string =>
	`Object.getOwnPropertyNames(${scope}).filter((name) => name.endsWith('RTCPeerConnection'))`;

/**
 * Expression that gives whether a text can be run as code. In a task of its own, because tools for developers may do so in
 * theirs.
 */
const CAN_EVALUATE = `new Promise((resolve) => setTimeout(() => {
	try {
		resolve(new Function('return true')());
	} catch {
		resolve(false);
	}
}))`;

/**
 * Tries ways out of a page or a worker.
 * @param evaluate gives the value of an expression there
 * @returns the names of those that are open, of WebRTC and of running text as code too
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

/** Server at another origin that would accept anything, and the requests that reached it. */
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
