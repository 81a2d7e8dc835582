import { describe, expect, it } from 'vitest';
import { nativeLoads } from './native-loads';
import { readJson } from '../../tokenizers/files/exact-json';

const verdict = (parts: object, merges: string[] = ['a b']) =>
	nativeLoads(
		readJson(
			JSON.stringify({ ...parts, model: { type: 'BPE', vocab: { a: 0, b: 1, ab: 2 }, merges } })
		)
	);

const replaceDoubled = { type: 'Replace', pattern: { Regex: '(a)\\1' }, content: '' };

// Every other expectation comes from native itself: tests/differential/native-loads.test.ts.
describe('nativeLoads', () => {
	it('leaves open what only native can judge', () => {
		expect(verdict({ normalizer: replaceDoubled })).toBeNull();
		expect(verdict({ decoder: replaceDoubled })).toBeNull();
	});

	it('refuses for certain what a later part refuses', () => {
		const refused = 'refused: Token `c` out of vocabulary';
		expect(verdict({ normalizer: replaceDoubled }, ['a c'])).toBe(refused);
	});
});
