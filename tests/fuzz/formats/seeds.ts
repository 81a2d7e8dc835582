import {
	tokenizerJsonText,
	writeTiktoken,
	writeVocabAndMerges,
	type TokenizerSpec
} from '../../../src/lib/engine';
import type { SlicedFile } from '../../../src/lib/tokenizers/files/types';
import { smallRanks, smallSentencePiece } from '../../support/small-specs';
import {
	BYTE_PIECES,
	ggufFile,
	sentencePieceFile,
	slicedFile
} from '../../support/tokenizer-files';
import { mutateBytes, mutateJson, mutateLines, type Mutation } from './mutations';

/** Formats for which mutants are generated. */
export const FORMATS = [
	...(['tokenizer.json', 'folder', 'vocab-merges', 'tiktoken', 'sentencepiece', 'gguf'] as const)
];
export type Format = (typeof FORMATS)[number];

const encoder = new TextEncoder();
const file = (name: string, content: string | Uint8Array): SlicedFile =>
	slicedFile(typeof content === 'string' ? encoder.encode(content) : content, name);

const BYTE_LEVEL = smallRanks();
const MERGED: TokenizerSpec = JSON.parse(tokenizerJsonText(BYTE_LEVEL)) as never;
const { vocab, merges } = writeVocabAndMerges(BYTE_LEVEL);
const SENTENCE_PIECE = JSON.parse(tokenizerJsonText(smallSentencePiece())) as object;

const CONFIG = {
	bos_token: '<s>',
	eos_token: { content: '</s>', special: true },
	added_tokens_decoder: {
		300: { content: '<|end|>', special: true, lstrip: false, rstrip: true, normalized: false },
		301: { content: '<x>', special: false }
	},
	additional_special_tokens: ['<y>', '<z>'],
	chat_template: '{{ messages }}',
	legacy: false
};

const PIECES = [
	['<unk>', 0, 2],
	['<s>', 0, 3],
	['</s>', 0, 3],
	...BYTE_PIECES.map((piece) => [piece, 0, 6] as const),
	...['▁', 'a', 'b', 'ab', '▁ab'].map((piece, i) => [piece, -1 - i] as const),
	['<user>', 0, 4]
] as const;

const { model } = MERGED as unknown as {
	model: { vocab: Record<string, number>; merges: readonly string[] };
};
const BYTE_TOKENS = Object.keys(model.vocab);

const GGUFS = [
	ggufFile({
		'general.architecture': 'llama',
		'general.name': 'Small Phi-3',
		'tokenizer.ggml.model': 'gpt2',
		'tokenizer.ggml.pre': 'llama-bpe',
		'tokenizer.ggml.tokens': [...BYTE_TOKENS, '<|end|>', '<user>'],
		'tokenizer.ggml.token_type': [...BYTE_TOKENS.map(() => 1), 3, 4],
		'tokenizer.ggml.merges': model.merges,
		'tokenizer.ggml.bos_token_id': 3,
		'tokenizer.ggml.add_bos_token': true,
		'tokenizer.chat_template': '{{ messages }}',
		'general.file_type': 7
	}),
	ggufFile({
		'general.name': 'Small',
		'tokenizer.ggml.model': 'llama',
		'tokenizer.ggml.tokens': PIECES.map(([piece]) => piece),
		'tokenizer.ggml.scores': PIECES.map(([, score]) => score),
		'tokenizer.ggml.token_type': PIECES.map(([, , type = 1]) => type),
		'tokenizer.ggml.bos_token_id': 1,
		'tokenizer.ggml.add_space_prefix': true
	})
];

const sentencePiece = (random: (below: number) => number) =>
	sentencePieceFile({
		...{ pieces: PIECES, byteFallback: random(2) === 0 },
		...{ addsPrefix: random(2) === 0, removesSpaces: random(2) === 0 }
	});

/** A mutant's files, and a description of the change. */
export function mutant(
	format: Format,
	random: (below: number) => number
): { readonly files: readonly SlicedFile[]; readonly did: string } {
	const one = (name: string, { bytes, did }: Mutation) => ({ files: [file(name, bytes)], did });
	switch (format) {
		case 'tokenizer.json':
			return one('tokenizer.json', mutateJson(random(2) === 0 ? MERGED : SENTENCE_PIECE, random));
		case 'folder': {
			const { bytes, did } = mutateJson(CONFIG, random);
			const tokenizer = file('tokenizer.json', JSON.stringify(MERGED));
			return { files: [tokenizer, file('tokenizer_config.json', bytes)], did };
		}
		case 'vocab-merges': {
			const isVocab = random(2) === 0;
			const { bytes, did } = isVocab
				? mutateJson(JSON.parse(vocab), random)
				: mutateLines(merges, random);
			const [vocabFile, mergesFile] = isVocab ? [bytes, merges] : [vocab, bytes];
			return { files: [file('vocab.json', vocabFile), file('merges.txt', mergesFile)], did };
		}
		case 'tiktoken':
			return one('x.tiktoken', mutateLines(writeTiktoken(BYTE_LEVEL), random));
		case 'sentencepiece':
			return one('x.model', mutateBytes(sentencePiece(random), random));
		case 'gguf':
			return one('x.gguf', mutateBytes(GGUFS[random(GGUFS.length)], random));
	}
}
