import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base, type Page } from '@playwright/test';
import { serve } from '../support/static-server.js';
import { deploy, writeBuild } from './builds';
import { LabPage } from './lab-page';

/** A site that serves one of three builds. */
interface Site {
	readonly url: string;
	readonly deploy: (build: 'A' | 'B' | 'C') => void;
	readonly close: () => Promise<void>;
}

const test = base.extend<{ site: Site }>({
	serviceWorkers: 'allow',
	// eslint-disable-next-line no-empty-pattern -- Playwright reads the names of other fixtures from the pattern
	site: async ({}, use) => {
		const folder = mkdtempSync(join(tmpdir(), 'bpe-lab-builds-'));
		for (const name of ['A', 'B', 'C']) writeBuild(join(folder, name), name);
		const served = join(folder, 'served');
		deploy(served, join(folder, 'A'));
		const server = await serve(served);
		await use({
			url: server.url,
			deploy: (build) => deploy(served, join(folder, build)),
			close: server.close
		});
		await server.close();
		rmSync(folder, { recursive: true });
	}
});

/** Waits until the lab is kept. */
const kept = (page: Page) =>
	expect
		.poll(() =>
			page.evaluate(async () => {
				const registration = await navigator.serviceWorker.getRegistration();
				return `${registration?.active?.state} ${navigator.serviceWorker.controller !== null}`;
			})
		)
		.toBe('activated true');

/** Build of a page, after a check that no other has a script in it or in its workers. */
async function buildOf(page: Page): Promise<string | null> {
	await expect(page.locator('html[data-hydrated]')).toHaveCount(1);
	const name = await page.locator('meta[name="build"]').getAttribute('content');
	const scripts = 'Array.from(new Set(globalThis.labBuilds))';
	expect(await page.evaluate(scripts)).toEqual([name]);
	for (const worker of page.workers()) expect(await worker.evaluate(scripts)).toEqual([name]);
	return name;
}

/** Opens a page from the header. */
async function goTo(page: Page, name: string, heading: RegExp) {
	await page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
	await expect(page.getByRole('heading', { level: 1 })).toContainText(heading);
}

test('works without a network after the first visit, and in the next', async ({
	page,
	site,
	context
}) => {
	const lab = new LabPage(page);
	await lab.open(`${site.url}?t=gpt2`);
	await lab.ready();
	await kept(page);
	await site.close();
	await lab.text.fill('strawberry');
	await expect(lab.count('gpt2')).toHaveText('3');
	for (const [name, heading] of [
		['Train', /merge/i],
		['Strawberry', /strawberry/i]
	] as const)
		await goTo(page, name, heading);
	await goTo(page, 'Inflation', /times as many tokens/);
	await expect(page.getByText('Measured in this browser')).toBeVisible();
	await page.close();

	const next = new LabPage(await context.newPage());
	for (const path of [
		'about',
		'train/?size=300',
		'strawberry/',
		'drift/',
		'drift/diff/',
		'vocabulary/'
	])
		await next.open(site.url + path);
	await next.open(`${site.url}?t=gpt2`);
	await next.text.fill('strawberry');
	await expect(next.count('gpt2')).toHaveText('3');
	await next.choose('llama2');
	await expect(next.card('llama2')).toContainText('could not be fetched');
});

test('an update waits, and no file of one build is run with another across three', async ({
	context,
	site
}) => {
	const open = async () => {
		const page = await context.newPage();
		await new LabPage(page).open(`${site.url}?t=gpt2`);
		return page;
	};
	const look = (page: Page) =>
		page.evaluate(async () => {
			const registration = await navigator.serviceWorker.ready;
			await registration.update();
		});
	const announced = (page: Page) => page.locator('.announcement').getByText('A newer version');

	const first = await open();
	await kept(first);
	expect(await buildOf(first)).toBe('A');

	site.deploy('B');
	await look(first);
	await expect(announced(first)).toBeVisible();
	await goTo(first, 'Train', /merge/i);
	expect(await buildOf(first)).toBe('A');
	const second = await open();
	expect(await buildOf(second)).toBe('A');
	await expect(announced(second)).toBeVisible();
	await second.getByRole('button', { name: 'Reload' }).click();
	await expect(second.locator('meta[name="build"]')).toHaveAttribute('content', 'B');
	await expect(second.locator('html[data-hydrated]')).toHaveCount(1);
	expect(await buildOf(second)).toBe('B');
	await goTo(first, 'Strawberry', /strawberry/i);
	expect(await buildOf(first)).toBe('A');

	site.deploy('C');
	await look(second);
	await expect(announced(second)).toBeVisible();
	await second.getByRole('button', { name: 'Reload' }).click();
	await expect(second.locator('meta[name="build"]')).toHaveAttribute('content', 'C');
	await goTo(second, 'Drift', /./);
	expect(await buildOf(second)).toBe('C');
	await goTo(first, 'Inflation', /./);
	expect(await buildOf(first)).toBe('A');

	// The update is in use already, so this page only has to be loaded again.
	await first.getByRole('button', { name: 'Reload' }).click();
	await expect(first.locator('meta[name="build"]')).toHaveAttribute('content', 'C');
	expect(await buildOf(first)).toBe('C');
	await second.reload();
	await expect
		.poll(() =>
			second.evaluate(async () => (await caches.keys()).filter((key) => /-app-/.test(key)))
		)
		.toHaveLength(1);
	expect(await buildOf(second)).toBe('C');
});

test('a build that arrives in parts is not used', async ({ context, site, page }) => {
	await new LabPage(page).open(`${site.url}?t=gpt2`);
	await kept(page);
	site.deploy('B');
	// The pages of another build, as if only a part of the files had been replaced.
	await context.route(/\/train\/$/, (route) =>
		route.fulfill({ body: '<h1>Sign in to this network</h1>', contentType: 'text/html' })
	);
	const failed = page.evaluate(async () => {
		const registration = await navigator.serviceWorker.ready;
		const found = new Promise((resolve) =>
			registration.addEventListener(
				'updatefound',
				() => {
					const worker = registration.installing;
					worker?.addEventListener('statechange', () => resolve(worker.state));
				},
				{ once: true }
			)
		);
		await registration.update().catch(() => undefined);
		return found;
	});
	expect(await failed).toBe('redundant');
	await new LabPage(page).open(`${site.url}?t=gpt2`);
	expect(await buildOf(page)).toBe('A');
});
