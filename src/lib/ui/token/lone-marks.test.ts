import { expect, it } from 'vitest';
import { onCircles } from './lone-marks';

it.each([
	['\u0301', '◌\u0301'],
	['\u0301\u0302', '◌\u0301\u0302'],
	['e\u0301', 'e\u0301'],
	['"\u0301"', '"◌\u0301"'],
	[' \u0301', ' ◌\u0301'],
	['·\u0301-\u0301', '·◌\u0301-◌\u0301'],
	['↵\u0301', '↵◌\u0301'],
	['ี', '◌ี'],
	['นี', 'นี'],
	['#\ufe0f\u20e3', '#\ufe0f\u20e3'],
	['*\u20e3', '*\u20e3'],
	['', '']
])('draws %j as %j', (text, drawn) => {
	expect(onCircles(text)).toBe(drawn);
});
