import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createTokenizer } from '../../src/lib/engine';
import { decodeBase64 } from '../../src/lib/engine/stages';
import { readTokenizer } from '../../src/lib/tokenizers/files/read';
import {
	BYTE_PIECES,
	sentencePieceFile,
	slicedFile,
	type SentencePieceContents
} from '../support/tokenizer-files';

interface Model extends Required<
	Omit<SentencePieceContents, 'modelType' | 'charsmap' | 'treatsSpaceAsSuffix'>
> {
	readonly hasTable: boolean;
	readonly ids: readonly (readonly number[])[];
	readonly decoded: readonly string[];
}

const { table, texts, models } = JSON.parse(
	readFileSync(join(import.meta.dirname, 'sentencepiece.json'), 'utf8')
) as { table: string; texts: readonly string[]; models: readonly Model[] };

it.each(models)(
	'gives SentencePiece’s ids and texts with byteFallback $byteFallback, addsPrefix $addsPrefix, removesSpaces $removesSpaces, hasTable $hasTable and $pieces.length pieces',
	async ({ ids, decoded, hasTable, pieces, ...model }) => {
		const bytes = model.byteFallback ? BYTE_PIECES.map((piece) => [piece, 0, 6] as const) : [];
		const file = sentencePieceFile({
			...model,
			pieces: [...pieces, ...bytes],
			charsmap: (hasTable && decodeBase64(table)) || undefined
		});
		const tokenizer = createTokenizer((await readTokenizer([slicedFile(file)])).spec);
		for (const [i, text] of texts.entries()) {
			const encoding = tokenizer.encode(text);
			expect.soft([...encoding.ids], JSON.stringify(text)).toEqual(ids[i]);
			expect.soft(tokenizer.decode(ids[i]), JSON.stringify(text)).toBe(decoded[i]);
		}
	}
);
