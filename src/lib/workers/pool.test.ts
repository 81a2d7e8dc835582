import { describe, expect, it } from 'vitest';
import { fakeWorkers, type FakeWorker } from '../../../tests/support/fake-worker';
import { poolSize, TokenizerPool } from './pool';

const encode = (tokenizer: string) => ({
	tokenizer,
	text: new Uint8Array(),
	special: 'text' as const
});

/** The tokenizers that a worker was asked for, in order. */
const askedFor = ({ requests }: FakeWorker) =>
	requests.map(({ params }) => ('tokenizer' in params ? params.tokenizer : null));

describe('TokenizerPool', () => {
	it('starts no worker before it is asked for something', () => {
		const { workers, spawn } = fakeWorkers();
		new TokenizerPool(spawn, 4);
		expect(workers).toEqual([]);
	});

	it('pins each tokenizer to one worker, for texts and for ids', () => {
		const { workers, spawn } = fakeWorkers();
		const pool = new TokenizerPool(spawn, 2);
		void pool.encode(encode('a'));
		void pool.encode(encode('b'));
		void pool.encode(encode('a'));
		void pool.spell({ tokenizer: 'b', ids: new Uint32Array() });
		expect(workers.map(askedFor)).toEqual([
			['a', 'a'],
			['b', 'b']
		]);
		expect(workers[1].requests.map(({ method }) => method)).toEqual(['encode', 'spell']);
	});

	it('sends the file of an own tokenizer with every request, and none for the catalogue', () => {
		const { workers, spawn } = fakeWorkers();
		const file = Uint8Array.of(1, 2, 3);
		const pool = new TokenizerPool(spawn, 1, (id) => (id === 'own-1' ? file : undefined));
		void pool.encode(encode('own-1'));
		void pool.spell({ tokenizer: 'own-1', ids: new Uint32Array() });
		void pool.encode(encode('cl100k_base'));
		expect(
			workers[0].requests.map(({ params }) => ('own' in params ? params.own : undefined))
		).toEqual([file, file, undefined]);
	});

	it('gives a new tokenizer to the worker that has the fewest', () => {
		const { workers, spawn } = fakeWorkers();
		const pool = new TokenizerPool(spawn, 2);
		for (const tokenizer of ['a', 'b', 'c', 'd', 'e']) void pool.encode(encode(tokenizer));
		expect(workers.map(askedFor)).toEqual([
			['a', 'c', 'e'],
			['b', 'd']
		]);
		void pool.encode(encode('f'));
		expect(askedFor(workers[1])).toEqual(['b', 'd', 'f']);
	});

	it('compares in a worker of its own', () => {
		const { workers, spawn } = fakeWorkers();
		const pool = new TokenizerPool(spawn, 1);
		void pool.encode(encode('a'));
		void pool.compare({ encodings: [], length: 0 });
		expect(workers.map(({ requests }) => requests.map(({ method }) => method))).toEqual([
			['encode'],
			['compare']
		]);
	});

	it('asks the libraries in one worker of their own, all of them', () => {
		const { workers, spawn } = fakeWorkers();
		const pool = new TokenizerPool(spawn, 1);
		void pool.encode(encode('a'));
		void pool.check(encode('a'));
		void pool.check(encode('b'));
		expect(workers.map(({ requests }) => requests.map(({ method }) => method))).toEqual([
			['encode'],
			['check', 'check']
		]);
	});

	it('does not let comparisons wait behind the libraries', () => {
		const { workers, spawn } = fakeWorkers();
		const pool = new TokenizerPool(spawn, 1);
		void pool.check(encode('a'));
		void pool.compare({ encodings: [], length: 0 });
		expect(workers).toHaveLength(2);
	});

	it('gives back the answer of the worker and passes the options on', async () => {
		const { workers, spawn } = fakeWorkers();
		const pool = new TokenizerPool(spawn, 1);
		const checked = pool.check(encode('a'));
		workers[0].say({ id: 1, type: 'result', result: { verdict: 'agrees' } });
		expect(await checked).toEqual({ verdict: 'agrees' });
		const reason = new Error('stopped');
		const signal = AbortSignal.abort(reason);
		await expect(pool.encode(encode('a'), { signal })).rejects.toBe(reason);
	});
});

describe('poolSize', () => {
	it('leaves a thread to the page, between two and four workers', () => {
		expect([1, 2, 3, 4, 5, 64].map(poolSize)).toEqual([2, 2, 2, 3, 4, 4]);
	});

	it('is two where the browser does not say how many threads there are', () => {
		expect(poolSize(undefined)).toBe(2);
	});
});
