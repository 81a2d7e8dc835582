import { expect, it } from 'vitest';
import { encoded, fakeCalls, settle } from '../../../../tests/support/fake-calls';
import { articleOf, articleTexts, createDrawnTexts } from './drawn-texts';

const TEXT = {
	code: 'tur',
	text: 'Bütün\ninsanlar\nhür',
	partEnds: Uint32Array.of(8, 17, 21),
	words: null
};

it('returns one article, by byte offsets', () => {
	const articles = [1, 2, 3].map((article) => articleOf(TEXT, article));
	expect(articles).toEqual(['Bütün', 'insanlar', 'hür']);
});

it('downloads one article in both languages, once if they are the same', async () => {
	const asked: (readonly string[])[] = [];
	const texts = await articleTexts({ baseline: 'tur', chosen: 'tur', article: 2 }, (codes) => {
		asked.push(codes);
		return Promise.resolve(new Map([['tur', TEXT]]));
	});
	expect(texts).toEqual(['insanlar', 'insanlar']);
	expect(asked).toEqual([['tur']]);
});

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
