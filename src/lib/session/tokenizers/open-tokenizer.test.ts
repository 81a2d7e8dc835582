import { describe, expect, it, vi } from 'vitest';
import { useFakeTimers } from '../../../../tests/support/fake-timers';
import { fakeWorkers } from '../../../../tests/support/fake-worker';
import { DESCRIPTION } from '../../../../tests/support/memory-store';
import { STALL_TIMEOUT_MS } from '../../workers/client';
import { Lab } from '../lab.svelte';
import { checkReading, openTokenizer, PatternQuestionError, recognizeJson } from './open-tokenizer';
import type { OpeningCalls } from '../calls/opening';

// Ends calls that the fake workers leave unanswered.
useFakeTimers();

const GGUF = { name: 'model.gguf', files: [{ path: 'model.gguf', file: new Blob() }] };

/** A lab whose workers are played by the test. */
function createLab() {
	const { workers, spawn } = fakeWorkers();
	const lab = new Lab(spawn, 1);
	vi.spyOn(lab.savedTokenizers, 'load').mockResolvedValue();
	/** Marks a worker's latest request as received and started. */
	const running = (worker: (typeof workers)[number]) => {
		const request = worker.requests.at(-1);
		if (!request) throw new Error('expected a request');
		worker.say({ id: request.id, type: 'received' });
		worker.say({ id: request.id, type: 'start' });
		return request;
	};
	const answer = (
		worker: (typeof workers)[number],
		result: OpeningCalls['openTokenizer']['result']
	) => worker.say({ id: running(worker).id, type: 'result', result });
	return { lab, workers, running, answer };
}

const opened = () => ({
	kind: 'tokenizer' as const,
	file: Uint8Array.of(1, 2),
	vocabularySize: 257,
	size: 40e9,
	fingerprint: 'bpe-lab-drift-v2:ab',
	description: { ...DESCRIPTION, format: 'GGUF' as const, files: ['model.gguf'] },
	chatTemplate: null
});

describe('a tokenizer that is opened', () => {
	it('is saved with what was read, and gets its identity from a second worker afterwards', async () => {
		const { lab, workers, answer, running } = createLab();
		const opening = openTokenizer(lab, GGUF);
		answer(workers[0], opened());
		const saved = await opening;
		expect(saved).toMatchObject({
			name: 'model',
			origin: { kind: 'files', files: ['model.gguf'] },
			size: 40e9,
			fingerprint: 'bpe-lab-drift-v2:ab',
			identity: null
		});
		expect(workers[0].terminated).toBe(true);
		const request = running(workers[1]);
		expect(request.method).toBe('identify');
		const sentence = 'Identical to gpt2.';
		workers[1].say({ id: request.id, type: 'result', result: { sentence } });
		const identity = () => lab.savedTokenizers.find(saved.id)?.identity;
		await vi.waitFor(() => expect([identity(), workers[1].terminated]).toEqual([sentence, true]));
	});

	it('asks for a pattern in an error of its own', async () => {
		const { lab, workers, answer } = createLab();
		const opening = openTokenizer(lab, GGUF);
		answer(workers[0], { kind: 'pattern', message: 'got only ranks' });
		await expect(opening).rejects.toThrow(new PatternQuestionError('model.gguf: got only ranks'));
	});
});

describe('a worker that a file kills', () => {
	it('is replaced, and the error names the file', async () => {
		const { lab, workers, running, answer } = createLab();
		const opening = openTokenizer(lab, GGUF);
		const other = openTokenizer(lab, { name: 'b.json', files: [] });
		workers[0].say({ id: workers[0].requests[0].id, type: 'start' });
		workers[0].die('out of memory');
		await expect(opening).rejects.toThrow(
			'model.gguf: What reads the file stopped working: out of memory.'
		);
		expect(workers[0].terminated).toBe(true);
		// The new worker reads the file that was waiting.
		expect(running(workers[1]).params).toMatchObject({ files: [] });
		answer(workers[1], opened());
		expect((await other).name).toBe('b');
	});

	it('is named, too, if it was to find out what JSON is', async () => {
		const { lab, workers, running } = createLab();
		const file = { path: 'a.json', file: new Blob() };
		const recognizing = recognizeJson(lab.opening, file);
		running(workers[0]);
		workers[0].die('out of memory');
		await expect(recognizing).rejects.toThrow(
			'a.json: What reads the file stopped working: out of memory.'
		);
		expect(workers[0].terminated).toBe(true);
		const again = recognizeJson(lab.opening, file);
		const message = 'a.json could not be read (it is gone). Choose it again.';
		workers[1].say({ id: running(workers[1]).id, type: 'error', message, retry: false });
		await expect(again).rejects.toThrow(new Error(message));
	});

	it('is replaced if it makes no progress', async () => {
		vi.useFakeTimers();
		const { lab, workers, running } = createLab();
		const opening = openTokenizer(lab, GGUF);
		running(workers[0]);
		const failing = expect(opening).rejects.toThrow(
			'model.gguf: What reads the file gave up: no progress for 20 seconds.'
		);
		await vi.advanceTimersByTimeAsync(STALL_TIMEOUT_MS);
		await failing;
		expect(workers[0].terminated).toBe(true);
		vi.useRealTimers();
	});
});

describe('the check by a library', () => {
	const CHECK = {
		...({ read: 'files', program: 'transformers.js 2.17.2' } as const),
		...{ tried: 2, equal: 2, unanswered: 0, differing: [] }
	};

	/** Opens a tokenizer.json with settings, among other files. */
	async function openJson() {
		const { lab, workers, running, answer } = createLab();
		const files = ['README.md', 'tokenizer_config.json', 'tokenizer.json'].map((name) => ({
			path: `model/${name}`,
			file: new Blob([name])
		}));
		const opening = openTokenizer(lab, { name: 'model', files });
		const { description, ...result } = opened();
		const read = ['tokenizer.json', 'tokenizer_config.json'];
		answer(workers[0], {
			...result,
			description: { ...description, format: 'tokenizer.json', files: read }
		});
		const saved = await opening;
		/** The request to the worker that checks, marked as started. */
		const checking = async () => {
			await vi.waitFor(() => expect(workers.at(-1)?.requests.at(-1)?.method).toBe('checkReading'));
			const worker = workers[workers.length - 1];
			return { worker, request: running(worker) };
		};
		return { lab, workers, saved, files, checking };
	}

	it('is given the files that were read, is saved, and then not run again', async () => {
		const { lab, workers, saved, files, checking } = await openJson();
		const check = checkReading(lab, saved);
		const { worker, request } = await checking();
		// The file with the vocabulary comes first.
		const original = { format: 'tokenizer.json', files: [files[2], files[1]] };
		expect(request.params).toEqual({ file: saved.file, original });
		worker.say({ id: request.id, type: 'result', result: CHECK });
		expect(await check).toEqual(CHECK);
		expect(worker.terminated).toBe(true);
		const again = lab.savedTokenizers.find(saved.id);
		expect(again?.check).toEqual(CHECK);
		const started = workers.length;
		if (again) expect(await checkReading(lab, again)).toEqual(CHECK);
		expect(workers).toHaveLength(started);
	});

	it('has no original after a reload, and is not saved then', async () => {
		const { lab, saved, checking } = await openJson();
		const reloaded = await lab.savedTokenizers.save({ ...saved, file: saved.file.slice() });
		const check = checkReading(lab, reloaded);
		const { worker, request } = await checking();
		expect(request.params).toMatchObject({ original: null });
		worker.say({ id: request.id, type: 'result', result: { ...CHECK, read: 'conversion' } });
		expect(await check).toMatchObject({ read: 'conversion' });
		expect(lab.savedTokenizers.find(reloaded.id)?.check).toBeUndefined();
	});
});

it('saves nothing once it is stopped', async () => {
	const { lab, workers, running } = createLab();
	const stop = new AbortController();
	const opening = openTokenizer(lab, { ...GGUF, signal: stop.signal });
	running(workers[0]);
	stop.abort();
	await expect(opening).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }) as Error);
	expect(lab.savedTokenizers.list).toEqual([]);
});
