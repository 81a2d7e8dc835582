import { WorkerClient } from '../../src/lib/workers/client';
import type { BoundaryComparison } from '../../src/lib/tokenizers/differing-spans';
import { fakeWorkers, type FakeWorker } from './fake-worker';

/** Clients that have pending requests to fake workers. */

export const params = { encodings: [], length: 0 };
export const result: BoundaryComparison = { differences: Uint32Array.of(1, 2), differs: [] };
export const other: BoundaryComparison = { differences: Uint32Array.of(3, 4), differs: [] };

/** A client with pending requests, whose ids start at 1. */
export function asked(count: number) {
	const { workers, spawn } = fakeWorkers();
	const client = new WorkerClient(spawn);
	const answers = Array.from({ length: count }, () => client.request('compare', params));
	return { workers, client, answers };
}

/** A client with a single pending request (id 1), which `abort` cancels. */
export function abortable() {
	const { workers, spawn } = fakeWorkers();
	const client = new WorkerClient(spawn);
	const abort = new AbortController();
	client.request('compare', params, { signal: abort.signal }).catch(() => undefined);
	return { workers, client, abort };
}

export const idsOf = ({ requests }: FakeWorker) => requests.map(({ id }) => id);
