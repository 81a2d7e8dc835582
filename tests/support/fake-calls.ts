import type { Encoding } from '../../src/lib/engine';
import type { RequestOptions } from '../../src/lib/workers/client';
import type { Calls, Method } from '../../src/lib/app/calls';

/** A call that a test answers. */
export interface FakeCall<M extends Method> {
	readonly params: Calls[M]['params'];
	readonly options: RequestOptions;
	readonly resolve: (result: Calls[M]['result']) => void;
	readonly reject: (error: Error) => void;
}

/** A method of the workers, and its calls in order. */
export function fakeCalls<M extends Method>() {
	const calls: FakeCall<M>[] = [];
	const method = (
		params: Calls[M]['params'],
		options: RequestOptions = {}
	): Promise<Calls[M]['result']> =>
		new Promise((resolve, reject) => {
			calls.push({ params, options, resolve, reject });
		});
	return { calls, method };
}

/** An encoding of adjacent tokens that end at these bytes. */
export const endingAt = (...ends: number[]): Encoding => ({
	ids: Uint32Array.from(ends, (_, i) => 100 + i),
	byteStarts: Uint32Array.from(ends, (_, i) => (i === 0 ? 0 : ends[i - 1])),
	byteEnds: Uint32Array.from(ends)
});

/** The answer to a text with such an encoding. */
export const encoded = (...ends: number[]): Calls['encode']['result'] => ({
	encoding: endingAt(...ends),
	distinct: ends.length,
	vocabularySize: 1000
});

/** Waits until all promises are settled that wait for nothing else. */
export const settle = () => new Promise((resolve) => setTimeout(resolve));
