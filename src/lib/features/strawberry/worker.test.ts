import { describe, expect, it } from 'vitest';
import { resultOf, serve } from '../../../../tests/support/serve';
import { smallRanks } from '../../../../tests/support/small-specs';
import { trainOn } from '../../../../tests/support/training';
import { tokensAfter } from './ladder';
import { encodingOf } from './spelling';
import { createTokenizer } from '../../engine';
import { trainedSpec } from '../../engine/train';
import { writePacked } from '../../engine/formats/packed';

const tokenizer = 'cl100k_base';

describe('spellings', () => {
	it('encodes many texts in one answer and hands its arrays over', async () => {
		const { service, transferred, end } = serve();
		const texts = ['hello', ' hello', '', '\ud800'];
		service.handle({ id: 1, method: 'spellings', params: { tokenizer, texts } });
		const result = resultOf('spellings', await end(1));
		const alone = createTokenizer(smallRanks());
		texts.forEach((text, i) => {
			expect(encodingOf(result, i).ids).toEqual(alone.encode(text).ids);
		});
		expect(transferred.at(-1)).toContain(result.textEnds.buffer);
	});

	it('runs a tokenizer of the user’s own', async () => {
		const { service, end } = serve(() => Promise.reject(new Error('not of the catalogue')));
		const own = writePacked('own', smallRanks());
		const params = { tokenizer: 'own-1', own, texts: ['hello'] };
		service.handle({ id: 1, method: 'spellings', params });
		expect([...resultOf('spellings', await end(1)).ids]).toEqual([261]);
	});
});

describe('what has no token', () => {
	it('is counted by text: bytes outside of an observed alphabet', async () => {
		const { service, end } = serve(() => Promise.reject(new Error('not of the catalogue')));
		const own = writePacked('own', trainedSpec(trainOn('strawberry')));
		const texts = ['strawberry', ' strawberry', 'ñarb', 'straw!'];
		service.handle({ id: 1, method: 'spellings', params: { tokenizer: 'own-1', own, texts } });
		expect([...(resultOf('spellings', await end(1)).lost ?? [])]).toEqual([0, 1, 2, 1]);
	});
});

describe('ladder', () => {
	it('shows the merges of a word and why its cuts stand', async () => {
		const { service, end } = serve();
		service.handle({ id: 1, method: 'ladder', params: { tokenizer, text: 'llo', byteStart: 0 } });
		const { ladder, cuts } = resultOf('ladder', await end(1));
		expect([...tokensAfter(ladder, ladder.rungs.length).ids]).toEqual([257, 111]);
		expect(cuts).toMatchObject([{ left: 257, right: 111, lost: [{ rank: 259, lostTo: 1 }] }]);
	});

	it('follows a text from a byte on', async () => {
		const { service, end } = serve();
		service.handle({
			id: 1,
			method: 'ladder',
			params: { tokenizer, text: 'he llo', byteStart: 2 }
		});
		const { ladder, cuts } = resultOf('ladder', await end(1));
		expect([...tokensAfter(ladder, ladder.rungs.length).ids]).toEqual([32, 257, 111]);
		expect(ladder.rungs).toMatchObject([{ start: 1, joint: 2, end: 3, piece: 0 }]);
		expect(cuts).toMatchObject([
			{ left: 32, right: 257, lost: [] },
			{ left: 257, right: 111, lost: [{ rank: 259, lostTo: 1 }] }
		]);
	});
});
