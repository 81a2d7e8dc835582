import { expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import ReadPanel from './ReadPanel.svelte';

const readingOf = (title: string, text: string, expected: string) => ({
	title,
	how: 'There and back.',
	text,
	expected,
	expectedName: 'the text',
	note: null
});

const far = 'word '.repeat(50_000);

it.each([
	['a cat sat', 'a hat sat', '≠ the text', 'c'],
	['a cat', 'a cat', '= the text', ''],
	// Marks that look the same are escaped, also far into a long text.
	[`${far}cafe\u0301 au lait`, `${far}caf\u00e9 au lait`, '≠ the text', 'e[U+0301]'],
	['cafe\u0301', 'caf\u00e8', '≠ the text', 'e\u0301']
])('marks only what changed in a text: %#', async (text, expected, state, marked) => {
	const readings = [readingOf('Round trip', text, expected)];
	const { container } = await render(ReadPanel, { readings });
	expect(container.querySelector('.state')?.textContent).toBe(state);
	expect(container.querySelector('mark')?.textContent).toBe(marked);
});

it('folds the readings that lost nothing, and shows the others', async () => {
	const texts = { One: 'a', Two: 'b', Three: 'a' };
	const readings = Object.entries(texts).map(([title, text]) => readingOf(title, text, 'a'));
	const { getByRole, getByText } = await render(ReadPanel, { readings });
	await expect.element(getByRole('region', { name: 'Two' })).toBeVisible();
	await expect.element(getByRole('region', { name: 'One' })).not.toBeInTheDocument();
	await userEvent.click(getByText('No loss: one and three'));
	await expect.element(getByRole('region', { name: 'One' })).toBeVisible();
});
