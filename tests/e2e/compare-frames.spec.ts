import { expect, test, type Page } from '@playwright/test';
import { LabPage } from './lab-page';
import { DEFAULTS, idsOf, textOf } from './oracle-rows';
import { slowWorkers } from './slow-workers';

/** Figures of one frame. What is marked as stale, or is not shown, is left out. */
interface Frame {
	/** Content of the text field. */
	readonly input: string;
	readonly kind: string;
	readonly special: string;
	/** Per card: its count, its excess, and whether its note says that the ids fit. */
	readonly cards: Readonly<Record<string, { count: string; excess: string; fits: boolean }>>;
	readonly headline: string;
	readonly differences: string;
	/** Per row of the figures: tokens and share of the context window. */
	readonly rows: Readonly<Record<string, readonly string[]>>;
	readonly checks: string;
	readonly fits: string;
	readonly live: string;
}

/** Records the figures of every frame from now on. @returns reads the distinct frames so far */
async function recordFrames(page: Page): Promise<() => Promise<readonly Frame[]>> {
	await page.evaluate(() => {
		const fresh = (element: Element | null): string =>
			!element || element.closest('.stale') ? '' : element.textContent.trim();
		const find = (selector: string) => document.querySelector(selector);
		const valueOf = (element: Element | null) =>
			element && !element.closest('.stale') ? (element as HTMLInputElement).value : '';
		const look = () => ({
			input: valueOf(find('[data-testid="text-input"]')),
			kind: valueOf(find('[aria-label="Input"] :checked')),
			special: valueOf(find('[data-testid="special-tokens"]')),
			cards: Object.fromEntries(
				[...document.querySelectorAll('[data-tokenizer]')].map((card) => [
					card.getAttribute('data-tokenizer'),
					{
						count: fresh(card.querySelector('[data-token-count]')),
						excess: fresh(card.querySelector('header .accent')),
						fits: card.querySelector('[data-fit="fits"]') !== null
					}
				])
			),
			headline: fresh(find('main h1')),
			differences: fresh(find('.result [role="status"].tabular')),
			rows: Object.fromEntries(
				[...document.querySelectorAll('main table tbody tr')].map(({ children }) => [
					children[0].textContent.trim(),
					[children[1], children[7]].map(fresh)
				])
			),
			checks: fresh(find('[data-testid="checks"] [role="status"]')),
			fits: fresh(find('[data-testid="ids-fit"]')),
			live: valueOf(find('[data-tokenizer="yours"] input[type="range"]'))
		});
		const frames: string[] = [];
		Object.assign(window, { frames });
		const record = () => {
			const frame = JSON.stringify(look());
			if (frames.at(-1) !== frame) frames.push(frame);
			requestAnimationFrame(record);
		};
		record();
	});
	return async () => {
		const frames = await page.evaluate(() => (window as unknown as { frames: string[] }).frames);
		return frames.map((frame) => JSON.parse(frame) as Frame);
	};
}

/** Waits until a frame was drawn that passes: what is in the page now may be gone before the next one is drawn. */
const drawn = (read: () => Promise<readonly Frame[]>, passes: (frame: Frame) => boolean) =>
	expect.poll(async () => (await read()).some(passes)).toBe(true);

/** Claims of the headline and of a card about counts, worked out from the reference. */
function expectedClaims(counts: readonly number[]) {
	const [fewest, most] = [Math.min(...counts), Math.max(...counts)];
	const excess = (count: number) =>
		count === fewest
			? 'fewest'
			: `+${Math.round((100 * (count - fewest)) / fewest)} % over the fewest`;
	return { range: `${fewest} to ${most} tokens`, excess };
}

test('shows no figure of an earlier text as one of the current text', async ({ page }) => {
	await slowWorkers(page, 60);
	const lab = new LabPage(page);
	await lab.open();
	await lab.text.fill('warm');
	await lab.ready();
	const read = await recordFrames(page);
	const names = ['en', 'fi', 'emoji-zwj', 'contr-curly'];
	for (const name of [...names, ...names.toReversed()]) await lab.text.fill(textOf(name));
	await lab.ready();
	await page.getByRole('button', { name: /^Check with/ }).click();
	await expect(page.getByText(/^Checked by/)).toContainText('the same ids');
	for (const name of names) {
		await lab.text.fill(textOf(name));
		await drawn(read, ({ input, differences }) => input === textOf(name) && differences !== '');
		await lab.ready();
		await page.getByRole('slider', { name: 'Merges' }).fill('0');
		await page.getByLabel('trained on').selectOption('languages');
		await page.getByLabel('trained on').selectOption('english');
	}
	await lab.ready();

	const texts = new Map(names.map((name) => [textOf(name), name]));
	const frames = (await read()).filter(({ input }) => texts.has(input));
	for (const frame of frames) {
		const name = texts.get(frame.input) ?? '';
		const counts = new Map(DEFAULTS.map((id) => [id, idsOf(id, name).length]));
		const { range, excess } = expectedClaims([...counts.values()]);
		const bytes = Buffer.byteLength(frame.input);
		for (const [id, count] of counts) {
			expect([String(count), '']).toContain(frame.cards[id].count);
			expect([excess(count), '']).toContain(frame.cards[id].excess);
			expect([String(count), '']).toContain(frame.rows[id][0]);
		}
		if (/\d tokens/.test(frame.headline)) expect(frame.headline).toContain(range);
		if (frame.checks !== '') expect(frame.checks).toContain(`(${bytes} bytes)`);
		// Without merges, the live tokenizer has a token per byte.
		if (frame.live === '0') expect([String(bytes), '']).toContain(frame.cards.yours.count);
		if (frame.differences !== '')
			for (const id of DEFAULTS) expect(frame.cards[id].count).toBe(String(counts.get(id)));
	}
	// Each text was seen without its figures too.
	for (const text of texts.keys()) {
		const seen = frames.filter(({ input }) => input === text);
		expect(seen.some(({ cards }) => cards.gemma3.count === '')).toBe(true);
	}
});

test('shows no figure of other tokenizers, special tokens or another kind of input', async ({
	page
}) => {
	await slowWorkers(page, 60);
	const lab = new LabPage(page);
	await lab.open('./?t=gpt2,cl100k_base');
	await lab.text.fill('<|endoftext|>');
	await lab.ready();
	const read = await recordFrames(page);
	for (const special of ['parse', 'text', 'parse', 'text'])
		await page.getByTestId('special-tokens').selectOption(special);
	await lab.ready();
	await page.getByTestId('special-tokens').selectOption('parse');
	await lab.ready();
	await lab.choose('o200k_base');
	await lab.ready();
	await page.getByText('Ids', { exact: true }).first().click();
	const lists = ['gpt2', 'cl100k_base', 'o200k_base'].map((id) => ({
		id,
		ids: idsOf(id, 'fi').join(' ')
	}));
	for (const { ids } of lists) await lab.text.fill(ids);
	for (const { ids } of lists) {
		await lab.text.fill(ids);
		await drawn(read, ({ input, fits }) => input === ids && fits.startsWith('These'));
		await lab.ready();
	}
	await page.getByText('Text', { exact: true }).first().click();
	await lab.ready();

	const frames = await read();
	const makers = new Map(lists.map(({ id, ids }) => [ids, id]));
	for (const { input, kind, special, cards, rows, fits, headline } of frames) {
		if (kind === 'text' && input === '<|endoftext|>') {
			// As text 7 tokens in all of them, parsed one.
			const count = special === 'parse' ? '1' : '7';
			for (const [id, card] of Object.entries(cards)) {
				expect([count, '']).toContain(card.count);
				expect(['all equal', '']).toContain(card.excess);
				expect([count, '–', '']).toContain(rows[id][0]);
				expect(card.fits).toBe(false);
			}
			if (/tokens? each/.test(headline)) expect(headline).toContain(`${count} token`);
		}
		const maker = makers.get(input);
		if (kind === 'ids' && maker !== undefined) {
			if (fits.startsWith('These')) expect(fits).toContain(`fit ${maker} only, of 3`);
			for (const [id, card] of Object.entries(cards)) if (card.fits) expect(id).toBe(maker);
		}
	}
});
