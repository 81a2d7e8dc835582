import { expect, it } from 'vitest';
import type { SideOutcome } from '../../../drift/cases/types';
import { drawSides } from './drawn-sides';

const outcomeOf = (...tokens: [number, string][]): SideOutcome => ({
	text: null,
	tokens: tokens.map(([id, text]) => ({ id, bytes: new TextEncoder().encode(text) })),
	reads: null,
	error: null
});

it('lays tokens out by their bytes', () => {
	const { a } = drawSides(outcomeOf([8765, '333'], [18, '3']), outcomeOf());
	expect(new TextDecoder().decode(a.document)).toBe('3333');
	expect([...a.encoding.byteStarts]).toEqual([0, 3]);
	expect([...a.encoding.byteEnds]).toEqual([3, 4]);
	expect([...a.encoding.ids]).toEqual([8765, 18]);
});

it('marks the tokens between the common beginning and the common end', () => {
	const { a, b } = drawSides(
		outcomeOf([1, 'a'], [2, 'b'], [9, 'z']),
		outcomeOf([1, 'a'], [3, 'b'], [4, 'c'], [9, 'z'])
	);
	expect([...a.differs]).toEqual([0, 1, 0]);
	expect([...b.differs]).toEqual([0, 1, 1, 0]);
});

it('never counts a token for both the beginning and the end', () => {
	const { a, b } = drawSides(outcomeOf([1, 'a']), outcomeOf([1, 'a'], [1, 'a']));
	expect([...a.differs]).toEqual([0]);
	expect([...b.differs]).toEqual([0, 1]);
});
