import { expect, it } from 'vitest';
import { packedSpec } from '../../../../../tests/support/packed-tokenizers';
import { applyEdits } from '../../../drift/edits/apply';
import type { SpecEdit } from '../../../drift/edits/spec-edit';
import { createTokenizer } from '../../../engine';
import { compareOrdinaryTexts, ORDINARY_TEXTS } from './ordinary-text';

/** GPT-2 without merges, so that each byte is a token. The ids of letters come from its vocab.json. */
const BYTES: SpecEdit = { kind: 'drop-last-merges', count: 50_000 };
const [H, E, COMMA] = [39, 68, 11];

const compare = (...edits: SpecEdit[]) => {
	const [a, b] = [[BYTES], [BYTES, ...edits]].map((all) =>
		createTokenizer(applyEdits(packedSpec('gpt2'), all))
	);
	return compareOrdinaryTexts({ a, b });
};
const all = Buffer.from(ORDINARY_TEXTS.join(''));
const count = (letters: string) =>
	all.filter((byte) => letters.includes(String.fromCharCode(byte))).length;

it('counts the tokens that change, and shows the words around the first change', () => {
	const { tokens, changed, example } = compare({ kind: 'swap-ids', ids: [H, E] });
	expect([tokens, changed]).toEqual([all.length, count('He')]);
	expect(example?.inputs).toEqual(['Hello!']);
	expect(example?.a.ids.slice(0, 2)).toEqual([H, E]);
	expect(example?.b.ids.slice(0, 2)).toEqual([E, H]);
	expect(example?.b.text).toBe('eHllo!');
});

it('takes the example from the first text that changes', () => {
	const { example } = compare({ kind: 'swap-ids', ids: [COMMA, 1] });
	expect(example?.inputs).toEqual(['problem,']);
	expect(example?.b.text).toBe('problem"');
});

it('shows a whole text if most of it changes', () => {
	const { tokens, changed, example } = compare({ kind: 'shift-ids', from: 0, by: 1 });
	expect(changed).toBe(tokens);
	expect(example?.inputs).toEqual([ORDINARY_TEXTS[0]]);
});

it('has no example if nothing changes', () => {
	expect(compare()).toEqual({ tokens: all.length, changed: 0, example: null });
});
