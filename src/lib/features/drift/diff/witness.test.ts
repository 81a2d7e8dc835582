import { expect, it } from 'vitest';
import { witnessOf } from '../../../../../tests/support/fake-drift';
import { vocabularyOf } from '../../../../../tests/support/spec-parts';
import type { Outcome } from '../../../drift/types';
import { drawWitness } from './witness';

const tables = { tokensA: vocabularyOf("'S", 'x'), tokensB: vocabularyOf("'", 'S') };
const outcome = (ids: number[], more: Partial<Outcome> = {}): Outcome => ({
	ids,
	text: "'S",
	...more
});
const draw = (...witness: Parameters<typeof witnessOf>) =>
	drawWitness(witnessOf(...witness), tables);
const words = ({ tokens }: { tokens: readonly { bytes: Uint8Array }[] }) =>
	tokens.map(({ bytes }) => new TextDecoder().decode(bytes));

it('draws each side’s ids with the tokens of that side', () => {
	const { input, a, b, reference } = draw(outcome([0]), outcome([0, 1]));
	expect(input).toBe('a');
	expect(reference).toBeNull();
	expect([words(a), words(b)]).toEqual([["'S"], ["'", 'S']]);
	expect(b.tokens.map(({ id }) => id)).toEqual([0, 1]);
	expect([a.text, b.text]).toEqual([null, null]);
});

it('gives the decoded texts only if they differ, and the error of a side that stops', () => {
	const decoded = draw(outcome([1]), outcome([1], { text: 'y' }), { does: 'decode' });
	expect([decoded.a.text, decoded.b.text]).toEqual(["'S", 'y']);
	const stopped = outcome([], { text: '', error: 'no token' });
	expect(draw(outcome([1]), stopped).b.error).toBe('no token');
});

it('counts the tokens that it leaves out, and has no bytes for an id without a token', () => {
	const many = Array.from({ length: 15 }, () => 9);
	const { b } = draw(outcome([0]), outcome(many));
	expect([b.tokens.length, b.hidden]).toEqual([12, 3]);
	expect(b.tokens[0]).toEqual({ id: 9, bytes: new Uint8Array() });
});
