import type { SpecSource } from '../../src/lib/session/calls/tokenizing';
import type { FromWorker } from '../../src/lib/workers/protocol';
import { type Calls, createHandlers, type Method } from '../../src/lib/app/lab.worker';
import { WorkerService } from '../../src/lib/workers/service';
import { smallRanks } from './small-specs';

/** Returns the same small tokenizer for every id. Use ids of built-in tokenizers that js-tiktoken supports. */
const anySpec: SpecSource = () => Promise.resolve(smallRanks());

/** Creates a worker service, with functions that send requests and wait for messages. */
export function serve(source: SpecSource = anySpec) {
	const posted: FromWorker[] = [];
	const transferred: Transferable[][] = [];
	let listener: (message: FromWorker) => void = () => undefined;
	const service = new WorkerService((message, transfer = []) => {
		// The real `postMessage` also rejects a buffer that is listed twice.
		if (new Set(transfer).size < transfer.length) {
			throw new DOMException('a buffer is transferred twice', 'DataCloneError');
		}
		posted.push(message);
		transferred.push(transfer);
		listener(message);
	}, createHandlers(source));
	/** Resolves to the first message for which `wanted` returns true, including messages posted before the call. */
	const until = (wanted: (message: FromWorker) => boolean) =>
		new Promise<FromWorker>((resolve) => {
			const found = posted.find(wanted);
			if (found) resolve(found);
			const before = listener;
			listener = (message) => {
				before(message);
				if (wanted(message)) resolve(message);
			};
		});
	const end = (id: number) =>
		until((message) => message.id === id && /result|error|cancelled/.test(message.type));
	let requests = 0;
	/** Sends a request, and returns the last message in response. Request ids start at 1. */
	const send = <M extends Method>(method: M, params: Calls[M]['params']) => {
		// The compiler can't relate a method to its params.
		service.handle({ id: ++requests, method, params });
		return end(requests);
	};
	const call = async <M extends Method>(method: M, params: Calls[M]['params']) =>
		resultOf(method, await send(method, params));
	return { service, posted, transferred, until, end, send, call };
}

export function resultOf<M extends Method>(_method: M, message: FromWorker): Calls[M]['result'] {
	if (message.type === 'result') return message.result as Calls[M]['result'];
	throw new Error(`got ${JSON.stringify(message)}, expected a result`);
}
