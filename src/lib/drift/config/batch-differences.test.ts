import { describe, expect, it } from 'vitest';
import { batchDifferences, NO_BATCH_FIELDS, type BatchFields } from './batch-differences';

// As Hugging Face's library writes them.
const truncation = {
	direction: 'Right',
	max_length: 512,
	strategy: 'LongestFirst',
	stride: 0
};
const padding = {
	strategy: 'BatchLongest',
	direction: 'Right',
	pad_to_multiple_of: null,
	pad_id: 0,
	pad_type_id: 0,
	pad_token: '[PAD]'
};
const withFields = (fields: Partial<BatchFields>): BatchFields => ({
	...NO_BATCH_FIELDS,
	...fields
});

describe('batchDifferences', () => {
	it('finds nothing where both say the same, whatever the order of the fields', () => {
		const { stride, ...rest } = truncation;
		expect(
			batchDifferences(
				withFields({ truncation, padding }),
				withFields({ truncation: { stride, ...rest }, padding })
			)
		).toEqual([]);
	});

	it.each<[string, Partial<BatchFields>, Partial<BatchFields>, string]>([
		[
			'B cuts',
			{},
			{ truncation },
			'B’s file has every text cut off after 512 tokens, A’s does not.'
		],
		[
			'A cuts',
			{ truncation },
			{},
			'A’s file has every text cut off after 512 tokens, B’s does not.'
		],
		[
			'both cut',
			{ truncation },
			{ truncation: { ...truncation, max_length: 1024, direction: 'Left' } },
			'A’s file has texts cut off after 512 tokens, B’s after 1,024 tokens from their end.'
		]
	])('is silent where %s', (_, a, b, sentence) => {
		expect(batchDifferences(withFields(a), withFields(b))).toMatchObject([
			{ field: 'truncation', severity: 'silent', sentence }
		]);
	});

	it('tells padding that changes a single text from padding between texts', () => {
		const severity = (other: object) =>
			batchDifferences(NO_BATCH_FIELDS, withFields({ padding: { ...padding, ...other } })).map(
				(difference) => [difference.field, difference.severity]
			);
		expect(severity({})).toEqual([['padding', 'harmless']]);
		expect(severity({ strategy: { Fixed: 128 } })).toEqual([['padding', 'silent']]);
		expect(severity({ pad_to_multiple_of: 8 })).toEqual([['padding', 'silent']]);
	});
});
