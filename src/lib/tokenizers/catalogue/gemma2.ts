import { GEMMA } from './gemma3';
import {
	llamaCpp,
	modelsFrom,
	NORMALIZED_RUNS,
	page,
	stated,
	type TokenizerDescriptor,
	type VocabularySource
} from './shared/descriptor';

const REPOSITORY =
	'https://github.com/google/gemma_pytorch/blob/014acb7ac4563a5f77c76d7ff98f31b568c16508';
const CONFIGURATION = page(`${REPOSITORY}/gemma/config.py`, '2025-03-12');

export const descriptor: TokenizerDescriptor = {
	...GEMMA,
	id: 'gemma2',
	since: '2024-06-27',
	vocabularySize: 256000,
	source: { registry: 'crates.io', package: 'splintr-vocab-gemma2', version: '1.0.0' },
	libraryDifferences: [NORMALIZED_RUNS],
	note: "Equal to tokenizer.model in Google's repository gemma_pytorch.",
	chatTemplate: { file: 'gemma2.jinja', model: 'Gemma 2 2B', ...llamaCpp('google-gemma-2-2b-it') },
	models: modelsFrom('Google', CONFIGURATION, [
		{
			name: 'Gemma 2',
			...stated(page('https://blog.google/technology/developers/google-gemma-2/', '2024-06-27'), {
				released: '2024-06-27'
			}),
			...stated(CONFIGURATION, { contextWindow: 8_192, embeddingRows: 256_000 })
		}
	])
};

/** `readSentencePieceLines` in `src/tools/vocabularies/pack.ts` sets the stages (spaces as ▁, no pre-tokenizer). */
export const vocabulary: VocabularySource = {
	format: 'committed',
	archive: 'splintr-vocab-gemma2-1.0.0.crate',
	archiveSha256: '5649b01019c59e45541a80d5bdc644367dfdc2c24bf10ee0bd935d2744ce1124',
	path: 'splintr-vocab-gemma2-1.0.0/vocabs/gemma2.spm',
	sha256: '24abf2e4024c72cca3f2cda95227df1dbb263162cf581db936cce1132d819732',
	reads: { format: 'SentencePiece lines' }
};
