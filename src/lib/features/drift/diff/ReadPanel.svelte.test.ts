import { describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import ReadPanel from './ReadPanel.svelte';

async function differenceOf(text: string, expected: string) {
	const reading = {
		title: 'Round trip',
		how: 'There and back.',
		text,
		expected,
		expectedName: 'the text',
		note: null
	};
	const { container } = await render(ReadPanel, { readings: [reading] });
	return {
		state: container.querySelector('.state')?.textContent,
		marked: container.querySelector('mark')?.textContent
	};
}

describe('ReadPanel', () => {
	it('marks only what changed in a text', async () => {
		expect(await differenceOf('a cat sat', 'a hat sat')).toEqual({
			state: '≠ the text',
			marked: 'c'
		});
		expect(await differenceOf('a cat', 'a cat')).toEqual({ state: '= the text', marked: '' });
	});

	it('escapes marks that look the same, also far into a long text', async () => {
		const far = 'word '.repeat(50_000);
		const { marked } = await differenceOf(`${far}cafe\u0301 au lait`, `${far}caf\u00e9 au lait`);
		expect(marked).toBe('e[U+0301]');
		// Different letters do not look the same.
		expect((await differenceOf('cafe\u0301', 'caf\u00e8')).marked).toBe('e\u0301');
	});
});
