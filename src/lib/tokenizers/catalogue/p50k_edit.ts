import {
	GPT2_PATTERN,
	modelsFrom,
	WHITE_SPACE,
	type TokenizerDescriptor,
	type VocabularySource
} from './shared/descriptor';
import { OPENAI, TIKTOKEN_MODELS } from './shared/openai';

export const descriptor: TokenizerDescriptor = {
	...OPENAI,
	id: 'p50k_edit',
	parent: 'p50k_base',
	since: '2022-03-15',
	vocabularySize: 50284,
	preTokenizer: GPT2_PATTERN,
	note: 'p50k_base with three tokens for filling in the middle.',
	libraryDifferences: [WHITE_SPACE],
	models: modelsFrom('OpenAI', TIKTOKEN_MODELS, [
		{ name: 'text-davinci-edit-001' },
		{ name: 'code-davinci-edit-001' }
	])
};

export const vocabulary: VocabularySource = { format: 'js-tiktoken ranks', encoding: 'p50k_edit' };
