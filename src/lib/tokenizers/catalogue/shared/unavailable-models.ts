import { LITELLM, modelsFrom, page, type Model } from './descriptor';
import { TIKTOKEN_MODELS } from './openai';

const COUNT_BY_API = 'Not published: only a token counting endpoint knows it.';
const OPEN_ITS_FILE = 'If you have its tokenizer.json, drop it onto this page to open it.';

/** Models whose tokenizer isn't public or isn't in the catalogue; each model's note states which is the case. */
export const UNAVAILABLE_MODELS: readonly Model[] = [
	...modelsFrom('OpenAI', TIKTOKEN_MODELS, [
		{ name: 'GPT-6', note: 'tiktoken 0.14.0 names no encoding for it.' }
	]),
	...modelsFrom(
		'Anthropic',
		page('https://github.com/anthropics/anthropic-tokenizer-typescript', '2026-11-25'),
		[{ name: 'Claude 3, 3.5, 3.7 (Haiku, Sonnet, Opus)', note: COUNT_BY_API }]
	),
	...modelsFrom(
		'Anthropic',
		page('https://platform.claude.com/docs/en/build-with-claude/token-counting', '2026-11-25'),
		[
			{ name: 'Claude 4 to Opus 4.6 (Haiku 4.5, Sonnet, Opus)', note: COUNT_BY_API },
			{
				name: 'Claude Opus 4.7, 4.8, 5, 5.5, Sonnet 5, Fable 5, Mythos 5',
				note: 'Not published. A newer tokenizer: about 30% more tokens for the same text.'
			},
			{ name: 'Claude Haiku 5.5, Sonnet 5.5', note: COUNT_BY_API }
		]
	),
	...modelsFrom('xAI', page('https://github.com/xai-org/grok-1', '2026-11-25'), [
		{
			name: 'Grok-1',
			note: `Published: SentencePiece with 131,072 tokens. Not in the lab. ${OPEN_ITS_FILE}`
		}
	]),
	...modelsFrom('xAI', page('https://huggingface.co/alvarobartt/grok-2-tokenizer', '2026-11'), [
		{
			name: 'Grok 2',
			note: `Published with its weights, as tokenizer.tok.json in xai-org/grok-2. Not in the lab. ${OPEN_ITS_FILE}`
		}
	]),
	...modelsFrom(
		'xAI',
		page(
			'https://github.com/xai-org/xai-sdk-python/blob/main/examples/sync/tokenizer.py',
			'2026-11-26'
		),
		[
			{
				name: 'Grok 3 and later',
				note: 'No file found. xAI’s API returns the ids and bytes of a text: tokenize_text.'
			}
		]
	),
	...modelsFrom('Google', LITELLM, [
		{
			name: 'Gemini 3.5 Flash-Lite, 3.6 Flash to 4',
			note: 'google-genai 3.6.1 names no tokenizer for them.'
		}
	]),
	...modelsFrom('Mistral AI', LITELLM, [
		{
			name: 'Mistral Large 3 and 4, Medium 3.5, Small 4, Ministral 3, Devstral, Magistral',
			note: `mistral-common 1.13.1 names no tokenizer for them. ${OPEN_ITS_FILE}`
		}
	]),
	...(
		[
			['Alibaba', 'Qwen3.7, Qwen3.8'],
			['Moonshot AI', 'Kimi K2.7-Code, K3.1'],
			['Z.ai', 'GLM-5.3']
		] as const
	).flatMap(([maker, name]) =>
		modelsFrom(maker, LITELLM, [
			{ name, note: `No source that could be read names their tokenizer. ${OPEN_ITS_FILE}` }
		])
	),
	...modelsFrom('DeepSeek', LITELLM, [
		{
			name: 'DeepSeek V4.1-Flash',
			note: `No package has its tokenizer, which may split text differently from V4’s. ${OPEN_ITS_FILE}`
		}
	]),
	...modelsFrom(
		'Amazon',
		page('https://alchemy.run/providers/aws/bedrock/counttokens', '2026-11-26'),
		[
			{
				name: 'Amazon Nova',
				note: 'No file found. According to a third party, Bedrock’s CountTokens refuses Nova models.'
			}
		]
	),
	...modelsFrom(
		'Cohere',
		page('https://huggingface.co/Xenova/c4ai-command-r-v01-tokenizer', '2026-11-26'),
		[
			{
				name: 'Command R, Command R+',
				note: `Published under CC-BY-NC-4.0, which excludes commercial use, so the lab does not ship it. ${OPEN_ITS_FILE}`
			}
		]
	),
	...modelsFrom('Microsoft', page('https://arxiv.org/abs/2503.01743', '2025-03'), [
		{
			name: 'Phi-4-mini, Phi-4-multimodal',
			note: `Its report says o200k_base with 200,064 ids. No package carries the file, so it could not be checked. ${OPEN_ITS_FILE}`
		}
	])
];
