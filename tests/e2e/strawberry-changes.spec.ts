import { expect, test, type Page } from '@playwright/test';
import { expectDimmed } from './seen-frames';
import { holdableWorkers } from './slow-workers';
import { DEFAULTS, StrawberryPage } from './strawberry-page';

/** Records at every frame what is shown at full strength, but is about another word than the typed one. */
const watchFrames = (page: Page) =>
	page.evaluate(() => {
		const frames = (window.seenFrames = { wrong: new Set<string>(), stale: 0 });
		const PLACES: Readonly<Record<string, readonly [root: string, letters: string]>> = {
			card: ['[data-tokenizer] [data-way="alone"]', '.glyph'],
			form: ['tr[data-variant="alone"] td', '.chip'],
			row: ['tr[data-row] td:nth-child(2)', '.chip'],
			merges: ['[data-ladder]', '.word .token-text']
		};
		const isFull = (element: Element) =>
			element.closest('.stale') === null && element.checkVisibility({ visibilityProperty: true });
		const look = () => {
			const word = document.querySelector<HTMLInputElement>('[data-testid="word-input"]')?.value;
			for (const [place, [root, letters]] of Object.entries(PLACES)) {
				for (const holder of document.querySelectorAll(root)) {
					const shown = [...holder.querySelectorAll(letters)];
					const text = shown.map(({ textContent }) => textContent).join('');
					if (text !== '' && isFull(shown[0]) && text !== word)
						frames.wrong.add(`${place} of ${text} for ${word}`);
				}
			}
			const headline = document.querySelector('h1 .headline');
			const quoted = /“(.*)”/.exec(headline?.textContent ?? '')?.[1];
			if (headline && isFull(headline) && quoted !== word)
				frames.wrong.add(`headline of ${quoted} for ${word}`);
			const claim = /(\d+) split the word/.exec(document.body.innerText)?.[1];
			if (claim !== undefined && (word !== 'strawberry' || claim !== '2'))
				frames.wrong.add(`claim of ${claim} for ${word}`);
			if (document.querySelector('.stale')) frames.stale++;
			requestAnimationFrame(look);
		};
		look();
	});

test('no frame shows the tokens or merges of an earlier word at full strength', async ({
	page,
	context
}) => {
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	const workers = await holdableWorkers(page);
	const lab = new StrawberryPage(page);
	await lab.open();
	await watchFrames(page);
	await lab.word.fill('');
	for (const [word, table] of [
		['banana', 'Other forms'],
		['strawberries', 'All tokenizers']
	]) {
		await lab.word.fill('');
		await lab.word.pressSequentially(word.slice(0, 3), { delay: 30 });
		await workers.hold();
		await lab.word.pressSequentially(word.slice(3), { delay: 30 });
		await page.getByText(table).click();
		// Nothing is exported under another word.
		const menu = page.getByRole('button', { name: 'Picture' });
		await expect(menu).toHaveAccessibleDescription('The tokens are still loading.');
		await workers.release();
	}
	await lab.ready();
	await page.getByText('After a space', { exact: true }).click();
	await page.getByText('Alone', { exact: true }).click();
	await page.getByLabel('Second tokenizer').selectOption('llama3');
	await expect(lab.merges('llama3').locator('.token-text')).toHaveText('strawberries');
	await lab.word.fill('strawberry');
	await lab.ready();
	await expect(lab.merges('llama3').locator('.token-text')).toHaveText('strawberry');
	await expectDimmed(page);
});

test('a removed tokenizer and a replaced word come back', async ({ page }) => {
	const lab = new StrawberryPage(page);
	await lab.open();
	const cards = () =>
		page
			.locator('[data-tokenizer]')
			.evaluateAll((all) => all.map((card) => card.getAttribute('data-tokenizer')));
	await page.getByRole('button', { name: 'Remove o200k_base' }).click();
	await expect(page.getByText('Removed o200k_base.')).toBeVisible();
	expect(await cards()).toEqual(['cl100k_base', 'gpt2', 'llama2']);
	await expect(page.getByRole('button', { name: 'Remove gpt2' })).toBeFocused();
	await page.getByRole('button', { name: 'Undo' }).click();
	expect(await cards()).toEqual(DEFAULTS);

	const showExample = async () => {
		await page.getByRole('button', { name: 'Other words' }).click();
		await page.getByRole('menuitem', { name: 'evlerinizden' }).click();
	};
	await lab.word.fill('my own word');
	await lab.letter.fill('w');
	await showExample();
	await expect(lab.word).toHaveValue('evlerinizden');
	await expect(page.getByText('Replaced “my own word”.')).toBeVisible();
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(lab.word).toHaveValue('my own word');
	await expect(lab.letter).toHaveValue('w');
	await lab.ready();
	await showExample();
	await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
	await lab.word.press('End');
	await lab.word.pressSequentially('!');
	await expect(page.getByRole('button', { name: 'Undo' })).toHaveCount(0);
	// Another example loses nothing.
	await lab.word.fill('草莓');
	await showExample();
	await expect(page.getByRole('button', { name: 'Undo' })).toHaveCount(0);
});

test('failed merges are not asked for again by themselves', async ({ page }) => {
	const asked: string[] = [];
	const isVocabulary = (url: URL) => /\/llama3[.][^/]*\.bin$/.test(url.pathname);
	await page.route(isVocabulary, (route) => {
		asked.push(route.request().url());
		return route.abort();
	});
	const lab = new StrawberryPage(page);
	await lab.open();
	await page.getByLabel('Second tokenizer').selectOption('llama3');
	const failed = page.getByRole('alert').filter({ hasText: 'Try again' });
	await expect(failed).toBeVisible();
	const { length } = asked;
	// The other side is asked, and the failed one is not.
	await page.getByLabel('First tokenizer').selectOption('o200k_base');
	await expect(lab.merges('o200k_base').locator('[data-rung]').first()).toBeVisible();
	await expect(failed).toBeVisible();
	expect(asked).toHaveLength(length);
	await page.unroute(isVocabulary);
	await failed.getByRole('button', { name: 'Try again' }).click();
	await expect(lab.merges('llama3').locator('.token-text')).toHaveText('strawberry');
	await expect(failed).toHaveCount(0);
});

test('one button tries everything again that failed for one reason', async ({ page }) => {
	const isWorker = /worker[^/]*\.js/;
	await page.route(isWorker, (route) => route.abort());
	const lab = new StrawberryPage(page);
	await lab.open();
	await lab.word.fill('banana');
	const failed = page.getByRole('alert').filter({ hasText: 'Try again' });
	// Four cards, and the merges.
	await expect(failed).toHaveCount(5);
	await page.unroute(isWorker);
	await failed.first().getByRole('button', { name: 'Try again' }).click();
	await expect(lab.merges('gpt2').locator('.token-text')).toHaveText('banana');
	await expect(failed).toHaveCount(0);
});

test('in forced colours, the current merge differs from the others', async ({ page }) => {
	await page.emulateMedia({ forcedColors: 'active' });
	const lab = new StrawberryPage(page);
	await lab.open();
	await page.getByTestId('step').focus();
	await page.keyboard.press('Home');
	await page.keyboard.press('ArrowRight');
	const items = lab.merges('gpt2').locator('[data-rung]');
	await expect(items.first()).toHaveClass(/now/);
	const [now, other] = await items.evaluateAll((items) =>
		items.slice(0, 2).map((item) => {
			const { borderLeftWidth, borderLeftStyle, borderLeftColor } = getComputedStyle(item);
			const { backgroundColor } = getComputedStyle(document.body);
			return [borderLeftWidth, borderLeftStyle, borderLeftColor !== backgroundColor];
		})
	);
	expect(now).toEqual(['3px', 'solid', true]);
	expect(other[0]).toBe('0px');
});
