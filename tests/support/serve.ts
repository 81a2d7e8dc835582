import type { SpecSource } from '../../src/lib/session/worker/loaded-tokenizers';
import type { FromWorker } from '../../src/lib/workers/protocol';
import type { Calls, Method } from '../../src/lib/app/calls';
import { createHandlers } from '../../src/lib/app/handlers';
import { WorkerService } from '../../src/lib/workers/service';
import { smallRanks } from './small-specs';

/** Every tokenizer is the small one, under catalogue ids that js-tiktoken runs. */
const anySpec: SpecSource = () => Promise.resolve(smallRanks());

/** A service, its messages, and a function that waits for one. */
export function serve(source: SpecSource = anySpec) {
	const posted: FromWorker[] = [];
	const transferred: Transferable[][] = [];
	let listener: (message: FromWorker) => void = () => undefined;
	const service = new WorkerService((message, transfer = []) => {
		// As postMessage does.
		if (new Set(transfer).size < transfer.length) {
			throw new DOMException('a buffer is transferred twice', 'DataCloneError');
		}
		posted.push(message);
		transferred.push(transfer);
		listener(message);
	}, createHandlers(source));
	/** The next message that is `wanted`, posted or to come. */
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
	return { service, posted, transferred, until, end };
}

/** Result of a call. */
export function resultOf<M extends Method>(_method: M, message: FromWorker): Calls[M]['result'] {
	if (message.type === 'result') return message.result as Calls[M]['result'];
	throw new Error(`got ${JSON.stringify(message)}, expected a result`);
}
