import { expect, test, type Locator, type Page } from '@playwright/test';
import { drop } from './dropped-files';
import { LabPage } from './lab-page';

type Find = (page: Page) => Locator;

/**
 * Fields to test with right-to-left text: the page's URL, the button that opens the field, the field itself, and the
 * element that shows the field's tokens.
 */
const FIELDS: readonly [string, string | null, Find, Find][] = [
	[
		'./?t=gpt2',
		null,
		(page) => page.getByTestId('text-input'),
		(page) => page.locator('[data-tokenizer="gpt2"]')
	],
	[
		'./train/?size=300',
		'Change your text',
		(page) => page.getByLabel('Your text', { exact: true }),
		(page) => page.getByRole('region', { name: 'Your text in a real tokenizer' })
	],
	[
		'./drift/diff/?a=gpt2&b=llama2',
		'Change your text',
		(page) => page.getByLabel('Your text', { exact: true }),
		(page) => page.locator('.diff .side').first()
	],
	[
		'./strawberry/?t=gpt2',
		null,
		(page) => page.getByTestId('word-input'),
		(page) => page.locator('[data-tokenizer="gpt2"]')
	]
];

test('draws the tokens of Hebrew from right to left, but on Strawberry in the order of a model', async ({
	page
}) => {
	const lab = new LabPage(page);
	for (const [address, opener, field, tokens] of FIELDS) {
		await lab.open(address);
		if (opener) await page.getByText(opener).click();
		await field(page).fill('שלום');
		const drawn = tokens(page).locator('[data-byte-start]');
		await expect(tokens(page), address).toContainText('ש');
		const [first, last] = [await drawn.first().boundingBox(), await drawn.last().boundingBox()];
		const isRightToLeft = (first?.x ?? NaN) > (last?.x ?? NaN);
		expect(isRightToLeft, address).toBe(!address.includes('strawberry'));
	}
	await expect(page.getByText('Letters and ids run from left to right')).toBeVisible();

	// A right-to-left name must not reorder the sentence around it.
	await lab.open('./?t=gpt2');
	await drop(page, { name: 'שלום.txt', content: 'abc' });
	const message = page.locator('.text-input ~ *, .announcement').filter({ hasText: 'שלום.txt' });
	await expect(message.first()).toContainText('Opened \u2068שלום.txt\u2069');
});
