import { figures, file, issues } from './sources';
import type { DocumentedCase } from './types';

/** Public cases that need a vocabulary that the catalogue does not have. */
export const DOCUMENTED_CASES: readonly DocumentedCase[] = [
	{
		slug: 'llama4-split-as-gpt2',
		claim:
			'Ollama’s Llama 4 files named the default pre-tokenizer, and prompts got 8 to 10 % longer.',
		story:
			'The converter recognises a pre-tokenizer by a hash of its regex, and Llama 4’s was not in its list. “ =” became [220, 41] instead of [319], and “don’t” became [21414, 19, 96] instead of [127161].',
		year: 2026,
		sources: issues('ollama', 17698, 17699),
		damage: null,
		figures: [
			...figures('ollama#17698', 'description', '8 to 10 %'),
			...figures('ollama#17699', 'description', '[220, 41]', '[319]', '[21414, 19, 96]', '[127161]')
		],
		missing: 'Llama 4’s vocabulary is not in the catalogue.'
	},
	{
		slug: 'old-files-of-tinyllama',
		claim: 'Old TinyLlama files gave different ids, and no reader warned about it.',
		story:
			'With the ids of the Hugging Face tokenizer, the same file scored as it should. A newly converted file is right.',
		year: 2024,
		sources: issues('llama.cpp', 7476, 6944),
		damage:
			'Perplexity of TinyLlama (Q8_0) on the first window of wikitext-2: 15.39 with the ids of the file’s own tokenizer, 6.20 with the right ones, both in llama-cpp-python.',
		figures: [
			...figures('llama.cpp#7476', 'first table in the description', '15.39'),
			...figures('llama.cpp#7476', 'second table in the description', '6.20')
		],
		missing: 'The issues do not say what the old files lack.'
	},
	{
		slug: 'clip-cannot-reach-its-words',
		claim: 'CLIP’s tokenizer could not reach 1,138 of 34,483 words of its vocabulary.',
		story:
			'This is Hugging Face’s port. OpenAI’s own code also misses 1,029 of them: a word of the vocabulary does not always encode to its own token.',
		year: 2023,
		sources: [...issues('transformers', 27961), ...issues('CLIP', 410)],
		damage: null,
		figures: [
			...figures('transformers#27961', 'title', '1,138', '34,483'),
			...figures('CLIP#410', 'title', '1,029')
		],
		missing: 'CLIP’s vocabulary is not in the catalogue.'
	},
	{
		slug: 'whisper-v3-moved-by-one',
		claim: 'Whisper v3 has one more language, so older code asks it to translate instead.',
		story:
			'The languages come before “translate” and “transcribe”. Cantonese shifted both ids by one, so the old id of “transcribe” is the new id of “translate”.',
		year: 2023,
		sources: [...issues('faster-whisper', 559, 547), file('whisper', 'whisper/tokenizer.py')],
		damage: null,
		figures: [],
		missing: 'Whisper’s vocabulary is not in the catalogue.'
	}
];
