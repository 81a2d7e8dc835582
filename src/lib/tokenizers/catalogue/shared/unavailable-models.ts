import { modelsFrom, type Model } from './descriptor';
import { TIKTOKEN_MODELS } from './openai';

const COUNT_BY_API = 'Not published: only a token counting endpoint knows it.';

/** Models whose tokenizer is not public or not in the catalogue, as the note says. */
export const UNAVAILABLE_MODELS: readonly Model[] = [
	...modelsFrom('OpenAI', TIKTOKEN_MODELS, [
		{ name: 'GPT-6', note: 'tiktoken 0.14.0 names no encoding for it.' }
	]),
	...modelsFrom('Anthropic', 'https://github.com/anthropics/anthropic-tokenizer-typescript', [
		{ name: 'Claude 3, 3.5, 3.7', note: COUNT_BY_API }
	]),
	...modelsFrom(
		'Anthropic',
		'https://platform.claude.com/docs/en/build-with-claude/token-counting',
		[
			{ name: 'Claude 4 to Opus 4.6', note: COUNT_BY_API },
			{
				name: 'Claude Opus 4.7 and later',
				note: 'Not published. A newer tokenizer: about 30 % more tokens for the same text.'
			}
		]
	),
	...modelsFrom('xAI', 'https://github.com/xai-org/grok-1', [
		{
			name: 'Grok-1',
			note: 'Published: SentencePiece with 131,072 tokens. Not in the lab.',
			contextWindow: 8_192
		}
	])
];
