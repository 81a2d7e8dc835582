import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { settle } from '../../../tests/support/fake-calls';
import { sized } from '../../../tests/support/size';
import { WorkerQuery, type QueryBehaviour, type QueryOptions } from './worker-query.svelte';

interface OpenRequest {
	readonly input: number;
	readonly options: QueryOptions;
	readonly resolve: (answer: string) => void;
	readonly reject: (error: Error) => void;
}

/** A query whose requests are answered by the test. */
function setUp(
	policy: 'replace' | 'latest',
	behaviour: Partial<QueryBehaviour<number, string>> = {}
) {
	const requests: OpenRequest[] = [];
	const query = new WorkerQuery<number, string>(
		(input, options) =>
			new Promise((resolve, reject) => {
				requests.push({ input, options, resolve, reject });
			}),
		{ policy, ...behaviour }
	);
	return { query, requests, inputs: () => requests.map(({ input }) => input) };
}

const PROGRESS = { phase: 'measure', step: 'train', share: 0.5 } as const;

describe.each(['replace', 'latest'] as const)('a query with the policy %s', (policy) => {
	it('asks, reports progress, and holds the answer with its input', async () => {
		const { query, requests } = setUp(policy);
		expect([query.status, query.input, query.answer]).toEqual(['idle', null, null]);
		const asked = query.ask(1);
		expect([query.status, query.input]).toEqual(['loading', 1]);
		requests[0].options.onprogress(PROGRESS);
		expect(query.progress).toBe(PROGRESS);
		requests[0].resolve('one');
		await asked;
		expect([query.status, query.progress, query.error]).toEqual(['ready', null, null]);
		expect(query.answer).toEqual({ input: 1, value: 'one' });
		expect([query.valueFor(1), query.valueFor(2)]).toEqual(['one', null]);
	});

	it('retries the latest input, if it failed', async () => {
		const { query, requests, inputs } = setUp(policy);
		await query.retry();
		void query.ask(1);
		void query.retry();
		requests[0].resolve('one');
		await settle();
		await query.retry();
		// It isn't requested again.
		await query.ask(1);
		expect(inputs()).toEqual([1]);
		void query.ask(2);
		void query.ask(2);
		requests[1].reject(new Error('no such merge'));
		await settle();
		void query.retry();
		expect([inputs(), query.status]).toEqual([[1, 2, 2], 'loading']);
	});

	it('returns to an answered input at once, and drops the answer to the other one', async () => {
		const { query, requests } = setUp(policy);
		query.seed(1, 'one');
		expect(query.status).toBe('ready');
		void query.ask(2);
		expect([query.status, query.valueFor(1)]).toEqual(['loading', 'one']);
		void query.ask(1);
		expect(query.status).toBe('ready');
		requests[0].resolve('two');
		await settle();
		expect(query.answer).toEqual({ input: 1, value: 'one' });
		expect(requests).toHaveLength(1);
	});

	it('has an error until the next request, and keeps the previous answer', async () => {
		const { query, requests } = setUp(policy);
		query.seed(1, 'one');
		void query.ask(2);
		requests[0].options.onprogress(PROGRESS);
		requests[0].reject(new Error('no such merge'));
		await settle();
		expect([query.status, query.progress, query.error]).toEqual(['error', null, 'No such merge']);
		expect(query.valueFor(1)).toBe('one');
		void query.ask(2);
		expect([query.status, query.error, requests.length]).toEqual(['loading', null, 2]);
	});

	it('fails if handling the answer throws', async () => {
		const onerror = vi.fn();
		const { query, requests } = setUp(policy, {
			onanswer: () => {
				throw new Error('too long');
			},
			onerror
		});
		void query.ask(1);
		requests[0].resolve('one');
		await settle();
		expect([query.status, query.error]).toEqual(['error', 'Too long']);
		expect(onerror).toHaveBeenCalledExactlyOnceWith(new Error('too long'));
		expect(query.cause).toEqual(new Error('too long'));
	});

	it('reports a stop only if a request is running, and drops late answers', async () => {
		const { query, requests } = setUp(policy);
		query.stop('Stopped.');
		expect([query.status, query.error]).toEqual(['idle', null]);
		void query.ask(1);
		query.stop('Stopped.');
		expect(requests[0].options.signal.aborted).toBe(true);
		requests[0].options.onprogress(PROGRESS);
		requests[0].resolve('one');
		await settle();
		expect([query.status, query.error, query.progress]).toEqual(['error', 'Stopped.', null]);
		expect(query.answer).toBeNull();
	});

	it('forgets everything, and drops what comes late', async () => {
		for (const end of ['resolve', 'reject'] as const) {
			const { query, requests } = setUp(policy);
			query.seed(0, 'zero');
			void query.ask(1);
			query.forget();
			requests[0][end](new Error('late') as never);
			await settle();
			const { status, input, answer, error } = query;
			expect([status, input, answer, error]).toEqual(['idle', null, null, null]);
		}
	});

	it('compares inputs field by field, or with a given function', async () => {
		const request = vi.fn(({ text }: { text: string }) => Promise.resolve(text));
		const query = new WorkerQuery(request, { policy });
		await query.ask({ text: 'a' });
		await query.ask({ text: 'a' });
		expect(request).toHaveBeenCalledTimes(1);
		expect([query.valueFor({ text: 'a' }), query.valueFor({ text: 'b' })]).toEqual(['a', null]);
		const strict = new WorkerQuery(request, { policy, isSame: Object.is });
		await strict.ask({ text: 'a' });
		await strict.ask({ text: 'a' });
		expect(request).toHaveBeenCalledTimes(3);
	});

	it('returns a value only for the input that it answers', async () => {
		const what = fc.oneof(
			{ weight: 4, arbitrary: fc.constant('ask' as const) },
			{ weight: 3, arbitrary: fc.constantFrom('resolve', 'reject') },
			fc.constantFrom('stop', 'forget')
		);
		/** An input to request, or the index of an open request to settle. */
		const step = fc.tuple(what, fc.nat(3));
		await fc.assert(
			fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
				const { query, requests } = setUp(policy);
				const open = new Set<OpenRequest>();
				const track = () => {
					for (const request of requests.splice(0)) open.add(request);
					const wanted = [...open].filter(({ options }) => !options.signal.aborted);
					expect(policy === 'latest' ? open.size : wanted.length).toBeLessThanOrEqual(1);
				};
				const end = async (request: OpenRequest, how: 'resolve' | 'reject') => {
					open.delete(request);
					if (how === 'resolve') request.resolve(`of ${request.input}`);
					else request.reject(new Error('failed'));
					await settle();
					track();
				};
				let last: number | null = null;
				for (const [what, which] of steps) {
					if (what === 'ask') {
						last = which;
						void query.ask(which);
					} else if (what === 'stop') {
						query.stop('Stopped.');
					} else if (what === 'forget') {
						last = null;
						query.forget();
					} else {
						const request = [...open].at(which);
						if (request) await end(request, what);
					}
					track();
					expect(query.input).toBe(last);
					const { answer } = query;
					if (answer) expect(answer.value).toBe(`of ${answer.input}`);
					if (query.status === 'ready') expect(answer?.input).toBe(last);
					expect(query.error === null).toBe(query.status !== 'error');
				}
				if (query.status === 'error' && last !== null) void query.ask(last);
				track();
				while (open.size > 0) for (const request of open) await end(request, 'resolve');
				expect(query.status).toBe(last === null ? 'idle' : 'ready');
				if (last !== null) expect(query.valueFor(last)).toBe(`of ${last}`);
			}),
			{ numRuns: sized(25, 60) }
		);
	});
});

it('aborts the running request to replace it, and ignores how it ends', async () => {
	const { query, requests } = setUp('replace');
	void query.ask(1);
	void query.ask(2);
	expect(requests[0].options.signal.aborted).toBe(true);
	requests[0].options.onprogress(PROGRESS);
	requests[0].reject(new Error('late'));
	await settle();
	expect([query.status, query.progress, query.error]).toEqual(['loading', null, null]);
	requests[1].resolve('two');
	await settle();
	expect(query.answer).toEqual({ input: 2, value: 'two' });
});

describe('latest', () => {
	it('asks one at a time, publishes each answer, and asks only the newest of those that wait', async () => {
		const answers: string[] = [];
		const { query, requests, inputs } = setUp('latest', {
			onanswer: ({ input, value }) => answers.push(`${input}: ${value}`)
		});
		for (const input of [1, 2, 3]) void query.ask(input);
		expect(inputs()).toEqual([1]);
		expect(requests[0].options.signal.aborted).toBe(false);
		requests[0].resolve('one');
		await settle();
		expect(inputs()).toEqual([1, 3]);
		expect([query.status, query.valueFor(1)]).toEqual(['loading', 'one']);
		requests[1].resolve('three');
		await settle();
		expect(query.status).toBe('ready');
		expect(answers).toEqual(['1: one', '3: three']);
	});

	it('drops what waits if its input is answered, and reports no error while something waits', async () => {
		const { query, requests } = setUp('latest');
		for (const input of [1, 2, 1]) void query.ask(input);
		requests[0].resolve('one');
		await settle();
		expect([query.status, requests.length]).toEqual(['ready', 1]);
		void query.ask(2);
		void query.ask(3);
		requests[1].reject(new Error('overtaken'));
		await settle();
		expect([query.status, query.error, requests.length]).toEqual(['loading', null, 3]);
	});

	it.each([
		['forgotten', (query: WorkerQuery<number, string>) => query.forget()],
		['stopped', (query: WorkerQuery<number, string>) => query.stop('Stopped.')]
	])('waits for what was %s before it asks again', async (_, drop) => {
		const { query, requests, inputs } = setUp('latest');
		void query.ask(1);
		void query.ask(2);
		drop(query);
		void query.ask(3);
		expect(inputs()).toEqual([1]);
		requests[0].resolve('one');
		await settle();
		expect([inputs(), query.answer]).toEqual([[1, 3], null]);
		requests[1].resolve('three');
		await settle();
		expect(query.answer).toEqual({ input: 3, value: 'three' });
	});
});
