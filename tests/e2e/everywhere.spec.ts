import { expect, test, type Page } from '@playwright/test';
import { IS_FULL, sized } from '../support/size';
import { axeOn, LabPage } from './lab-page';
import { expectStill, openAtRest, watchShifts } from './layout-shifts';
import { holdableWorkers } from './slow-workers';

interface Visit {
	readonly name: string;
	readonly address: string;
	readonly open?: (page: Page) => Promise<unknown>;
	/** Steps that each open an overlay, which Escape closes. */
	readonly above?: readonly ((page: Page) => Promise<unknown>)[];
}

const VISITS: readonly Visit[] = [
	{
		name: 'Compare',
		address: './?t=cl100k_base,yours,gpt2',
		above: [
			(page) => page.getByTestId('tokenizer-picker').click(),
			(page) => page.getByRole('button', { name: 'Examples' }).click(),
			(page) => page.getByTestId('options').click(),
			(page) => page.keyboard.press('?'),
			(page) => page.locator('[data-token-id]').nth(3).click()
		]
	},
	{
		name: 'Train',
		address: './train/?size=300',
		open: async (page) => {
			// Every token has an accessible name.
			await expect(page.locator('[role="option"]:not([aria-label])')).toHaveCount(0);
		}
	},
	{
		name: 'Strawberry',
		address: './strawberry/',
		open: async (page) => {
			// A character split between tokens, a combining mark and a long word.
			await page.getByTestId('word-input').fill('草莓👩‍🚀\u0301Donaudampfschifffahrtsgesellschaft');
			await expect(page.locator('[data-tokenizer]:not([data-status="ready"])')).toHaveCount(0);
		}
	},
	{
		name: 'Inflation',
		address: './inflation/?t=cl100k_base,gpt2',
		open: async (page) => {
			await page.getByTestId('options').click();
			await expect(page.getByRole('combobox', { name: 'Baseline' })).toBeVisible();
		}
	},
	{ name: 'Drift', address: './drift/?case=two-bos' },
	{ name: 'the lineages', address: './drift/lineages/' },
	{ name: 'Diff', address: './drift/diff/?a=gpt2&b=llama2' },
	{
		name: 'Vocabulary',
		address: './vocabulary/?tokenizer=llama3&id=15717&q=berry',
		open: (page) =>
			expect(
				page
					.getByRole('region', { name: 'Chat template' })
					.getByRole('link', { name: '<|eot_id|>' })
			).toBeVisible()
	},
	{ name: 'About', address: './about/' }
];

async function openDetails(page: Page): Promise<void> {
	await page.evaluate(() => {
		for (const summary of document.querySelectorAll<HTMLElement>(
			'main details:not([open], [data-case] *, [data-case]) > summary'
		))
			summary.click();
	});
	await expect(page.locator('[data-status="loading"]')).toHaveCount(0);
}

/** Targets that are too small for a finger. Links in a sentence need only be as tall as their line (WCAG 2.5.8). */
const smallTargets = (page: Page) =>
	page.evaluate(() => {
		const targets = document.querySelectorAll<HTMLElement>(
			'button, summary, select, textarea, input:not([type="file"]), main a, footer a'
		);
		return [...targets].flatMap((target) => {
			const isShown = target.checkVisibility({ visibilityProperty: true });
			if (!isShown || target.closest('.visually-hidden, p a, [inert]')) return [];
			// A click on a control's label counts as a click on the control, so measure the label. A link's width
			// depends on its text, so only its height is checked.
			const area = target.closest('label') ?? target;
			const { width, height } = area.getBoundingClientRect();
			return width === 0 || ((width >= 23.5 || target.matches('a')) && height >= 23.5)
				? []
				: [`${width} × ${height}: ${target.ariaLabel ?? target.textContent}`];
		});
	});

/** Text past the left or right edge of the page, where it can't be scrolled into view. */
const textBeyondEdges = (page: Page) =>
	page.evaluate(() => {
		const width = document.documentElement.clientWidth;
		const found: string[] = [];
		if (document.documentElement.scrollWidth > width) found.push('the page scrolls');
		for (const element of document.querySelectorAll('body *')) {
			if (!element.checkVisibility() || element.closest('.visually-hidden, .scroll, svg')) continue;
			if (element.children.length > 0 || element.textContent.trim() === '') continue;
			const { left, right } = element.getBoundingClientRect();
			if (right > width + 1 || left < -1) found.push(element.textContent.trim());
		}
		return found;
	});

const PHONE = { width: 390, height: 844 };

/** Window sizes, each with a text size in percent. */
const ZOOMS = [
	[PHONE, 100],
	[{ width: 320, height: 256 }, 100],
	...sized([], [
		[{ width: 640, height: 400 }, 100],
		[{ width: 1280, height: 800 }, 200]
	] as const)
] as const;

interface Named {
	readonly role: string;
	readonly name: string;
	readonly url: string;
}

/** Buttons and links in the accessibility tree. A button's name is prefixed with the name of its group. */
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

/** Buttons and links whose names lack letters or aren't unique, and images without a name. */
async function badNames(page: Page): Promise<string[]> {
	const problems: string[] = [];
	const urls = new Map<string, string>();
	for (const { role, name, url } of await controlsOf(page)) {
		const key = `${role} “${name}”`;
		if (!/\p{L}/u.test(name.replace(/^.* › /, ''))) problems.push(key);
		const other = urls.get(key);
		if (other !== undefined && (role === 'button' || other !== url)) problems.push(`two: ${key}`);
		urls.set(key, url);
	}
	const unnamed = await page.evaluate(() =>
		[...document.querySelectorAll('main svg')]
			.filter((svg) => svg.checkVisibility() && !svg.closest('[aria-hidden="true"], button'))
			.filter((svg) => !svg.ariaLabel && !svg.getAttribute('aria-labelledby'))
			.map((svg) => svg.outerHTML.slice(0, 80))
	);
	return [...problems, ...unnamed];
}

/** Tokens, letters and rows after the first few, excluded from quick runs to save time. */
const REPEATED = ['[data-token-id]', '[role="option"]', 'tr'].map(
	(item) => `${item}:nth-child(n+9)`
);

/** Selects every overlay. */
const ABOVE = 'dialog[open], [role="menu"], .panel[role="group"], [data-token-popover]';

/** axe's findings in overlays, except those about a dialog's header, which axe mistakes for the page's header. */
async function violationsAbove(page: Page) {
	const axe = axeOn(page).disableRules('landmark-banner-is-top-level');
	axe.include(ABOVE);
	return (await axe.analyze()).violations;
}

async function expectNoViolations(page: Page, isDark: boolean): Promise<void> {
	const schemes = ['light', ...(isDark || IS_FULL ? ['dark'] : [])] as ('light' | 'dark')[];
	for (const colorScheme of schemes)
		for (const width of sized([PHONE.width], [360, 1280])) {
			await page.emulateMedia({ colorScheme });
			await page.setViewportSize({ ...PHONE, width });
			const axe = axeOn(page);
			for (const selector of sized(REPEATED, [])) axe.exclude(selector);
			const { violations } = await axe.analyze();
			expect(violations, `${colorScheme}, ${width} px`).toEqual([]);
		}
	await page.emulateMedia({ colorScheme: 'light' });
	await page.setViewportSize(PHONE);
}

test.describe('by touch', () => {
	test.use({ hasTouch: true, isMobile: true, viewport: PHONE });

	for (const { name, address, open, above = [] } of VISITS)
		test(`${name} opens without moving, fits fingers and every zoom, names its controls and passes axe`, async ({
			page
		}) => {
			test.slow();
			await watchShifts(page);
			await openAtRest(page, address);
			await expectStill(page);
			await openDetails(page);
			await open?.(page);
			await expectNoViolations(page, name === 'Compare');
			for (const openAbove of [null, ...above])
				for (const [viewport, textSize] of ZOOMS) {
					await page.setViewportSize(viewport);
					await page.evaluate((size) => {
						document.documentElement.style.fontSize = `${size}%`;
					}, textSize);
					await openAbove?.(page);
					if (openAbove) await expect(page.locator(ABOVE).first()).toBeVisible();
					expect(await textBeyondEdges(page), `${viewport.width} px`).toEqual([]);
					if (viewport === PHONE) {
						expect(await smallTargets(page)).toEqual([]);
						expect(await badNames(page)).toEqual([]);
						if (openAbove) expect(await violationsAbove(page)).toEqual([]);
					}
					await page.keyboard.press('Escape');
				}
		});

	test('a token is described, here and in its vocabulary, and a tokenizer chosen by taps alone', async ({
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

		const id = (await token.getAttribute('data-token-id')) ?? '';
		await token.tap();
		await details.getByRole('link', { name: 'Find in vocabulary' }).tap();
		await expect(page.locator('[data-described]')).toHaveAttribute('data-described', id);
	});

	test('a training moves nothing, however long it takes, and a tap on the slider shows a step', async ({
		page
	}) => {
		await watchShifts(page);
		const workers = await holdableWorkers(page);
		await new LabPage(page).open('./train/?corpus=english');
		await expect(page.getByRole('button', { name: 'Save in this browser' })).toBeEnabled();
		await expect(page.locator('#corpus-facts:not(.stale)')).toContainText('585 merges');
		await page.getByTestId('vocab-size').fill('300');
		await page.evaluate(() => window.takeShifts());
		await workers.hold();
		await page.getByTestId('train').click();
		await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible();
		await workers.release();
		await expect(page.locator('#corpus-facts:not(.stale)')).toContainText('= 300 tokens');
		await expectStill(page);

		const slider = page.getByTestId('step');
		const box = await slider.boundingBox();
		await slider.tap({ position: { x: (box?.width ?? 0) / 4, y: (box?.height ?? 0) / 2 } });
		await expect.poll(() => page.locator('main').getAttribute('data-step')).toMatch(/^1\d$/);
	});
});

test('everything on Compare works with the keyboard alone', async ({ page }) => {
	const lab = new LabPage(page);
	await lab.open('./?t=cl100k_base,yours,o200k_base,gemma3&corpus=text');
	await page.keyboard.press('Tab');
	await expect(page.getByRole('button', { name: 'Skip to content' })).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(page.locator('main')).toBeFocused();

	await page.getByRole('button', { name: 'Examples' }).focus();
	for (const key of ['Enter', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
	await expect(lab.text).toHaveValue(/^Strawberry has three/);
	await lab.ready();

	// All tokens share one tab stop; arrow keys move within and across tokenizers.
	const first = lab.card('cl100k_base').locator('[data-token-id]').first();
	await first.focus();
	await page.keyboard.press('ArrowRight');
	await expect(lab.card('cl100k_base').locator('[data-token-id="675"]')).toBeFocused();
	await page.keyboard.press('ArrowDown');
	// The live tokenizer encodes “trawberry” as one token. The next ↓ starts from the same byte as the first ↓.
	await expect(lab.card('yours').locator('[data-byte-start="1"]')).toBeFocused();
	await page.keyboard.press('ArrowDown');
	await expect(lab.card('o200k_base').locator('[data-token-id="1134"]')).toBeFocused();
	await page.keyboard.press('End');
	await expect(lab.card('o200k_base').locator('[data-token-id]').last()).toBeFocused();

	// Single-letter shortcuts work until they are turned off.
	await page.keyboard.press('n');
	await expect(page.getByText('Difference 1 of ')).toBeVisible();
	await page.keyboard.press('?');
	await expect(page.getByRole('dialog')).toContainText('Next, previous difference');
	await page.getByLabel('Single-letter shortcuts').uncheck();
	await page.getByRole('button', { name: 'Close' }).click();
	await page.keyboard.press('n');
	await page.getByRole('button', { name: 'Next difference' }).click();
	await expect(page.getByText('Difference 2 of ')).toBeVisible();
});
