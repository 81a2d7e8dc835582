import { vocabularySize, type TokenizerSpec } from '../../../src/lib/engine';
import type { SlicedFile } from '../../../src/lib/tokenizers/files/types';
import type { Format } from './seeds';

interface Counts {
	readonly tokens: number;
	/** `null` if the format lists no merges. */
	readonly merges: number | null;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Says which tokens or merges of its files a tokenizer lacks, although they were read without an error; `null` if none.
 * Counts those of the files by itself, as simply as each format allows.
 */
export async function missingPart(
	format: Format,
	files: readonly SlicedFile[],
	spec: TokenizerSpec
): Promise<string | null> {
	const bytes = await Promise.all(files.map((file) => file.read(0, file.size)));
	const expected = count(format, bytes);
	const found = countSpec(spec);
	for (const part of ['tokens', 'merges'] as const) {
		if ((found[part] ?? Infinity) < (expected[part] ?? 0))
			return `read ${found[part]} ${part}, the file has ${expected[part]}`;
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
	return { tokens: ids.size, merges: merges?.count ?? null };
}

function count(format: Format, [first, second]: readonly Uint8Array[]): Counts {
	switch (format) {
		case 'tokenizer.json':
		case 'folder': {
			const { model } = JSON.parse(decoder.decode(first));
			return { tokens: countIds(model.vocab), merges: model.merges.length };
		}
		case 'vocab-merges': {
			const lines = decoder.decode(second).split('\n');
			return {
				tokens: countIds(JSON.parse(decoder.decode(first))),
				merges: lines.filter((line) => line !== '' && !line.startsWith('#version')).length
			};
		}
		case 'tiktoken': {
			const lines = decoder.decode(first).split('\n');
			return { tokens: lines.filter((line) => line.trim() !== '').length, merges: null };
		}
		case 'sentencepiece':
			return { tokens: countPieces(first), merges: null };
		case 'gguf':
			return {
				tokens: countItems(first, 'tokenizer.ggml.tokens') ?? Infinity,
				merges: countItems(first, 'tokenizer.ggml.merges')
			};
	}
}

/** Number of distinct ids in a vocabulary. An empty token has no part in anything. */
function countIds(vocab: Readonly<Record<string, number>>): number {
	const tokens = Object.entries(vocab).filter(([token]) => token !== '');
	return new Set(tokens.map(([, id]) => id)).size;
}

/** Number of strings in an array of a GGUF header: after its key, the types of array and items, it has 64 bits. */
function countItems(bytes: Uint8Array, key: string): number | null {
	const at = Buffer.from(bytes).indexOf(`${key}\t\0\0\0\b\0\0\0`, 'latin1');
	if (at < 0) return null;
	return Number(
		new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(at + key.length + 8, true)
	);
}

/** Number of fields 1 of a protobuf message whose other fields have a length, too. */
function countPieces(bytes: Uint8Array): number {
	let pieces = 0;
	for (let at = 0; at < bytes.length;) {
		const tag = varint();
		if (tag === (1 << 3) + 2) pieces++;
		const length = varint();
		if ((tag & 7) === 2) at += length;
		function varint(): number {
			let value = 0;
			for (let shift = 0; ; shift += 7) {
				if (at >= bytes.length) throw new Error('the message ends inside of a number');
				const byte = bytes[at++];
				value += (byte & 0x7f) * 2 ** shift;
				if (byte < 0x80) return value;
			}
		}
	}
	return pieces;
}
