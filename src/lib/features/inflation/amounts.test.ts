import { expect, it } from 'vitest';
import { withPrefix } from './amounts';

it('writes amounts with three digits and a prefix', () => {
	expect(withPrefix(131_072_000, 'B')).toBe('131 MB');
	expect(withPrefix(1.6384e13, 'FLOP')).toBe('16.4 TFLOP');
	expect(withPrefix(512, 'B')).toBe('512 B');
	expect(withPrefix(1000, 'B')).toBe('1 kB');
	expect(withPrefix(0, 'B')).toBe('0 B');
});
