import { describe, expect, it, vi } from 'vitest';
import { fakeWorkers, type FakeWorker } from '../../../tests/support/fake-worker';
import { DEFAULT_RULES } from '../session/training-rules';
import type { Request } from '../workers/protocol';
import { poolSize } from '../workers/pool';
import { Lab } from '../session/lab.svelte';
import { completeTokenizer } from '../session/saved-tokenizers.svelte';
import { DRIFT_ROUTES } from '../features/drift/worker';
import { INFLATION_ROUTES } from '../features/inflation/worker';
import { STRAWBERRY_ROUTES } from '../features/strawberry/worker';
import type { WorkerLike } from '../workers/client';

const encode = (tokenizer: string) => ({
	tokenizer,
	text: new Uint8Array(),
	special: 'text' as const
});

/** A part of a corpus that begins at a byte. */
const partAt = (byteStart: number) => ({
	corpus: new Blob(),
	format: 'text' as const,
	rules: DEFAULT_RULES,
	byteStart
});

/** All calls of a lab. @param fileOf returns the files of saved tokenizers */
function connectWorkers(
	fileOf: ((id: string) => Uint8Array | undefined) | undefined,
	spawn: () => WorkerLike,
	size: number
) {
	const lab = new Lab(spawn, size);
	vi.spyOn(lab.savedTokenizers, 'find').mockImplementation((id) => {
		const file = fileOf?.(id);
		const stored = { id, name: id, vocabularySize: 0, summary: '', saved: 0 };
		return file && completeTokenizer({ ...stored, file });
	});
	return {
		...lab.tokenizing,
		...lab.training,
		...lab.connect(STRAWBERRY_ROUTES),
		...lab.connect(INFLATION_ROUTES),
		...lab.connect(DRIFT_ROUTES)
	};
}

/** A field of a request's params. */
const field = ({ params }: Request, name: string): unknown =>
	typeof params === 'object' && params !== null
		? (params as Record<string, unknown>)[name]
		: undefined;

/** Tokenizers of a worker's requests, in order. */
const askedFor = ({ requests }: FakeWorker) =>
	requests.map((request) => field(request, 'tokenizer'));

describe('the workers of the page', () => {
	it('starts no worker before the first request', () => {
		const { workers, spawn } = fakeWorkers();
		connectWorkers(undefined, spawn, 4);
		expect(workers).toEqual([]);
	});

	it('pins each tokenizer to one worker, for every call', () => {
		const { workers, spawn } = fakeWorkers();
		const pool = connectWorkers(undefined, spawn, 2);
		void pool.encode(encode('a'));
		void pool.encode(encode('b'));
		void pool.encode(encode('a'));
		void pool.spell({ tokenizer: 'b', ids: new Uint32Array() });
		void pool.measureDeclarations({ tokenizer: 'b', codes: ['eng'] });
		void pool.measureUserTexts({ tokenizer: 'a', texts: [] });
		expect(workers.map(askedFor)).toEqual([
			['a', 'a', 'a'],
			['b', 'b', 'b']
		]);
		expect(workers[1].requests.map(({ method }) => method)).toEqual([
			'encode',
			'spell',
			'measureDeclarations'
		]);
	});

	it('sends the file of a saved tokenizer with every request, and none for the catalogue', () => {
		const { workers, spawn } = fakeWorkers();
		const file = Uint8Array.of(1, 2, 3);
		const pool = connectWorkers((id) => (id === 'own-1' ? file : undefined), spawn, 1);
		void pool.encode(encode('own-1'));
		void pool.spell({ tokenizer: 'own-1', ids: new Uint32Array() });
		void pool.encode(encode('cl100k_base'));
		expect(workers[0].requests.map((request) => field(request, 'own'))).toEqual([
			file,
			file,
			undefined
		]);
	});

	it('gives a new tokenizer to the worker with the fewest', () => {
		const { workers, spawn } = fakeWorkers();
		const pool = connectWorkers(undefined, spawn, 2);
		for (const tokenizer of ['a', 'b', 'c', 'd', 'e']) void pool.encode(encode(tokenizer));
		expect(workers.map(askedFor)).toEqual([
			['a', 'c', 'e'],
			['b', 'd']
		]);
		void pool.encode(encode('f'));
		expect(askedFor(workers[1])).toEqual(['b', 'd', 'f']);
	});

	it('compares in a separate worker', () => {
		const { workers, spawn } = fakeWorkers();
		const pool = connectWorkers(undefined, spawn, 1);
		void pool.encode(encode('a'));
		void pool.compare({ encodings: [], length: 0 });
		expect(workers.map(({ requests }) => requests.map(({ method }) => method))).toEqual([
			['encode'],
			['compare']
		]);
	});

	it('runs all libraries in one separate worker', () => {
		const { workers, spawn } = fakeWorkers();
		const pool = connectWorkers(undefined, spawn, 1);
		void pool.encode(encode('a'));
		void pool.check(encode('a'));
		void pool.check(encode('b'));
		expect(workers.map(({ requests }) => requests.map(({ method }) => method))).toEqual([
			['encode'],
			['check', 'check']
		]);
	});

	it('does not let comparisons wait for the libraries', () => {
		const { workers, spawn } = fakeWorkers();
		const pool = connectWorkers(undefined, spawn, 1);
		void pool.check(encode('a'));
		void pool.compare({ encodings: [], length: 0 });
		expect(workers).toHaveLength(2);
	});

	it('handles all calls about a pair in one worker, with the files of both', () => {
		const { workers, spawn } = fakeWorkers();
		const file = Uint8Array.of(1, 2, 3);
		const pool = connectWorkers((id) => (id === 'own-1' ? file : undefined), spawn, 1);
		const pair = { a: { tokenizer: 'llama3' }, b: { tokenizer: 'own-1' } };
		void pool.drift({ ...pair, rows: null });
		void pool.damage({ ...pair, rows: null, documents: [] });
		expect(workers).toHaveLength(1);
		for (const request of workers[0].requests) {
			expect(request.params).toMatchObject({
				a: { tokenizer: 'llama3' },
				b: { tokenizer: 'own-1', own: file }
			});
			expect(field(request, 'a')).not.toHaveProperty('own');
		}
	});

	it('asks no worker for a tokenizer that a link names and that is not here', async () => {
		const { workers, spawn } = fakeWorkers();
		const lab = new Lab(spawn, 1);
		lab.known.links.resolve([{ id: 'own-1', name: 'theirs', fingerprint: null, hub: null }]);
		const problem = '“theirs” is not in this browser. Open its file.';
		await expect(lab.tokenizing.encode(encode('own-1'))).rejects.toThrow(problem);
		const sides = { a: { tokenizer: 'gpt2' }, b: { tokenizer: 'own-1' } };
		const { driftCase } = lab.connect(DRIFT_ROUTES);
		await expect(
			driftCase({ ...sides, task: { does: 'decode', a: [1] }, expect: [] })
		).rejects.toThrow(problem);
		expect(workers).toEqual([]);
	});

	it('asks for it once it is saved, in its place among the chosen ones', async () => {
		const { workers, spawn } = fakeWorkers();
		const lab = new Lab(spawn, 1);
		const fingerprint = 'bpe-lab-drift-v2:00';
		lab.known.links.resolve([{ id: 'own-1', name: 'theirs', fingerprint, hub: null }]);
		lab.compare.setTokenizers(['gpt2', 'own-1', 'llama2']);
		const card = lab.compare.card('own-1');
		await vi.waitFor(() => expect(card.status).toBe('error'));
		const file = Uint8Array.of(1);
		const opened = { name: 'file', vocabularySize: 1, summary: '', fingerprint, file };
		await lab.savedTokenizers.save(opened);
		await vi.waitFor(() => expect(askedFor(workers[0])).toContain('own-1'));
		expect(field(workers[0].requests.at(-1) as Request, 'own')).toBe(file);
		expect(lab.compare.tokenizers).toEqual(['gpt2', 'own-1', 'llama2']);
		expect(lab.compare.card('own-1')).not.toBe(card);
	});

	it('checks in a worker of its own, which stops without ending a drift case', async () => {
		const { workers, spawn } = fakeWorkers();
		const pool = connectWorkers(undefined, spawn, 1);
		const side = { tokenizer: 'gpt2' };
		const checked = pool.check(encode('gpt2'));
		void pool.driftCase({ a: side, b: side, task: { does: 'decode', a: [1] }, expect: [] });
		expect(workers.map(({ requests }) => requests.map(({ method }) => method))).toEqual([
			['check'],
			['driftCase']
		]);
		pool.stopChecking();
		expect(workers.map(({ terminated }) => terminated)).toEqual([true, false]);
		await expect(checked).rejects.toThrow('The library was stopped.');
		void pool.check(encode('gpt2'));
		expect(workers).toHaveLength(3);
	});

	it('returns the answer of the worker and passes the options', async () => {
		const { workers, spawn } = fakeWorkers();
		const pool = connectWorkers(undefined, spawn, 1);
		const checked = pool.check(encode('a'));
		workers[0].say({ id: 1, type: 'result', result: { verdict: 'agrees' } });
		expect(await checked).toEqual({ verdict: 'agrees' });
		const reason = new Error('stopped');
		const signal = AbortSignal.abort(reason);
		await expect(pool.encode(encode('a'), { signal })).rejects.toBe(reason);
	});

	it('trains in a separate worker, which also answers calls about the training', () => {
		const { workers, spawn } = fakeWorkers();
		const pool = connectWorkers(undefined, spawn, 2);
		const run = { session: 'train', run: 1 };
		const text = new Uint8Array();
		void pool.encode(encode('a'));
		void pool.train({ ...run, corpus: { text }, rules: DEFAULT_RULES, text });
		void pool.steps({ ...run, text });
		void pool.pairs({ ...run, merges: 0, most: 1 });
		void pool.usage({ ...run, merges: 0 });
		void pool.trainedFile({ ...run, merges: 0, name: 'mine', format: 'packed' });
		expect(workers.map(({ requests }) => requests.map(({ method }) => method))).toEqual([
			['encode'],
			['train', 'steps', 'pairs', 'usage', 'trainedFile']
		]);
	});

	it('spreads parts of a corpus over several workers', () => {
		const { workers, spawn } = fakeWorkers();
		const pool = connectWorkers(undefined, spawn, 2);
		expect(pool.counters).toBe(2);
		for (let part = 0; part < 3; part++) void pool.count(partAt(part));
		expect(
			workers.map(({ requests }) => requests.map((request) => field(request, 'byteStart')))
		).toEqual([[0, 2], [1]]);
	});

	it('stops the workers that count, and starts new ones for the next count', async () => {
		const { workers, spawn } = fakeWorkers();
		const pool = connectWorkers(undefined, spawn, 1);
		void pool.encode(encode('a'));
		const counted = pool.count(partAt(0));
		pool.stopCounting();
		expect(workers.map(({ terminated }) => terminated)).toEqual([false, true]);
		await expect(counted).rejects.toThrow('The training was stopped.');
		void pool.count(partAt(1));
		expect(workers).toHaveLength(3);
		expect(workers[2].terminated).toBe(false);
	});

	it('names the training in the error of a worker that died', async () => {
		const { workers, spawn } = fakeWorkers();
		const pool = connectWorkers(undefined, spawn, 1);
		const text = new Uint8Array();
		const run = { session: 'train', run: 1 };
		const trained = pool.train({ ...run, corpus: { text }, rules: DEFAULT_RULES, text });
		workers[0].die('out of memory');
		await expect(trained).rejects.toThrow('The training stopped working: out of memory.');
	});
});

describe('poolSize', () => {
	it('leaves a thread for the page, with two to four workers', () => {
		expect([1, 2, 3, 4, 5, 64].map(poolSize)).toEqual([2, 2, 2, 3, 4, 4]);
	});

	it('is two if the browser does not tell the number of threads', () => {
		expect(poolSize(undefined)).toBe(2);
	});
});
