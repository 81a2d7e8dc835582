import { modelsFrom, page, type Model } from './descriptor';
import { TIKTOKEN_MODELS } from './openai';

const COUNT_BY_API = 'Not published: only a token counting endpoint knows it.';
const OPEN_ITS_FILE = 'If you have its tokenizer.json, drop it onto this page to open it.';

/** Models whose tokenizer is not public or not in the catalogue, as the note says. */
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
			{ name: 'Claude 4 to Opus 4.6 (Haiku, Sonnet, Opus)', note: COUNT_BY_API },
			{
				name: 'Claude Opus 4.7 and later',
				note: 'Not published. A newer tokenizer: about 30 % more tokens for the same text.'
			}
		]
	),
	...modelsFrom('xAI', page('https://github.com/xai-org/grok-1', '2026-11-25'), [
		{
			name: 'Grok-1',
			note: `Published: SentencePiece with 131,072 tokens. Not in the lab. ${OPEN_ITS_FILE}`
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
				name: 'Grok 2 and later',
				note: 'No file found. xAI’s API returns the ids and bytes of a text: tokenize_text.'
			}
		]
	),
	...modelsFrom(
		'Amazon',
		page('https://alchemy.run/providers/aws/bedrock/counttokens', '2026-11-26'),
		[
			{
				name: 'Amazon Nova',
				note: 'No file found, and Bedrock’s CountTokens refuses Nova models.'
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
