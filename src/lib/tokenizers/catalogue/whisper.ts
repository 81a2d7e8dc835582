import { GPT2_PATTERN as GPT2_SPLIT } from '../../engine/stages';
import {
	GPT2_PATTERN,
	modelsFrom,
	page,
	stated,
	WHITE_SPACE,
	type TokenizerDescriptor,
	type VocabularySource
} from './shared/descriptor';

const REPOSITORY =
	'https://github.com/openai/whisper/blob/c0d2f624c09dc18e709e37c2ad90c039a4eb72a2';
const MODEL_CARD = page(`${REPOSITORY}/model-card.md`, '2025-06-25');
const MODEL_CODE = page(`${REPOSITORY}/whisper/model.py`, '2025-06-25');

export const descriptor: TokenizerDescriptor = {
	id: 'whisper',
	since: '2022-09-21',
	family: 'OpenAI',
	vocabularySize: 51865,
	kind: 'byte-level BPE',
	preTokenizer: GPT2_PATTERN,
	bos: null,
	licence: {
		name: 'MIT',
		url: 'https://github.com/openai/whisper/blob/c0d2f624c09dc18e709e37c2ad90c039a4eb72a2/LICENSE',
		copy: 'mit.txt',
		copyright: 'Copyright (c) 2022 OpenAI'
	},
	source: { registry: 'PyPI', package: 'openai-whisper', version: '20250625' },
	library: 'js-tiktoken',
	libraryDifferences: [WHITE_SPACE],
	models: modelsFrom(
		'OpenAI',
		page(
			'https://github.com/openai/whisper/blob/c0d2f624c09dc18e709e37c2ad90c039a4eb72a2/whisper/tokenizer.py',
			'2025-06-25'
		),
		[
			{
				name: 'Whisper (tiny to large-v2)',
				...stated(MODEL_CARD, { released: '2022-09' }),
				...stated(MODEL_CODE, { embeddingRows: 51_865 })
			},
			{
				name: 'Whisper large-v3, turbo',
				note: 'Has a token for Cantonese, <|yue|>, which shifts the ids of later special tokens by one.',
				...stated(MODEL_CARD, { released: '2023-11' }),
				...stated(MODEL_CODE, { embeddingRows: 51_866 })
			}
		]
	)
};

/** The 99 languages supported by models before large-v3, which adds Cantonese (yue) at the end. */
const LANGUAGES =
	'en zh de es ru ko fr ja pt tr pl ca nl ar sv it id hi fi vi he uk el ms cs ro da hu ta no th ur hr bg lt la mi ml cy sk te fa lv bn sr az sl kn et mk br eu is hy ne mn bs kk sq sw gl mr pa si km sn yo so af oc ka be tg sd gu am yi lo uz fo ht ps tk nn mt sa lb my bo tl mg as tt haw ln ha ba jw su';

/** The same order as in OpenAI's `whisper/tokenizer.py`. The last tokens are timestamps, every 20 ms up to 30 s. */
const specialTokens = /* @__NO_SIDE_EFFECTS__ */ () => [
	...['<|endoftext|>', '<|startoftranscript|>'],
	...LANGUAGES.split(' ').map((language) => `<|${language}|>`),
	...['<|translate|>', '<|transcribe|>', '<|startoflm|>', '<|startofprev|>', '<|nospeech|>'],
	'<|notimestamps|>',
	...Array.from({ length: 1501 }, (_, i) => `<|${(i / 50).toFixed(2)}|>`)
];

export const vocabulary: VocabularySource = {
	format: 'committed',
	archive: 'openai_whisper-20250625.tar.gz',
	archiveSha256: '37a91a3921809d9f44748ffc73c0a55c9f366c85a3ef5c2ae0cc09540432eb96',
	path: 'openai_whisper-20250625/whisper/assets/multilingual.tiktoken',
	sha256: 'b34b360dbb493e781e479794586d661700670d65564001f23024971d1f2fa126',
	reads: { format: 'tiktoken ranks', pattern: GPT2_SPLIT, specialTokens: specialTokens() }
};
