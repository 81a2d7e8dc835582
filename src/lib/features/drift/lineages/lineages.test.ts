import { expect, it } from 'vitest';
import { LINEAGES } from './lineages';

it('gives every version after the first a sentence, and each quotation its source', () => {
	for (const { versions } of LINEAGES) {
		expect(versions[0].change).toBeUndefined();
		for (const { tokenizer, change } of versions.slice(1)) {
			expect(change?.summary, tokenizer).toMatch(/^[A-Z].*\.$/);
			if (change?.quote) {
				expect(change.source?.url, tokenizer).toMatch(/^https:/);
				expect(change.quote.split(' ').length, tokenizer).toBeLessThan(13);
			}
		}
	}
});

it('names each tokenizer once, so that an anchor names one step', () => {
	const ids = LINEAGES.flatMap(({ versions }) => versions.map(({ tokenizer }) => tokenizer));
	expect(new Set(ids).size).toBe(ids.length);
});
