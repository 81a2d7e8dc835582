import { describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import ReadPanel from './ReadPanel.svelte';
import { DiffView } from './view.svelte';

async function differenceOf(text: string, expected: string) {
	const reading = {
		title: 'Round trip',
		how: 'There and back.',
		text,
		expected,
		expectedName: 'the text',
		note: null
	};
	const { container } = await render(ReadPanel, { readings: [reading], view: new DiffView() });
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

	it('folds the readings that lost nothing, and shows the others', async () => {
		const reading = (title: string, text: string) => ({
			title,
			how: '',
			text,
			expected: 'a',
			expectedName: 'the text',
			note: null
		});
		const readings = [reading('One', 'a'), reading('Two', 'b'), reading('Three', 'a')];
		const { getByRole, getByText } = await render(ReadPanel, { readings, view: new DiffView() });
		await expect.element(getByRole('region', { name: 'Two' })).toBeVisible();
		await expect.element(getByRole('region', { name: 'One' })).not.toBeInTheDocument();
		await userEvent.click(getByText('No loss: one and three'));
		await expect.element(getByRole('region', { name: 'One' })).toBeVisible();
	});

	it('escapes marks that look the same, also far into a long text', async () => {
		const far = 'word '.repeat(50_000);
		const { marked } = await differenceOf(`${far}cafe\u0301 au lait`, `${far}caf\u00e9 au lait`);
		expect(marked).toBe('e[U+0301]');
		// Different letters do not look the same.
		expect((await differenceOf('cafe\u0301', 'caf\u00e8')).marked).toBe('e\u0301');
	});
});
