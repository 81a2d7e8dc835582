import { readFileSync } from 'node:fs';
import { parsers } from 'prettier/plugins/markdown';
import { expect, test, type Download, type Locator, type Page } from '@playwright/test';
import { toByteLevel } from '../../src/lib/engine';
import { parseCsv } from '../support/csv';
import { byteLevelJson, drop } from './dropped-files';
import { LabPage } from './lab-page';
import { StrawberryPage } from './strawberry-page';

/** Every export of a hostile tokenizer or text, read by a parser of its format. */

const HOSTILE = [
	...['=cmd|x!A0', '+1+1', '-2', '@SUM(1)', '\t=1', '"', ',', '\r\n'],
	...['<script>alert(1)</script>', '</text></svg><svg onload="alert(1)">', ']]><![CDATA[', '&#0;'],
	...['![x](http://127.0.0.2/x.png)', '[x](javascript:alert(1))', '|', '`', '@user', '#1'],
	...['\u202e', '\u2066', '\u001b[31m', '\u0007', '\u009b', '\0', '\ufffe']
];
const TEXT = `${HOSTILE.join(' ')} strawberry`;
const NAME = '=1 <img src=http:127.0.0.2 onerror=alert(1)> @user |`x` \u202egnp';

const TOKENIZER = byteLevelJson(
	Object.fromEntries(
		Array.from({ length: 256 }, (_, byte) => [toByteLevel(Uint8Array.of(byte)), byte])
	),
	[],
	HOSTILE.map((content, i) => ({
		...{ id: 256 + i, content, special: false },
		...{ single_word: false, lstrip: false, rstrip: false, normalized: false }
	}))
);

/** Elements that the pictures draw with. */
const DRAWN = ['svg', 'title', 'rect', 'text', 'tspan', 'line', 'circle'];

async function expectSafeSvg(page: Page, svg: string) {
	const opened = await page.context().newPage();
	opened.on('dialog', () => expect('a script in a picture').toBe('not run'));
	await opened.goto(`data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`);
	const { elements, attributes, error } = await opened.evaluate((source) => {
		const parsed = new DOMParser().parseFromString(source, 'image/svg+xml');
		const all = [...parsed.querySelectorAll('*')];
		return {
			elements: [...new Set(all.map(({ nodeName }) => nodeName))],
			attributes: [...new Set(all.flatMap((element) => element.getAttributeNames()))],
			error: parsed.querySelector('parsererror')?.textContent ?? null
		};
	}, svg);
	await opened.close();
	expect(error).toBeNull();
	for (const element of elements) expect(DRAWN).toContain(element);
	expect(attributes.filter((name) => /^on|href|src/i.test(name))).toEqual([]);
}

interface MarkdownNode {
	readonly type: string;
	readonly children?: readonly MarkdownNode[];
}

/** Checks of each kind of file, after it has been parsed. */
async function expectSafe(page: Page, download: Download): Promise<string> {
	const name = download.suggestedFilename();
	expect(name).not.toMatch(/[\p{Cc}\p{Cf}\\/:*?"<>|]|^[.\s-]|[.\s]$/u);
	const bytes = readFileSync(await download.path());
	const text = bytes.toString();
	const [ending] = /\.\w+$/.exec(name) ?? [''];
	if (ending === '.json') JSON.parse(text);
	if (ending === '.svg') await expectSafeSvg(page, text);
	if (ending === '.png') expect(bytes.subarray(1, 4).toString()).toBe('PNG');
	if (ending === '.csv') {
		const [header, ...rows] = parseCsv(text).map((row) => row.map((cell) => cell.text));
		expect(rows.length).toBeGreaterThan(0);
		const [bytesAt, textAt] = ['bytes', 'text'].map((column) => header.indexOf(column));
		for (const row of rows) {
			expect(row.length).toBe(header.length);
			for (const cell of row) expect(cell).not.toMatch(/^[=@\t\r\n]|^[+-](?![\d.]+$)/);
			// Apostrophes are the only change to a token.
			const token = textAt < 0 ? '' : row[textAt];
			const spellings = [token, token.replaceAll("'", '')];
			const spelt = spellings.map((text) => Buffer.from(text).toString('hex'));
			if (token !== '') expect(spelt).toContain(row[bytesAt]);
		}
	}
	if (ending === '.md') {
		const walk = (node: MarkdownNode): string[] => [
			node.type,
			...(node.children ?? []).flatMap(walk)
		];
		const types = walk(parsers.markdown.parse(text, {} as never) as MarkdownNode);
		expect(types.filter((type) => /html|link|image|definition/i.test(type))).toEqual([]);
	}
	return name;
}

/** Saves everything that a menu offers as a file. @returns the names of the files */
async function saveAll(page: Page, menu: Locator): Promise<string[]> {
	await menu.click();
	const items = page.getByRole('menuitem');
	const offered = await items.evaluateAll((all) => all.map(({ textContent }) => textContent));
	await page.keyboard.press('Escape');
	const names: string[] = [];
	for (const [at, item] of offered.entries()) {
		if (/^\s*Copy/.test(item)) continue;
		await menu.click();
		const downloading = page.waitForEvent('download');
		await items.nth(at).click();
		names.push(await expectSafe(page, await downloading));
	}
	return names;
}

async function dropTokenizer(page: Page) {
	await drop(page, { name: `${NAME}.json`, content: TOKENIZER });
	await expect(page.locator('.announcement')).toContainText('is a tokenizer with 277 ids');
	await page.getByRole('button', { name: 'Dismiss' }).click();
}

test.beforeEach(async ({ page, context }) => {
	page.on('dialog', () => expect('a script of the text').toBe('not run'));
	await context.route(/127\.0\.0\.2/, () => expect('a request to elsewhere').toBe('not sent'));
});

test('tokens, figures and the picture of Compare', async ({ page }) => {
	const lab = new LabPage(page);
	await lab.open();
	await dropTokenizer(page);
	await lab.paste(TEXT);
	await lab.ready();
	const names = await saveAll(page, page.getByRole('button', { name: 'Export', exact: true }));
	expect(names).toEqual([
		...['tokens.json', 'tokens.csv', 'figures.md', 'figures.csv', 'tokens.png', 'tokens.svg']
	]);
	const saving = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Save this page as a file' }).click();
	expect(await expectSafe(page, await saving)).toBe('compare.bpelab.json');
});

test('tokens, the picture and the files of Vocabulary', async ({ page }) => {
	await new LabPage(page).open('./vocabulary/');
	await dropTokenizer(page);
	const exporting = page.getByRole('button', { name: 'Export as CSV' });
	await expect(exporting).toBeVisible();
	await expect(page.getByRole('heading', { level: 1 })).toContainText('277 tokens');
	const saving = page.waitForEvent('download');
	await exporting.click();
	expect(await expectSafe(page, await saving)).toMatch(/-tokens\.csv$/);
	await saveAll(page, page.getByRole('button', { name: 'Picture' }));
});

test('the picture of Strawberry', async ({ page }) => {
	const strawberry = new StrawberryPage(page);
	await strawberry.open();
	await dropTokenizer(page);
	await strawberry.word.fill(`=<b>]]>"\u202e${HOSTILE[8]}`);
	await saveAll(page, page.getByRole('button', { name: 'Picture' }));
});

test('figures of Inflation and the report of Diff', async ({ page }) => {
	await new LabPage(page).open('./inflation/');
	await dropTokenizer(page);
	const inflation = await saveAll(page, page.getByRole('button', { name: 'Export', exact: true }));
	expect(inflation).toEqual(['png', 'svg', 'csv', 'json'].map((ending) => `inflation.${ending}`));

	await new LabPage(page).open('./drift/diff/');
	await dropTokenizer(page);
	await expect(page.locator('main')).toHaveAttribute('data-status', 'ready');
	await page.getByText('Change the text').click();
	await page.getByTestId('text-input').fill(TEXT);
	await expect(page.locator('main')).toHaveAttribute('data-status', 'ready');
	await saveAll(page, page.getByRole('main').getByRole('button', { name: 'Export' }).first());
	await saveAll(page, page.getByRole('button', { name: 'Picture' }));
});
