import { expect, it } from 'vitest';
import { serve } from '../../../../tests/support/serve';
import { smallRanks } from '../../../../tests/support/small-specs';
import { trainOn } from '../../../../tests/support/training';
import { tokensAfter } from './word-merges';
import { createTokenizer } from '../../engine';
import { trainedSpec } from '../../engine/train';
import { writePacked } from '../../engine/formats/packed';

const tokenizer = 'cl100k_base';

it('encodes many texts in one answer', async () => {
	const { call } = serve();
	const texts = ['hello', ' hello', '', '\ud800'];
	const result = await call('splitVariants', { tokenizer, texts });
	const alone = createTokenizer(smallRanks());
	texts.forEach((text, i) => {
		expect(result[i].ids).toEqual(alone.encode(text).ids);
	});
});

it('runs a saved tokenizer, and counts per text the bytes outside an observed alphabet', async () => {
	const { call } = serve(() => Promise.reject(new Error('not of the catalogue')));
	const own = writePacked('own', trainedSpec(trainOn('strawberry')));
	const texts = ['strawberry', ' strawberry', 'ñarb', 'straw!'];
	const encodings = await call('splitVariants', {
		tokenizer: 'own-1',
		savedFile: own,
		texts
	});
	expect(encodings.map(({ droppedBytes = 0 }) => droppedBytes)).toEqual([0, 1, 2, 1]);
});

it.each([
	['llo', 0, [257, 111], 0],
	['he llo', 2, [32, 257, 111], 1]
])('traces %j from byte %i on', async (text, byteStart, ids, at) => {
	const merges = await serve().call('traceWord', { tokenizer, text, byteStart });
	expect([...tokensAfter(merges, merges.steps.length).ids]).toEqual(ids);
	expect(merges.steps).toMatchObject([{ start: at, boundary: at + 1, end: at + 2 }]);
});
