import { describe, expect, it } from 'vitest';
import { smallRanks } from '../../../tests/support/small-specs';
import { createTokenizer } from '../engine';
import { NO_BATCH_FIELDS, paddingWitness, truncationWitness } from './truncation-and-padding';

const tokenizer = createTokenizer(smallRanks());
const side = (fields: object) => ({ tokenizer, batch: { ...NO_BATCH_FIELDS, ...fields } });
const truncationAt = (max_length: number) => ({
	direction: 'Right',
	max_length,
	strategy: 'LongestFirst',
	stride: 0
});
const padding = (fields: object) => ({ direction: 'Right', pad_id: 7, ...fields });

describe('a file that truncates and pads', () => {
	it('pads what is left of a text', () => {
		const b = side({ truncation: truncationAt(4), padding: padding({ pad_to_multiple_of: 6 }) });
		// a, line feed, b, line feed.
		expect(truncationWitness(side({}), b)?.b.ids).toEqual([97, 10, 98, 10, 7, 7]);
	});

	it('pads to the longest text that is left', () => {
		const truncation = truncationAt(3);
		const a = side({ truncation, padding: padding({ strategy: 'BatchLongest' }) });
		const witness = paddingWitness(a, side({ truncation }));
		expect(witness?.inputs[0]).toBe('Hi');
		expect([witness?.a.ids, witness?.b.ids]).toEqual([
			[72, 105, 7],
			[72, 105]
		]);
	});
});
