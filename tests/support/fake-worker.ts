import type { WorkerLike } from '../../src/lib/workers/client';
import type { FromWorker, Request, ToWorker } from '../../src/lib/workers/protocol';

/** A worker that the test controls. */
export class FakeWorker implements WorkerLike {
	readonly sent: ToWorker[] = [];
	terminated = false;
	onmessage: WorkerLike['onmessage'] = null;
	onerror: WorkerLike['onerror'] = null;
	onmessageerror: WorkerLike['onmessageerror'] = null;

	postMessage(message: ToWorker): void {
		this.sent.push(message);
	}

	terminate(): void {
		this.terminated = true;
	}

	/** The requests sent, not including cancellations. */
	get requests(): Request[] {
		return this.sent.filter((message) => 'method' in message);
	}

	/** Sends a message to the page. */
	say(message: FromWorker): void {
		this.onmessage?.({ data: message } as MessageEvent<FromWorker>);
	}

	die(message: string): void {
		this.onerror?.({ message, preventDefault: () => undefined } as ErrorEvent);
	}
}

export function fakeWorkers(): { workers: FakeWorker[]; spawn: () => FakeWorker } {
	const workers: FakeWorker[] = [];
	return {
		workers,
		spawn: () => {
			const worker = new FakeWorker();
			workers.push(worker);
			return worker;
		}
	};
}
