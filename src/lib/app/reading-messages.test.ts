import { expect, it } from 'vitest';
import type { SavedTokenizer } from '../session/tokenizers/saved-tokenizer';
import type { ReadingCheck } from '../tokenizers/runtimes/second-opinion';
import { describeDifferingText, describeReadingCheck } from './reading-messages';

const CHECK: ReadingCheck = {
	read: 'conversion',
	program: 'transformers.js 2.17.2',
	tried: 1043,
	equal: 1043,
	unanswered: 0,
	differing: []
};

const savedAs = (format: string | null, ...files: string[]) =>
	({
		origin: format === null ? { kind: 'trained' } : { kind: 'files', files },
		description: format === null ? null : { format, files }
	}) as unknown as SavedTokenizer;

const BY_ITSELF = 'transformers.js 2.17.2 read the original';
const CONVERSION =
	'transformers.js 2.17.2 ran the lab’s own conversion, not the original. It gives the same ids for';
const ALL = 'all 1,043 fingerprint texts.';

it.each<[Partial<ReadingCheck>, SavedTokenizer, string]>([
	[
		{ read: 'files' },
		savedAs('tokenizer.json', 'llama.json', 'tokenizer_config.json'),
		`${BY_ITSELF} llama.json by itself. It gives the same ids for ${ALL}`
	],
	[
		{ read: 'tables' },
		savedAs('vocab.json and merges.txt', 'vocab.json', 'merges.txt', 'tokenizer_config.json'),
		`${BY_ITSELF} vocab.json and merges.txt by itself, with the lab’s pattern and special tokens, which are not in the files. It gives the same ids for ${ALL}`
	],
	[
		{},
		savedAs('GGUF', 'model.gguf'),
		`${CONVERSION} ${ALL} No library here reads this format (GGUF), so a mistake in reading the file would not show here.`
	],
	[
		{ equal: 1040, unanswered: 1 },
		savedAs('SentencePiece model', 'tokenizer.model'),
		`${CONVERSION} 1,040 of the 1,043 fingerprint texts. It gave no answer for 1 text. No library here reads this format (SentencePiece model), so a mistake in reading the file would not show here.`
	],
	[
		{},
		savedAs('tokenizer.json', 'llama.json'),
		`${CONVERSION} ${ALL} The original is not stored, so a mistake in reading the file would not show here. Open it again to check the file itself.`
	],
	[{}, savedAs(null), `${CONVERSION} ${ALL} It was trained here, so there is no original file.`]
])('says what was checked: %j', (check, saved, words) => {
	expect(describeReadingCheck({ ...CHECK, ...check }, saved)).toBe(words);
});

it('names a text with other ids', () => {
	const difference = { byte: 1200, character: 'a', lab: [1, 2], library: [] };
	expect(describeDifferingText({ text: 'a', difference })).toBe(
		'"a" differs at byte 1,200: no id instead of 1 2.'
	);
});
