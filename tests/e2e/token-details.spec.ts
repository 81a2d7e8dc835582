import { expect, test, type Page } from '@playwright/test';
import { IS_FULL } from '../support/size';
import { chooseItem, saveFile } from './lab-page';

/** " tokens" is 11460 in cl100k_base: tiktoken.get_encoding("cl100k_base").encode(" tokens"). */
const ID = '11460';

async function open(page: Page) {
	await page.goto('./?t=cl100k_base,gpt2,yours');
	const card = page.locator('[data-tokenizer="cl100k_base"]');
	const token = card.locator(`[data-token-id="${ID}"]`);
	const details = card.locator('[data-token-popover]');
	const detail = (name: string) => details.locator(`[data-detail="${name}"]`);
	// Not in the prerendered example, so the page runs once it is ready.
	const other = page.locator('[data-tokenizer="gpt2"]');
	for (const one of [card, other]) await expect(one).toHaveAttribute('data-status', 'ready');
	return { card, token, details, detail };
}

test('a token shows its details under the pointer, by key and by click, and leads to its vocabulary', async ({
	page,
	context
}) => {
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	const { card, token, details, detail } = await open(page);
	await token.hover();
	await expect(detail('rank')).toHaveText('11,460');
	await expect(detail('bytes')).toHaveText('20 74 6f 6b 65 6e 73');
	await page.mouse.move(0, 0);
	await expect(details).toHaveCount(0);

	await token.focus();
	await page.keyboard.press('Enter');
	await expect(details.getByText(/^Show merges/)).toBeVisible();
	await expect(token).toBeFocused();
	await page.keyboard.press('Tab');
	await expect(details.getByRole('button').first()).toBeFocused();
	await page.keyboard.press('Escape');
	await expect(details).toHaveCount(0);
	await expect(token).toBeFocused();

	await token.click();
	await details.getByText(/^Show merges/).click();
	// tiktoken's ranks of " t", "en", " to", "ens", " tok", " tokens".
	await expect(details.locator('ol > li').last()).toContainText('rank 11,460');
	await expect(details.getByRole('region')).toContainText('rank 11,460');
	await details.getByRole('button', { name: 'Copy id' }).click();
	await expect(details.getByRole('status')).toHaveText('Copied the id.');
	expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(ID);
	await page.getByTestId('text-input').fill('Language models read tokens');
	await expect(details).toHaveCount(0);
	await expect(page).not.toHaveURL(/pin=/);

	const nameOf = (id: string) =>
		page.locator(`[data-tokenizer="${id}"]`).getByRole('heading').getByRole('link');
	await expect(nameOf('cl100k_base')).toHaveAttribute(
		'href',
		/vocabulary\/?\?tokenizer=cl100k_base$/
	);
	await expect(nameOf('yours')).toHaveCount(0);
	await card.locator(`[data-token-id="${ID}"]`).click();
	await page.getByRole('link', { name: 'Find in vocabulary' }).click();
	await expect(page.locator('[data-described]')).toHaveAttribute('data-described', ID);
	await expect(page.getByRole('combobox', { name: 'Tokenizer' })).toHaveValue('cl100k_base');
});

test.describe('on a phone', () => {
	test.use({ hasTouch: true, viewport: { width: 360, height: 640 } });

	test('a tap pins the details inside the window, beside the token', async ({ page }) => {
		const { token, details, detail } = await open(page);
		await token.tap();
		await expect(detail('rank')).toHaveText('11,460');
		await expect
			.poll(async () => {
				const [box, drawn] = [await details.boundingBox(), await token.boundingBox()];
				if (!box || !drawn) return false;
				const isInside =
					box.x >= 0 && box.x + box.width <= 360 && box.y >= 0 && box.y + box.height <= 640;
				return isInside && (box.y >= drawn.y + drawn.height || box.y + box.height <= drawn.y);
			})
			.toBe(true);
		await details.getByRole('button', { name: 'Close the details of this token' }).tap();
		await expect(details).toHaveCount(0);
	});
});

if (IS_FULL)
	test('tokens have boundaries on paper, in forced colours and in a picture, and a legend', async ({
		page
	}) => {
		const { token } = await open(page);
		for (const media of [
			{ media: 'print' },
			{ media: 'screen', forcedColors: 'active' }
		] as const) {
			await page.emulateMedia(media);
			await expect(token).toHaveCSS('border-left', /^1px solid (?!rgba\(0, 0, 0, 0\))/);
		}
		await page.emulateMedia({ forcedColors: 'none' });
		await page.getByRole('button', { name: 'Legend' }).click();
		await expect(page.getByText('A line marks where a token begins.')).toBeVisible();
		await page.keyboard.press('Escape');
		const { text: svg } = await saveFile(page, () => chooseItem(page, 'Export', 'Picture as SVG'));
		for (const name of ['cl100k_base', 'gpt2']) expect(svg).toContain(`>${name}<`);
	});
