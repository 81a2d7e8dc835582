import { parseTokenizerJson, specFromTiktoken, type TokenizerSpec } from '../../src/lib/engine';
import { addedToken, FALLBACK_BYTES, LLAMA_STAGES, tokenizerFile, vocabOf } from './spec-parts';

const base64 = (latin1: string): string => Buffer.from(latin1, 'latin1').toString('base64');

/** The tokens of {@link smallRanks} after the 256 bytes. */
export const SMALL_WORDS = ['he', 'll', 'hell', 'lo', ' w', 'hello'];

/** A rank file with the bytes as ids 0 to 255, then {@link SMALL_WORDS}, and the special token `<|end|>` as id 300. */
export const smallRanks = (pattern = ' ?\\p{L}+|\\p{N}+|[^\\p{L}\\p{N}]'): TokenizerSpec =>
	specFromTiktoken({
		bpe_ranks: `! 0 ${[...Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte)), ...SMALL_WORDS].map(base64).join(' ')}`,
		pat_str: pattern,
		special_tokens: { '<|end|>': 300 }
	});

/** Final tokens of {@link smallSentencePiece}, after three control tokens and 256 bytes. */
const SMALL_PIECES = ['▁', 'a', 'b', 'c', 'ab', '▁ab'];

/** Id of a piece in {@link smallSentencePiece}. */
export const pieceId = (piece: string): number => 259 + SMALL_PIECES.indexOf(piece);

/** Id of the byte-fallback token for a byte. */
export const byteId = (byte: number): number => 3 + byte;

/** Llama's pipeline with {@link SMALL_PIECES}: a `▁` prepended, spaces replaced with `▁`, and byte fallback. */
export function smallSentencePiece(): TokenizerSpec {
	const controls = ['<unk>', '<s>', '</s>'];
	return parseTokenizerJson({
		...tokenizerFile(LLAMA_STAGES),
		added_tokens: controls.map((content, id) => addedToken(id, content)),
		model: {
			...{ type: 'BPE', unk_token: '<unk>', fuse_unk: true, byte_fallback: true },
			vocab: vocabOf([...controls, ...FALLBACK_BYTES, ...SMALL_PIECES]),
			merges: ['a b', '▁ ab']
		}
	});
}
