import { describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import ReadPanel from './ReadPanel.svelte';

async function differenceOf(text: string, original: string) {
	const reading = { title: 'Back from B', how: 'There and back.', missing: 0, note: null };
	const { container } = await render(ReadPanel, { readings: [{ ...reading, text, original }] });
	return {
		state: container.querySelector('.state')?.textContent,
		marked: container.querySelector('mark')?.textContent
	};
}

describe('ReadPanel', () => {
	it('marks what became of a text, and nothing of what stayed', async () => {
		expect(await differenceOf('a cat sat', 'a hat sat')).toEqual({
			state: '≠ the text',
			marked: 'c'
		});
		expect(await differenceOf('a cat', 'a cat')).toEqual({ state: '= the text', marked: '' });
	});

	it('spells out what looks alike, also far into a long text', async () => {
		const far = 'word '.repeat(50_000);
		const { marked } = await differenceOf(`${far}cafe\u0301 au lait`, `${far}caf\u00e9 au lait`);
		expect(marked).toBe('e[U+0301]');
		// A letter with its mark that became another letter is no such case.
		expect((await differenceOf('cafe\u0301', 'caf\u00e8')).marked).toBe('e\u0301');
	});
});
