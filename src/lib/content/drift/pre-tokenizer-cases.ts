import {
	GPT2_SPLIT,
	LLAMA3_REGEX,
	METASPACE,
	O200K_WITHOUT_CONTRACTIONS,
	TEKKEN_REGEX
} from './changes';
import { issues } from './sources';
import type { DriftCase } from './types';

/** The text is split into other pieces before any merge. */
export const PRE_TOKENIZER_CASES: readonly DriftCase[] = [
	{
		slug: 'llama3-without-its-pre-tokenizer',
		family: 'pre-tokenizer',
		claim: 'Llama 3 files were converted without the rule that splits numbers into threes.',
		story:
			'The first GGUF files of Llama 3 did not say which pre-tokenizer to use, so llama.cpp took GPT-2’s. Sums came out wrong, and nobody knew why.',
		year: 2024,
		sources: issues('llama.cpp', 6914, 6920, 6936),
		damage:
			'Perplexity of Llama 3 8B (Q4_K_M) 8.23 → 8.90; quantizing it from eight bits to four costs 0.1.',
		severity: 'silent',
		stage: 'pre_tokenizer',
		evidence: 'mechanism',
		names: { a: 'llama3', b: 'llama3, split as GPT-2' },
		a: { tokenizer: 'llama3' },
		b: { tokenizer: 'llama3', edits: [GPT2_SPLIT] },
		task: { does: 'encode', a: { text: '3333' } },
		expect: [
			{ sees: 'cuts', side: 'a', cuts: ['333', '3'] },
			{ sees: 'cuts', side: 'b', cuts: ['33', '33'] }
		]
	},
	{
		slug: 'newlines-of-the-chat-header',
		family: 'pre-tokenizer',
		claim: 'The two newlines after a chat header became two tokens instead of one.',
		story:
			'The same missing rule, seen where it hurts every chat: Llama 3’s template ends its header with two newlines, which the model only knows as one token.',
		year: 2024,
		sources: issues('llama.cpp', 6809),
		damage: null,
		severity: 'silent',
		stage: 'pre_tokenizer',
		evidence: 'published-ids',
		names: { a: 'llama3', b: 'llama3, split as GPT-2' },
		a: { tokenizer: 'llama3' },
		b: { tokenizer: 'llama3', edits: [GPT2_SPLIT] },
		task: { does: 'encode', a: { text: '\n\nHi' } },
		expect: [
			{ sees: 'ids', side: 'a', ids: [271, 13347] },
			{ sees: 'ids', side: 'b', ids: [198, 198, 13347] }
		]
	},
	{
		slug: 'deepseek-without-spaces',
		family: 'pre-tokenizer',
		claim: 'A library took DeepSeek for a Llama 2 and dropped every space.',
		story:
			'A new major version chose the tokenizer’s class by the name of the model and put Llama 2’s Metaspace in place of DeepSeek’s own rules. The mark it writes for a space is not in the vocabulary, so it vanished.',
		year: 2026,
		sources: [...issues('transformers', 45488, 48206, 46489), ...issues('TensorRT-LLM', 13924)],
		damage: 'GSM8K (strict match) 95.3 % → 0.0 %.',
		severity: 'silent',
		stage: 'pre_tokenizer',
		evidence: 'published-ids',
		names: { a: 'deepseek-v3', b: 'deepseek-v3 with Metaspace' },
		a: { tokenizer: 'deepseek-v3' },
		b: { tokenizer: 'deepseek-v3', edits: [METASPACE] },
		task: { does: 'encode', a: { text: 'hello world' } },
		expect: [
			{ sees: 'ids', side: 'a', ids: [33310, 2058] },
			{ sees: 'ids', side: 'b', ids: [19513, 359, 10030] },
			{ sees: 'reads', side: 'b', text: 'helloworld' }
		]
	},
	{
		slug: 'granite-cut-as-gpt2',
		family: 'pre-tokenizer',
		claim: 'Every Granite model was given GPT-2’s rules after an upgrade.',
		story:
			'Granite’s file says how to split; the upgraded library went by the name of the class instead, which was GPT-2’s. Years and other numbers changed first.',
		year: 2026,
		sources: [...issues('transformers', 45812), ...issues('mellea', 947)],
		damage: 'Lower accuracy was reported for several models.',
		severity: 'silent',
		stage: 'pre_tokenizer',
		evidence: 'published-ids',
		note: 'Granite 4’s vocabulary is cl100k’s, which stands in for it here.',
		names: { a: 'cl100k_base', b: 'cl100k_base, split as GPT-2' },
		a: { tokenizer: 'cl100k_base' },
		b: { tokenizer: 'cl100k_base', edits: [GPT2_SPLIT] },
		task: { does: 'encode', a: { text: '2023' } },
		expect: [
			{ sees: 'ids', side: 'a', ids: [2366, 18] },
			{ sees: 'ids', side: 'b', ids: [508, 1419] }
		]
	},
	{
		slug: 'mistral-with-another-regex',
		family: 'pre-tokenizer',
		claim: 'Mistral’s own files carried another model’s regex.',
		story:
			'The tokenizer.json files of several Mistral models had Llama 3’s pattern. It differs after an apostrophe and at capital letters, so almost no text shows it.',
		year: 2025,
		sources: issues('transformers', 42131, 42299, 42591),
		damage: null,
		severity: 'silent',
		stage: 'pre_tokenizer',
		evidence: 'mechanism',
		names: { a: 'mistral-tekken', b: 'mistral-tekken, split as Llama 3' },
		a: { tokenizer: 'mistral-tekken' },
		b: {
			tokenizer: 'mistral-tekken',
			edits: [{ kind: 'split-regex', split: 0, regex: LLAMA3_REGEX }]
		},
		task: { does: 'encode', a: { text: "'The house" } },
		expect: [
			{ sees: 'cuts', side: 'a', cuts: ["'", 'The', ' house'] },
			{ sees: 'cuts', side: 'b', cuts: ["'", 'T', 'he', ' house'] }
		]
	},
	{
		slug: 'a-fix-that-breaks-gemma',
		family: 'pre-tokenizer',
		claim: 'The repair for Mistral’s regex was applied to Gemma as well.',
		story:
			'The repair puts Mistral’s Split before whatever pre-tokenizer a file has. Gemma has no such step: it merges a whole text, spaces included.',
		year: 2026,
		sources: issues('llama.cpp', 23252),
		damage: null,
		severity: 'silent',
		stage: 'pre_tokenizer',
		evidence: 'published-ids',
		note: 'The issue has the ids for “ Café” alone, in Gemma 4. In Gemma 3 they come out after a sign such as a full stop, whose piece then takes the ▁ with it.',
		names: { a: 'gemma3', b: 'gemma3 with Mistral’s Split' },
		a: { tokenizer: 'gemma3' },
		b: {
			tokenizer: 'gemma3',
			edits: [
				{
					kind: 'pre_tokenizer',
					value: {
						type: 'Sequence',
						pretokenizers: [
							{
								type: 'Split',
								pattern: { Regex: TEKKEN_REGEX },
								behavior: 'Isolated',
								invert: false
							},
							{
								type: 'Split',
								pattern: { String: ' ' },
								behavior: 'MergedWithPrevious',
								invert: false
							}
						]
					}
				}
			]
		},
		task: { does: 'encode', a: { text: '. Café' } },
		expect: [
			{ sees: 'ids', side: 'a', ids: [62367], only: 'last' },
			{ sees: 'ids', side: 'b', ids: [236743, 160319, 236859], only: 'last' }
		]
	},
	{
		slug: 'qwen-on-the-gpt2-fallback',
		family: 'pre-tokenizer',
		claim: 'An engine that did not know Qwen’s name fell back to GPT-2’s rules.',
		story:
			'The model ran, and wrote well enough. Its loss on real text was seventy percent too high until someone compared the ids.',
		year: 2026,
		sources: issues('imp', 660),
		damage: 'Loss 70 % above the reference; 1.3 % after the repair.',
		severity: 'silent',
		stage: 'pre_tokenizer',
		evidence: 'mechanism',
		names: { a: 'qwen3', b: 'qwen3, split as GPT-2' },
		a: { tokenizer: 'qwen3' },
		b: { tokenizer: 'qwen3', edits: [GPT2_SPLIT] },
		task: { does: 'encode', a: { text: '(x):\n' } },
		expect: [
			{ sees: 'cuts', side: 'a', cuts: ['(x', '):\n'] },
			{ sees: 'cuts', side: 'b', cuts: ['(', 'x', '):', '\n'] }
		]
	},
	{
		slug: 'contractions-of-o200k',
		family: 'pre-tokenizer',
		claim: 'A port of o200k split “What’s” in two.',
		story:
			'The pattern of o200k keeps a contraction with its word. A port without that part counted one token more for nearly every “’s” in English.',
		year: 2025,
		sources: issues('gpt-tokenizer', 78),
		damage: null,
		severity: 'silent',
		stage: 'pre_tokenizer',
		evidence: 'mechanism',
		note: 'The versions at fault, 2.9.0 to 3.2.0, are not run here: their pattern is.',
		names: { a: 'o200k_base', b: 'o200k_base without contractions' },
		a: { tokenizer: 'o200k_base' },
		b: {
			tokenizer: 'o200k_base',
			edits: [{ kind: 'split-regex', split: 0, regex: O200K_WITHOUT_CONTRACTIONS }]
		},
		task: { does: 'encode', a: { text: "What's the weather like in San Francisco?" } },
		expect: [
			{
				sees: 'cuts',
				side: 'a',
				cuts: ["What's", ' the', ' weather', ' like', ' in', ' San', ' Francisco', '?']
			},
			{
				sees: 'cuts',
				side: 'b',
				cuts: ['What', "'s", ' the', ' weather', ' like', ' in', ' San', ' Francisco', '?']
			}
		]
	}
];
