import {
	firstSplit,
	LLAMA_CPP_DEFAULT,
	LLAMA3_REGEX,
	LITERAL_SPLIT,
	MISTRAL_SPLIT_ON_GEMMA,
	QWEN3_REGEX
} from './changes';
import { GPT2_SPLIT, METASPACE } from '../../../drift/edits/spec-edit';
import { defineCases } from './define-cases';
import { figures, issues } from './sources';

/** Cases where the text is split differently before any merge. */
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
		caughtBy: ['config', 'self-encode', 'text', 'special-tokens'],
		note: 'Perplexity is per token, and the two sides split the text into different tokens. The two values show the direction, not an exact ratio.',
		names: { a: 'llama3', b: 'llama3, split as GPT-2' },
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
		caughtBy: ['config', 'self-encode', 'text', 'special-tokens'],
		publishedIn: { source: 'llama.cpp#6809', where: 'description' },
		names: { a: 'llama3', b: 'llama3, split as GPT-2' },
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
			'Ollama’s Llama 4 files named the default pre-tokenizer, and prompts got 8 to 10% longer.',
		story:
			'The converter recognises a pre-tokenizer by a hash of its regex, and Llama 4’s was not in its list. llama.cpp’s default cuts contractions apart and leaves the space before a sign alone.',
		year: 2026,
		sources: issues('ollama', 17698, 17699),
		figures: figures('ollama#17698', 'description', '8 to 10%'),
		caughtBy: ['config', 'self-encode', 'text', 'special-tokens'],
		publishedIn: { source: 'ollama#17699', where: 'description' },
		names: { a: 'llama4', b: 'llama4, split by llama.cpp’s default' },
		b: { tokenizer: 'llama4', edits: [LLAMA_CPP_DEFAULT] },
		task: { does: 'encode', a: { text: [' =', "don't"] } },
		expect: [
			{ sees: 'ids', side: 'a', ids: [319, 127161] },
			{ sees: 'ids', side: 'b', ids: [220, 41, 21414, 19, 96] }
		]
	},
	{
		slug: 'deepseek-without-spaces',
		claim: 'A library upgrade took DeepSeek for Llama 2 and dropped every space.',
		story:
			'DeepSeek’s files name the class LlamaTokenizerFast. Because of that name, transformers 5 replaced their pre-tokenizer and decoder with Llama 2’s. Llama 2’s Metaspace writes a space as ▁, which isn’t in the vocabulary, so spaces vanish from prompts, and in answers they show up as Ġ. Models distilled from DeepSeek-R1 on Llama 3’s vocabulary have the same class name. One benchmark had fixed the tokenizer on the server but not in the client: for a prompt of 7,140 tokens, the server read 35,921.',
		year: 2026,
		sources: [
			...issues('transformers', 45488, 46489, 46710, 48206),
			...issues('TensorRT-LLM', 13924),
			...issues('verl', 6080),
			...issues('rbln-model-zoo', 87),
			...issues('torch-xpu-ops', 3368),
			...issues('kaito', 2053),
			...issues('InferenceX', 937)
		],
		damage:
			'GSM8K: 95.30 → 0.00 by strict match for DeepSeek-R1-0528, and 63.7% → 26.1% for DeepSeek-R1-Distill-Llama. In a reinforcement learning run on DeepSeek LLM 7B, the mean reward stayed at 0.0 at every step.',
		figures: [
			...figures('TensorRT-LLM#13924', 'description', '95.30 → 0.00'),
			...figures('rbln-model-zoo#87', 'description, quoted from upstream', '63.7% → 26.1%'),
			...figures('verl#6080', 'description; cause in the comment of 20 April 2026', '0.0'),
			...figures('InferenceX#937', 'table in the description', '7,140', '35,921')
		],
		part: 'pre_tokenizer, decoder',
		caughtBy: ['config', 'self-encode', 'text', 'round-trip', 'special-tokens'],
		note: 'transformers#45488 prints what the ids decode to, “helloworld”.',
		names: { a: 'deepseek-v3', b: 'deepseek-v3 with Metaspace' },
		b: { tokenizer: 'deepseek-v3', edits: [METASPACE] },
		task: { does: 'encode', a: { text: 'hello world' } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: ['hello', ' world'] },
			{ sees: 'tokens', side: 'b', tokens: ['hell', 'ow', 'orld'] },
			{ sees: 'reads', side: 'b', text: 'helloworld' }
		]
	},
	{
		slug: 'olmo2-post-trained-with-another-split',
		claim: 'OLMo 2 Instruct was trained again because its text had been split by a different rule.',
		story:
			'The first post-trained OLMo 2 models didn’t share the pre-tokenization of their base models. A user who converted them for llama.cpp noticed that their tokenizer was wrong. The makers found out why it had changed between pretraining and post-training, and trained new models. The old ones are still available under names that end in “-preview”.',
		year: 2025,
		sources: [
			...issues('llama.cpp', 10535),
			{
				name: 'OLMo-2-1124-13B-Instruct',
				url: 'https://huggingface.co/allenai/OLMo-2-1124-13B-Instruct'
			}
		],
		caughtBy: ['config', 'self-encode', 'text', 'special-tokens'],
		note: 'Neither source says how the first models split text. We show the effect with GPT-2’s rule. The input is the beginning of a chat, as the model card writes it.',
		names: { a: 'olmo2, pretraining', b: 'olmo2, split as GPT-2' },
		b: { tokenizer: 'olmo2', edits: [GPT2_SPLIT] },
		task: { does: 'encode', a: { text: '<|user|>\nHow are you doing?\n' } },
		expect: [
			{
				sees: 'tokens',
				side: 'a',
				tokens: ['<', '|', 'user', '|', '>\n', 'How', ' are', ' you', ' doing', '?\n']
			},
			{
				sees: 'tokens',
				side: 'b',
				tokens: ['<', '|', 'user', '|', '>', '\n', 'How', ' are', ' you', ' doing', '?', '\n']
			}
		]
	},
	{
		slug: 'olmo2-split-as-gpt2',
		claim: 'After a library upgrade, OLMo and Granite models split text as GPT-2 does.',
		story:
			'The files of these models say how to split text. But their class name is GPT2Tokenizer, and for that class transformers 5 used GPT-2’s pre-tokenizer instead. Numbers are the most visible symptom, but two newlines after a role also become two tokens. For half a year, fine-tuning runs that loaded OLMo 3’s tokenizer without a model had this fault. It changed 72% of the messages in their data and produced 9.8% more tokens.',
		year: 2026,
		sources: [
			...issues('transformers', 45920, 45812, 44294),
			...issues('open-instruct', 1896),
			...issues('mellea', 947)
		],
		figures: figures('open-instruct#1896', 'title', '9.8%', '72%'),
		caughtBy: ['config', 'self-encode', 'text', 'special-tokens'],
		publishedIn: { source: 'transformers#45920', where: 'description' },
		note: 'The maintainers of mellea report lower accuracy for their Granite adapters, without figures.',
		names: { a: 'olmo2', b: 'olmo2, split as GPT-2' },
		b: { tokenizer: 'olmo2', edits: [GPT2_SPLIT] },
		task: { does: 'encode', a: { text: ['2023', '650841823'] } },
		expect: [
			{ sees: 'ids', side: 'a', ids: [2366, 18, 13655, 25496, 23848] },
			{ sees: 'ids', side: 'b', ids: [508, 1419, 13655, 5833, 972, 1419] }
		]
	},
	{
		slug: 'patterns-saved-as-literals',
		claim:
			'A model was trained without any split because its patterns had been saved as plain text.',
		story:
			'Sophia’s tokenizer.json contains three Splits. Their patterns were saved as literal strings instead of regular expressions, so they never match, and merges cross words and lines. The model was trained that way. Repairing the patterns would change the ids that it knows, so a pull request adds a pre-tokenizer to llama.cpp that splits nothing.',
		year: 2026,
		sources: issues('llama.cpp', 29211),
		part: 'pre_tokenizer, patterns',
		caughtBy: ['config', 'text'],
		change: [firstSplit(LLAMA3_REGEX)],
		note: 'Sophia is not in the catalogue. The case uses Llama 3’s vocabulary and pattern.',
		names: { a: 'llama3, pattern as a literal', b: 'llama3, pattern repaired' },
		a: { tokenizer: 'llama3', edits: [LITERAL_SPLIT] },
		b: { tokenizer: 'llama3' },
		task: { does: 'encode', a: { text: '2026' } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: ['20', '26'] },
			{ sees: 'tokens', side: 'b', tokens: ['202', '6'] }
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
		b: { tokenizer: 'deepseek-v4', edits: [firstSplit(String.raw`\p{N}`)] },
		task: { does: 'encode', a: { text: '501' } },
		expect: [
			{ sees: 'ids', side: 'a', ids: [19097] },
			{ sees: 'ids', side: 'b', ids: [23, 18, 19] }
		]
	},
	{
		slug: 'mistral-with-another-regex',
		claim: 'Mistral’s own tokenizer.json files contained another model’s regex.',
		story:
			'The script that wrote them used a default pattern, Llama 3’s. It treats apostrophes and capital letters differently, which English text rarely shows. It also treats combining marks differently, which Hindi and vocalised Arabic show all the time.',
		year: 2025,
		sources: [...issues('transformers', 42131, 42299), ...issues('onnxruntime-genai', 1557)],
		caughtBy: ['config', 'self-encode', 'text'],
		names: { a: 'mistral-tekken', b: 'mistral-tekken, split as Llama 3' },
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
		caughtBy: ['config', 'self-encode', 'text'],
		publishedIn: { source: 'llama.cpp#23252', where: 'description' },
		note: 'We consider Gemma’s own file right.',
		names: { a: 'gemma4', b: 'gemma4 with Mistral’s Split' },
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
		b: { tokenizer: 'qwen3.5', edits: [firstSplit(QWEN3_REGEX)] },
		task: { does: 'encode', a: { text: 'नमस्ते' } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: ['न', 'म', 'स्', 'ते'] },
			{ sees: 'tokens', side: 'b', tokens: ['न', 'म', 'स', '्त', 'े'] }
		]
	},
	{
		slug: 'kimi-split-as-cl100k',
		claim: 'A gateway split Kimi’s text by a different vocabulary’s rule.',
		story:
			'Kimi’s files have the format of OpenAI’s, so the gateway used cl100k’s pattern. Kimi’s own keeps Chinese apart from other scripts, and a contraction with its word. The gateway also stopped at reserved ids, which have no name in the files.',
		year: 2026,
		sources: issues('smg', 1482, 1475),
		part: 'pre_tokenizer, Split 1',
		caughtBy: ['config', 'self-encode', 'text'],
		note: 'The pull request is about Chinese text. The input is ours.',
		names: { a: 'kimi-k2', b: 'kimi-k2, split as cl100k' },
		b: { tokenizer: 'kimi-k2', edits: [firstSplit(LLAMA3_REGEX)] },
		task: { does: 'encode', a: { text: "I'm" } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: ["I'm"] },
			{ sees: 'tokens', side: 'b', tokens: ['I', "'m"] }
		]
	}
]);
