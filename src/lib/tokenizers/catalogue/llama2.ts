import {
	LLAMA_README,
	modelsFrom,
	page,
	SENTENCEPIECE_PATTERN,
	stated,
	transformers,
	type TokenizerDescriptor,
	type VocabularySource
} from './shared/descriptor';

export const descriptor: TokenizerDescriptor = {
	id: 'llama2',
	since: '2023-02-24',
	family: 'Meta',
	vocabularySize: 32000,
	kind: 'SentencePiece BPE',
	preTokenizer: SENTENCEPIECE_PATTERN,
	bos: '<s>',
	licence: {
		name: 'Llama 2 Community License',
		url: 'https://ai.meta.com/llama/license/',
		copy: 'llama2.txt'
	},
	source: { package: 'llama-tokenizer-js', version: '1.2.2' },
	library: 'transformers.js',
	libraryDifferences: [],
	chatTemplate: { absent: 'The package that carries the vocabulary has none.' },
	models: [
		...modelsFrom('Meta', page('https://arxiv.org/abs/2307.09288', '2023-07'), [
			{ name: 'LLaMA' },
			{
				name: 'Llama 2',
				...stated(LLAMA_README, { released: '2023-07-18', contextWindow: 4_096 }),
				...stated(transformers('llama'), { embeddingRows: 32_000 })
			}
		]),
		...modelsFrom('Meta', page('https://arxiv.org/abs/2308.12950', '2023-08'), [
			{
				name: 'Code Llama',
				note: 'Llama 2 plus four special tokens for filling in the middle.'
			}
		])
	]
};

/** Same stages as Mistral v1's tokenizer.json, which `src/tools/vocabularies/sentencepiece-packages.ts` reads. */
export const vocabulary: VocabularySource = { format: 'llama-tokenizer-js' };
