import { describe, expect, it } from 'vitest';
import { settle } from '../../../../tests/support/fake-calls';
import { fakeTraining, trainedOn } from '../../../../tests/support/fake-training';
import { SavedTokenizers } from '../../session/saved-tokenizers.svelte';
import { exportTrained, saveTrained } from './export';

const trained = trainedOn('aaabdaaabac');
const noStore = () =>
	Promise.resolve({
		all: () => Promise.resolve([]),
		get: () => Promise.resolve(undefined),
		put: () => Promise.resolve(),
		delete: () => Promise.resolve()
	});

describe('saveTrained', () => {
	it('saves the tokenizer of a step, with its rules and its corpus', async () => {
		const { workers, files } = fakeTraining();
		const tokenizers = new SavedTokenizers(noStore);
		const saved = saveTrained(workers, tokenizers, trained, 2, 'mine');
		await settle();
		expect(files[0].params).toEqual({
			session: 'train',
			run: 1,
			merges: 2,
			name: 'mine',
			format: 'packed'
		});
		const bytes = Uint8Array.of(1, 2, 3);
		const fingerprint = 'bpe-lab-drift-v2:00';
		files[0].resolve({
			vocabularySize: 258,
			fingerprint,
			losses: [],
			files: [{ name: 'packed.bin', bytes }]
		});
		expect(await saved).toMatchObject({
			name: 'mine',
			vocabularySize: 258,
			fingerprint,
			file: bytes,
			summary:
				'GPT-2 pattern, ties to the smaller pair of ids, all 256 bytes, pairs that occur at least twice, 2 merges. Trained in this browser on 11 bytes.'
		});
		expect(tokenizers.list).toHaveLength(1);
	});

	it('saves nothing if the training is gone, and rejects', async () => {
		const { workers, files } = fakeTraining();
		const tokenizers = new SavedTokenizers(noStore);
		const saved = saveTrained(workers, tokenizers, trained, 2, 'mine');
		files[0].reject(new Error('train again'));
		await expect(saved).rejects.toThrow('train again');
		expect(tokenizers.list).toEqual([]);
	});
});

describe('exportTrained', () => {
	const bytes = Uint8Array.of(1);

	it('names the files by the size of what they hold', async () => {
		const { workers, files } = fakeTraining();
		const exported = exportTrained(workers, trained, 2, 'tiktoken');
		expect(files[0].params).toMatchObject({ merges: 2, name: 'bpe-gpt2', format: 'tiktoken' });
		const losses = ['the pattern /x/'];
		const written = [{ name: 'tokenizer.tiktoken', bytes }];
		files[0].resolve({
			vocabularySize: 258,
			fingerprint: null,
			losses,
			files: written
		});
		expect(await exported).toMatchObject({ name: 'bpe-gpt2-258', losses, files: written });
	});

	it('gives counts no size, because no merge is in them', async () => {
		const { workers, files } = fakeTraining();
		const rules = { ...trained.rules, pattern: { regex: '/../' } };
		const exported = exportTrained(workers, { ...trained, rules }, 2, 'counts');
		const written = [{ name: 'counts.tsv', bytes }];
		files[0].resolve({
			vocabularySize: 258,
			fingerprint: null,
			losses: [],
			files: written
		});
		expect(await exported).toMatchObject({ name: 'bpe-regex', files: written });
	});
});
