import { file, issues } from './sources';
import type { DocumentedCase } from './types';

/** Public cases that need a vocabulary that the catalogue does not have. */
export const DOCUMENTED_CASES: readonly DocumentedCase[] = [
	{
		slug: 'llama4-split-as-gpt2',
		family: 'pre-tokenizer',
		claim:
			'Ollama’s Llama 4 files named the default pre-tokenizer, and prompts got 8 to 10 % longer.',
		story:
			'The converter recognises a pre-tokenizer by a hash of its regex, and Llama 4’s was not in its list. “ =” became [220, 41] instead of [319], “don’t” [21414, 19, 96] instead of [127161].',
		year: 2026,
		sources: issues('ollama', 17698, 17699),
		damage: null,
		figures: [
			{ text: '8 to 10 %', source: 'ollama#17698', where: 'description' },
			{ text: '[220, 41]', source: 'ollama#17699', where: 'description' },
			{ text: '[319]', source: 'ollama#17699', where: 'description' },
			{ text: '[21414, 19, 96]', source: 'ollama#17699', where: 'description' },
			{ text: '[127161]', source: 'ollama#17699', where: 'description' }
		],
		severity: 'silent',
		missing: 'Llama 4’s vocabulary is not in the catalogue.'
	},
	{
		slug: 'old-files-of-tinyllama',
		family: 'merges',
		claim: 'Old TinyLlama files gave different ids, and no reader warned of it.',
		story:
			'With the ids of the Hugging Face tokenizer, the same file scored as it should. A file converted again is right.',
		year: 2024,
		sources: issues('llama.cpp', 7476, 6944),
		damage:
			'Perplexity of TinyLlama (Q8_0) on the first window of wikitext-2: 15.39 with the ids of the file’s own tokenizer, 6.20 with the right ones, both in llama-cpp-python.',
		figures: [
			{ text: '15.39', source: 'llama.cpp#7476', where: 'first table in the description' },
			{ text: '6.20', source: 'llama.cpp#7476', where: 'second table in the description' }
		],
		severity: 'silent',
		missing: 'The issues do not say what the old files lack.'
	},
	{
		slug: 'clip-cannot-reach-its-words',
		family: 'merges',
		claim: 'CLIP’s tokenizer could not reach 1,138 of 34,483 words of its vocabulary.',
		story:
			'That is Hugging Face’s port. OpenAI’s own code misses 1,029 of them as well: a word of the vocabulary does not always encode to its own token.',
		year: 2023,
		sources: [...issues('transformers', 27961), ...issues('CLIP', 410)],
		damage: null,
		figures: [
			{ text: '1,138', source: 'transformers#27961', where: 'title' },
			{ text: '34,483', source: 'transformers#27961', where: 'title' },
			{ text: '1,029', source: 'CLIP#410', where: 'title' }
		],
		severity: 'silent',
		missing: 'CLIP’s vocabulary is not in the catalogue.'
	},
	{
		slug: 'whisper-v3-moved-by-one',
		family: 'special-tokens',
		claim: 'Whisper v3 has one more language, so older code asks it to translate instead.',
		story:
			'The languages come before “translate” and “transcribe”. Cantonese shifted both ids by one, and “transcribe” of the old list is “translate” of the new one.',
		year: 2023,
		sources: [...issues('faster-whisper', 559, 547), file('whisper', 'whisper/tokenizer.py')],
		damage: null,
		figures: [],
		severity: 'silent',
		missing: 'Whisper’s vocabulary is not in the catalogue.'
	}
];
