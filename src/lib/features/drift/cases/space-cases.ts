import { NOT_LEGACY } from './changes';
import { defineCases, SPECIAL_TOKENS_CHECK } from './define-cases';
import { issues } from './sources';

/** Cases about a space before the text, after a special token, or at the end of a prompt. */
export const SPACE_CASES = defineCases('normalizer', [
	{
		slug: 'missing-space-before-the-text',
		claim: 'Llama expects a space before the first word, and early engines added none.',
		story:
			'SentencePiece writes every text as if it began with a space. Without it, the first word of every prompt is a different token.',
		year: 2023,
		sources: [...issues('llama.cpp', 167, 2310), ...issues('llm-export', 28)],
		caughtBy: ['config', 'self-encode', 'text', 'round-trip', 'special-tokens'],
		publishedIn: { source: 'llama.cpp#167', where: 'description' },
		names: { a: 'llama2', b: 'llama2 without the space' },
		b: { tokenizer: 'llama2', edits: [{ kind: 'prefix-space', value: false }] },
		task: { does: 'encode', a: { text: 'This is 🦙.cpp', bos: true } },
		expect: [
			{ sees: 'ids', side: 'a', ids: [1, 910, 338, 29871, 243, 162, 169, 156, 29889, 8223] },
			{ sees: 'ids', side: 'b', ids: [1, 4013, 338, 29871, 243, 162, 169, 156, 29889, 8223] }
		]
	},
	{
		slug: 'fast-and-slow',
		claim: 'The fast and the slow tokenizer of one model disagree after a special token.',
		story:
			'Two implementations ship with the same model. After <s> the slow one begins a new word, and the fast one doesn’t. Fixing the disagreement changed the ids of models trained before the fix, so a flag named “legacy” keeps the old behaviour. Models have been published with either value, and a warning asks users to choose.',
		year: 2023,
		sources: issues('transformers', 24569, 24565, 25716, 28881),
		part: 'normalizer, pre_tokenizer',
		caughtBy: ['config', 'self-encode', 'round-trip', 'special-tokens'],
		publishedIn: { source: 'transformers#24569', where: 'description' },
		note: 'The issue is about Llama’s first version, whose vocabulary Llama 2 kept.',
		names: { a: 'llama2', b: 'llama2, not legacy' },
		b: { tokenizer: 'llama2', edits: NOT_LEGACY },
		task: { does: 'encode', a: { text: '<s>uns', special: 'parse' } },
		expect: [
			{ sees: 'ids', side: 'a', ids: [1, 9644] },
			{ sees: 'ids', side: 'b', ids: [1, 6948] }
		],
		destination: SPECIAL_TOKENS_CHECK
	},
	{
		slug: 'leading-space-taken-away',
		claim: 'A port lost the space that a text began with.',
		story:
			'If a model’s `legacy` flag is false, the port to Swift ignores its normalizer and writes a space before the text only if there is none. Phi-3’s normalizer adds a space to the one that is there.',
		year: 2024,
		sources: issues('swift-transformers', 96),
		caughtBy: ['config', 'self-encode', 'text', 'round-trip', 'special-tokens'],
		publishedIn: { source: 'swift-transformers#96', where: 'description' },
		note: 'Phi-3 is not in the catalogue. Llama 2 gives the same ids for this text.',
		names: { a: 'llama2', b: 'llama2, normalizer ignored' },
		b: { tokenizer: 'llama2', edits: NOT_LEGACY },
		task: { does: 'encode', a: { text: ' Hi', bos: true } },
		expect: [
			{ sees: 'ids', side: 'a', ids: [1, 29871, 6324] },
			{ sees: 'ids', side: 'b', ids: [1, 6324] }
		]
	},
	{
		slug: 'one-token-for-the-answer',
		claim: 'A benchmark allowed one token for the answer, and Llama 2 needs two for “ A”.',
		story:
			'HELM strips the space at the end of its prompt, because GPT-3 answers with a token that begins with one. Llama 2 first writes the space by itself, and the letter no longer fits. The maintainers warn that such models get no points on MMLU.',
		year: 2024,
		sources: issues('helm', 2467),
		stage: 'use',
		part: 'the prompt and the token limit',
		caughtBy: ['vocabulary', 'config', 'self-encode', 'text', 'special-tokens'],
		note: 'The issue prints Llama 2’s tokens. GPT-2’s vocabulary is GPT-3’s.',
		names: { a: 'gpt2', b: 'llama2' },
		a: { tokenizer: 'gpt2' },
		b: { tokenizer: 'llama2' },
		task: { does: 'count', a: { text: ' A' } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: [' A'] },
			{ sees: 'tokens', side: 'b', tokens: [' ', ' A'] },
			{ sees: 'more-tokens', side: 'b', times: 2 }
		]
	},
	{
		slug: 'prefix-space-of-gpt2',
		claim: '“Banana” and “ Banana” are different words to GPT-2.',
		story:
			'Anyone who scores single sentences has to choose. With add_prefix_space the first word stays whole, and without it the word is split. A model knows only the way it was trained.',
		year: 2021,
		sources: issues('minicons', 2),
		stage: 'pre-tokenizer',
		part: 'pre_tokenizer.add_prefix_space',
		caughtBy: ['config', 'self-encode', 'text', 'round-trip', 'special-tokens'],
		note: 'The issue prints these tokens.',
		names: { a: 'gpt2', b: 'gpt2 with a space first' },
		b: { tokenizer: 'gpt2', edits: [{ kind: 'prefix-space', value: true }] },
		task: { does: 'encode', a: { text: 'Banana is a word.' } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: ['Ban', 'ana', ' is', ' a', ' word', '.'] },
			{ sees: 'tokens', side: 'b', tokens: [' Banana', ' is', ' a', ' word', '.'] }
		]
	},
	{
		slug: 'space-at-the-end-of-a-prompt',
		claim: 'A space at the end of a prompt rules out the most likely next token.',
		story:
			'The model learned “ love” as one token. After a prompt that already ends in a space, it would have to continue with “love”, which it rarely saw there. Hugging Face’s example command for llama.cpp ended in such a space, and a llama2.c model continued one with a full stop.',
		year: 2024,
		sources: [...issues('huggingface.js', 677), ...issues('llama2.c', 180)],
		stage: 'use',
		part: 'the prompt',
		publishedIn: { source: 'huggingface.js#677', where: 'description' },
		note: 'The pull request prints the ids of the prompt, after the first word. The word after it is ours.',
		names: { a: 'gemma2, prompt and answer', b: 'gemma2, prompt that ends in a space' },
		b: { tokenizer: 'gemma2' },
		task: {
			does: 'encode',
			a: { text: 'I believe the meaning of life is love' },
			b: { text: 'I believe the meaning of life is ' }
		},
		expect: [
			{
				sees: 'tokens',
				side: 'a',
				tokens: ['I', ' believe', ' the', ' meaning', ' of', ' life', ' is', ' love']
			},
			{
				sees: 'ids',
				side: 'b',
				ids: [4564, 573, 6996, 576, 1913, 603, 235248],
				only: 'last'
			}
		],
		destination: {
			page: 'compare',
			text: 'I believe the meaning of life is love\nI believe the meaning of life is ',
			note: 'One tokenizer, used in two ways. The second line ends in a token for the space.'
		}
	}
]);
