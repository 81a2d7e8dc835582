import { expect, it } from 'vitest';
import { packedSpec } from '../../../tests/support/packed-tokenizers';
import { applyEdit } from './edits/apply';
import { outlineOf } from './outline';

it('says what of llama3 can be changed', () => {
	const outline = outlineOf(packedSpec('llama3'));
	expect(outline).toMatchObject({ size: 128_256, ignoreMerges: true, normalizer: null });
	expect(outline.splits).toHaveLength(1);
	expect(outline.splits[0]).toContain("(?i:'s|'t");
	expect(outline.merges).toBe(280_147);
	expect(outline.addedTokens[0]).toEqual({
		id: 128_000,
		content: '<|begin_of_text|>',
		special: true
	});
});

it('names the tokens before a text, and has no number of merges if ranks imply them', () => {
	const spec = packedSpec('llama3');
	const bos = (times: 0 | 1 | 2) =>
		outlineOf(applyEdit(spec, { kind: 'bos', times, token: '<|begin_of_text|>' })).before;
	expect(bos(0)).toEqual([]);
	expect(bos(2)).toEqual(['<|begin_of_text|>', '<|begin_of_text|>']);
	expect(outlineOf(packedSpec('cl100k_base')).merges).toBeNull();
});
