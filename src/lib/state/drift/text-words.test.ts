import { expect, it } from 'vitest';
import { sidesOf } from '../../../../tests/support/fake-drift';
import type { TextFindings } from '../../analysis/drift/types';
import { sideName } from './side';
import { textSentence } from './text-words';

const found = (more: Partial<TextFindings>): TextFindings => ({
	comparedBy: 'ids',
	tokensA: 1000,
	tokensB: 1100,
	changedTokens: 0,
	documents: 1,
	documentsChanged: 0,
	firstDivergence: null,
	perDocument: [],
	worstFirst: new Uint32Array(),
	largestIdB: 0,
	...more
});

it('says what changes in a text, how much of it and where first', () => {
	expect(textSentence(found({}))).toBe('A: 1,000 tokens, B: 1,100. No token changes.');
	expect(
		textSentence(
			found({
				changedTokens: 25,
				firstDivergence: { document: 'a.txt', byte: 1234, idsA: [1], idsB: [2] }
			})
		)
	).toBe('A: 1,000 tokens, B: 1,100. 25 of A’s (2.5 %) change, first at byte 1,234 of a.txt.');
	expect(
		textSentence(found({ comparedBy: 'cuts', changedTokens: 1, documents: 3, documentsChanged: 1 }))
	).toBe('A: 1,000 tokens, B: 1,100. 1 of A’s (0.1 %) are cut otherwise. 1 of 3 documents change.');
});

it('names a side by its tokenizer and what is changed in it', () => {
	const { a } = sidesOf('llama3', 'x');
	expect(sideName(a, 'Llama')).toBe('Llama');
	const edit = { kind: 'ignore-merges', value: false } as const;
	expect(sideName({ ...a, edits: [edit] }, 'llama3')).toBe('llama3, ignore_merges off');
	expect(sideName({ ...a, edits: [edit, edit] }, 'llama3')).toBe('llama3 with 2 changes');
});
