import { expect, test } from './shared';
import { sized } from '../support/size';
import { chooseItem, LabPage } from './lab-page';
import { expectDimmed, watchFigures } from './seen-frames';
import { holdableWorkers, slowWorkers } from './slow-workers';
import { TrainPage } from './train-page';

const OWN = 'She sells sea shells by the sea shore.\n';
/** Too large for the text field, so the page trains on the file without showing its text. */
const LARGE = 'a line of text\n'.repeat(100_000);

test('what replaces the user’s corpus can be undone, with rules and step', async ({ page }) => {
	const lab = new TrainPage(page);
	const undo = page.getByRole('button', { name: 'Undo' });
	await lab.open();
	await lab.train(OWN, '262');
	await page.getByRole('button', { name: 'Back' }).click();
	await expect(lab.main).toHaveAttribute('data-step', '5');
	const ids = await lab.ids();
	const takeBack = async () => {
		await undo.click();
		await expect(lab.corpus).toHaveValue(OWN);
		await expect(lab.size).toHaveValue('262');
		await expect(lab.main).toHaveAttribute('data-step', '5');
		await lab.settle();
		expect(await lab.ids()).toEqual(ids);
	};
	await chooseItem(page, 'Examples', 'aaabdaaabac');
	await expect(lab.corpus).toHaveValue('aaabdaaabac');
	await expect(lab.main).toHaveAttribute('data-step', '1');
	await takeBack();
	await lab.drop('large.txt', LARGE);
	await expect(page.getByText('The corpus is large.txt.')).toBeVisible();
	await takeBack();
	// A worker has recomputed the training state.
	await page.getByRole('button', { name: 'Forward' }).click();
	await expect(page.locator('[data-merge="6"] [aria-busy="false"]')).toBeVisible();
	await expect(page.getByRole('button', { name: 'Save in this browser' })).toBeEnabled();
});

test('a file or a size with an error leaves corpus and training as they were', async ({ page }) => {
	const lab = new TrainPage(page);
	await lab.open();
	await lab.train(OWN, '262');
	const ids = await lab.ids();
	const refused = async (name: string, content: string | Buffer, message: string) => {
		await lab.openFile(name, content);
		await expect(lab.main.getByRole('alert')).toContainText(message);
		await expect(lab.corpus).toHaveValue(OWN);
		await lab.settle();
		expect(await lab.ids()).toEqual(ids);
	};
	const notUtf8 = Buffer.concat([Buffer.alloc(2_000_000, 'a'), Buffer.of(0xff)]);
	await refused('a.txt', notUtf8, 'a.txt is not UTF-8: byte 2,000,000 is 0xFF.');
	await refused('b.tsv', '"a"\t1\n"b"\tmany\n', 'b.tsv: line 2: got "many", expected a whole');

	await lab.size.fill('10');
	await lab.size.press('Enter');
	await expect(page.getByText(/vocabulary size 10 is too small/i)).toBeVisible();
	await expect(lab.size).toHaveAttribute('aria-describedby', 'size-error');
	await expect(page.locator('.stale [data-training]')).toBeVisible();
	await expect(lab.corpus).toHaveValue(OWN);
});

test('the shown text is that of all pages, in the link if it fits, and kept over a reload', async ({
	page
}) => {
	const lab = new TrainPage(page);
	await lab.open('?corpus=letters&size=259');
	await lab.settle();
	await lab.fillText('a banana');
	await expect(page).toHaveURL(/corpus=letters.*#v1\.t=.+&s=/);
	await expect(lab.trainedCount).toHaveText('8');
	await page.getByRole('link', { name: 'Compare' }).click();
	await expect(new LabPage(page).text).toHaveValue('a banana');
	await lab.open('?corpus=letters&size=259');

	for (const corpus of sized([OWN], ['aaabdaaabac', OWN])) {
		if (corpus === OWN) await lab.train(OWN, '262');
		const text = 'a long text '.repeat(300);
		await lab.fillText(text);
		await expect(page.getByText('Your text does not fit in the link.')).toBeVisible();
		await expect(page).not.toHaveURL(/&s=/);
		await lab.settle();
		const count = await lab.trainedCount.innerText();
		await page.reload();
		await expect(lab.text).toHaveValue(text);
		await expect(lab.corpus).toHaveValue(corpus);
		await expect(lab.trainedCount).toHaveText(count);
		// After a reload, the page must not go back to the long text.
		await lab.fillText('a banana');
		await expect(page).toHaveURL(/&s=/);
		await page.reload();
		await expect(lab.text).toHaveValue('a banana');
	}
});

test('a training that was stopped, by hand or for a file, leaves the earlier figures dimmed', async ({
	page
}) => {
	const workers = await holdableWorkers(page);
	const lab = new TrainPage(page);
	await lab.open();
	await workers.hold();
	await lab.corpus.fill(OWN);
	await page.getByRole('button', { name: 'Stop' }).click();
	await expect(lab.main).toHaveAttribute('data-status', 'idle');
	await workers.release();
	const dimmed = page.locator('.stale .stepper, .stale[data-merge], #corpus-facts.stale');
	await expect(dimmed).toHaveCount(3);
	const note = page.getByRole('status');
	await expect(
		note.filter({ hasText: 'The page still shows the previous training run.' })
	).toBeVisible();
	await expect(page.getByLabel('Save the previous tokenizer as')).toBeVisible();
	await lab.corpus.fill('');
	await expect(lab.main).toHaveAttribute('data-status', 'error');
	await expect(dimmed).toHaveCount(3);
	await lab.corpus.fill(OWN);
	await lab.settle();
	await expect(page.getByLabel('Save the tokenizer as')).toBeVisible();

	await workers.hold();
	await lab.corpus.fill(`${OWN}${OWN}`);
	await page.evaluate(() => {
		const released = new Promise((resolve) => Object.assign(window, { release: resolve }));
		Blob.prototype.arrayBuffer = async function () {
			// Don't hold back the start of the file, which determines its format.
			if (this.size > 200_000) await released;
			return new Response(this).arrayBuffer();
		};
	});
	await lab.drop('slow.txt', 'a'.repeat(300_000));
	const reading = note.filter({ hasText: 'Reading slow.txt…' });
	await expect(reading).toBeVisible();
	// The message that announces progress doesn't include the button.
	await expect(note.getByRole('button')).toHaveCount(0);
	const stop = page.getByRole('button', { name: 'Stop training' });
	await stop.click();
	await expect(lab.main).toHaveAttribute('data-status', 'idle');
	await expect(stop).toHaveCount(0);
	// The file that is still being read must not replace a later edit.
	await workers.release();
	await lab.corpus.fill(`${OWN}later`);
	await page.evaluate(() => (window as unknown as { release(): void }).release());
	await expect(reading).toHaveCount(0);
	await lab.settle();
	await expect(lab.corpus).toHaveValue(`${OWN}later`);
});

test('no figure of an earlier corpus or text, or of the example before the link, is shown as current', async ({
	page
}) => {
	await slowWorkers(page, 250);
	// Records the merge number whenever the stepper isn't dimmed.
	await page.addInitScript(() => {
		const strong = new Set<string>();
		Object.assign(window, { strong });
		const look = () => {
			const merges = document.querySelector('html[data-hydrated] .stepper .field');
			if (merges && !merges.closest('.stale')) strong.add(merges.textContent.replace(/\D+/, ''));
			requestAnimationFrame(look);
		};
		look();
	});
	const lab = new TrainPage(page);
	await page.goto('./train/?size=258&corpus=letters&step=2');
	await expect(lab.main).toHaveAttribute('data-step', '2');
	await lab.settle();
	const strong = await page.evaluate(() => [...(window as unknown as { strong: string[] }).strong]);
	expect(strong).toEqual(['2']);

	const left = ['#corpus-facts p', '[data-training]', '[data-merge]', '[data-tokens-left]'];
	await watchFigures(page, ...left, '[aria-label^="The corpus at"]');
	await lab.corpus.fill(OWN);
	await lab.settle();
	await expectDimmed(page);
	await page.getByText('Change your text').click();
	await watchFigures(page, '[data-trained-count]', '[aria-label$="in a real tokenizer"] .figure');
	await lab.fillText('another text');
	await lab.settle();
	await expectDimmed(page);
});
