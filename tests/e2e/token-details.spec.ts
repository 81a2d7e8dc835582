import { expect, test, type Page } from '@playwright/test';

/** " tokens" is 11460 in cl100k_base: tiktoken.get_encoding("cl100k_base").encode(" tokens"). */
const ID = '11460';

async function open(page: Page) {
	await page.goto('./?t=cl100k_base,gpt2');
	const card = page.locator('[data-tokenizer="cl100k_base"]');
	const token = card.locator(`[data-token-id="${ID}"]`);
	const details = card.locator('[data-token-popover]');
	const detail = (name: string) => details.locator(`[data-detail="${name}"]`);
	// Not in the prerendered example, so the page runs once it is ready.
	const other = page.locator('[data-tokenizer="gpt2"]');
	for (const one of [card, other]) await expect(one).toHaveAttribute('data-status', 'ready');
	return { card, token, details, detail };
}

test('hovering a token shows its details, and leaving hides them', async ({ page }) => {
	const { token, details, detail } = await open(page);
	await token.hover();
	await expect(detail('rank')).toHaveText('11,460');
	await expect(detail('bytes')).toHaveText('20 74 6f 6b 65 6e 73');
	await page.mouse.move(0, 0);
	await expect(details).toHaveCount(0);
});

test('Enter pins the details, Tab reaches them, Esc closes them', async ({ page }) => {
	const { token, details } = await open(page);
	await token.focus();
	await page.keyboard.press('Enter');
	await expect(details.getByText(/^Show merges/)).toBeVisible();
	await expect(token).toBeFocused();
	await page.keyboard.press('Tab');
	await expect(details.getByRole('button').first()).toBeFocused();
	await page.keyboard.press('Escape');
	await expect(details).toHaveCount(0);
	await expect(token).toBeFocused();
});

test('the merges end with the token, and each has its rank', async ({ page }) => {
	const { token, details } = await open(page);
	await token.click();
	await details.getByText(/^Show merges/).click();
	const steps = details.locator('ol > li');
	// tiktoken's ranks of " t", "en", " to", "ens", " tok", " tokens".
	await expect(steps.last()).toContainText('rank 11,460');
	await expect(details.getByRole('region')).toContainText('rank 11,460');
});

test('the id can be copied', async ({ page, context }) => {
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	const { token, details } = await open(page);
	await token.click();
	await details.getByRole('button', { name: 'Copy id' }).click();
	await expect(details.getByRole('status')).toHaveText('Copied the id.');
	expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(ID);
});

test('editing the text closes the details', async ({ page }) => {
	const { token, details } = await open(page);
	await token.click();
	await expect(details).toBeVisible();
	await page.getByTestId('text-input').fill('Language models read tokens');
	await expect(details).toHaveCount(0);
	await expect(page).not.toHaveURL(/pin=/);
});

test.describe('on a phone', () => {
	test.use({ hasTouch: true, viewport: { width: 360, height: 640 } });

	test('a tap pins the details inside the window, beside the token', async ({ page }) => {
		const { token, details, detail } = await open(page);
		await token.tap();
		await expect(detail('id')).toHaveText(ID);
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

test('the boundaries of tokens are drawn on paper and in forced colours', async ({ page }) => {
	const { token } = await open(page);
	const line = () =>
		token.evaluate((element) => {
			const { borderLeftStyle, borderLeftWidth, borderLeftColor, borderBottomColor } =
				getComputedStyle(element);
			return [
				borderLeftStyle,
				borderLeftWidth,
				String(borderLeftColor !== borderBottomColor && borderLeftColor !== 'rgba(0, 0, 0, 0)')
			];
		});
	await page.emulateMedia({ media: 'print' });
	expect(await line()).toEqual(['solid', '1px', 'true']);
	await page.emulateMedia({ media: 'screen', forcedColors: 'active' });
	expect(await line()).toEqual(['solid', '1px', 'true']);
});

test('the legend explains what is drawn, and the picture holds every tokenizer', async ({
	page
}) => {
	await open(page);
	await page.getByRole('button', { name: 'Legend' }).click();
	await expect(page.getByText('A line marks where a token begins.')).toBeVisible();
	await page.keyboard.press('Escape');
	await page.getByRole('button', { name: 'Export' }).click();
	const download = page.waitForEvent('download');
	await page.getByRole('menuitem', { name: 'Picture as SVG' }).click();
	const stream = await (await download).createReadStream();
	let svg = '';
	for await (const chunk of stream) svg += String(chunk);
	for (const name of ['cl100k_base', 'gpt2']) expect(svg).toContain(`>${name}<`);
});
