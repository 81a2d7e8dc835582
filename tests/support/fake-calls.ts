import type { Encoding } from '../../src/lib/engine';
import type { RequestOptions } from '../../src/lib/workers/client';
import type { Calls, Method } from '../../src/lib/app/lab.worker';
import { tokensOfLengths } from './encodings';

/** A call that the test can answer. */
export interface FakeCall<M extends Method> {
	readonly params: Calls[M]['params'];
	readonly options: RequestOptions;
	readonly resolve: (result: Calls[M]['result']) => void;
	readonly reject: (error: Error) => void;
}

/** A worker method that records its calls in order. */
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

/** Like {@link fakeCalls}, for several methods. Both `methods` and `calls` are keyed by the method's name. */
export function fakeMethods<M extends Method>(...names: readonly M[]) {
	const fakes = names.map((name) => ({ name, ...fakeCalls<M>() }));
	const byName = (value: (fake: (typeof fakes)[number]) => unknown) =>
		Object.fromEntries(fakes.map((fake) => [fake.name, value(fake)]));
	return {
		methods: byName(({ method }) => method) as {
			[K in M]: ReturnType<typeof fakeCalls<K>>['method'];
		},
		calls: byName(({ calls }) => calls) as { [K in M]: FakeCall<K>[] }
	};
}

/** An encoding whose tokens are adjacent. `ends` are byte offsets. */
export const endingAt = (...ends: number[]): Encoding =>
	tokensOfLengths(ends.map((end, i) => end - (ends[i - 1] ?? 0)));

/** The result of encoding a text whose tokens end at these byte offsets. */
export const encoded = (...ends: number[]): Calls['encode']['result'] => ({
	encoding: endingAt(...ends),
	distinct: ends.length,
	vocabularySize: 1000
});

/** Waits until all promises have settled, except those that wait for a timer or an unanswered call. */
export const settle = () => new Promise((resolve) => setTimeout(resolve));
