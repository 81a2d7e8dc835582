export interface ModelEntry {
	readonly name: string;
	/**
	 * Catalogue id, or null when the catalogue has none: the maker has not published the tokenizer,
	 * or has published one that is not carried here. The note says which.
	 */
	readonly tokenizer: string | null;
	readonly maker: string;
	/** Where the tokenizer of the model, or its not being public, is stated. */
	readonly source: string;
	readonly note?: string;
	/** Tokens. A "128K" of open weights is read as 131,072, which is what their configurations say. */
	readonly contextWindow?: number;
}

type Row = Omit<ModelEntry, 'maker' | 'source'>;

function stated(maker: string, source: string, rows: readonly Row[]): ModelEntry[] {
	return rows.map((row) => ({ ...row, maker, source }));
}

const TIKTOKEN = 'https://github.com/openai/tiktoken/blob/main/tiktoken/model.py';
const LLAMA_MODELS = 'https://github.com/meta-llama/llama-models/blob/main/README.md';
const LLAMA_33_TOKENS =
	'https://github.com/meta-llama/llama-models/blob/main/models/llama3_3/prompt_format.md';
const MISTRAL_TEMPLATES =
	'https://docs.mistral.ai/cookbook/concept-deep-dive-tokenization-templates';
const GOOGLE_SDK =
	'https://github.com/googleapis/python-genai/blob/main/google/genai/_local_tokenizer_loader.py';
const CLAUDE_TOKENIZER = 'https://github.com/anthropics/anthropic-tokenizer-typescript';
const CLAUDE_COUNTING = 'https://platform.claude.com/docs/en/build-with-claude/token-counting';

const LLAMA_31_SPECIALS = 'Some special tokens that Llama 3 had reserved got names.';
const COUNT_BY_API = 'Not published: only a token counting endpoint knows it.';
const GEMMA_4 = "Google's SDK counts it with Gemma 4's tokenizer: published, not carried here.";

const OPENAI: readonly Row[] = [
	{ name: 'GPT-2', tokenizer: 'gpt2', contextWindow: 1_024 },
	{ name: 'GPT-3 (davinci)', tokenizer: 'r50k_base', contextWindow: 2_049 },
	{ name: 'GPT-3 (curie, babbage, ada)', tokenizer: 'r50k_base', contextWindow: 2_049 },
	{ name: 'text-davinci-001', tokenizer: 'r50k_base' },
	{ name: 'text-davinci-002', tokenizer: 'p50k_base', contextWindow: 4_096 },
	{ name: 'text-davinci-003', tokenizer: 'p50k_base', contextWindow: 4_096 },
	{ name: 'Codex (code-davinci-002)', tokenizer: 'p50k_base', contextWindow: 8_001 },
	{ name: 'Codex (code-cushman-001)', tokenizer: 'p50k_base' },
	{ name: 'text-davinci-edit-001', tokenizer: 'p50k_edit' },
	{ name: 'code-davinci-edit-001', tokenizer: 'p50k_edit' },
	{ name: 'davinci-002', tokenizer: 'cl100k_base' },
	{ name: 'babbage-002', tokenizer: 'cl100k_base' },
	{ name: 'GPT-3.5 Turbo', tokenizer: 'cl100k_base', contextWindow: 16_385 },
	{ name: 'GPT-4', tokenizer: 'cl100k_base', contextWindow: 8_192 },
	{ name: 'GPT-4 Turbo', tokenizer: 'cl100k_base', contextWindow: 128_000 },
	{ name: 'text-embedding-ada-002', tokenizer: 'cl100k_base', contextWindow: 8_192 },
	{ name: 'text-embedding-3-small', tokenizer: 'cl100k_base', contextWindow: 8_192 },
	{ name: 'text-embedding-3-large', tokenizer: 'cl100k_base', contextWindow: 8_192 },
	{ name: 'GPT-4o', tokenizer: 'o200k_base', contextWindow: 128_000 },
	{ name: 'GPT-4o mini', tokenizer: 'o200k_base', contextWindow: 128_000 },
	{ name: 'o1', tokenizer: 'o200k_base', contextWindow: 200_000 },
	{ name: 'o3', tokenizer: 'o200k_base', contextWindow: 200_000 },
	{ name: 'o3-mini', tokenizer: 'o200k_base', contextWindow: 200_000 },
	{ name: 'o4-mini', tokenizer: 'o200k_base', contextWindow: 200_000 },
	{ name: 'GPT-4.1', tokenizer: 'o200k_base', contextWindow: 1_047_576 },
	{ name: 'GPT-4.1 mini', tokenizer: 'o200k_base', contextWindow: 1_047_576 },
	{ name: 'GPT-4.1 nano', tokenizer: 'o200k_base', contextWindow: 1_047_576 },
	{ name: 'GPT-4.5', tokenizer: 'o200k_base', contextWindow: 128_000 },
	{ name: 'GPT-5', tokenizer: 'o200k_base', contextWindow: 400_000 },
	{ name: 'GPT-5 mini', tokenizer: 'o200k_base', contextWindow: 400_000 },
	{ name: 'GPT-5 nano', tokenizer: 'o200k_base', contextWindow: 400_000 },
	{ name: 'GPT-5.1', tokenizer: 'o200k_base', contextWindow: 400_000 },
	{ name: 'GPT-5.2', tokenizer: 'o200k_base', contextWindow: 400_000 },
	{ name: 'GPT-5.4', tokenizer: 'o200k_base', contextWindow: 1_050_000 },
	{ name: 'GPT-5.5', tokenizer: 'o200k_base', contextWindow: 1_050_000 },
	{ name: 'GPT-6', tokenizer: null, note: 'tiktoken 0.14.0 names no encoding for it.' },
	{ name: 'gpt-oss-20b', tokenizer: 'o200k_harmony', contextWindow: 131_072 },
	{ name: 'gpt-oss-120b', tokenizer: 'o200k_harmony', contextWindow: 131_072 }
];

const META: readonly ModelEntry[] = [
	...stated('Meta', 'https://arxiv.org/abs/2307.09288', [
		{ name: 'LLaMA', tokenizer: 'llama2' },
		{ name: 'Llama 2', tokenizer: 'llama2', contextWindow: 4_096 }
	]),
	...stated('Meta', 'https://arxiv.org/abs/2308.12950', [
		{
			name: 'Code Llama',
			tokenizer: 'llama2',
			note: 'Llama 2 plus four special tokens for filling in the middle.',
			contextWindow: 16_384
		}
	]),
	...stated('Meta', LLAMA_MODELS, [
		{ name: 'Llama 3', tokenizer: 'llama3', contextWindow: 8_192 },
		{
			name: 'Llama 3.1',
			tokenizer: 'llama3',
			note: LLAMA_31_SPECIALS,
			contextWindow: 131_072
		},
		{
			name: 'Llama 3.2',
			tokenizer: 'llama3',
			note: LLAMA_31_SPECIALS,
			contextWindow: 131_072
		}
	]),
	...stated('Meta', LLAMA_33_TOKENS, [
		{
			name: 'Llama 3.3',
			tokenizer: 'llama3',
			note: LLAMA_31_SPECIALS,
			contextWindow: 131_072
		}
	])
];

const MISTRAL: readonly Row[] = [
	{ name: 'Mistral 7B v0.1', tokenizer: 'mistral-v1', contextWindow: 8_192 },
	{ name: 'Mistral 7B v0.2', tokenizer: 'mistral-v1', contextWindow: 32_768 },
	{ name: 'Mixtral 8x7B', tokenizer: 'mistral-v1', contextWindow: 32_768 },
	{
		name: 'Mixtral 8x22B',
		tokenizer: 'mistral-v1',
		note: 'The base model; the Instruct model uses version 3.',
		contextWindow: 65_536
	},
	{ name: 'Mixtral 8x22B Instruct', tokenizer: 'mistral-v3', contextWindow: 65_536 },
	{ name: 'Mistral 7B v0.3', tokenizer: 'mistral-v3', contextWindow: 32_768 },
	{ name: 'Codestral 22B', tokenizer: 'mistral-v3', contextWindow: 32_768 },
	{ name: 'Codestral Mamba 7B', tokenizer: 'mistral-v3' },
	{ name: 'Mathstral 7B', tokenizer: 'mistral-v3', contextWindow: 32_768 },
	{ name: 'Mistral Large 2 (2407)', tokenizer: 'mistral-v3', contextWindow: 131_072 },
	{ name: 'Mistral Nemo', tokenizer: 'mistral-tekken', contextWindow: 131_072 },
	{ name: 'Pixtral 12B', tokenizer: 'mistral-tekken', contextWindow: 131_072 },
	{ name: 'Ministral 8B (2410)', tokenizer: 'mistral-tekken', contextWindow: 131_072 }
];

const QWEN_AND_DEEPSEEK: readonly ModelEntry[] = [
	...stated('Alibaba', 'https://arxiv.org/abs/2505.09388', [
		{
			name: 'Qwen3',
			tokenizer: 'qwen3',
			note: 'The 0.6B and 1.7B models have a window of 32K.',
			contextWindow: 131_072
		}
	]),
	...stated('Alibaba', 'https://arxiv.org/abs/2412.15115', [
		{
			name: 'Qwen2.5',
			tokenizer: 'qwen3',
			note: 'The same 151,643 text tokens; Qwen3 has four more special tokens.',
			contextWindow: 131_072
		}
	]),
	...stated('DeepSeek', 'https://arxiv.org/abs/2412.19437', [
		{ name: 'DeepSeek V3', tokenizer: 'deepseek-v3', contextWindow: 131_072 }
	]),
	...stated('DeepSeek', 'https://github.com/deepseek-ai/DeepSeek-R1', [
		{
			name: 'DeepSeek R1',
			tokenizer: 'deepseek-v3',
			note:
				'Only special tokens differ from V3. The distilled models keep the tokenizers of ' +
				'Qwen2.5 and Llama 3, slightly changed.',
			contextWindow: 131_072
		}
	])
];

const GOOGLE: readonly ModelEntry[] = [
	...stated('Google', 'https://arxiv.org/abs/2503.19786', [
		{ name: 'Gemma 3', tokenizer: 'gemma3', contextWindow: 131_072 }
	]),
	...stated('Google', GOOGLE_SDK, [
		{ name: 'Gemini 2.0 Flash', tokenizer: 'gemma3' },
		{ name: 'Gemini 2.5 Flash', tokenizer: 'gemma3', contextWindow: 1_048_576 },
		{ name: 'Gemini 2.5 Pro', tokenizer: 'gemma3' },
		{ name: 'Gemini 3 Pro (preview)', tokenizer: 'gemma3' },
		{ name: 'Gemini 3 Flash (preview)', tokenizer: 'gemma3' },
		{ name: 'Gemini 3.1 Pro (preview)', tokenizer: null, note: GEMMA_4 },
		{ name: 'Gemini 3.5 Flash', tokenizer: null, note: GEMMA_4 }
	])
];

const ANTHROPIC: readonly ModelEntry[] = [
	...stated('Anthropic', CLAUDE_TOKENIZER, [
		{ name: 'Claude 1', tokenizer: 'claude-legacy' },
		{ name: 'Claude 2.0', tokenizer: 'claude-legacy', contextWindow: 100_000 },
		{ name: 'Claude 2.1', tokenizer: 'claude-legacy', contextWindow: 200_000 },
		{ name: 'Claude 3, 3.5, 3.7', tokenizer: null, note: COUNT_BY_API }
	]),
	...stated('Anthropic', CLAUDE_COUNTING, [
		{ name: 'Claude 4 to Opus 4.6', tokenizer: null, note: COUNT_BY_API },
		{
			name: 'Claude Opus 4.7 and later',
			tokenizer: null,
			note: 'Not published. A newer tokenizer: about 30 % more tokens for the same text.'
		}
	])
];

const XAI: readonly ModelEntry[] = stated('xAI', 'https://github.com/xai-org/grok-1', [
	{
		name: 'Grok-1',
		tokenizer: null,
		note: 'Published: SentencePiece with 131,072 tokens. Not carried here.',
		contextWindow: 8_192
	}
]);

/** Which tokenizer a model uses, as a source states it; a model without a source is left out. */
export const MODELS: readonly ModelEntry[] = [
	...stated('OpenAI', TIKTOKEN, OPENAI),
	...META,
	...stated('Mistral AI', MISTRAL_TEMPLATES, MISTRAL),
	...QWEN_AND_DEEPSEEK,
	...GOOGLE,
	...ANTHROPIC,
	...XAI
];
