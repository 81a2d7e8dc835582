import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { TIKTOKEN_RANKS } from '../../../../tests/support/native-tokenizers';
import { packedTokenizer } from '../../../../tests/support/packed-tokenizers';
import { byteId, pieceId, smallSentencePiece } from '../../../../tests/support/small-specs';
import { createTokenizer, type Tokenizer } from '../../engine';
import { firstInvalidUtf8 } from '../../engine/text';
import { createTable } from './classify';
import { checkReach, findText } from './reachability';
import { bytesOf, REACHES, type Reach } from './table';

const require = createRequire(import.meta.url);

function check(tokenizer: Tokenizer) {
	const table = createTable(tokenizer.spec);
	const steps = checkReach(tokenizer, table);
	let step = steps.next();
	while (!step.done) step = steps.next();
	const reaches = step.value;
	const idsOf = (reach: Reach) =>
		[...reaches.keys()].filter((id) => REACHES[reaches[id]] === reach);
	return { table, idsOf, reachOf: (id: number) => REACHES[reaches[id]] };
}

/** Land and Bartolo, "Fishing for Magikarp", section 3.1: 13 bytes never occur in UTF-8. */
it('proves that no text has the 13 bytes that UTF-8 does not use', () => {
	const { table, idsOf } = check(packedTokenizer('gpt2'));
	const unused = [0xc0, 0xc1, ...Array.from({ length: 11 }, (_, i) => 0xf5 + i)];
	expect(idsOf('proven').map((id) => bytesOf(table, id)[0])).toEqual(unused);
	expect(idsOf('unreachable')).toEqual([]);
	expect(idsOf('partial')).toEqual([]);
});

it('agrees with native tiktoken on every token of cl100k_base that is not its own text', () => {
	const { Tiktoken } = require('tiktoken');
	const { bpe_ranks, special_tokens, pat_str } = TIKTOKEN_RANKS.cl100k_base();
	const native = new Tiktoken(bpe_ranks, special_tokens, pat_str);
	const tokenizer = packedTokenizer('cl100k_base');
	const { table, idsOf } = check(tokenizer);
	const isWhole = (id: number) => firstInvalidUtf8(bytesOf(table, id)) < 0;
	const encode = (text: string): number[] => [...native.encode_ordinary(text)];
	for (const id of [...idsOf('unreachable'), ...idsOf('inside')].filter(isWhole))
		expect(encode(tokenizer.decode([id]))).not.toEqual([id]);
	for (const id of idsOf('inside').filter(isWhole)) {
		const text = findText(tokenizer, id, tokenizer.decode([id]));
		expect(encode(text ?? '')).toContain(id);
	}
	native.free();
});

it('finds what a normalizer hides', () => {
	const { table, idsOf } = check(packedTokenizer('qwen3'));
	const composed = (id: number) => new TextDecoder().decode(bytesOf(table, id));
	const found = idsOf('unreachable').map(composed);
	expect(found).toContain('ที่');
	expect(found.length).toBeGreaterThan(1000);
});

it('finds tokens that occur only inside of a longer text', () => {
	const { reachOf } = check(packedTokenizer('o200k_base'));
	// Only a preceding symbol keeps a line ending and slashes together.
	expect(reachOf(3914)).toBe('inside');
	expect(reachOf(15717)).toBe('own');
});

it('knows byte fallback: a byte is reached if some character has no token', () => {
	const { reachOf } = check(createTokenizer(smallSentencePiece()));
	expect(reachOf(byteId('d'.charCodeAt(0)))).toBe('inside');
	// “a” has a token of its own.
	expect(reachOf(byteId('a'.charCodeAt(0)))).toBe('unreachable');
	expect(reachOf(byteId(0xff))).toBe('proven');
	expect(reachOf(pieceId('▁ab'))).toBe('own');
	expect(reachOf(pieceId('b'))).toBe('inside');
	expect(reachOf(0)).toBe('untested');
});
