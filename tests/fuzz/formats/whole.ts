import { BinaryReader } from '@bufbuild/protobuf/wire';
import { vocabularySize, type TokenizerSpec } from '../../../src/lib/engine';
import type { SlicedFile } from '../../../src/lib/tokenizers/files/types';
import type { Format } from './seeds';

/** Number of tokens and, if the format lists merges, number of merges. */
type Counts = readonly [tokens: number, merges?: number];

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Describes tokens or merges that are missing from the tokenizer although reading succeeded; `null` if none are
 * missing. Counts the tokens and merges in the files without the lab's code, with the simplest method for each format.
 */
export async function missingPart(
	format: Format,
	files: readonly SlicedFile[],
	spec: TokenizerSpec
): Promise<string | null> {
	const bytes = await Promise.all(files.map((file) => file.read(0, file.size)));
	const expected = count(format, bytes);
	const found = countSpec(spec);
	for (const [i, part] of ['tokens', 'merges'].entries()) {
		if ((found[i] ?? Infinity) < (expected[i] ?? 0))
			return `read ${found[i]} ${part}, the file has ${expected[i]}`;
	}
	return null;
}

function countSpec({ model, added_tokens }: TokenizerSpec): Counts {
	const { vocabulary, merges, foreign_tokens = [] } = model;
	const { ends } = vocabulary;
	const ids = new Set([...added_tokens, ...foreign_tokens].map(({ id }) => id));
	for (let id = 0; id < vocabularySize(vocabulary); id++) {
		if (ends[id] > (id === 0 ? 0 : ends[id - 1])) ids.add(id);
	}
	return [ids.size, merges?.count];
}

function count(format: Format, [first, second]: readonly Uint8Array[]): Counts {
	const text = (bytes: Uint8Array) => decoder.decode(bytes);
	switch (format) {
		case 'tokenizer.json':
		case 'folder': {
			const { model } = JSON.parse(text(first));
			return [countIds(model.vocab), model.merges.length];
		}
		case 'vocab-merges': {
			const merges = text(second)
				.split('\n')
				.filter((line) => !/^$|^#version/.test(line));
			return [countIds(JSON.parse(text(first))), merges.length];
		}
		case 'tiktoken':
			return [
				text(first)
					.split('\n')
					.filter((line) => line.trim() !== '').length
			];
		case 'sentencepiece':
			return [countPieces(first)];
		case 'gguf':
			return [
				countItems(first, 'tokenizer.ggml.tokens') ?? Infinity,
				countItems(first, 'tokenizer.ggml.merges')
			];
	}
}

/** Number of distinct ids in a vocabulary, not counting empty tokens, which have no effect. */
function countIds(vocab: Readonly<Record<string, number>>): number {
	const tokens = Object.entries(vocab).filter(([token]) => token !== '');
	return new Set(tokens.map(([, id]) => id)).size;
}

/**
 * Number of strings in an array in a GGUF header. The array's key is followed by two types, the array's and its
 * items', and by a 64-bit length.
 */
function countItems(bytes: Uint8Array, key: string): number | undefined {
	const at = Buffer.from(bytes).indexOf(`${key}\t\0\0\0\b\0\0\0`, 'latin1');
	if (at < 0) return undefined;
	return Number(
		new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(at + key.length + 8, true)
	);
}

/** Number of occurrences of field 1 in a protobuf message. */
function countPieces(bytes: Uint8Array): number {
	const reader = new BinaryReader(bytes);
	let pieces = 0;
	while (reader.pos < reader.len) {
		const [field, type] = reader.tag();
		if (field === 1) pieces++;
		reader.skip(type, field);
	}
	return pieces;
}
