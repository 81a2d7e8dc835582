import { GEMMA_SPACE_BY_SPACE, WHISPER_V3_IDS } from './changes';
import { defineCases, SPECIAL_TOKENS_CHECK } from './define-cases';
import { figures, file, issues } from './sources';

const BOTH_WAYS = {
	page: 'compare',
	note: 'One tokenizer, used in two ways. Choose there whether special tokens are read as text or parsed.'
} as const;

/** Cases about control tokens and other added tokens. */
export const SPECIAL_TOKEN_CASES = defineCases('added-tokens', [
	{
		slug: 'end-of-text-typed-as-text',
		claim: 'The end-of-text token was spelled out as text.',
		story:
			'The slow tokenizer recognises </s> as that token. The fast one took it for text, together with the full stop before it.',
		year: 2023,
		sources: issues('transformers', 23818),
		caughtBy: ['vocabulary', 'config', 'special-tokens'],
		publishedIn: { source: 'transformers#23818', where: 'description' },
		note: 'The issue is about Llama’s first version, whose vocabulary Llama 2 kept.',
		names: { a: 'llama2, special tokens parsed', b: 'llama2, special tokens as text' },
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
		destination: {
			page: 'diff',
			b: {
				tokenizer: 'llama2',
				edits: [{ kind: 'drop-added-tokens', which: { contents: ['</s>'] } }]
			},
			check: 'special-tokens',
			note: 'B does not have the token. See the check of special tokens.'
		}
	},
	{
		slug: 'newline-swallowed-after-a-role',
		claim:
			'A flag makes a chat token swallow the newline after it, and not every engine knows that flag.',
		story:
			'Phi-3’s control tokens have rstrip set, so the newline after them disappears. llama.cpp had no such flag and kept the newline, until it hard-coded the flag for Phi-3.',
		year: 2024,
		sources: [...issues('transformers', 32136), ...issues('llama.cpp', 7685)],
		part: 'added_tokens.rstrip',
		caughtBy: ['config', 'special-tokens'],
		change: [
			{
				kind: 'added-token-flags',
				which: { contents: ['<|end_header_id|>'] },
				flags: { rstrip: false }
			}
		],
		note: 'Phi-3 is not in the catalogue. The case uses Llama 3’s header token instead of its control tokens.',
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
		destination: SPECIAL_TOKENS_CHECK
	},
	{
		slug: 'control-tokens-from-a-user',
		claim: 'A user can type a control token, and the tokenizer takes it for one.',
		story:
			'If <|im_end|> is recognised in a user’s message, it ends the message, and what follows speaks for someone else. As text it is six harmless tokens.',
		year: 2024,
		sources: [...issues('transformers', 29279), ...issues('vllm', 31735)],
		publishedIn: { source: 'vllm#31735', where: 'test result in the description' },
		names: { a: 'qwen3, as text', b: 'qwen3, parsed' },
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
		destination: BOTH_WAYS
	},
	{
		slug: 'image-token-in-a-text',
		claim: 'One “<image>” in a document about something else stopped training on 64 GPUs.',
		story:
			'A tool’s output in the training data documented a template language that writes {type<image>|bold}. The tokenizer recognised <image> as the placeholder for an image, although no image came with it. The model counted 8,936 image tokens and 8,935 image features, and the job stopped. In a model that reads only text, nothing would have been noticed.',
		year: 2026,
		sources: issues('renderers', 116),
		damage: 'A training job on 64 GPUs stopped with a ValueError.',
		figures: figures('renderers#116', 'description', '64', '8,936', '8,935'),
		severity: 'loud',
		note: 'The ids in the pull request belong to a vocabulary that is not in the catalogue. The case uses MiniMax-M1’s, which has an image token with the same spelling.',
		names: { a: 'minimax-m1, as text', b: 'minimax-m1, parsed' },
		b: { tokenizer: 'minimax-m1' },
		task: {
			does: 'encode',
			a: { text: '{type<image>|bold}' },
			b: { text: '{type<image>|bold}', special: 'parse' }
		},
		expect: [
			{ sees: 'tokens', side: 'a', tokens: ['{', 'type', '<', 'image', '>|', 'bold', '}'] },
			{ sees: 'tokens', side: 'b', tokens: ['{', 'type', '<image>', '|b', 'old', '}'] }
		],
		destination: BOTH_WAYS
	},
	{
		slug: 'runs-of-spaces-not-looked-for',
		claim: 'An engine spelled out indentation space by space, which Gemma had never seen.',
		story:
			'Gemma’s tokens for runs of spaces are stored with real spaces. imp replaced every space with ▁ before it searched for tokens, so it found none of the runs. All 28 differences from llama.cpp’s ids were such runs. Gemma’s tokens for HTML tags, such as <code>, are stored the same way, and imp didn’t look for them either.',
		year: 2026,
		sources: issues('imp', 661),
		damage:
			'Loss of Gemma 3 12B (Q4_K_M) over the same text: 37.5% above llama.cpp’s, 0.4% below after the fix. Perplexity: 15.53 → 10.57.',
		figures: [
			...figures('imp#661', 'description', '28'),
			...figures('imp#661', 'table in the description', '37.5%', '0.4%', '15.53 → 10.57')
		],
		caughtBy: ['config', 'self-encode', 'text'],
		note: 'The input is the probe in the pull request.',
		names: { a: 'gemma3', b: 'gemma3, space by space' },
		b: { tokenizer: 'gemma3', edits: [GEMMA_SPACE_BY_SPACE] },
		task: { does: 'encode', a: { text: 'a  b and    c' } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: ['a', '  ', 'b', ' and', '    ', 'c'] },
			{ sees: 'tokens', side: 'b', tokens: ['a', ' ', ' b', ' and', ' ', ' ', ' ', ' c'] }
		]
	},
	{
		slug: 'added-tokens-of-gemma-as-text',
		claim: 'llama.cpp spelled out Gemma’s tokens for HTML tags and toxicity levels.',
		story:
			'Added tokens have to be found before anything else, but llama.cpp didn’t do that for those that aren’t special. A user noticed it by comparing answers: in llama.cpp, Gemma 2 could repeat the text “[toxicity=0]”, while a hosted Gemma 2 saw no text there. The fix, which also covers HTML tags, requires converting the model’s file again.',
		year: 2024,
		sources: issues('llama.cpp', 8349, 8228),
		caughtBy: ['config', 'self-encode', 'text', 'special-tokens'],
		publishedIn: { source: 'llama.cpp#8349', where: 'description' },
		names: { a: 'gemma2', b: 'gemma2 without those tokens' },
		b: { tokenizer: 'gemma2', edits: [{ kind: 'drop-added-tokens', which: 'not-special' }] },
		task: { does: 'encode', a: { text: '[toxicity=0]' } },
		expect: [
			{ sees: 'ids', side: 'a', ids: [255968] },
			{ sees: 'ids', side: 'b', ids: [235309, 1373, 235293, 235276, 235307] }
		]
	},
	{
		slug: 'runs-of-newlines-in-transformers-js',
		claim: 'transformers.js finds Gemma’s shortest run of newlines first.',
		story:
			'Its search for added tokens tries them in the order of the file, where the single newline comes first. The reference takes the longest.',
		part: 'the search for added tokens of @xenova/transformers 2.17.2',
		note: 'On long texts this search ends the process. The input here is short. No other page shows this: Compare repairs the search so that it can run on long texts.',
		names: { a: 'gemma3', b: 'transformers.js, live' },
		b: { tokenizer: 'gemma3', library: { name: 'transformers.js' } },
		task: { does: 'encode', a: { text: '\n\n\n' } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: ['\n\n\n'] },
			{ sees: 'tokens', side: 'b', tokens: ['\n', '\n', '\n'] }
		],
		destination: null
	},
	{
		slug: 'gaps-between-special-ids',
		claim: 'A conversion closed the gaps between Kimi’s special ids, and later tokens moved.',
		story:
			'Kimi has no tokenizer.json, so transformers makes one from its tokens. It left out the ids without a name and numbered the others without gaps. The id that the model’s configuration gives for images then means “unknown”, and vLLM fails on images.',
		year: 2026,
		sources: [
			...issues('Kimi-K2.5', 37),
			...issues('transformers', 45356, 45359),
			...issues('vllm', 39344)
		],
		caughtBy: ['vocabulary', 'config', 'special-tokens'],
		publishedIn: { source: 'Kimi-K2.5#37', where: 'second table in the description' },
		note: 'The case swaps two tokens. The conversion moved every token after the first gap.',
		names: { a: 'kimi-k2', b: 'kimi-k2, converted' },
		b: { tokenizer: 'kimi-k2', edits: [{ kind: 'swap-ids', ids: [163598, 163601] }] },
		task: { does: 'encode', a: { text: '<|im_middle|>', special: 'parse' } },
		expect: [
			{ sees: 'ids', side: 'a', ids: [163601] },
			{ sees: 'ids', side: 'b', ids: [163598] }
		],
		destination: SPECIAL_TOKENS_CHECK
	},
	{
		slug: 'whisper-v3-moved-by-one',
		claim: 'Whisper v3 has one more language, so older code asks it to translate instead.',
		story:
			'The languages come before “translate” and “transcribe”. Cantonese shifted both ids by one, so the old id of “transcribe” is the new id of “translate”.',
		year: 2023,
		sources: [...issues('faster-whisper', 559, 547), file('whisper', 'whisper/tokenizer.py')],
		caughtBy: ['vocabulary', 'config', 'special-tokens'],
		change: WHISPER_V3_IDS.toReversed(),
		note: 'The vocabulary is the one before v3. A gives the two tokens the ids that v3 gives them.',
		names: { a: 'whisper v3', b: 'whisper before v3' },
		a: { tokenizer: 'whisper', edits: WHISPER_V3_IDS },
		b: { tokenizer: 'whisper' },
		task: { does: 'encode', a: { text: '<|transcribe|>', special: 'parse' } },
		expect: [
			{ sees: 'reads', side: 'a', text: '<|transcribe|>' },
			{ sees: 'reads', side: 'b', text: '<|translate|>' }
		],
		destination: SPECIAL_TOKENS_CHECK
	}
]);
