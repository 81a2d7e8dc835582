import { expect, test, type Page } from '@playwright/test';
import { getEncoding } from 'js-tiktoken';
import { holdableWorkers, slowWorkers } from './slow-workers';
import { TrainPage } from './train-page';

const CORPORA = [
	'a rat, a cat and a bat sat on a mat\n'.repeat(20),
	'banana bandana cabana savanna\n'.repeat(30),
	'pack my bag with a jar of jam and a yam\n'.repeat(25)
];
const TEXTS = ['a banana', 'that fat cat sat on a mat', 'an ant and a panda ran away'];
const TEXT_FIELD = 'textarea[data-testid="text-input"]';
const SIZES = [260, 264, 268];

const cl100k = getEncoding('cl100k_base');
const OTHER_COUNTS = Object.fromEntries(TEXTS.map((text) => [text, cl100k.encode(text).length]));

/** Types into a field at once, and leaves it, as a paste and a Tab would. */
const type = (page: Page, selector: string, value: string) =>
	page.evaluate(
		([selector, value]) => {
			const field = document.querySelector<HTMLInputElement | HTMLTextAreaElement>(selector);
			if (!field) throw new Error(`no ${selector}`);
			field.value = value;
			for (const event of ['input', 'change'])
				field.dispatchEvent(new Event(event, { bubbles: true }));
		},
		[selector, value] as const
	);

/**
 * At every frame, holds each figure at full strength against the fields. At step 0 every byte is a token, so
 * the texts alone tell all counts.
 * @returns stops, and reports what was wrong and how often each figure was at full strength and dimmed
 */
async function watch(page: Page, otherCounts: Record<string, number>) {
	await page.evaluate((otherCounts) => {
		const wrong = new Set<string>();
		const seen: Record<string, { strong: number; dimmed: number }> = {};
		const bytes = (text: string) => String(new TextEncoder().encode(text).length);
		const field = (selector: string) =>
			document.querySelector<HTMLInputElement>(selector)?.value ?? '';
		const check = (name: string, selector: string, found: RegExp, expected: string | undefined) => {
			const element = document.querySelector(selector);
			const figure = found.exec((element?.textContent ?? '').replaceAll(',', ''))?.[1];
			if (!element || figure === undefined) return;
			const counts = (seen[name] ??= { strong: 0, dimmed: 0 });
			if (element.closest('.stale')) counts.dimmed++;
			else {
				counts.strong++;
				if (figure !== expected) wrong.add(`${name}: ${figure} instead of ${String(expected)}`);
			}
		};
		const frame = () => {
			const corpus = field('[data-testid="corpus-input"]');
			const text = field('textarea[data-testid="text-input"]');
			const step = document.querySelector('main')?.dataset.step ?? '';
			const merges = String(Number(field('[data-testid="vocab-size"]')) - 256);
			check('characters', '#corpus-facts p', /(\d+) characters/, bytes(corpus));
			check('curve', 'h1 .settle', /from (\d+) tokens/, bytes(corpus));
			check('merges', '.stepper .field', /of (\d+)/, merges);
			check('step', '[data-merge]', /Merge (\d+)/, step);
			check('claim', 'h1 .settle', /(\d+) merges/, merges);
			check('size', 'p.remark', /(\d+) merges \+/, merges);
			if (step === '0') {
				check('left', '[data-tokens-left]', /(\d+)/, bytes(corpus));
				check('trained', '[data-trained-count]', /(\d+)/, bytes(text));
				const letters = String(corpus.split('a').length - 1);
				check('usage', '[aria-label="Vocabulary"] tbody tr td:last-child', /(\d+)/, letters);
			}
			const other = otherCounts[text] as number | undefined;
			check(
				'other',
				'[aria-label="Your text in a real tokenizer"] .figure',
				/(\d+)/,
				String(other)
			);
			handle = requestAnimationFrame(frame);
		};
		let handle = requestAnimationFrame(frame);
		Object.assign(window, {
			stopWatching: () => {
				cancelAnimationFrame(handle);
				return { wrong: [...wrong], seen };
			}
		});
	}, otherCounts);
	return () =>
		page.evaluate(() =>
			(
				window as unknown as {
					stopWatching(): {
						wrong: string[];
						seen: Record<string, { strong: number; dimmed: number }>;
					};
				}
			).stopWatching()
		);
}

test('no figure at full strength belongs to an earlier corpus, rule, step or text', async ({
	page
}) => {
	await slowWorkers(page, 250);
	const lab = new TrainPage(page);
	await lab.open('?open=text+vocabulary&find=a&size=260&corpus=letters');
	await type(page, '[data-testid="corpus-input"]', CORPORA[0]);
	await type(page, TEXT_FIELD, TEXTS[0]);
	await lab.settle();
	await lab.step.focus();
	await page.keyboard.press('Home');
	await expect(lab.trainedCount).toHaveText(String(TEXTS[0].length));
	await expect(lab.otherCount).toHaveText(String(OTHER_COUNTS[TEXTS[0]]));
	const stop = await watch(page, OTHER_COUNTS);

	// Each edit comes while the answer to an earlier one is on its way, or right after it.
	for (let round = 0; round < 6; round++) {
		await type(page, '[data-testid="corpus-input"]', CORPORA[(round + 1) % 3]);
		if (round % 2 === 1) await expect(lab.main).toHaveAttribute('data-status', 'ready');
		await type(page, '[data-testid="vocab-size"]', String(SIZES[(round + 1) % 3]));
		await type(page, TEXT_FIELD, TEXTS[(round + 1) % 3]);
		if (round % 3 === 2) await lab.settle();
		await type(page, TEXT_FIELD, TEXTS[(round + 2) % 3]);
		await lab.step.press('ArrowRight');
		await lab.step.press('ArrowRight');
		if (round % 2 === 0) await lab.settle();
		await lab.step.press('Home');
	}
	await lab.settle();
	await expect(lab.trainedCount).toHaveText(String(TEXTS[(5 + 2) % 3].length));
	const { wrong, seen } = await stop();
	expect(wrong).toEqual([]);
	// Every figure was seen both ways, except those that are left out while they are counted.
	for (const name of ['characters', 'curve', 'merges', 'left', 'trained', 'other']) {
		expect.soft(seen[name]?.strong, `${name} at full strength`).toBeGreaterThan(0);
		expect.soft(seen[name]?.dimmed, `${name} dimmed`).toBeGreaterThan(0);
	}
	for (const name of ['step', 'claim', 'usage'])
		expect.soft(seen[name]?.strong, `${name} at full strength`).toBeGreaterThan(0);
});

test('figures of the prerendered training are dimmed until the link’s are there', async ({
	page
}) => {
	await slowWorkers(page, 250);
	await page.addInitScript(() => {
		const strong: string[] = [];
		const frame = () => {
			const merges = document.querySelector('.stepper .field');
			if (document.documentElement.dataset.hydrated !== undefined && merges)
				if (!merges.closest('.stale'))
					strong.push(merges.textContent.replaceAll(/\s+/g, ' ').trim());
			requestAnimationFrame(frame);
		};
		requestAnimationFrame(frame);
		Object.assign(window, { strong });
	});
	const lab = new TrainPage(page);
	await page.goto('./train/?corpus=letters&size=258&step=1');
	await lab.settle();
	await expect(lab.main).toHaveAttribute('data-step', '1');
	const strong = await page.evaluate(() => (window as unknown as { strong: string[] }).strong);
	expect(new Set(strong)).toEqual(new Set(['merge of 2']));
});

test('a training that was stopped or failed leaves the earlier figures dimmed', async ({
	page
}) => {
	const workers = await holdableWorkers(page);
	const lab = new TrainPage(page);
	await lab.open();
	await workers.hold();
	await lab.corpus.fill(CORPORA[0]);
	await page.getByRole('button', { name: 'Stop' }).click();
	await expect(lab.main).toHaveAttribute('data-status', 'idle');
	await workers.release();
	const dimmed = page.locator('.stale .stepper, .stale [data-merge], #corpus-facts.stale');
	await expect(dimmed).toHaveCount(3);
	await expect(
		page.getByRole('status').filter({ hasText: 'The page still shows the previous training.' })
	).toBeVisible();
	await expect(page.getByLabel('Save the previous tokenizer as')).toBeVisible();
	await lab.corpus.fill('');
	await expect(lab.main).toHaveAttribute('data-status', 'error');
	await expect(dimmed).toHaveCount(3);
	await expect(page.getByText(/corpus is empty/)).toBeVisible();
	await lab.corpus.fill(CORPORA[0]);
	await lab.settle();
	await expect(page.getByLabel('Save the tokenizer as')).toBeVisible();
});

test('a training can be stopped while a file is read', async ({ page }) => {
	const workers = await holdableWorkers(page);
	const lab = new TrainPage(page);
	await lab.open();
	await workers.hold();
	await lab.corpus.fill(CORPORA[0]);
	await page.evaluate(() => {
		Blob.prototype.arrayBuffer = async function () {
			// Not the start of the file, which tells its format.
			if (this.size > 200_000) await new Promise(() => undefined);
			return new Response(this).arrayBuffer();
		};
	});
	await lab.drop('endless.txt', 'a'.repeat(300_000));
	await expect(page.getByRole('status').filter({ hasText: 'Reading endless.txt …' })).toBeVisible();
	// Progress is announced without the button.
	await expect(page.getByRole('status').getByRole('button')).toHaveCount(0);
	await page.getByRole('button', { name: 'Stop training' }).click();
	await expect(lab.main).toHaveAttribute('data-status', 'idle');
	await expect(page.getByRole('button', { name: 'Stop training' })).toHaveCount(0);
});
