import { describe, expect, it } from 'vitest';
import { settle } from '../../../../tests/support/fake-calls';
import { fakeTraining, trainedOn } from '../../../../tests/support/fake-training';
import { memoryStore } from '../../../../tests/support/memory-store';
import type { Calls } from '../../app/lab.worker';
import { SavedTokenizers } from '../../session/tokenizers/saved-tokenizers.svelte';
import { exportTrained, saveTrained } from './export';

type TrainedFile = Calls['trainedFile']['result'];

const trained = trainedOn('aaabdaaabac');
const bytes = Uint8Array.of(1, 2, 3);

/** Result from a worker: one file. */
const written = (name: string, more: Partial<TrainedFile> = {}): TrainedFile => ({
	vocabularySize: 258,
	fingerprint: null,
	losses: [],
	files: [{ name, bytes }],
	...more
});

describe('saveTrained', () => {
	function setUp() {
		const { workers, files } = fakeTraining();
		const tokenizers = new SavedTokenizers(memoryStore().open);
		return { tokenizers, files, saved: saveTrained(workers, tokenizers, trained, 'mine') };
	}

	it('saves the tokenizer with its rules and its corpus', async () => {
		const { tokenizers, files, saved } = setUp();
		await settle();
		expect(files[0].params).toEqual({ ...trained.run, merges: 3, name: 'mine', format: 'packed' });
		const fingerprint = 'bpe-lab-drift-v2:00';
		files[0].resolve(written('packed.bin', { fingerprint }));
		expect(await saved).toMatchObject({
			name: 'mine',
			vocabularySize: 258,
			fingerprint,
			file: bytes,
			summary:
				'GPT-2 pattern, ties go to the pair with the smaller ids, all 256 bytes, pairs that occur at least twice, 3 merges. Trained in this browser on 11 bytes.'
		});
		expect(tokenizers.list).toHaveLength(1);
	});

	it('saves nothing if the training is gone, and rejects', async () => {
		const { tokenizers, files, saved } = setUp();
		files[0].reject(new Error('train again'));
		await expect(saved).rejects.toThrow('train again');
		expect(tokenizers.list).toEqual([]);
	});
});

it('names the files by the size of what they hold', async () => {
	const { workers, files } = fakeTraining();
	const exported = exportTrained(workers, trained, 'tiktoken');
	expect(files[0].params).toMatchObject({ merges: 3, name: 'bpe-gpt2', format: 'tiktoken' });
	const found = written('tokenizer.tiktoken', { losses: ['the pattern /x/'] });
	files[0].resolve(found);
	expect(await exported).toMatchObject({
		name: 'bpe-gpt2-258',
		losses: found.losses,
		files: found.files
	});
});

it('gives counts no size, because no merge is in them', async () => {
	const { workers, files } = fakeTraining();
	const rules = { ...trained.rules, pattern: { regex: '/../' } };
	const exported = exportTrained(workers, { ...trained, rules }, 'counts');
	const found = written('counts.tsv');
	files[0].resolve(found);
	expect(await exported).toMatchObject({ name: 'bpe-regex', files: found.files });
});
