import { writeFileSync } from 'node:fs';
import { expect, test, type Page } from './shared';
import { DiffPage, showDamage } from './diff-page';
import { tokenizerJson } from './dropped-files';
import { LabPage } from './lab-page';
import { expectStill, watchShifts } from './layout-shifts';
import { holdableWorkers, holdLargeFiles, slowWorkers } from './slow-workers';

test('a link shows nothing of another pair before hydration, and says that it compares', async ({
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

test('a file that is read takes the place of the old pair, which Stop and an error bring back', async ({
	page
}) => {
	const reading = await holdLargeFiles(page, 1e6);
	const diff = new DiffPage(page);
	await diff.open();
	const large = test.info().outputPath('large.json');
	writeFileSync(large, tokenizerJson() + ' '.repeat(1e6));
	const field = diff.main.getByLabel('Tokenizer files');
	const alert = diff.main.getByRole('alert');

	await field.setInputFiles(large);
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

	const broken = Buffer.from(tokenizerJson().slice(0, -9));
	await field.setInputFiles({ name: 'broken.json', mimeType: 'text/plain', buffer: broken });
	await expect(alert).toContainText('broken.json: ');
	await expect(alert).toContainText(kept);
	await expect(diff.verdict).toBeVisible();
});

test('a link without its hash asks for the whole link, and a bad one says what is wrong', async ({
	page
}) => {
	const diff = new DiffPage(page);
	await diff.open('?a=lab-a&b=lab-b');
	await page.getByText('Change the text').click();
	await page.getByTestId('text-input').fill('a b c');
	await expect(page).toHaveURL(/\?a=lab-a&b=lab-b.*&rest#v1\.t=/);
	await diff.ready();
	const link = page.url();
	await page.goto('about:blank');
	await new LabPage(page).open(link.split('#')[0]);
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
	await expect(field).toBeHidden();

	// Of a link with unknown parts, nothing is compared before the visitor agrees.
	await page.goto('about:blank');
	await new LabPage(page).open('./drift/diff/?a=nonsense&edit-b=[{"kind":"explode"}]');
	for (const words of ['“nonsense”', 'explode'])
		await expect(diff.main.getByRole('alert')).toContainText(words);
	await expect(diff.verdict).toBeHidden();
	await page.getByRole('button', { name: 'Compare llama3 with llama3' }).click();
	await diff.ready();
	await expect(diff.check('self-encode')).toContainText('23,171');
});

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
	await page.setViewportSize({ width: 360, height: 800 });
	await watchShifts(page);
	await recordFrames(page);
	await slowWorkers(page, 120);
	const diff = new DiffPage(page);
	await diff.open('?a=lab-a&b=lab-a');
	await expectStill(page);
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
