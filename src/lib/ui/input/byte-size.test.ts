import { expect, it } from 'vitest';
import { formatByteSize } from './byte-size';

it.each([
	[0, '0 bytes'],
	[1, '1 byte'],
	[999, '999 bytes'],
	[1000, '1 kB'],
	[63_960, '64 kB'],
	[999_499, '999 kB'],
	[999_500, '1.0 MB'],
	[12_345_678, '12.3 MB']
])('writes %i bytes as %s', (bytes, text) => {
	expect(formatByteSize(bytes)).toBe(text);
});
