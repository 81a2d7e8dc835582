import { describe, expect, it } from 'vitest';
import { MemoryIo } from '../../tests/support/memory-io';
import { createTokenizer } from '../lib/engine';
import { finalIds, traceParts } from './commands/trace';
import { loadTokenizer } from './tokenizer';

const u32 = (...values: number[]) => Uint32Array.from(values);

/** Three symbols of 1, 2 and 1 bytes; the last two merge, then all. */
const TRACE = {
	initialIds: u32(10, 11, 12),
	initialEnds: u32(1, 3, 4),
	ranks: u32(0, 1),
	lefts: u32(11, 10),
	rights: u32(12, 20),
	products: u32(20, 30),
	positions: u32(1, 0),
	whole: false
};

it('finalIds does the merges in order', () => {
	expect(finalIds(TRACE)).toEqual([30]);
});

describe('traceParts', () => {
	const text = 'Hello wörld of tokens\nand lines, 日本 too. '.repeat(2000);

	it.each(['cl100k_base', 'llama2'])('of a long text end where encoding ends: %s', async (id) => {
		const tokenizer = await loadTokenizer(id, new MemoryIo());
		const ids: number[] = [];
		const starts: number[] = [];
		for (const part of traceParts(tokenizer, text)) {
			ids.push(...(part.kind === 'added' ? [part.id] : finalIds(part)));
			starts.push(part.byteStart);
		}
		const encoding = createTokenizer(tokenizer.spec).encode(text);
		expect(ids).toEqual([...encoding.ids]);
		const tokenStarts = new Set(encoding.byteStarts);
		expect(starts.filter((start) => !tokenStarts.has(start))).toEqual([]);
	});
});
