import { createHash } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, extname, join, resolve } from 'node:path';
import { expect, test as base, type Page } from '@playwright/test';
import { listFiles, listOptionalFiles } from '../../src/tools/app-files.js';
import { serve } from '../support/static-server.js';

const BUILD = resolve(import.meta.dirname, '../../build');
const TEXTS = new Set(['.html', '.js', '.css', '.json', '.svg', '.webmanifest']);

/**
 * Writes a copy of the real build in which every file with a hash in its name has a different name. Each script adds
 * the copy's `name` to `labBuilds`, and each page contains it in a `meta` element.
 * @param vocabularies name of the copy with which this one shares vocabularies and texts, under the same file names
 */
function writeBuild(folder: string, name: string, vocabularies: string): void {
	const paths = readdirSync(BUILD, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name).slice(BUILD.length + 1));
	const renamed = new Map<string, string>();
	for (const path of paths) {
		const [, file, hash, ending] =
			/^_app\/immutable\/(?:.*\/)?(.*?)([\w-]{8})([.]\w+)$/.exec(path) ?? [];
		const build = ending === '.bin' || ending === '.txt' ? vocabularies : name;
		if (hash) renamed.set(file + hash + ending, `${file}${hash.slice(0, 6)}-${build}${ending}`);
	}
	const pattern = new RegExp(
		[...renamed.keys()].map((key) => key.replaceAll('.', '[.]')).join('|'),
		'g'
	);
	const rename = (text: string) => text.replace(pattern, (found) => renamed.get(found) ?? found);
	for (const path of paths.filter((path) => path !== 'service-worker.js')) {
		const target = join(folder, rename(path));
		mkdirSync(dirname(target), { recursive: true });
		if (TEXTS.has(extname(path))) {
			writeFileSync(target, mark(rename(readFileSync(join(BUILD, path), 'utf8')), path, name));
		} else linkSync(join(BUILD, path), target);
	}
	const script = readFileSync(join(BUILD, 'service-worker.js'), 'utf8');
	const version = (
		JSON.parse(readFileSync(join(BUILD, '_app/version.json'), 'utf8')) as { version: string }
	).version;
	const entry = readdirSync(join(folder, '_app/immutable'), { recursive: true, encoding: 'utf8' });
	for (const path of entry.filter((path) => path.endsWith('.js'))) {
		const file = join(folder, '_app/immutable', path);
		writeFileSync(file, readFileSync(file, 'utf8').replaceAll(version, version + name));
	}
	// Write the service worker last, because it contains the hash of every other file.
	writeFileSync(
		join(folder, 'service-worker.js'),
		script
			.replaceAll(version, version + name)
			.replace(listFiles(BUILD), listFiles(folder))
			.replace(listOptionalFiles(BUILD), listOptionalFiles(folder))
	);
}

function mark(text: string, path: string, name: string): string {
	if (path.endsWith('.js')) return `${text}\n(globalThis.labBuilds ??= []).push('${name}');`;
	if (!path.endsWith('.html') || path === '404.html') return text;
	const marked = text.replace('<head>', `<head><meta name="build" content="${name}" />`);
	const hashes = [...marked.matchAll(/<script>([^]*?)<\/script>/g)].map(
		([, code]) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`
	);
	return marked.replace(
		/script-src [^;]*/,
		`script-src 'self' 'wasm-unsafe-eval' ${hashes.join(' ')}`
	);
}

export interface Site {
	readonly url: string;
	readonly deploy: (build: 'A' | 'B' | 'C') => void;
	readonly close: () => Promise<void>;
}

/** For each build, the build whose vocabularies and texts it shares. */
const VOCABULARIES = { A: 'A', B: 'B', C: 'B' };

export const test = base.extend<
	{ site: Site },
	{ folderOf: (build: keyof typeof VOCABULARIES) => string }
>({
	serviceWorkers: 'allow',
	/**
	 * Writes each build when it is first served. The build folders remain until the test process ends, because a server
	 * may still be reading from them when the test ends.
	 */
	folderOf: [
		// eslint-disable-next-line no-empty-pattern -- Playwright reads the names of other fixtures from the pattern
		async ({}, use) => {
			const folder = await mkdtemp(join(tmpdir(), 'bpe-lab-builds-'));
			await use((build) => {
				const target = join(folder, build);
				if (!existsSync(target)) writeBuild(target, build, VOCABULARIES[build]);
				return target;
			});
			await rm(folder, { recursive: true });
		},
		{ scope: 'worker' }
	],
	site: async ({ folderOf }, use) => {
		let served = folderOf('A');
		const server = await serve(() => served);
		await use({
			url: server.url,
			deploy: (build) => (served = folderOf(build)),
			close: server.close
		});
		await server.close();
	}
});

export const kept = (page: Page) =>
	expect
		.poll(() =>
			page.evaluate(async () => {
				const registration = await navigator.serviceWorker.getRegistration();
				return `${registration?.active?.state} ${navigator.serviceWorker.controller !== null}`;
			})
		)
		.toBe('activated true');

/** Checks for an update, as pages do from time to time. */
export const lookForUpdate = (page: Page) =>
	page.evaluate(async () => {
		const registration = await navigator.serviceWorker.ready;
		await registration.update();
	});

/** Checks for an update, and waits until the new worker is "installed", or "redundant" because it cannot be used. */
export const stateOfUpdate = (page: Page): Promise<string> =>
	page.evaluate(async () => {
		const registration = await navigator.serviceWorker.ready;
		const state = new Promise<string>((resolve) =>
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
		return state;
	});

export async function useUpdate(page: Page, build: string): Promise<void> {
	// Press Enter, because a click would wait for the button to stay still for two frames, which a busy machine may not
	// draw.
	await page.locator('.announcement').getByRole('button', { name: 'Reload' }).press('Enter');
	await expect(page.locator('meta[name="build"]')).toHaveAttribute('content', build);
	await expect(page.locator('html[data-hydrated]')).toHaveCount(1);
}

/** Returns a page's build, after checking that the page and its workers don't run scripts from any other build. */
export async function buildOf(page: Page): Promise<string | null> {
	await expect(page.locator('html[data-hydrated]')).toHaveCount(1);
	const name = await page.locator('meta[name="build"]').getAttribute('content');
	const scripts = 'Array.from(new Set(globalThis.labBuilds))';
	expect(await page.evaluate(scripts)).toEqual([name]);
	// A worker exists before its script has loaded.
	for (const worker of page.workers())
		await expect.poll(() => worker.evaluate(scripts)).toEqual([name]);
	return name;
}
