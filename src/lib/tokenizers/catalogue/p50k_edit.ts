import { GPT2_PATTERN, modelsFrom, type TokenizerDescriptor } from './descriptor';
import { WHITE_SPACE } from './library-differences';
import { OPENAI, TIKTOKEN_MODELS } from './openai';

export const p50kEdit: TokenizerDescriptor = {
	...OPENAI,
	id: 'p50k_edit',
	vocabularySize: 50284,
	preTokenizer: GPT2_PATTERN,
	note: 'p50k_base with three tokens for filling in the middle.',
	vocabulary: { format: 'js-tiktoken ranks', encoding: 'p50k_edit' },
	libraryDifferences: [WHITE_SPACE],
	oracle: { file: 'p50k_edit.json', special: 'text' },
	models: modelsFrom('OpenAI', TIKTOKEN_MODELS, [
		{ name: 'text-davinci-edit-001' },
		{ name: 'code-davinci-edit-001' }
	]),
	// The models state neither a price nor a window.
	prices: []
};
