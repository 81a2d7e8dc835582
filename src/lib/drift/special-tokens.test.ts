import { describe, expect, it } from 'vitest';
import { packedSpec } from '../../../tests/support/packed-tokenizers';
import { byteLevel, template } from '../../../tests/support/spec-parts';
import { smallRanks } from '../../../tests/support/small-specs';
import { createTokenizer } from '../engine';
import { applyEdit, applyEdits } from './edits/apply';
import type { SpecEdit } from './edits/spec-edit';
import { compareSpecialTokens, templateIds } from './special-tokens';

const END = '<|end|>';
const BOS: SpecEdit = { kind: 'bos', times: 1, token: END };

/** Compares a small tokenizer that adds a BOS with an edited copy of it. */
function compare(...edits: SpecEdit[]) {
	const a = applyEdit(smallRanks(), BOS);
	const b = applyEdits(a, edits);
	return compareSpecialTokens(createTokenizer(a), createTokenizer(b), true);
}

describe('compareSpecialTokens', () => {
	it('finds nothing between a tokenizer and itself', () => {
		expect(compare()).toEqual({
			added: [],
			missing: [],
			moved: [],
			flags: [],
			template: {
				a: { before: [300], after: [] },
				b: { before: [300], after: [] },
				state: 'same'
			},
			chat: []
		});
	});

	it.each<[string, SpecEdit, string]>([
		['missing', { kind: 'bos', times: 0, token: null }, '[]'],
		['doubled', { kind: 'bos', times: 2, token: null }, '[300,300]']
	])('says that a BOS is %s', (state, edit, before) => {
		const { template } = compare(edit);
		expect(template.state).toBe(state);
		expect(JSON.stringify(template.b.before)).toBe(before);
	});

	it('says that a BOS is extra where the model expects none', () => {
		const [a, b] = [smallRanks(), applyEdit(smallRanks(), BOS)].map(createTokenizer);
		expect(compareSpecialTokens(a, b, true).template.state).toBe('extra');
	});

	it('finds a token that is no longer recognised, and a text that shows it', () => {
		const { missing, chat } = compare({ kind: 'drop-added-tokens', which: 'all' });
		expect(missing.map(({ content }) => content)).toEqual([END]);
		expect(chat[0]).toMatchObject({ input: END, idsA: [300] });
		expect(chat[0].idsB.length).toBeGreaterThan(1);
	});

	it('finds moved tokens and changed flags', () => {
		const { moved, flags, chat } = compare(
			{ kind: 'shift-ids', from: 300, by: 5 },
			{ kind: 'added-token-flags', which: 'all', flags: { rstrip: true } }
		);
		expect(moved).toEqual([{ content: END, a: 300, b: 305 }]);
		expect(flags).toEqual([{ content: END, flag: 'rstrip', a: false, b: true }]);
		expect(chat.map(({ input }) => input)).toContain(`${END}\n\nHi`);
	});

	it('shows a chat header of the family that is read differently', () => {
		const a = packedSpec('llama3');
		const b = applyEdit(a, { kind: 'pre_tokenizer', value: byteLevel() });
		const [first] = compareSpecialTokens(createTokenizer(a), createTokenizer(b), true).chat;
		expect(first.input).toContain('<|start_header_id|>user<|end_header_id|>\n\nHi');
		// The newlines after a header: 271, or 198 twice (llama.cpp#6809).
		expect(first.idsA.slice(0, 6)).toEqual([128000, 128006, 882, 128007, 271, 13347]);
		expect(first.idsB.slice(0, 7)).toEqual([128000, 128006, 882, 128007, 198, 198, 13347]);
	});

	it('compares what is recognised, not ids, between vocabularies of another lineage', () => {
		const [a, b] = ['cl100k_base', 'o200k_base'].map((id) => createTokenizer(packedSpec(id)));
		const inputs = compareSpecialTokens(a, b, false).chat.map(({ input }) => input);
		expect(inputs).toContain('<|fim_prefix|>');
		expect(inputs).not.toContain('<|endoftext|>');
	});
});

describe('templateIds', () => {
	it('puts sequences of processors around each other', () => {
		const processors = [template([['x', 1]]), template([['x', 2]])];
		expect(templateIds({ type: 'Sequence', processors })).toEqual({ before: [2, 1], after: [] });
	});
});
