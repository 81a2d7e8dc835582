import { describe, expect, it } from 'vitest';
import type { Outcome, Witness } from '../../../drift/types';
import { drawWitness } from './witness';

function tableOf(...words: string[]) {
	let end = 0;
	return {
		bytes: new TextEncoder().encode(words.join('')),
		ends: Uint32Array.from(words, ({ length }) => (end += length))
	};
}
const tables = { tokensA: tableOf("'S", 'x'), tokensB: tableOf("'", 'S') };
const outcome = (ids: number[], more: Partial<Outcome> = {}): Outcome => ({
	ids,
	text: "'S",
	...more
});
const witness = (a: Outcome, b: Outcome, more: Partial<Witness> = {}): Witness => ({
	reference: 'native',
	does: 'encode',
	inputs: ["'S"],
	special: 'parse',
	addSpecialTokens: false,
	skipSpecial: false,
	a,
	b,
	...more
});
const words = ({ tokens }: { tokens: readonly { bytes: Uint8Array }[] }) =>
	tokens.map(({ bytes }) => new TextDecoder().decode(bytes));

describe('drawWitness', () => {
	it('draws each side’s ids with the tokens of that side', () => {
		const { input, a, b, reference } = drawWitness(witness(outcome([0]), outcome([0, 1])), tables);
		expect(input).toBe("'S");
		expect(reference).toBeNull();
		expect([words(a), words(b)]).toEqual([["'S"], ["'", 'S']]);
		expect(b.tokens.map(({ id }) => id)).toEqual([0, 1]);
		expect([a.text, b.text]).toEqual([null, null]);
	});

	it('gives the decoded texts only if they differ, and the error of a side that stops', () => {
		const decoded = drawWitness(
			witness(outcome([1]), outcome([1], { text: 'y' }), { does: 'decode' }),
			tables
		);
		expect([decoded.a.text, decoded.b.text]).toEqual(["'S", 'y']);
		const stopped = outcome([], { text: '', error: 'no token' });
		expect(drawWitness(witness(outcome([1]), stopped), tables).b.error).toBe('no token');
	});

	it('counts the tokens that it leaves out, and has no bytes for an id without a token', () => {
		const many = Array.from({ length: 15 }, () => 9);
		const { b } = drawWitness(witness(outcome([0]), outcome(many)), tables);
		expect([b.tokens.length, b.hidden]).toEqual([12, 3]);
		expect(b.tokens[0]).toEqual({ id: 9, bytes: new Uint8Array() });
	});
});
