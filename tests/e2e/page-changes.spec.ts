import { expect, test, type Page } from './shared';

/** Types text and immediately opens a different document, before the text is written to the URL. */
const typeAndLeave = (page: Page, text: string, address: string | null) =>
	page.evaluate(
		([text, address]) => {
			const field = document.querySelector<HTMLTextAreaElement>('[data-testid=text-input]');
			if (!field) throw new Error('no text input');
			field.value = text ?? '';
			field.dispatchEvent(new InputEvent('input', { bubbles: true }));
			if (address === null) location.reload();
			else location.href = address;
		},
		[text, address]
	);

test('a reload and Back keep what was typed right before, and a link shows what it says', async ({
	page
}) => {
	const text = page.getByTestId('text-input');
	/** Expects the field to contain `value`, and waits until it has been written to the URL. @returns the new URL */
	const written = async (value: string, before: string) => {
		await expect(text).toHaveValue(value);
		await expect(page).not.toHaveURL(before);
		return page.url();
	};
	await page.goto('./?t=gpt2');
	await expect(page.locator('html[data-hydrated]')).toBeAttached();
	await text.fill('written to the address');
	await expect(page).toHaveURL(/#v1/);
	const first = page.url();
	await text.fill('typed before a page change');
	await page.getByRole('link', { name: 'Train', exact: true }).click();
	await expect(page.getByTestId('corpus-input')).toBeVisible();
	await page.goBack();
	// While Compare is loading, the Train page is still open and shows Compare's text in its corpus field.
	await expect(page.getByTestId('corpus-input')).toBeHidden();
	const second = await written('typed before a page change', first);
	await typeAndLeave(page, 'typed before a reload', null);
	const third = await written('typed before a reload', second);
	await typeAndLeave(page, 'typed before another page', 'licences/mit.txt');
	await expect(page).toHaveURL(/mit[.]txt$/);
	await page.goBack();
	const fourth = await written('typed before another page', third);
	await typeAndLeave(page, 'typed before a link', 'licences/mit.txt');
	await expect(page).toHaveURL(/mit[.]txt$/);
	await page.goto(fourth);
	await expect(text).toHaveValue('typed before another page');

	// This text is too long for a link.
	const long = Array.from({ length: 20_000 }, (_, i) => (i * i).toString(36)).join(' ');
	const tooLong = page.getByText('The text is too long for a link.', { exact: true });
	await text.fill(long);
	await expect(tooLong).toBeVisible();
	await typeAndLeave(page, `${long.slice(0, 60_000)} typed last`, null);
	await expect(text).toHaveValue(/ typed last$/);
	// Text that was stored earlier must not replace the latest text.
	await expect(tooLong).toBeVisible();
	await expect(text).toHaveValue(/ typed last$/);
});
