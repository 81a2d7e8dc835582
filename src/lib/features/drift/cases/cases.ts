import { BOS_CASES } from './bos-cases';
import { MERGE_CASES } from './merge-cases';
import { PRE_TOKENIZER_CASES } from './pre-tokenizer-cases';
import { READING_CASES } from './reading-cases';
import { REGEX_PORT_CASES } from './regex-port-cases';
import { SPACE_CASES } from './space-cases';
import { SPECIAL_TOKEN_CASES } from './special-token-cases';
import { TEXT_CASES } from './text-cases';
import { figures, issues } from './sources';
import type { DocumentedCase, DriftCase } from './types';

/** Every case that is computed in the browser, in the order of the page. */
export const DRIFT_CASES: readonly DriftCase[] = [
	...PRE_TOKENIZER_CASES,
	...REGEX_PORT_CASES,
	...MERGE_CASES,
	...SPACE_CASES,
	...BOS_CASES,
	...SPECIAL_TOKEN_CASES,
	...TEXT_CASES,
	...READING_CASES
];

/** Public cases that need a vocabulary or a fault that nothing here has. */
export const DOCUMENTED_CASES: readonly DocumentedCase[] = [
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
			'This is Hugging Face’s port. OpenAI’s own code misses 1,029 of the 34,483. In both, a word in the vocabulary doesn’t always encode to its own token.',
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
		slug: 'struck-through-text-ends-an-answer',
		claim: 'Gemma 4’s token for struck-through text ended the answer.',
		story:
			'In Gemma’s vocabulary </s> is the HTML tag that ends struck-through text. llama.cpp took it for the end of a text, which it is in other vocabularies.',
		year: 2026,
		sources: issues('llama.cpp', 21471, 21492),
		damage: null,
		figures: [],
		missing: 'The ids of a text are the same. Only the program stops too early.'
	},
	{
		slug: 'merges-from-left-to-right',
		claim: 'Engines merged from left to right instead of by rank, and split most words wrongly.',
		story:
			'With GGUF files, fastllm joined the leftmost pair that forms a token: bru + tal + ist instead of br + ut + alist. llama.cpp first did the same with Gemma 4, whose merges it took for equal scores. The result is a valid split, so nothing complains, but the model has hardly ever seen it.',
		year: 2026,
		sources: [...issues('fastllm', 715), ...issues('llama.cpp', 21343)],
		damage: 'Of 40,014 probes, 58.2% came out differently with Qwen’s vocabulary.',
		figures: figures('fastllm#715', 'first table in the description', '58.2%', '40,014'),
		missing: 'No tokenizer.json can say it, and no library here does it.'
	},
	{
		slug: 'thai-by-grapheme-clusters',
		claim: 'An engine started from the letters that readers see instead of from characters.',
		story:
			'A Swift Character is a grapheme cluster: a consonant together with its vowel sign. Merging clusters never forms a token that begins inside one. A Thai cluster without a token of its own is spelled out in bytes, although each of its characters has a token.',
		year: 2026,
		sources: [...issues('swift-transformers', 352, 355), ...issues('vmlx-swift', 487)],
		damage:
			'With Gemma’s vocabulary, affected lines of text grew to 2.4 times their length at the median and 4.6 times at worst.',
		figures: figures('vmlx-swift#487', 'description', '2.4 times', '4.6 times'),
		missing: 'No tokenizer.json can say it, and no library here does it.'
	}
];
