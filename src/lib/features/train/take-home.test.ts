import { describe, expect, it } from 'vitest';
import { settle } from '../../../../tests/support/fake-calls';
import { fakeTraining, trainedOn } from '../../../../tests/support/fake-training';
import { SavedTokenizers } from '../../session/saved-tokenizers.svelte';
import { EXPORTS, fileName, keep, summaryOf } from './take-home';

const trained = trainedOn('aaabdaaabac');
const noStore = () =>
	Promise.resolve({
		all: () => Promise.resolve([]),
		put: () => Promise.resolve(),
		delete: () => Promise.resolve()
	});

describe('keeping a tokenizer', () => {
	it('keeps that of the step, with how it came about', async () => {
		const { workers, files } = fakeTraining();
		const own = new SavedTokenizers(noStore);
		const kept = keep(workers, own, trained, 2, 'mine', 'GPT-2 pattern');
		await settle();
		expect(files[0].params).toEqual({
			session: 'train',
			run: 1,
			merges: 2,
			name: 'mine',
			format: 'packed'
		});
		const bytes = Uint8Array.of(1, 2, 3);
		files[0].resolve({ vocabularySize: 258, files: [{ name: 'mine.bin', bytes }] });
		expect(await kept).toMatchObject({
			name: 'mine',
			vocabularySize: 258,
			file: bytes,
			summary: 'GPT-2 pattern, 2 merges; trained in this browser on 11 bytes.'
		});
		expect(own.list).toHaveLength(1);
	});

	it('keeps nothing where the training is gone, and says so', async () => {
		const { workers, files } = fakeTraining();
		const own = new SavedTokenizers(noStore);
		const kept = keep(workers, own, trained, 2, 'mine', 'GPT-2 pattern');
		files[0].reject(new Error('train again'));
		await expect(kept).rejects.toThrow('train again');
		expect(own.list).toEqual([]);
	});
});

describe('words for files', () => {
	it('sum a tokenizer up', () => {
		expect(summaryOf({ ...trained, bytes: 8287 }, 1, 'No pattern')).toBe(
			'No pattern, 1 merge; trained in this browser on 8,287 bytes.'
		);
	});

	it('name a file of letters, digits and hyphens', () => {
		const { rules } = trained;
		expect(fileName(rules)).toBe('bpe-gpt2-259');
		expect(fileName({ ...rules, pattern: { regex: '/../' } })).toBe('bpe-regex-259');
	});

	it('offer each format once', () => {
		const formats = EXPORTS.map(({ format }) => format);
		expect(new Set(formats).size).toBe(formats.length);
	});
});
