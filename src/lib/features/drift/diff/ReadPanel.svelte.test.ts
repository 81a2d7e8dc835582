import { expect, it } from 'vitest';
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
	['a cat sat', 'a hat sat', 'c'],
	// Marks that look the same are escaped, even far into a long text.
	[`${far}cafe\u0301 au lait`, `${far}caf\u00e9 au lait`, 'e[U+0301]'],
	['cafe\u0301', 'caf\u00e8', 'e\u0301']
])('marks only what changed in a text: %#', async (text, expected, marked) => {
	const readings = [readingOf('Round trip', text, expected)];
	const { container } = await render(ReadPanel, { readings });
	expect(container.querySelector('mark')?.textContent).toBe(marked);
});

it('shows the readings that lost something, and names the others', async () => {
	const texts = { One: 'a', Two: 'b', Three: 'a' };
	const readings = Object.entries(texts).map(([title, text]) => readingOf(title, text, 'a'));
	const { getByRole, getByText } = await render(ReadPanel, { readings });
	await expect.element(getByRole('region', { name: 'Two' })).toBeVisible();
	await expect.element(getByRole('region', { name: 'One' })).not.toBeInTheDocument();
	await expect.element(getByText('Unchanged: one and three')).toBeVisible();
});
