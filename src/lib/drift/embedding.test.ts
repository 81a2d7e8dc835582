import { expect, it } from 'vitest';
import { packedSpec } from '../../../tests/support/packed-tokenizers';
import { smallRanks } from '../../../tests/support/small-specs';
import type { TokenizerSpec } from '../engine';
import { applyEdit } from './edits/apply';
import { defaultEmbeddingRows } from '../tokenizers/embedding-rows';
import { checkEmbedding } from './embedding';
import { tokenTexts } from './token-texts';

function checkSpecs(a: TokenizerSpec, b: TokenizerSpec, rows: number | null) {
	const tokensA = tokenTexts(a);
	const defaultRows = defaultEmbeddingRows(a, tokensA.ends.length);
	return checkEmbedding(tokensA, tokenTexts(b), b, rows, defaultRows);
}
const check = (a: string, b: string, rows: number | null) =>
	checkSpecs(packedSpec(a), packedSpec(b), rows);

it('says how many ids are out of range, and the first', () => {
	expect(check('r50k_base', 'p50k_base', null)).toEqual({
		rows: 50_257,
		defaultRows: 50_257,
		sizeA: 50_257,
		sizeB: 50_281,
		// Id 50256 is <|endoftext|> in both. B then has 24 runs of spaces.
		outOfRange: 24,
		inPadding: 0,
		unreachable: 0,
		firstId: 50_257,
		state: 'out-of-range'
	});
});

it('passes what is in range, and a smaller B', () => {
	const same = check('o200k_base', 'o200k_base', null);
	expect(same).toMatchObject({ state: 'in-range', firstId: null });
	expect(check('llama3', 'gpt2', null).state).toBe('in-range');
});

it('counts ids that A leaves out among the rows that were never trained', () => {
	const a = smallRanks();
	const b = applyEdit(a, { kind: 'shift-ids', from: 262, by: 1 });
	// 262 to 299 are empty in A. <|end|> moves from 300 to 301, which is out of range.
	const found = checkSpecs(a, b, 400);
	expect(found).toMatchObject({ inPadding: 1, firstId: 301, state: 'padding' });
});

it('has a row for each id of a tokenizer that was extended past its known padding', () => {
	const qwen3 = packedSpec('qwen3');
	const [token] = qwen3.added_tokens;
	const extended = {
		...qwen3,
		added_tokens: [...qwen3.added_tokens, { ...token, id: 152_000, content: '<|mine|>' }]
	};
	const rows = { rows: 152_001, defaultRows: 152_001 };
	const found = checkSpecs(extended, extended, null);
	expect(found).toMatchObject({ ...rows, outOfRange: 0, state: 'in-range' });
	expect(checkSpecs(qwen3, qwen3, null).defaultRows).toBe(151_936);
});
