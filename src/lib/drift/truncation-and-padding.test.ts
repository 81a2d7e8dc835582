import { expect, it } from 'vitest';
import { differingLength, NO_BATCH_FIELDS, padsDifferently } from './truncation-and-padding';

const truncated = (fields: object) => ({
	...NO_BATCH_FIELDS,
	truncation: { direction: 'Right', max_length: 6, strategy: 'LongestFirst', stride: 0, ...fields }
});
const padded = (fields: object) => ({
	...NO_BATCH_FIELDS,
	padding: { strategy: 'BatchLongest', direction: 'Right', pad_id: 7, ...fields }
});

it.each([
	[{}, null, 6],
	[{}, { max_length: 4 }, 4],
	[{}, { direction: 'Left' }, 6],
	[{}, { strategy: 'OnlyFirst' }, 6],
	[{}, { stride: 2 }, null],
	[{ max_length: 1e9 }, null, null]
])('compares the truncation %j with %j', (a, b, length) => {
	expect(differingLength(truncated(a), b ? truncated(b) : NO_BATCH_FIELDS)).toBe(length);
});

it.each([
	[{}, null, true],
	[{}, { direction: 'Left' }, true],
	[{}, { pad_id: 8 }, true],
	[{}, { pad_to_multiple_of: 8 }, true],
	[{}, { pad_to_multiple_of: 1 }, false],
	[{}, { pad_type_id: 1 }, false],
	[{ strategy: { Fixed: 16 } }, {}, true],
	[{ strategy: { Fixed: 16 } }, { strategy: { Fixed: 13 }, pad_to_multiple_of: 8 }, false],
	[{ strategy: { Fixed: 0 } }, null, false]
])('compares the padding %j with %j', (a, b, differs) => {
	expect(padsDifferently(padded(a), b ? padded(b) : NO_BATCH_FIELDS)).toBe(differs);
});
