import { writeFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { encodeTextHash } from '../../src/lib/session/links/link-codec';
import { DiffPage, showDamage } from './diff-page';
import { tokenizerJson } from './dropped-files';
import { LabPage } from './lab-page';
import { holdableWorkers, holdLargeFiles, slowWorkers } from './slow-workers';

/** Figures that a frame shows at full strength. */
interface Frame {
	readonly a: string;
	readonly b: string;
	/** Text in the field. */
	readonly text: string;
	/** "so far" until it is final. */
	readonly verdict: string | null;
	/** Checks, visible and not dimmed. */
	readonly checks: number;
	/** Names above the two columns of tokens; `null` if dimmed or hidden. */
	readonly names: string | null;
	/** The same; `null` only if hidden. */
	readonly drawn: string | null;
	/** Findings on the text; `null` if dimmed or hidden. */
	readonly findings: string | null;
	/** Damage figures, visible and not dimmed. */
	readonly damage: number;
	/** Whether the report can be exported. */
	readonly report: boolean;
}

/** Records every frame that differs from the one before. */
const recordFrames = (page: Page) =>
	page.addInitScript(() => {
		const frames: Frame[] = [];
		Object.assign(window, { frames });
		const isVisible = (element: Element) => element.checkVisibility({ visibilityProperty: true });
		const isPlain = (element: Element) => isVisible(element) && !element.closest('.stale');
		const plain = (selector: string) => [...document.querySelectorAll(selector)].filter(isPlain);
		const textOf = (selector: string, isShown = isPlain) =>
			[...document.querySelectorAll(selector)]
				.filter(isShown)
				.map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim())
				.at(0) ?? null;
		const valueOf = (id: string) =>
			document.querySelector<HTMLSelectElement>(`[data-testid="${id}"]`)?.value ?? '';
		const record = () => {
			const verdict = document.querySelector('[data-testid="verdict"]');
			if (verdict) {
				const frame: Frame = {
					a: valueOf('tokenizer-a'),
					b: valueOf('tokenizer-b'),
					text: valueOf('text-input'),
					verdict:
						verdict.getAttribute('data-verdict') ??
						(isPlain(verdict) && verdict.textContent.includes('So far') ? 'so far' : null),
					checks: plain('[data-check]').length,
					names: textOf('.names'),
					drawn: textOf('.names', isVisible),
					findings: textOf('[data-testid="text-findings"]'),
					damage: plain('[data-damage]').length,
					report: plain('[aria-haspopup="menu"]:not([aria-disabled])').some(({ textContent }) =>
						textContent.includes('Export')
					)
				};
				if (JSON.stringify(frames.at(-1)) !== JSON.stringify(frame)) frames.push(frame);
			}
			requestAnimationFrame(record);
		};
		requestAnimationFrame(record);
	});

const framesOf = (page: Page) =>
	page.evaluate(() => (window as unknown as { frames: readonly Frame[] }).frames);

/** Sum of the layout shifts that no input caused. */
const observeShifts = (page: Page) =>
	page.addInitScript(() => {
		Object.assign(window, { shifted: 0 });
		new PerformanceObserver((list) => {
			for (const entry of list.getEntries() as (PerformanceEntry & {
				readonly value: number;
				readonly hadRecentInput: boolean;
			})[])
				if (!entry.hadRecentInput)
					(window as unknown as { shifted: number }).shifted += entry.value;
		}).observe({ type: 'layout-shift', buffered: true });
	});

const shiftOf = (page: Page) =>
	page.evaluate(() => (window as unknown as { shifted: number }).shifted);

const hashOf = async (value: string) => `#${(await encodeTextHash({ kind: 'text', value })) ?? ''}`;

const editsOf = (edits: unknown) => encodeURIComponent(JSON.stringify(edits));

test.describe('a link to a diff', () => {
	for (const width of [1280, 360]) {
		test(`never shows another pair’s verdict, and nothing moves, ${width} px wide`, async ({
			page
		}) => {
			await page.setViewportSize({ width, height: 800 });
			await recordFrames(page);
			await observeShifts(page);
			await slowWorkers(page, 150);
			const diff = new DiffPage(page);
			await diff.open(`?a=gpt2&b=qwen3${await hashOf('a b c')}`);
			const frames = await framesOf(page);
			for (const frame of frames) {
				expect([null, 'crash']).toContain(frame.verdict);
				// What is shown belongs to the link.
				if (frame.checks > 0) expect(frame.verdict).toBe('crash');
				if (frame.names !== null) expect(frame.names).toBe('A · gpt2B · qwen3');
				if (frame.findings !== null) expect(frame.findings).toMatch(/^A: 3 tokens, B: 3 tokens/);
			}
			expect(frames.at(0)).toMatchObject({ verdict: null, checks: 0, names: null, findings: null });
			expect(frames.at(-1)).toMatchObject({ verdict: 'crash', names: 'A · gpt2B · qwen3' });
			expect(await shiftOf(page)).toBeLessThanOrEqual(0.02);

			await diff.b.selectOption('cl100k_base');
			await diff.ready();
			await expect(diff.verdict).toHaveAttribute('data-verdict', 'crash');
			expect(await shiftOf(page)).toBeLessThanOrEqual(0.1);
		});
	}

	test('shows nothing of another pair before hydration either, and says that it compares', async ({
		page
	}) => {
		const workers = await holdableWorkers(page, true);
		let release = () => {};
		const released = new Promise<void>((resolve) => (release = resolve));
		await page.route(/_app\/immutable\/.*\.js/, async (route) => {
			await released;
			await route.continue();
		});
		await page.goto('./drift/diff/?a=gpt2&b=qwen3', { waitUntil: 'commit' });
		await expect(page.locator('footer')).toBeAttached();
		const diff = new DiffPage(page);
		await expect(diff.verdict).toBeHidden();
		await expect(diff.verdict).not.toHaveAttribute('data-verdict');
		await expect(diff.a).toBeHidden();
		release();
		await expect(page.getByRole('status').getByText('Comparing gpt2 with qwen3 …')).toBeVisible();
		await expect(diff.verdict).not.toHaveAttribute('data-verdict');
		await workers.release();
		await diff.ready();
		await expect(diff.verdict).toBeVisible();
	});
});

test('a file that is read takes the place of the old pair, which Stop and an error bring back', async ({
	page
}) => {
	const reading = await holdLargeFiles(page, 1e6);
	const diff = new DiffPage(page);
	await diff.open();
	const [large, broken] = ['large.json', 'broken.json'].map((name) => test.info().outputPath(name));
	writeFileSync(large, tokenizerJson() + ' '.repeat(1e6));
	writeFileSync(broken, '{"model":{"type":"BPE","vocab":{"a":0},"merges":["a b"]}}');
	const open = (path: string) => diff.main.getByLabel('Tokenizer files').setInputFiles(path);
	const alert = diff.main.getByRole('alert');

	await open(large);
	await reading();
	await expect(diff.main.getByRole('status').getByText('Opening large.json …')).toBeVisible();
	await expect(diff.verdict).toBeHidden();
	await expect(diff.check('config')).toBeHidden();
	await expect(page.getByTestId('text-findings')).toBeHidden();
	await diff.main.getByRole('button', { name: 'Stop' }).click();
	const kept = 'Below is still the comparison of llama3 with llama3, pre-tokenizer: ByteLevel.';
	await expect(alert).toContainText('Stopped opening large.json.');
	await expect(alert).toContainText(kept);
	await expect(diff.verdict).toHaveAttribute('data-verdict', 'silent');
	await expect(diff.verdict).toBeVisible();

	await open(broken);
	await expect(alert).toContainText('broken.json: ');
	await expect(alert).toContainText(kept);
	await expect(diff.verdict).toBeVisible();
});

test('a link without its hash asks for the whole link, and shows no verdict', async ({ page }) => {
	const diff = new DiffPage(page);
	await diff.open('?a=lab-a&b=lab-b');
	await page.getByText('Change the text').click();
	await page.getByTestId('text-input').fill('a b c');
	await expect(page).toHaveURL(/\?a=lab-a&b=lab-b.*&rest#v1\.t=/);
	await diff.ready();
	const link = page.url();
	await page.goto('about:blank');
	await new LabPage(page).open(link.split('#')[0]);
	await expect(diff.main).toHaveAttribute('data-status', 'error');
	await expect(diff.main.getByRole('alert')).toContainText('everything from “#” on is missing');
	await expect(diff.verdict).toBeHidden();
	await expect(diff.verdict).not.toHaveAttribute('data-verdict');
	const field = page.getByLabel('Paste the whole link');
	await field.fill('https://lab.example/');
	await field.press('Enter');
	await expect(diff.main.getByRole('alert').last()).toContainText(
		'Expected a link that starts with'
	);
	await field.fill(link);
	await field.press('Enter');
	await diff.ready();
	await expect(diff.b).toHaveValue('lab-b');
	await expect(page.getByTestId('text-findings')).toContainText('A: 3 tokens');
	await expect(diff.verdict).toBeVisible();
	await expect(page.getByLabel('Paste the whole link')).toBeHidden();
});

test('every frame shows only what belongs to the sides and the text', async ({ page }) => {
	const verdicts = new Map([
		['lab-a lab-a', 'identical'],
		['lab-b lab-b', 'identical'],
		['lab-a lab-b', 'silent'],
		['lab-b lab-a', 'silent'],
		['gpt2 lab-a', 'silent'],
		['lab-a gpt2', 'crash'],
		['gpt2 gpt2', 'identical']
	]);
	await recordFrames(page);
	await slowWorkers(page, 120);
	const diff = new DiffPage(page);
	await diff.open('?a=lab-a&b=lab-a');
	await showDamage(page);
	await page.getByTestId('measure-damage').click();
	await expect(page.locator('[data-damage="0"]')).toHaveCount(3);
	await page.getByText('Change the text').click();
	const field = page.getByTestId('text-input');

	await diff.b.selectOption('lab-b');
	await diff.a.selectOption('lab-b');
	await diff.b.selectOption('lab-a');
	await field.fill('a');
	await expect(diff.verdict).toHaveAttribute('data-verdict', 'silent');
	await diff.a.selectOption('gpt2');
	await diff.b.selectOption('gpt2');
	await expect(diff.verdict).toHaveAttribute('data-verdict', 'identical');
	await field.fill('a b');
	await field.fill('a b c');
	await diff.ready();
	const findings = page.getByTestId('text-findings');
	await expect(findings).toContainText('A: 3 tokens, B: 3 tokens. No token changes.');
	await field.fill('a b c d');
	await expect(findings).toContainText('A: 4 tokens');

	const frames = await framesOf(page);
	for (const { a, b, text, verdict, checks, names, drawn, findings, damage, report } of frames) {
		const pair = `${a} ${b}`;
		const ofPair = `A · ${a}B · ${b}`.replaceAll('lab-a', 'lab A').replaceAll('lab-b', 'lab B');
		if (drawn !== null) expect(drawn).toBe(ofPair);
		if (verdict === 'so far') expect([pair, verdicts.get(pair)]).toEqual([pair, 'identical']);
		else if (verdict !== null) expect([pair, verdict]).toEqual([pair, verdicts.get(pair)]);
		if (checks > 0) expect(verdict, pair).not.toBeNull();
		if (report) expect([null, 'so far']).not.toContain(verdict);
		if (names !== null && a === 'gpt2' && b === 'gpt2') expect(names).toBe('A · gpt2B · gpt2');
		if (names !== null && pair.startsWith('lab')) expect(names).not.toContain('gpt2');
		if (damage > 0) expect(pair).toBe('lab-a lab-a');
		if (findings !== null && a === 'gpt2' && b === 'gpt2')
			expect([text, findings]).toEqual([
				text,
				expect.stringContaining(`A: ${text.split(' ').length} token`)
			]);
	}
	expect(frames.at(-1)).toMatchObject({ text: 'a b c d', verdict: 'identical', report: true });
});

test.describe('an error is an answer', () => {
	test('a text that cannot be compared in time is asked about once, and Stop stops', async ({
		page
	}) => {
		test.slow();
		let workers = 0;
		page.on('worker', () => workers++);
		const edits = [{ kind: 'split-regex', split: 0, regex: '(a+)+$' }];
		const search = `?a=gpt2&b=gpt2&edit-b=${editsOf(edits)}`;
		const diff = new DiffPage(page);
		await new LabPage(page).open(`./drift/diff/${search}${await hashOf(`${'a'.repeat(40)}!`)}`);
		await expect(diff.main).toHaveAttribute('data-status', 'error');
		await expect(page.getByRole('alert').first()).toBeVisible();
		const started = workers;
		expect(started).toBeLessThanOrEqual(6);

		// The pattern fails after about a second, so the button is pressed as soon as it is there.
		await page.evaluate(() => {
			const observer = new MutationObserver(() => {
				const stop = [...document.querySelectorAll<HTMLElement>('main button')].find(
					({ textContent }) => textContent?.trim() === 'Stop'
				);
				if (!stop) return;
				observer.disconnect();
				stop.click();
			});
			observer.observe(document.body, { childList: true, subtree: true });
		});
		await page.getByRole('button', { name: 'Try again' }).first().click();
		await expect(page.getByRole('alert').first()).toContainText('Stopped');
		// Other input does not start what was stopped.
		await page.getByText('Ids', { exact: true }).click();
		await expect(page).toHaveURL(/view=ids/);
		await expect(diff.main).toHaveAttribute('data-status', 'error');
		expect(workers - started).toBeLessThanOrEqual(2);
	});

	test('without its worker, a page asks once until the visitor tries again', async ({ page }) => {
		let asked = 0;
		let isBroken = true;
		await page.route(/worker.*\.js/, async (route) => {
			asked++;
			if (isBroken) await route.abort();
			else await route.continue();
		});
		const diff = new DiffPage(page);
		const alert = page.getByRole('alert').filter({ hasText: /./ });
		await new LabPage(page).open(`./drift/diff/?a=gpt2&b=gpt2${await hashOf('a b c')}`);
		await expect(diff.main).toHaveAttribute('data-status', 'error');
		await expect(alert).toBeVisible();
		await expect(diff.verdict).toBeHidden();
		await diff.a.selectOption('qwen3');
		await expect(alert).toBeVisible();
		expect(asked).toBeLessThanOrEqual(8);
		isBroken = false;
		await page.getByRole('button', { name: 'Try again' }).click();
		await diff.ready();
		await expect(alert).toHaveCount(0);
		await expect(diff.verdict).toHaveAttribute('data-verdict', /./);
	});
});

test('says that a side starts with two BOS tokens, and a link keeps how the text is read', async ({
	page,
	context
}) => {
	const bos = [{ kind: 'bos', times: 1, token: '<|begin_of_text|>' }];
	const search = `?a=llama3&b=llama3&edit-b=${editsOf(bos)}`;
	const diff = new DiffPage(page);
	await diff.open(`${search}${await hashOf('<|begin_of_text|>Hello')}`);
	const findings = page.getByTestId('text-findings');
	await expect(findings).toContainText('No token changes.');
	await expect(findings).toContainText('A and B add different tokens around a text.');
	await page.getByTestId('special-tokens').selectOption('parse');
	await page.getByTestId('template-tokens').check();
	const repeated = page.getByTestId('repeated-bos');
	await expect(repeated).toHaveText('B starts with two BOS tokens (<|begin_of_text|>, id 128000).');
	const ids = (side: string) =>
		page
			.getByRole('listbox', { name: side })
			.locator('[data-token-id]')
			.evaluateAll((tokens) => tokens.map((token) => token.getAttribute('data-token-id')));
	await expect
		.poll(() => ids('llama3, <|begin_of_text|> once before the text'))
		.toEqual(['128000', '128000', '9906']);
	await expect(findings).toContainText('A: 2 tokens, B: 3 tokens.');
	const reads = page.getByRole('region', { name: 'What the model reads' });
	await expect(reads).toHaveText('<|begin_of_text|><|begin_of_text|>Hello');
	await expect(page).toHaveURL(/special=parse&template=on/);

	const other = await context.newPage();
	await new LabPage(other).open(page.url());
	await new DiffPage(other).ready();
	await expect(other.getByTestId('special-tokens')).toHaveValue('parse');
	await expect(other.getByTestId('template-tokens')).toBeChecked();
	await expect(other.getByTestId('repeated-bos')).toContainText('B starts with two BOS tokens');
});

test('undoes an example, closed files, and removed changes', async ({ page }) => {
	const diff = new DiffPage(page);
	await diff.open();
	const field = page.getByTestId('text-input');
	await page.getByText('Change the text').click();
	await field.fill('mine\ntext');
	await page.getByRole('button', { name: 'Texts' }).click();
	await page.getByRole('menuitem', { name: /^Numbers/ }).click();
	await expect(field).toHaveValue(/^9\.11/);
	const undo = page.getByRole('button', { name: 'Undo' });
	await undo.click();
	await expect(field).toHaveValue('mine\ntext');

	const file = (name: string, content: string) => ({
		name,
		mimeType: 'text/plain',
		buffer: Buffer.from(content)
	});
	const findings = page.getByTestId('text-findings');
	await page
		.getByLabel('Open files to compare')
		.setInputFiles([file('one.txt', 'a b c'), file('two.txt', 'd e')]);
	await expect(findings).toContainText('A: 5 tokens');
	await undo.click();
	await expect(findings).toContainText('A: 3 tokens');
	await page
		.getByLabel('Open files to compare')
		.setInputFiles([file('one.txt', 'a b c'), file('two.txt', 'd e')]);
	await expect(findings).toContainText('A: 5 tokens');
	await page.getByRole('button', { name: 'Use your text instead' }).click();
	await expect(findings).toContainText('A: 3 tokens');
	await undo.click();
	await expect(findings).toContainText('A: 5 tokens');
	await expect(page.getByText('Comparing 2 files.')).toBeVisible();

	await page.getByRole('button', { name: 'Add another change' }).click();
	const changes = page.getByLabel('Change', { exact: true });
	await expect(changes).toHaveCount(2);
	const before = await changes.evaluateAll((all) =>
		all.map((select) => (select as HTMLSelectElement).value)
	);
	await page
		.getByRole('button', { name: /^Remove:/ })
		.first()
		.click();
	await expect(changes).toHaveCount(1);
	await undo.click();
	await expect(changes).toHaveCount(2);
	await diff.b.selectOption('gpt2');
	await expect(changes).toHaveCount(0);
	await undo.click();
	await expect(changes).toHaveCount(2);
	expect(
		await changes.evaluateAll((all) => all.map((select) => (select as HTMLSelectElement).value))
	).toEqual(before);
});

test('draws right-to-left readings by paragraph, as the tokens are drawn', async ({ page }) => {
	const diff = new DiffPage(page);
	await diff.open(`?a=gpt2&b=gpt2${await hashOf('שלום (abc) עולם\nplain text')}`);
	await page.getByText(/^No loss: /).click();
	const reads = page.getByRole('region', { name: 'What the model reads' });
	await expect(reads).toHaveCSS('unicode-bidi', 'plaintext');
	await expect(page.locator('.token-text').first()).toHaveCSS('unicode-bidi', 'plaintext');
	await expect(reads).not.toHaveAttribute('dir');
	await expect(page.getByTestId('text-input')).toHaveAttribute('dir', 'auto');
});
