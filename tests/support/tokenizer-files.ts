import { toByteLevel, tokenAt, vocabularySize, type TokenizerSpec } from '../../src/lib/engine';
import type { SlicedFile } from '../../src/lib/tokenizers/files/types';

/** Small tokenizer files in binary formats, for tests. */

export { FALLBACK_BYTES as BYTE_PIECES } from './spec-parts';

export function slicedFile(bytes: Uint8Array, name = 'file'): SlicedFile {
	const read = (start: number, end: number) => Promise.resolve(bytes.subarray(start, end));
	return { name, size: bytes.length, read };
}

const encoder = new TextEncoder();

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
	return new Uint8Array(Buffer.concat(parts));
}

const littleEndian = (bytes: number, value: number | bigint): Uint8Array => {
	const view = new DataView(new ArrayBuffer(8));
	view.setBigUint64(0, BigInt.asUintN(64, BigInt(value)), true);
	return new Uint8Array(view.buffer, 0, bytes);
};

const float32 = (value: number): Uint8Array => new Uint8Array(new Float32Array([value]).buffer);

/** Contents of a GGUF header. Numbers are written as 32-bit integers, and arrays of numbers as 32-bit floats. */
export type GgufContents = Readonly<
	Record<string, string | number | boolean | readonly string[] | readonly number[]>
>;

const ggufString = (text: string): Uint8Array => {
	const bytes = encoder.encode(text);
	return join([littleEndian(8, bytes.length), bytes]);
};

function ggufValue(value: GgufContents[string]): Uint8Array {
	if (typeof value === 'string') return join([littleEndian(4, 8), ggufString(value)]);
	if (typeof value === 'number') return join([littleEndian(4, 4), littleEndian(4, value)]);
	if (typeof value === 'boolean') return join([littleEndian(4, 7), littleEndian(1, Number(value))]);
	const isText = typeof value[0] === 'string';
	const items = value.map((item) => (typeof item === 'string' ? ggufString(item) : float32(item)));
	return join([
		littleEndian(4, 9),
		littleEndian(4, isText ? 8 : 6),
		littleEndian(8, items.length),
		...items
	]);
}

/** A version 3 GGUF file without tensors. */
export const ggufFile = (contents: GgufContents): Uint8Array<ArrayBuffer> =>
	join([
		encoder.encode('GGUF'),
		littleEndian(4, 3),
		littleEndian(8, 0),
		littleEndian(8, Object.keys(contents).length),
		...Object.entries(contents).flatMap(([key, value]) => [ggufString(key), ggufValue(value)])
	]);

function varint(value: number): Uint8Array {
	const bytes: number[] = [];
	for (; value >= 0x80; value >>>= 7) bytes.push((value & 0x7f) | 0x80);
	return Uint8Array.from([...bytes, value]);
}

function message(field: number, ...parts: readonly Uint8Array[]): Uint8Array {
	const content = join(parts);
	return join([varint(field * 8 + 2), varint(content.length), content]);
}

const flag = (field: number, value: number): Uint8Array => join([varint(field * 8), varint(value)]);

export interface SentencePieceContents {
	/** Each piece with its score and its type in sentencepiece_model.proto. */
	readonly pieces: readonly (readonly [piece: string, score: number, type?: number])[];
	/** 1 for Unigram, 2 for BPE. */
	readonly modelType?: number;
	readonly byteFallback?: boolean;
	readonly addsPrefix?: boolean;
	readonly removesSpaces?: boolean;
	readonly treatsSpaceAsSuffix?: boolean;
	readonly charsmap?: Uint8Array;
}

/** A SentencePiece model. Without a `charsmap`, the normalizer is `identity`. */
export const sentencePieceFile = ({
	pieces,
	modelType = 2,
	byteFallback = false,
	addsPrefix = true,
	removesSpaces = false,
	treatsSpaceAsSuffix = false,
	charsmap
}: SentencePieceContents): Uint8Array<ArrayBuffer> =>
	join([
		...pieces.map(([piece, score, type = 1]) =>
			message(
				1,
				...[message(1, encoder.encode(piece)), varint(2 * 8 + 5), float32(score), flag(3, type)]
			)
		),
		message(2, ...[flag(3, modelType), flag(24, +treatsSpaceAsSuffix), flag(35, +byteFallback)]),
		message(
			3,
			message(1, encoder.encode(charsmap ? 'nmt_nfkc' : 'identity')),
			...(charsmap ? [message(2, charsmap)] : []),
			...[flag(3, +addsPrefix), flag(4, +removesSpaces)]
		)
	]);

/** A GGUF file for a byte-level tokenizer, as a converter would write it. @param word names the pre-tokenizer */
export function convertToGguf(
	{ model: { vocabulary, merges }, added_tokens }: TokenizerSpec,
	word: string,
	contents: GgufContents = {}
): Uint8Array<ArrayBuffer> {
	if (!merges) throw new Error('expected listed merges');
	const tokens = Array.from({ length: vocabularySize(vocabulary) }, (_, id) =>
		toByteLevel(tokenAt(vocabulary, id))
	);
	const types: number[] = tokens.map(() => 1);
	for (const { id, content, special } of added_tokens) {
		tokens[id] = content;
		types[id] = special ? 3 : 4;
	}
	const lines = Array.from(
		{ length: merges.count },
		(_, rank) => `${tokens[merges.pairs[2 * rank]]} ${tokens[merges.pairs[2 * rank + 1]]}`
	);
	return ggufFile({
		'general.architecture': 'llama',
		'tokenizer.ggml.model': 'gpt2',
		'tokenizer.ggml.pre': word,
		'tokenizer.ggml.tokens': tokens,
		'tokenizer.ggml.token_type': types,
		'tokenizer.ggml.merges': lines,
		...contents
	});
}
