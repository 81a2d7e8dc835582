import { describe, expect, it } from 'vitest';
import type { SideOutcome } from '../../analysis/cases/types';
import { drawnSides, inputWords } from './case-view';

const outcomeOf = (...tokens: [number, string][]): SideOutcome => ({
	text: null,
	tokens: tokens.map(([id, text]) => ({ id, bytes: new TextEncoder().encode(text) })),
	reads: null,
	error: null
});

describe('drawnSides', () => {
	it('lays tokens out as they spell themselves', () => {
		const { a } = drawnSides(outcomeOf([8765, '333'], [18, '3']), outcomeOf());
		expect(new TextDecoder().decode(a.document)).toBe('3333');
		expect([...a.encoding.byteStarts]).toEqual([0, 3]);
		expect([...a.encoding.byteEnds]).toEqual([3, 4]);
		expect([...a.encoding.ids]).toEqual([8765, 18]);
	});

	it('marks what is between the common beginning and the common end', () => {
		const { a, b } = drawnSides(
			outcomeOf([1, 'a'], [2, 'b'], [9, 'z']),
			outcomeOf([1, 'a'], [3, 'b'], [4, 'c'], [9, 'z'])
		);
		expect([...a.differs]).toEqual([0, 1, 0]);
		expect([...b.differs]).toEqual([0, 1, 1, 0]);
	});

	it('never counts a token for the beginning and the end at once', () => {
		const { a, b } = drawnSides(outcomeOf([1, 'a']), outcomeOf([1, 'a'], [1, 'a']));
		expect([...a.differs]).toEqual([0]);
		expect([...b.differs]).toEqual([0, 1]);
	});
});

describe('inputWords', () => {
	it('writes a text so that its white space is seen, and another input only where there is one', () => {
		expect(inputWords({ does: 'encode', a: { text: '\n\nHi' } })).toEqual({
			a: '"\\n\\nHi"',
			b: null
		});
		expect(
			inputWords({ does: 'encode', a: { text: ' Berlin' }, b: { text: ['Ber', 'lin'] } })
		).toEqual({ a: '" Berlin"', b: '"Ber" + "lin"' });
		expect(inputWords({ does: 'decode', a: [3305] })).toEqual({ a: 'ids 3305', b: null });
	});
});
