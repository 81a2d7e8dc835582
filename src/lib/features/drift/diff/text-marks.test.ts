import { expect, it } from 'vitest';
import { inMarks, markJoined } from './text-marks';

it('tells a letter with its mark in one code point from one in two', () => {
	expect(inMarks('café x')).toBe('café·x');
	expect(inMarks('cafe\u0301 x')).toBe('cafe[U+0301]·x');
	expect(markJoined('e\u0301')).toBe('e[U+0301]');
});
