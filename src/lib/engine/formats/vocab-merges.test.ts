import { describe, expect, it } from 'vitest';
import { trainOn } from '../../../../tests/support/training';
import type { TokenizerSpec } from '../spec';
import { trainedSpec } from '../train/spec';
import { parseTokenizerJson } from './tokenizer-json';
import { tokenizerJsonText } from './tokenizer-json-write';
import { writeVocabAndMerges } from './vocab-merges';

/** Merges a and b, then ␣ and ab, in one pre-token. Ids: `<s>` is 0; a, b and Ġ are 1 to 3. */
const spec = trainedSpec(trainOn('ab ab ab', { specialTokens: ['<s>'], vocabularySize: 6 }));
/** With a token that looks like the header of merges.txt. */
const headed = trainedSpec(trainOn('#version\n#version\n#versions', { pattern: 'cl100k' }));
/** With spaces in tokens, which only vocabularies of characters can have. */
const spaced = parseTokenizerJson({
	model: { type: 'BPE', vocab: { a: 0, ' ': 1, 'a ': 2 }, merges: [['a', ' ']] }
});

describe('writeVocabAndMerges', () => {
	it('writes the files in which GPT-2 was published', () => {
		const { vocab, merges } = writeVocabAndMerges(spec);
		expect(JSON.parse(vocab)).toEqual({ '<s>': 0, a: 1, b: 2, Ġ: 3, ab: 4, Ġab: 5 });
		expect(merges).toBe('#version: 0.2\na b\nĠ ab\n');
	});

	it('refuses a merge that readers would skip, and a vocabulary of characters', () => {
		expect(() => writeVocabAndMerges(headed)).toThrow('got a merge of "#version" and "s"');
		expect(() => writeVocabAndMerges(spaced)).toThrow('expected a byte-level vocabulary');
	});
});

describe('tokenizerJsonText', () => {
	const mergesOf = (spec: TokenizerSpec): unknown[] =>
		(JSON.parse(tokenizerJsonText(spec)) as { model: { merges: unknown[] } }).model.merges;

	it('writes merges as strings, which every reader accepts, and as pairs if a string would be misread', () => {
		expect(mergesOf(spec)).toEqual(['a b', 'Ġ ab']);
		expect(mergesOf(spaced)).toEqual([['a', ' ']]);
		expect(mergesOf(headed)).toContainEqual(['#version', 's']);
	});

	it('is read back unchanged', () => {
		for (const text of [spec, headed, spaced].map(tokenizerJsonText)) {
			const again = tokenizerJsonText(parseTokenizerJson(JSON.parse(text)));
			expect(JSON.parse(again)).toEqual(JSON.parse(text));
		}
	});
});
