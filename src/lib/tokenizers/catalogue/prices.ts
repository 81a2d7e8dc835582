export interface PricePreset {
	/** A name in MODELS. */
	readonly model: string;
	/** US dollars per million input tokens; null: the maker sets no price, so enter your host's. */
	readonly inputPerMillion: number | null;
	/** US dollars per million output tokens. */
	readonly outputPerMillion?: number;
	/** Tokens. */
	readonly contextWindow: number;
	/** The latest day, ISO, on which the source is known to have shown these figures. */
	readonly asOf: string;
	readonly source: string;
}

type Row = Omit<PricePreset, 'asOf' | 'source'>;

function listed(source: string, asOf: string, rows: readonly Row[]): PricePreset[] {
	return rows.map((row) => ({ ...row, asOf, source }));
}

/** Open weights: the maker publishes a window, whoever hosts the model sets the price. */
function unpriced(model: string, contextWindow: number, source: string): PricePreset {
	return { model, inputPerMillion: null, contextWindow, asOf: '2026-11-25', source };
}

function row(model: string, contextWindow: number, input: number, output?: number): Row {
	return { model, contextWindow, inputPerMillion: input, outputPerMillion: output };
}

const OPENAI_PRICING = 'https://developers.openai.com/api/docs/pricing';
const OPENAI_LEGACY = 'https://platform.openai.com/docs/deprecations/2023-07-06-gpt-and-embeddings';
const MISTRAL_DOCS =
	'https://github.com/mistralai/platform-docs-public/blob/main/src/schema/models/models';
/** Repeats the makers' price lists and says on which day each was checked. */
const GENAI_PRICES = 'https://github.com/pydantic/genai-prices/blob/main/prices/providers';
const GPT_TOKENIZER = 'https://github.com/niieani/gpt-tokenizer/blob/main/src/models.gen.ts';
const LLAMA_MODELS = 'https://github.com/meta-llama/llama-models/blob/main/README.md';
const LLAMA_33_CARD =
	'https://github.com/meta-llama/llama-models/blob/main/models/llama3_3/MODEL_CARD.md';

/** Of the presets that share a tokenizer, the first is its default. */
export const PRICE_PRESETS: readonly PricePreset[] = [
	// o200k_base
	...listed(OPENAI_PRICING, '2026-10-14', [
		row('GPT-4o', 128_000, 2.5, 10),
		row('GPT-4o mini', 128_000, 0.15, 0.6),
		row('GPT-4.1', 1_047_576, 2, 8),
		row('GPT-4.1 mini', 1_047_576, 0.4, 1.6),
		row('GPT-4.1 nano', 1_047_576, 0.1, 0.4),
		row('o1', 200_000, 15, 60),
		row('o3', 200_000, 2, 8),
		row('o4-mini', 200_000, 1.1, 4.4),
		row('GPT-5', 400_000, 1.25, 10),
		row('GPT-5 mini', 400_000, 0.25, 2),
		row('GPT-5 nano', 400_000, 0.05, 0.4),
		row('GPT-5.1', 400_000, 1.25, 10),
		row('GPT-5.2', 400_000, 1.75, 14)
	]),
	// cl100k_base
	...listed(OPENAI_PRICING, '2026-10-14', [
		row('GPT-4 Turbo', 128_000, 10, 30),
		row('GPT-4', 8_192, 30, 60)
	]),
	...listed('https://developers.openai.com/api/docs/models/gpt-3.5-turbo', '2026-10-23', [
		row('GPT-3.5 Turbo', 16_385, 0.5, 1.5)
	]),
	...listed(`${GENAI_PRICES}/openai.yml`, '2025-07-04', [
		row('text-embedding-3-small', 8_192, 0.02),
		row('text-embedding-3-large', 8_192, 0.13),
		row('text-embedding-ada-002', 8_192, 0.1)
	]),
	// r50k_base, p50k_base
	...listed(OPENAI_LEGACY, '2023-07-06', [
		row('GPT-3 (davinci)', 2_049, 20, 20),
		row('text-davinci-003', 4_096, 20, 20),
		row('text-davinci-002', 4_096, 20, 20)
	]),
	// gpt2, o200k_harmony
	unpriced('GPT-2', 1_024, 'https://github.com/openai/gpt-2/blob/master/src/model.py'),
	unpriced('gpt-oss-120b', 131_072, GPT_TOKENIZER),
	unpriced('gpt-oss-20b', 131_072, GPT_TOKENIZER),
	// mistral-v1, mistral-v3
	...listed(`${GENAI_PRICES}/mistral.yml`, '2025-08-12', [
		row('Mixtral 8x7B', 32_768, 0.7, 0.7),
		row('Mistral 7B v0.3', 32_768, 0.25, 0.25)
	]),
	// mistral-tekken
	...listed('https://docs.mistral.ai/models/mistral-nemo-12b-24-07.md', '2026-05-22', [
		row('Mistral Nemo', 131_072, 0.15, 0.15)
	]),
	...listed(`${MISTRAL_DOCS}/ministral-8b-24-1.ts`, '2026-08-24', [
		row('Ministral 8B (2410)', 131_072, 0.1, 0.1)
	]),
	...listed(`${MISTRAL_DOCS}/pixtral-12b-24-09.ts`, '2025-12-02', [
		row('Pixtral 12B', 131_072, 0.15, 0.15)
	]),
	// deepseek-v3: the hosted models had a window of 64K
	...listed('https://api-docs.deepseek.com/quick_start/pricing-details-usd', '2025-07-12', [
		row('DeepSeek V3', 65_536, 0.27, 1.1),
		row('DeepSeek R1', 65_536, 0.55, 2.19)
	]),
	// gemma3
	...listed('https://ai.google.dev/gemini-api/docs/pricing', '2026-10-14', [
		row('Gemini 2.5 Flash', 1_048_576, 0.3, 2.5)
	]),
	unpriced('Gemma 3', 131_072, 'https://arxiv.org/abs/2503.19786'),
	// claude-legacy
	...listed(`${GENAI_PRICES}/anthropic.yml`, '2025-06-23', [
		row('Claude 2.1', 200_000, 8, 24),
		row('Claude 2.0', 100_000, 8, 24)
	]),
	// llama2, llama3, qwen3
	unpriced('Llama 2', 4_096, LLAMA_MODELS),
	unpriced('Llama 3.1', 131_072, LLAMA_MODELS),
	unpriced('Llama 3.3', 131_072, LLAMA_33_CARD),
	unpriced('Llama 3', 8_192, LLAMA_MODELS),
	unpriced('Qwen3', 131_072, 'https://arxiv.org/abs/2505.09388')
];
