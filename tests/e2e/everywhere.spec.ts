import { expect, test, type Locator, type Page } from '@playwright/test';
import { drop } from './dropped-files';
import { LabPage } from './lab-page';

/** Every page, and an action that opens more of it. */
const PAGES: readonly (readonly [name: string, address: string, open?: (page: Page) => unknown])[] =
	[
		['Compare', './?t=cl100k_base,yours,gpt2'],
		['the picker', './', (page) => page.getByTestId('tokenizer-picker').click()],
		['the examples', './', (page) => page.getByRole('button', { name: 'Examples' }).click()],
		['the keys', './', (page) => page.keyboard.press('?')],
		[
			'the details of a token',
			'./?t=cl100k_base,gpt2',
			(page) => page.locator('[data-token-id]').nth(3).click()
		],
		['Train', './train/?size=300'],
		['Strawberry', './strawberry/'],
		['Inflation', './inflation/?t=cl100k_base,gpt2'],
		['Drift', './drift/?case=two-bos'],
		['Diff', './drift/diff/?a=gpt2&b=llama2'],
		['the lineages', './drift/lineages/'],
		['Vocabulary', './vocabulary/?tokenizer=gpt2&id=15717&q=berry'],
		['About', './about/']
	];

async function open(page: Page, address: string, act?: (page: Page) => unknown) {
	await new LabPage(page).open(address);
	await page.evaluate(() => {
		for (const summary of document.querySelectorAll<HTMLElement>(
			'main details:not([open], [data-case] *, [data-case]) > summary'
		))
			summary.click();
	});
	await expect(page.locator('[data-status="loading"]')).toHaveCount(0);
	await act?.(page);
}

test.describe('by touch', () => {
	test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

	for (const [name, address, act] of PAGES)
		test(`every target of ${name} takes a finger`, async ({ page }) => {
			await open(page, address, act);
			// Links in a sentence are as high as its line (WCAG 2.5.8).
			const small = await page.evaluate(() => {
				const targets = document.querySelectorAll<HTMLElement>(
					'button, summary, select, textarea, input:not([type="file"]), main a, footer a'
				);
				return [...targets].flatMap((target) => {
					const isShown = target.checkVisibility({ visibilityProperty: true });
					if (!isShown || target.closest('.visually-hidden, p a, [inert]')) return [];
					// A label belongs to the target. A link is as wide as its words.
					const area = target.closest('label') ?? target;
					const { width, height } = area.getBoundingClientRect();
					return width === 0 || ((width >= 23.5 || target.matches('a')) && height >= 23.5)
						? []
						: [`${width} × ${height}: ${target.ariaLabel ?? target.textContent}`];
				});
			});
			expect(small).toEqual([]);
		});

	test('a text is compared, a token described and a tokenizer chosen by taps alone', async ({
		page
	}) => {
		const lab = new LabPage(page);
		await lab.open('./?t=cl100k_base,yours');
		const token = lab.card('cl100k_base').locator('[data-token-id]').nth(3);
		await token.tap();
		const details = lab.card('cl100k_base').locator('[data-token-popover]');
		await expect(details).toContainText('merge rank');
		await details.getByRole('button', { name: 'Close the details of this token' }).tap();
		await expect(details).toHaveCount(0);
		await page.getByTestId('tokenizer-picker').tap();
		await page.getByRole('checkbox', { name: /^gpt2/ }).tap();
		await page.getByRole('button', { name: 'Done' }).tap();
		await expect(lab.card('gpt2')).toHaveAttribute('data-status', 'ready');
	});

	test('the steps of a training are reached by a tap on the slider', async ({ page }) => {
		await new LabPage(page).open('./train/?size=300');
		await expect(page.getByRole('button', { name: 'Save in this browser' })).toBeEnabled();
		const slider = page.getByTestId('step');
		const box = await slider.boundingBox();
		await slider.tap({ position: { x: (box?.width ?? 0) / 4, y: (box?.height ?? 0) / 2 } });
		await expect.poll(() => page.locator('main').getAttribute('data-step')).toMatch(/^1\d$/);
	});
});

/** Sizes of a window, and a size of text. 1280 px at 400 % are 320 px. */
const ZOOMS = [
	['at 200 %', { width: 640, height: 400 }, 100],
	['at 400 %', { width: 320, height: 256 }, 100],
	['with text of 200 %', { width: 1280, height: 800 }, 200]
] as const;

for (const [zoom, viewport, textSize] of ZOOMS)
	for (const [name, address, act] of PAGES)
		test(`${name} does not scroll sideways ${zoom}`, async ({ page }) => {
			await page.setViewportSize(viewport);
			await open(page, address, act);
			await page.addStyleTag({ content: `html { font-size: ${textSize}% }` });
			// All text is reached: by the page's own scrolling, or that of a region.
			const cut = await page.evaluate(() => {
				const width = document.documentElement.clientWidth;
				const found: string[] = [];
				if (document.documentElement.scrollWidth > width) found.push('the page scrolls');
				for (const element of document.querySelectorAll('body *')) {
					if (!element.checkVisibility() || element.closest('.visually-hidden, .scroll, svg'))
						continue;
					if (element.children.length > 0 || element.textContent.trim() === '') continue;
					const { left, right } = element.getBoundingClientRect();
					if (right > width + 1 || left < -1) found.push(element.textContent.trim());
				}
				return found;
			});
			expect(cut).toEqual([]);
		});

interface Named {
	readonly role: string;
	readonly name: string;
	/** Address of a link. */
	readonly url: string;
}

/** Buttons and links of the accessibility tree. The name of a button begins with that of the part it is in. */
async function controlsOf(page: Page): Promise<Named[]> {
	const found: Named[] = [];
	const groups: { indent: number; name: string }[] = [];
	for (const line of (await page.locator('body').ariaSnapshot()).split('\n')) {
		const [, space, role, name] = /^( *)- '?(\w+)(?: "((?:[^"\\]|\\.)*)")?/.exec(line) ?? [];
		const url = /^ *- \/url: (.*)/.exec(line)?.[1];
		const last = found.at(-1);
		if (url !== undefined && last?.role === 'link') found[found.length - 1] = { ...last, url };
		if (role === undefined) continue;
		while ((groups.at(-1)?.indent ?? -1) >= space.length) groups.pop();
		if (
			/^(banner|main|contentinfo)$/.test(role) ||
			(name && /^(dialog|group|region|row)$/.test(role))
		)
			groups.push({ indent: space.length, name: name ?? role });
		if (role === 'button')
			found.push({ role, name: [groups.at(-1)?.name, name ?? ''].join(' › '), url: '' });
		if (role === 'link') found.push({ role, name: name ?? '', url: '' });
	}
	return found;
}

for (const [name, address, act] of PAGES)
	test(`every button and link of ${name} has a name of its own that says something`, async ({
		page
	}) => {
		await open(page, address, act);
		const controls = await controlsOf(page);
		expect(controls.length).toBeGreaterThan(8);
		const problems: string[] = [];
		const urls = new Map<string, string>();
		for (const { role, name, url } of controls) {
			if (!/\p{L}/u.test(name.replace(/^.* › /, ''))) problems.push(`${role} “${name}”`);
			const key = `${role} “${name}”`;
			const other = urls.get(key);
			if (other !== undefined && (role === 'button' || other !== url)) problems.push(`two: ${key}`);
			urls.set(key, url);
		}
		expect(problems).toEqual([]);
		const unnamed = await page.evaluate(() =>
			[...document.querySelectorAll('main svg')]
				.filter((svg) => svg.checkVisibility() && !svg.closest('[aria-hidden="true"], button'))
				.filter((svg) => !svg.ariaLabel && !svg.getAttribute('aria-labelledby'))
				.map((svg) => svg.outerHTML.slice(0, 80))
		);
		expect(unnamed).toEqual([]);
	});

const HEBREW = 'שלום עולם';

/** Fields that take text from right to left, and where its tokens are drawn. */
const RIGHT_TO_LEFT: readonly {
	readonly name: string;
	readonly address: string;
	/** Text that opens the field. */
	readonly opener?: string;
	readonly field: (page: Page) => Locator;
	readonly tokens: (page: Page) => Locator;
}[] = [
	{
		name: 'Compare',
		address: './?t=gpt2',
		field: (page) => page.getByTestId('text-input'),
		tokens: (page) => page.locator('[data-tokenizer="gpt2"]')
	},
	{
		name: 'Train',
		address: './train/?size=300',
		opener: 'Change your text',
		field: (page) => page.getByLabel('Your text', { exact: true }),
		tokens: (page) => page.getByRole('region', { name: 'Your text in a real tokenizer' })
	},
	{
		name: 'Diff',
		address: './drift/diff/?a=gpt2&b=llama2',
		opener: 'Change the text',
		field: (page) => page.getByLabel('Your text', { exact: true }),
		tokens: (page) => page.locator('.diff .side').first()
	},
	{
		name: 'Inflation',
		address: './inflation/?t=gpt2',
		opener: 'Your own texts',
		field: (page) => page.getByLabel('Text 1, English'),
		tokens: (page) => page.getByRole('listbox', { name: /^Tokens of Your text in English/ })
	}
];

for (const { name, address, opener, field, tokens } of RIGHT_TO_LEFT)
	test(`${name} draws the tokens of Hebrew from right to left`, async ({ page }) => {
		await new LabPage(page).open(address);
		if (opener) await page.getByText(opener).click();
		await field(page).fill(HEBREW);
		const drawn = tokens(page).locator('[data-byte-start]');
		await expect(drawn.first()).toContainText('ש');
		const [first, last] = [await drawn.first().boundingBox(), await drawn.last().boundingBox()];
		expect(first?.x).toBeGreaterThan(last?.x ?? Infinity);
	});

test('Strawberry draws the tokens of Hebrew in the order in which a model reads them, and says so', async ({
	page
}) => {
	await open(page, './strawberry/?t=gpt2');
	await page.getByTestId('word-input').fill('שלום');
	const drawn = page.locator('[data-tokenizer="gpt2"] [data-way="alone"] [data-token-id]');
	await expect(drawn.first()).toContainText('ש');
	const [first, last] = [await drawn.first().boundingBox(), await drawn.last().boundingBox()];
	expect(first?.x).toBeLessThan(last?.x ?? 0);
	await expect(
		page.getByText('from left to right in the order in which a model reads')
	).toBeVisible();
});

test('a name from right to left moves nothing in the sentence around it', async ({ page }) => {
	await open(page, './?t=gpt2');
	await drop(page, { name: 'שלום.txt', content: 'abc' });
	const message = page.locator('.text-input ~ *, .announcement').filter({ hasText: 'שלום.txt' });
	await expect(message.first()).toContainText('Opened \u2068שלום.txt\u2069');
});
