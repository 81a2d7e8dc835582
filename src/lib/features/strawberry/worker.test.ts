import { describe, expect, it } from 'vitest';
import { resultOf, serve } from '../../../../tests/support/serve';
import { smallRanks } from '../../../../tests/support/small-specs';
import { trainOn } from '../../../../tests/support/training';
import { tokensAfter } from './word-merges';
import { encodingOf } from './joined-encodings';
import { createTokenizer } from '../../engine';
import { trainedSpec } from '../../engine/train';
import { writePacked } from '../../engine/formats/packed';

const tokenizer = 'cl100k_base';

describe('splitVariants', () => {
	it('encodes many texts in one answer and transfers its arrays', async () => {
		const { service, transferred, end } = serve();
		const texts = ['hello', ' hello', '', '\ud800'];
		service.handle({ id: 1, method: 'splitVariants', params: { tokenizer, texts } });
		const result = resultOf('splitVariants', await end(1));
		const alone = createTokenizer(smallRanks());
		texts.forEach((text, i) => {
			expect(encodingOf(result, i).ids).toEqual(alone.encode(text).ids);
		});
		expect(transferred.at(-1)).toContain(result.textEnds.buffer);
	});

	it('runs a saved tokenizer', async () => {
		const { service, end } = serve(() => Promise.reject(new Error('not of the catalogue')));
		const own = writePacked('own', smallRanks());
		const params = { tokenizer: 'own-1', own, texts: ['hello'] };
		service.handle({ id: 1, method: 'splitVariants', params });
		expect([...resultOf('splitVariants', await end(1)).ids]).toEqual([261]);
	});
});

describe('dropped bytes', () => {
	it('are counted per text: bytes outside an observed alphabet', async () => {
		const { service, end } = serve(() => Promise.reject(new Error('not of the catalogue')));
		const own = writePacked('own', trainedSpec(trainOn('strawberry')));
		const texts = ['strawberry', ' strawberry', 'ñarb', 'straw!'];
		service.handle({ id: 1, method: 'splitVariants', params: { tokenizer: 'own-1', own, texts } });
		expect([...resultOf('splitVariants', await end(1)).droppedBytes]).toEqual([0, 1, 2, 1]);
	});
});

describe('traceWord', () => {
	it('traces the merges of a word and why its final boundaries remain', async () => {
		const { service, end } = serve();
		service.handle({
			id: 1,
			method: 'traceWord',
			params: { tokenizer, text: 'llo', byteStart: 0 }
		});
		const { merges, boundaries } = resultOf('traceWord', await end(1));
		expect([...tokensAfter(merges, merges.steps.length).ids]).toEqual([257, 111]);
		expect(boundaries).toMatchObject([
			{ left: 257, right: 111, runnersUp: [{ rank: 259, lostTo: 1 }] }
		]);
	});

	it('traces a text from a byte on', async () => {
		const { service, end } = serve();
		service.handle({
			id: 1,
			method: 'traceWord',
			params: { tokenizer, text: 'he llo', byteStart: 2 }
		});
		const { merges, boundaries } = resultOf('traceWord', await end(1));
		expect([...tokensAfter(merges, merges.steps.length).ids]).toEqual([32, 257, 111]);
		expect(merges.steps).toMatchObject([{ start: 1, boundary: 2, end: 3, preToken: 0 }]);
		expect(boundaries).toMatchObject([
			{ left: 32, right: 257, runnersUp: [] },
			{ left: 257, right: 111, runnersUp: [{ rank: 259, lostTo: 1 }] }
		]);
	});
});
