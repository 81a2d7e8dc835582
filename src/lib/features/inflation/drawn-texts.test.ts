import { expect, it } from 'vitest';
import { encoded, fakeCalls, settle } from '../../../../tests/support/fake-calls';
import { createDrawnTexts } from './drawn-texts';

function fakeDrawn() {
	const { calls, method } = fakeCalls<'encode'>();
	const drawn = createDrawnTexts<{ tokenizer: string; texts: string }>(
		{ encode: method },
		({ texts }) => texts.split(',')
	);
	const ask = (tokenizer: string, ...texts: string[]) =>
		void drawn.ask({ tokenizer, texts: texts.join() });
	return { drawn, calls, ask };
}

it('has all texts at once', async () => {
	const { drawn, calls, ask } = fakeDrawn();
	ask('a', 'ev', 'house');
	await settle();
	calls[0].resolve(encoded(2));
	await settle();
	expect(drawn.answer).toBeNull();
	calls[1].resolve(encoded(3, 5));
	await settle();
	expect(drawn.answer?.value.map(({ encoding }) => encoding.ids.length)).toEqual([1, 2]);
	expect(drawn.answer?.input.texts).toBe('ev,house');
});

it('asks once for the same input, and ends with the newest', async () => {
	const { drawn, calls, ask } = fakeDrawn();
	ask('a', 'one');
	ask('a', 'one');
	ask('a', 'two');
	ask('a', 'three');
	await settle();
	expect(calls).toHaveLength(1);
	calls[0].resolve(encoded(3));
	await settle();
	calls[1].resolve(encoded(5));
	await settle();
	expect([calls.length, drawn.answer?.input.texts]).toEqual([2, 'three']);
});
