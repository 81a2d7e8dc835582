import { GEMMA_SPACE_BY_SPACE } from './changes';
import { issues } from './sources';
import type { DriftCase } from './types';

/** Control tokens and other added tokens. */
export const SPECIAL_TOKEN_CASES: readonly DriftCase[] = [
	{
		slug: 'end-of-text-typed-as-text',
		family: 'special-tokens',
		claim: 'The end-of-text mark was spelled out instead of being one token.',
		story:
			'The slow tokenizer takes </s> for the mark. The fast one took it for text, together with the full stop before it.',
		year: 2023,
		sources: issues('transformers', 23818),
		damage: null,
		figures: [],
		severity: 'silent',
		stage: 'added_tokens',
		evidence: 'published-ids',
		publishedIn: { source: 'transformers#23818', where: 'description' },
		note: 'The issue is about Llama’s first version, whose vocabulary Llama 2 kept.',
		names: { a: 'llama2, special tokens recognised', b: 'llama2, taken as text' },
		a: { tokenizer: 'llama2' },
		b: { tokenizer: 'llama2' },
		task: {
			does: 'encode',
			a: { text: 'I love you.</s>', special: 'parse', bos: true },
			b: { text: 'I love you.</s>', bos: true }
		},
		expect: [
			{ sees: 'ids', side: 'a', ids: [1, 306, 5360, 366, 29889, 2] },
			{ sees: 'ids', side: 'b', ids: [1, 306, 5360, 366, 21106, 29879, 29958] }
		],
		look: {
			in: 'diff',
			b: {
				tokenizer: 'llama2',
				edits: [{ kind: 'drop-added-tokens', which: { contents: ['</s>'] } }]
			},
			seenIn: 'special-tokens',
			note: 'B does not know the mark. Look at the check of special tokens.'
		}
	},
	{
		slug: 'newline-swallowed-after-a-role',
		family: 'special-tokens',
		claim: 'A flag makes a chat token swallow the newline after it, and not every engine knows it.',
		story:
			'Phi-3’s control tokens have rstrip set, so the newline after them disappears. llama.cpp had no such flag and kept the newline, until it hard-coded the flag for Phi-3.',
		year: 2024,
		sources: [...issues('transformers', 32136), ...issues('llama.cpp', 7685)],
		damage: null,
		figures: [],
		severity: 'silent',
		stage: 'added_tokens.rstrip',
		change: [
			{
				kind: 'added-token-flags',
				which: { contents: ['<|end_header_id|>'] },
				flags: { rstrip: false }
			}
		],
		evidence: 'mechanism',
		note: 'Phi-3 is not in the catalogue. Llama 3’s header token stands in for its control tokens.',
		names: { a: 'llama3, rstrip on', b: 'llama3, rstrip off' },
		a: {
			tokenizer: 'llama3',
			edits: [
				{
					kind: 'added-token-flags',
					which: { contents: ['<|end_header_id|>'] },
					flags: { rstrip: true }
				}
			]
		},
		b: { tokenizer: 'llama3' },
		task: { does: 'encode', a: { text: '<|end_header_id|>\n\nHi', special: 'parse' } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: ['<|end_header_id|>', 'Hi'] },
			{ sees: 'tokens', side: 'b', tokens: ['<|end_header_id|>', '\n\n', 'Hi'] }
		],
		look: {
			in: 'diff',
			seenIn: 'special-tokens',
			note: 'The diff reads its text as plain text. Look at the check of special tokens.'
		}
	},
	{
		slug: 'control-tokens-from-a-user',
		family: 'special-tokens',
		claim: 'A user can type a control token, and it is taken for one.',
		story:
			'Recognised in a user’s message, <|im_end|> ends it, and what follows speaks for someone else. As text it is six harmless tokens.',
		year: 2024,
		sources: [...issues('transformers', 29279), ...issues('vllm', 31735)],
		damage: null,
		figures: [],
		severity: 'silent',
		stage: 'added_tokens',
		evidence: 'published-ids',
		publishedIn: { source: 'vllm#31735', where: 'test result in the description' },
		names: { a: 'qwen3, as text', b: 'qwen3, recognised' },
		a: { tokenizer: 'qwen3' },
		b: { tokenizer: 'qwen3' },
		task: {
			does: 'encode',
			a: { text: '<|im_end|>' },
			b: { text: '<|im_end|>', special: 'parse' }
		},
		expect: [
			{ sees: 'ids', side: 'a', ids: [27, 91, 318, 6213, 91, 29] },
			{ sees: 'ids', side: 'b', ids: [151645] }
		],
		look: {
			in: 'compare',
			tokenizer: 'qwen3',
			note: 'One tokenizer, used in two ways: choose there whether special tokens are taken as text or parsed.'
		}
	},
	{
		slug: 'runs-of-spaces-not-looked-for',
		family: 'special-tokens',
		claim: 'An engine spelled out indentation space by space, which Gemma had never seen.',
		story:
			'Gemma’s tokens for runs of spaces are stored with real spaces. imp replaced every space by ▁ before it looked for tokens, so none of the runs was found. All 28 places where its ids differed from llama.cpp’s were such runs.',
		year: 2026,
		sources: issues('imp', 661),
		damage:
			'Loss of Gemma 3 12B (Q4_K_M) over the same text: 37.5 % above llama.cpp’s, 0.4 % below after the repair. Perplexity: 15.53 → 10.57.',
		figures: [
			{ text: '28', source: 'imp#661', where: 'description' },
			{ text: '37.5 %', source: 'imp#661', where: 'table in the description' },
			{ text: '0.4 %', source: 'imp#661', where: 'table in the description' },
			{ text: '15.53 → 10.57', source: 'imp#661', where: 'table in the description' }
		],
		severity: 'silent',
		stage: 'added_tokens',
		evidence: 'mechanism',
		note: 'The input is the pull request’s own probe.',
		names: { a: 'gemma3', b: 'gemma3, space by space' },
		a: { tokenizer: 'gemma3' },
		b: { tokenizer: 'gemma3', edits: [GEMMA_SPACE_BY_SPACE] },
		task: { does: 'encode', a: { text: 'a  b and    c' } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: ['a', '  ', 'b', ' and', '    ', 'c'] },
			{ sees: 'tokens', side: 'b', tokens: ['a', ' ', ' b', ' and', ' ', ' ', ' ', ' c'] }
		]
	},
	{
		slug: 'tags-and-indentation-not-looked-for',
		family: 'special-tokens',
		claim: 'The same engine did not look for Gemma’s tokens for HTML tags.',
		story:
			'Gemma has tokens such as <code> and <i>. They are added tokens, found before anything else. The engine knew only control tokens and spelled the tags out.',
		year: 2026,
		sources: issues('imp', 661),
		damage: null,
		figures: [],
		severity: 'silent',
		stage: 'added_tokens',
		evidence: 'mechanism',
		note: 'The pull request names these tags. Its measurement is about runs of spaces.',
		damageRow: 'tags-dropped',
		names: { a: 'gemma3', b: 'gemma3 without those tokens' },
		a: { tokenizer: 'gemma3' },
		b: { tokenizer: 'gemma3', edits: [{ kind: 'drop-added-tokens', which: 'not-special' }] },
		task: { does: 'encode', a: { text: '<code>' } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: ['<code>'] },
			{ sees: 'tokens', side: 'b', tokens: ['<', 'code', '>'] }
		]
	},
	{
		slug: 'runs-of-newlines-in-transformers-js',
		family: 'special-tokens',
		claim: 'transformers.js finds Gemma’s shortest run of newlines first.',
		story:
			'Its search for added tokens tries them in the order of the file, where the single newline comes first. The reference takes the longest.',
		year: null,
		sources: [],
		damage: null,
		figures: [],
		severity: 'silent',
		stage: 'the search for added tokens of @xenova/transformers 2.17.2',
		evidence: 'found-here',
		note: 'On long texts this search ends the process. The input here is short.',
		names: { a: 'gemma3', b: 'transformers.js, live' },
		a: { tokenizer: 'gemma3' },
		b: { tokenizer: 'gemma3', library: { name: 'transformers.js', merges: 'strings' } },
		task: { does: 'encode', a: { text: '\n\n\n' } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: ['\n\n\n'] },
			{ sees: 'tokens', side: 'b', tokens: ['\n', '\n', '\n'] }
		],
		look: {
			in: 'nowhere',
			why: 'Compare repairs that search, so that it can run on long texts.'
		}
	}
];
