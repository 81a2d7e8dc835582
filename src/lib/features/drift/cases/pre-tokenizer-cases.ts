import {
	CL100K_DIGITS_BY_TWO,
	firstSplit,
	LLAMA_CPP_DEFAULT,
	LLAMA3_REGEX,
	MISTRAL_SPLIT_ON_GEMMA,
	QWEN3_REGEX
} from './changes';
import { GPT2_SPLIT, METASPACE } from './fallbacks';
import { defineCases } from './define-cases';
import { figures, issues } from './sources';

/** The text is split differently before any merge. */
export const PRE_TOKENIZER_CASES = defineCases('pre-tokenizer', [
	{
		slug: 'llama3-without-its-pre-tokenizer',
		claim: 'Llama 3 files did not say how to split text, so llama.cpp split it as GPT-2 does.',
		story:
			'The first GGUF files of Llama 3 named no pre-tokenizer. A user noticed that they got “3333+777” wrong while the same models got it right elsewhere.',
		year: 2024,
		sources: issues('llama.cpp', 6914, 6920, 6936),
		damage:
			'Perplexity of Llama 3 8B Instruct (Q4_K_M) on wikitext-2: 8.8955 before the fix, 8.2339 after it. Quantizing from Q8_0 to Q4_K_M costs 0.1054.',
		figures: [
			...figures('llama.cpp#6914', 'description', '3333+777'),
			...figures('llama.cpp#6936', 'comment of 29 April 2024', '8.8955', '8.2339', '0.1054')
		],
		part: 'pre_tokenizer',
		caughtBy: ['config', 'self-encode', 'text', 'special-tokens'],
		note: 'Perplexity is per token, and the two sides split the text into different tokens. The two values show the direction, not an exact ratio.',
		names: { a: 'llama3', b: 'llama3, split as GPT-2' },
		a: { tokenizer: 'llama3' },
		b: { tokenizer: 'llama3', edits: [GPT2_SPLIT] },
		task: { does: 'encode', a: { text: '3333' } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: ['333', '3'] },
			{ sees: 'tokens', side: 'b', tokens: ['33', '33'] }
		]
	},
	{
		slug: 'newlines-of-the-chat-header',
		claim: 'The two newlines after a chat header became two tokens instead of one.',
		story:
			'The same missing rule hurts every chat: Llama 3’s template ends its header with two newlines, which the model knows as one token.',
		year: 2024,
		sources: issues('llama.cpp', 6809),
		part: 'pre_tokenizer',
		caughtBy: ['config', 'self-encode', 'text', 'special-tokens'],
		publishedIn: { source: 'llama.cpp#6809', where: 'description' },
		names: { a: 'llama3', b: 'llama3, split as GPT-2' },
		a: { tokenizer: 'llama3' },
		b: { tokenizer: 'llama3', edits: [GPT2_SPLIT] },
		task: { does: 'encode', a: { text: '\n\nHi' } },
		expect: [
			{ sees: 'ids', side: 'a', ids: [271], only: 'first' },
			{ sees: 'ids', side: 'b', ids: [198, 198], only: 'first' }
		]
	},
	{
		slug: 'llama4-split-as-gpt2',
		claim:
			'Ollama’s Llama 4 files named the default pre-tokenizer, and prompts got 8 to 10 % longer.',
		story:
			'The converter recognises a pre-tokenizer by a hash of its regex, and Llama 4’s was not in its list. llama.cpp’s default cuts contractions apart and leaves the space before a sign alone.',
		year: 2026,
		sources: issues('ollama', 17698, 17699),
		figures: figures('ollama#17698', 'description', '8 to 10 %'),
		part: 'pre_tokenizer',
		caughtBy: ['config', 'self-encode', 'text', 'special-tokens'],
		publishedIn: { source: 'ollama#17699', where: 'description' },
		names: { a: 'llama4', b: 'llama4, split by llama.cpp’s default' },
		a: { tokenizer: 'llama4' },
		b: { tokenizer: 'llama4', edits: [LLAMA_CPP_DEFAULT] },
		task: { does: 'encode', a: { text: [' =', "don't"] } },
		expect: [
			{ sees: 'ids', side: 'a', ids: [319, 127161] },
			{ sees: 'ids', side: 'b', ids: [220, 41, 21414, 19, 96] }
		]
	},
	{
		slug: 'deepseek-without-spaces',
		claim: 'A library upgrade mistook DeepSeek for Llama 2 and dropped every space.',
		story:
			'DeepSeek’s files name the class LlamaTokenizerFast. Version 5 of transformers relied on that name and replaced the file’s pre-tokenizer with Llama 2’s Metaspace. The mark that Metaspace writes for a space is not in the vocabulary, so it vanishes.',
		year: 2026,
		sources: [...issues('transformers', 45488, 46489), ...issues('TensorRT-LLM', 13924)],
		damage:
			'DeepSeek-R1-0528 on GSM8K: 95.30 → 0.00 by strict match, 95.38 → 46.82 in evaluation accuracy.',
		figures: figures('TensorRT-LLM#13924', 'description', '95.30 → 0.00', '95.38 → 46.82'),
		part: 'pre_tokenizer',
		caughtBy: ['config', 'self-encode', 'text', 'round-trip', 'special-tokens'],
		note: 'transformers#45488 prints what the ids decode to, “helloworld”.',
		names: { a: 'deepseek-v3', b: 'deepseek-v3 with Metaspace' },
		a: { tokenizer: 'deepseek-v3' },
		b: { tokenizer: 'deepseek-v3', edits: [METASPACE] },
		task: { does: 'encode', a: { text: 'hello world' } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: ['hello', ' world'] },
			{ sees: 'tokens', side: 'b', tokens: ['hell', 'ow', 'orld'] },
			{ sees: 'reads', side: 'b', text: 'helloworld' }
		]
	},
	{
		slug: 'r1-distill-without-spaces',
		claim: 'The same upgrade dropped the spaces of DeepSeek’s distilled Llama models.',
		story:
			'They have Llama 3’s vocabulary and Llama 2’s class name. The words run together and are split differently, so a prompt even got longer: 1,026 tokens instead of 938.',
		year: 2026,
		sources: [
			...issues('transformers', 46710, 45920),
			...issues('rbln-model-zoo', 87),
			...issues('torch-xpu-ops', 3368)
		],
		damage: 'DeepSeek-R1-Distill-Llama on GSM8K: 63.7 % → 26.1 %, quoted from upstream.',
		figures: [
			...figures('torch-xpu-ops#3368', 'comment of 16 June 2026', '1,026', '938'),
			...figures('rbln-model-zoo#87', 'description', '63.7 % → 26.1 %')
		],
		part: 'pre_tokenizer',
		caughtBy: ['config', 'self-encode', 'text', 'round-trip', 'special-tokens'],
		note: 'The case uses Llama 3’s tokenizer instead. The input is the question from transformers#46710.',
		names: { a: 'llama3', b: 'llama3 with Metaspace' },
		a: { tokenizer: 'llama3' },
		b: { tokenizer: 'llama3', edits: [METASPACE] },
		task: { does: 'encode', a: { text: 'What is 1+1? Answer briefly.' } },
		expect: [
			{
				sees: 'tokens',
				side: 'a',
				tokens: ['What', ' is', ' ', '1', '+', '1', '?', ' Answer', ' briefly', '.']
			},
			{
				sees: 'tokens',
				side: 'b',
				tokens: ['Wh', 'atis', '1', '+', '1', '?', 'Answer', 'brief', 'ly', '.']
			},
			{ sees: 'reads', side: 'b', text: 'Whatis1+1?Answerbriefly.' }
		]
	},
	{
		slug: 'granite-cut-as-gpt2',
		claim: 'After an upgrade, every Granite model split text by GPT-2’s rule.',
		story:
			'Granite’s own file says how to split. The upgraded library relied on the class name, GPT2Tokenizer, and ignored the file. Numbers changed first. The maintainers of mellea report lower accuracy for their adapters, without figures.',
		year: 2026,
		sources: [...issues('transformers', 45812), ...issues('mellea', 947)],
		part: 'pre_tokenizer',
		caughtBy: ['config', 'self-encode', 'text', 'special-tokens'],
		publishedIn: { source: 'transformers#45812', where: 'comment of 11 May 2026' },
		note: 'Granite is not in the catalogue. The case uses cl100k_base, which gives the same ids for this text.',
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
		slug: 'olmo2-split-as-gpt2',
		claim: 'OLMo 2 and other models lost their digit rule in the same upgrade.',
		story:
			'A check of several model families found the same fault with other class names. A long number is then split into fours, twos and threes instead of threes.',
		year: 2026,
		sources: issues('transformers', 45920),
		part: 'pre_tokenizer',
		caughtBy: ['config', 'self-encode', 'text', 'special-tokens'],
		publishedIn: { source: 'transformers#45920', where: 'description' },
		names: { a: 'olmo2', b: 'olmo2, split as GPT-2' },
		a: { tokenizer: 'olmo2' },
		b: { tokenizer: 'olmo2', edits: [GPT2_SPLIT] },
		task: { does: 'encode', a: { text: '650841823' } },
		expect: [
			{ sees: 'ids', side: 'a', ids: [13655, 25496, 23848] },
			{ sees: 'ids', side: 'b', ids: [13655, 5833, 972, 1419] }
		]
	},
	{
		slug: 'olmo3-tuned-with-another-split',
		claim: 'Half a year of fine-tuning split text by another rule than pretraining did.',
		story:
			'The same upgrade gave OLMo 3’s tokenizer, in a folder of its own, the class GPT2Tokenizer, which replaces the pre-tokenizer of the file. Next to a model, the file is read as it is. The tuning data got 9.8 % more tokens, and 72 % of its messages changed.',
		year: 2026,
		sources: issues('open-instruct', 1896),
		figures: figures('open-instruct#1896', 'title', '9.8 %', '72 %'),
		part: 'pre_tokenizer',
		caughtBy: ['config', 'self-encode', 'text', 'special-tokens'],
		note: 'OLMo 3 was pretrained with the tokens of OLMo 2.',
		names: { a: 'olmo2', b: 'olmo2, split as GPT-2' },
		a: { tokenizer: 'olmo2' },
		b: { tokenizer: 'olmo2', edits: [GPT2_SPLIT] },
		task: { does: 'encode', a: { text: '<think>\nOkay' } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: ['<th', 'ink', '>\n', 'Okay'] },
			{ sees: 'tokens', side: 'b', tokens: ['<', 'think', '>', '\n', 'Okay'] }
		]
	},
	{
		slug: 'newlines-of-olmo3',
		claim: 'OLMo 3 read two newlines after a role, where it knows one token for both.',
		story:
			'transformers loaded the model with the same class. Its author warns that a template which ends with two newlines then prompts the model with a sequence that it never saw there.',
		year: 2026,
		sources: issues('transformers', 44294),
		part: 'pre_tokenizer',
		caughtBy: ['config', 'self-encode', 'text', 'special-tokens'],
		note: 'The pull request prints these tokens. OLMo 3 was pretrained with the tokens of OLMo 2.',
		names: { a: 'olmo2', b: 'olmo2, split as GPT-2' },
		a: { tokenizer: 'olmo2' },
		b: { tokenizer: 'olmo2', edits: [GPT2_SPLIT] },
		task: { does: 'encode', a: { text: '\n\nhello' } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: ['\n\n', 'hello'] },
			{ sees: 'tokens', side: 'b', tokens: ['\n', '\n', 'hello'] }
		]
	},
	{
		slug: 'deepseek-digit-by-digit',
		claim: 'An engine split numbers digit by digit, and the model wrote o for 0.',
		story:
			'DeepSeek V4 groups digits by three. The engine lucebox took them one at a time, and its users saw the file name rfid501.go come back as rfid5o1.go.',
		year: 2026,
		sources: issues('lucebox', 660, 662),
		part: 'pre_tokenizer, Split 1',
		caughtBy: ['config', 'self-encode', 'text'],
		publishedIn: { source: 'lucebox#662', where: 'description' },
		names: { a: 'deepseek-v4', b: 'deepseek-v4, digit by digit' },
		a: { tokenizer: 'deepseek-v4' },
		b: { tokenizer: 'deepseek-v4', edits: [firstSplit(String.raw`\p{N}`)] },
		task: { does: 'encode', a: { text: '501' } },
		expect: [
			{ sees: 'ids', side: 'a', ids: [19097] },
			{ sees: 'ids', side: 'b', ids: [23, 18, 19] }
		]
	},
	{
		slug: 'digits-by-three-and-by-two',
		claim: 'A tokenizer was trained with digits in threes and used with digits in twos.',
		story:
			'nanochat had one pattern in its Rust trainer and another in its Python tokenizer. An issue asked whether that was intended.',
		year: 2025,
		sources: issues('nanochat', 291),
		part: 'pre_tokenizer, Split 1',
		caughtBy: ['config', 'self-encode', 'text'],
		note: 'nanochat trains its own vocabulary. The case uses cl100k_base, which also groups digits by three.',
		names: { a: 'cl100k_base', b: 'cl100k_base, digits in twos' },
		a: { tokenizer: 'cl100k_base' },
		b: { tokenizer: 'cl100k_base', edits: [firstSplit(CL100K_DIGITS_BY_TWO)] },
		task: { does: 'encode', a: { text: '12345' } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: ['123', '45'] },
			{ sees: 'tokens', side: 'b', tokens: ['12', '34', '5'] }
		]
	},
	{
		slug: 'mistral-with-another-regex',
		claim: 'Mistral’s own tokenizer.json files contained another model’s regex.',
		story:
			'The script that wrote them used a default pattern, Llama 3’s. It differs from Mistral’s after an apostrophe and at capital letters, so most text does not show it.',
		year: 2025,
		sources: [...issues('transformers', 42131, 42299), ...issues('onnxruntime-genai', 1557)],
		part: 'pre_tokenizer',
		caughtBy: ['config', 'self-encode', 'text'],
		names: { a: 'mistral-tekken', b: 'mistral-tekken, split as Llama 3' },
		a: { tokenizer: 'mistral-tekken' },
		b: { tokenizer: 'mistral-tekken', edits: [firstSplit(LLAMA3_REGEX)] },
		task: { does: 'encode', a: { text: "'The house" } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: ["'", 'The', ' house'] },
			{ sees: 'tokens', side: 'b', tokens: ["'", 'T', 'he', ' house'] }
		]
	},
	{
		slug: 'a-fix-that-breaks-gemma',
		claim: 'The fix for Mistral’s regex splits Gemma’s text as well.',
		story:
			'The fix puts Mistral’s Split before the pre-tokenizer of a file. Gemma merges a whole text, spaces included. A user who saw the difference took the new ids for the right ones. The report was closed as stale, without a verdict.',
		year: 2026,
		sources: issues('llama.cpp', 23252),
		part: 'pre_tokenizer',
		caughtBy: ['config', 'self-encode', 'text'],
		publishedIn: { source: 'llama.cpp#23252', where: 'description' },
		note: 'We consider Gemma’s own file right.',
		damageRow: 'mistral-split',
		names: { a: 'gemma4', b: 'gemma4 with Mistral’s Split' },
		a: { tokenizer: 'gemma4' },
		b: {
			tokenizer: 'gemma4',
			edits: [MISTRAL_SPLIT_ON_GEMMA]
		},
		task: { does: 'encode', a: { text: 'Hello world! Café déjà vu — 123 😊' } },
		expect: [
			{
				sees: 'ids',
				side: 'a',
				ids: [9259, 1902, 236888, 62367, 29234, 11042, 2192, 236743, 236770, 236778, 236800, 103453]
			},
			{
				sees: 'ids',
				side: 'b',
				ids: [
					9259, 1902, 236888, 236743, 160319, 236859, 29234, 11042, 2192, 236743, 236770, 236778,
					236800, 103453
				]
			}
		]
	},
	{
		slug: 'a-copy-without-marks',
		claim: 'A quantized copy of a Qwen model lost its rule for combining marks.',
		story:
			'The copy has the tokens and merges of the original, and the pattern of Qwen 3, in which a vowel sign belongs to no word. Who found it asked whether that was intended.',
		year: 2026,
		sources: issues('Qwen3.8-Flash-Next-Int4-FAST', 2),
		part: 'pre_tokenizer, Split 1',
		caughtBy: ['config', 'self-encode', 'text'],
		note: 'The copy is of Qwen 3.8, with the vocabulary and pattern of Qwen 3.5. The issue prints the patterns, and the word is ours.',
		names: { a: 'qwen3.5', b: 'qwen3.5, split as Qwen 3' },
		a: { tokenizer: 'qwen3.5' },
		b: { tokenizer: 'qwen3.5', edits: [firstSplit(QWEN3_REGEX)] },
		task: { does: 'encode', a: { text: 'नमस्ते' } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: ['न', 'म', 'स्', 'ते'] },
			{ sees: 'tokens', side: 'b', tokens: ['न', 'म', 'स', '्त', 'े'] }
		]
	},
	{
		slug: 'kimi-split-as-cl100k',
		claim: 'A gateway split Kimi’s texts by the rule of another vocabulary.',
		story:
			'Kimi’s files have the format of OpenAI’s, so the gateway used cl100k’s pattern. Kimi’s own keeps Chinese apart from other scripts, and a contraction with its word. The gateway also stopped at reserved ids, which have no name in the files.',
		year: 2026,
		sources: issues('smg', 1482, 1475),
		part: 'pre_tokenizer, Split 1',
		caughtBy: ['config', 'self-encode', 'text'],
		note: 'The pull request is about Chinese text. The input is ours.',
		names: { a: 'kimi-k2', b: 'kimi-k2, split as cl100k' },
		a: { tokenizer: 'kimi-k2' },
		b: { tokenizer: 'kimi-k2', edits: [firstSplit(LLAMA3_REGEX)] },
		task: { does: 'encode', a: { text: "I'm" } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: ["I'm"] },
			{ sees: 'tokens', side: 'b', tokens: ['I', "'m"] }
		]
	}
]);
