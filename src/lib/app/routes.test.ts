import { describe, expect, it, vi } from 'vitest';
import { useFakeTimers } from '../../../tests/support/fake-timers';
import { fakeWorkers, type FakeWorker } from '../../../tests/support/fake-worker';
import { DEFAULT_RULES } from '../session/downloads/corpora';
import type { Request } from '../workers/protocol';
import { poolSize } from '../workers/pool';
import { Lab } from '../session/lab.svelte';
import { completeTokenizer } from '../session/tokenizers/saved-tokenizer';
import { DRIFT_ROUTES } from '../features/drift/worker';
import { INFLATION_ROUTES } from '../features/inflation/worker';
import { STRAWBERRY_ROUTES } from '../features/strawberry/worker';

// Ends calls that the fake workers leave unanswered.
useFakeTimers();

const encode = (tokenizer: string) => ({
	tokenizer,
	text: new Uint8Array(),
	special: 'text' as const
});

/** Parameters for a part of a corpus, starting at a byte offset. */
const partAt = (byteStart: number) => ({
	corpus: new Blob(),
	format: 'text' as const,
	rules: DEFAULT_RULES,
	byteStart
});

const FILE = Uint8Array.of(1, 2, 3);
const RUN = { session: 'train', run: 1 };
const NO_TEXT = new Uint8Array();
const TRAINING = { ...RUN, corpus: { text: NO_TEXT }, rules: DEFAULT_RULES, text: NO_TEXT };

/** All calls of a lab with `size` tokenizer workers and the saved tokenizer own-1, and the workers that it started. */
function connectWorkers(size = 1) {
	const { workers, spawn } = fakeWorkers();
	const lab = new Lab(spawn, size);
	vi.spyOn(lab.savedTokenizers, 'find').mockImplementation((id) => {
		const stored = { id, name: id, vocabularySize: 0, summary: '', saved: 0 };
		return id === 'own-1' ? completeTokenizer({ ...stored, file: FILE }) : undefined;
	});
	const pool = {
		...lab.tokenizing,
		...lab.training,
		...lab.connect(STRAWBERRY_ROUTES),
		...lab.connect(INFLATION_ROUTES),
		...lab.connect(DRIFT_ROUTES)
	};
	return { workers, pool };
}

const field = ({ params }: Request, name: string): unknown =>
	typeof params === 'object' && params !== null
		? (params as Record<string, unknown>)[name]
		: undefined;

/** Values of one parameter in each worker's requests, in order. */
const fieldOf = (workers: readonly FakeWorker[], name: string) =>
	workers.map(({ requests }) => requests.map((request) => field(request, name)));

const methodsOf = (workers: readonly FakeWorker[]) =>
	workers.map(({ requests }) => requests.map(({ method }) => method));

describe('the workers of the page', () => {
	it('are started by requests, and pin each tokenizer to one, the one with the fewest', () => {
		const { workers, pool } = connectWorkers(2);
		expect(workers).toEqual([]);
		for (const tokenizer of ['a', 'b', 'a', 'c']) void pool.encode(encode(tokenizer));
		void pool.spell({ tokenizer: 'b', ids: new Uint32Array() });
		void pool.measureDeclarations({ tokenizer: 'b', codes: ['eng'] });
		void pool.measureDeclarations({ tokenizer: 'a', codes: ['eng'] });
		void pool.encode(encode('d'));
		expect(fieldOf(workers, 'tokenizer')).toEqual([
			['a', 'a', 'c', 'a'],
			['b', 'b', 'b', 'd']
		]);
		expect(methodsOf(workers)[1]).toEqual(['encode', 'spell', 'measureDeclarations', 'encode']);
	});

	it('get the file of a saved tokenizer with every request, and none for the catalogue', () => {
		const { workers, pool } = connectWorkers();
		void pool.encode(encode('own-1'));
		void pool.spell({ tokenizer: 'own-1', ids: new Uint32Array() });
		void pool.encode(encode('cl100k_base'));
		expect(fieldOf(workers, 'savedFile')).toEqual([[FILE, FILE, undefined]]);
	});

	it('run all libraries in one of their own, and let no comparison wait for them', () => {
		const { workers, pool } = connectWorkers();
		for (const tokenizer of ['a', 'b']) void pool.check(encode(tokenizer));
		void pool.compareBoundaries({ encodings: [], length: 0 });
		void pool.encode(encode('a'));
		expect(methodsOf(workers)).toEqual([['check', 'check'], ['compareBoundaries'], ['encode']]);
	});

	it('train in one of their own, which answers calls about the training', () => {
		const { workers, pool } = connectWorkers();
		void pool.encode(encode('a'));
		void pool.train(TRAINING);
		void pool.steps({ ...RUN, text: NO_TEXT });
		void pool.pairs({ ...RUN, merges: 0, most: 1 });
		void pool.trainedFile({ ...RUN, merges: 0, name: 'mine', format: 'packed' });
		const methods = ['train', 'steps', 'pairs', 'trainedFile'];
		expect(methodsOf(workers)).toEqual([['encode'], methods]);
	});

	it('handle all calls about a pair in one, with the files of both', () => {
		const { workers, pool } = connectWorkers();
		const pair = { a: { tokenizer: 'llama3' }, b: { tokenizer: 'own-1' } };
		void pool.drift({ ...pair, rows: null });
		void pool.damage({ ...pair, rows: null, documents: [] });
		expect(methodsOf(workers)).toEqual([['drift', 'damage']]);
		for (const request of workers[0].requests) {
			expect(request.params).toMatchObject({ ...pair, b: { tokenizer: 'own-1', savedFile: FILE } });
			expect(field(request, 'a')).not.toHaveProperty('savedFile');
		}
	});

	it('check in one that stops without ending a drift case', async () => {
		const { workers, pool } = connectWorkers();
		const side = { tokenizer: 'gpt2' };
		const checked = pool.check(encode('gpt2'));
		void pool.driftCase({ a: side, b: side, task: { does: 'decode', a: [1] }, expect: [] });
		expect(methodsOf(workers)).toEqual([['check'], ['driftCase']]);
		pool.stopChecking();
		expect(workers.map(({ terminated }) => terminated)).toEqual([true, false]);
		await expect(checked).rejects.toThrow('The library was stopped.');
		void pool.check(encode('gpt2'));
		expect(workers).toHaveLength(3);
	});

	it('return answers, take options, and name the training in the error of one that died', async () => {
		const { workers, pool } = connectWorkers();
		const checked = pool.check(encode('a'));
		workers[0].say({ id: 1, type: 'result', result: { verdict: 'agrees' } });
		expect(await checked).toEqual({ verdict: 'agrees' });
		const reason = new Error('stopped');
		const signal = AbortSignal.abort(reason);
		await expect(pool.encode(encode('a'), { signal })).rejects.toBe(reason);
		const trained = pool.train(TRAINING);
		workers.at(-1)?.die('out of memory');
		await expect(trained).rejects.toThrow('The training stopped working: out of memory.');
	});

	it('count parts of a corpus in several, which are replaced when they are stopped', async () => {
		const { workers, pool } = connectWorkers(2);
		expect(pool.counters).toBe(2);
		const counted = [0, 1, 2].map((part) => pool.count(partAt(part)));
		expect(fieldOf(workers, 'byteStart')).toEqual([[0, 2], [1]]);
		void pool.encode(encode('a'));
		pool.stopCounting();
		expect(workers.map(({ terminated }) => terminated)).toEqual([true, true, false]);
		for (const count of counted) await expect(count).rejects.toThrow('The training was stopped.');
		void pool.count(partAt(3));
		expect(workers[3].terminated).toBe(false);
	});
});

it('leaves a thread for the page, with two to four workers, two if the number is unknown', () => {
	expect([1, 2, 3, 4, 5, 64, undefined].map(poolSize)).toEqual([2, 2, 2, 3, 4, 4, 2]);
});
