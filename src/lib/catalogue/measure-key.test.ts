import { expect, it } from 'vitest';
import { CATALOGUE } from './entries';
import { measureKey } from './measure-key';

it('names the texts and the file of the vocabulary, or a tokenizer of the user’s by its id', () => {
	expect(measureKey('gpt2')).toMatch(/^\d+ all.*\.bin gpt2.*\.bin$/);
	expect(measureKey('own-1234')).toMatch(/^\d+ all.*\.bin own-1234$/);
});

it('is another one for every tokenizer', () => {
	const ids = [...CATALOGUE.map(({ id }) => id), 'own-1', 'own-2'];
	expect(new Set(ids.map(measureKey)).size).toBe(ids.length);
});
