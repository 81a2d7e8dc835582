import type { Page } from '@playwright/test';
import { byteLevelJson, drop } from '../e2e/dropped-files';
import { pick, randomFrom } from '../support/random-texts';

const PAGES = [
	...['train/', 'strawberry/', 'inflation/', 'drift/', 'drift/diff/', 'drift/lineages/'],
	...['vocabulary/', 'about/', '']
];
/** Simulates a day's work in the lab at high speed, and undoes every change. */
export class Visitor {
	#tokenizers = 0;

	constructor(
		private readonly page: Page,
		private readonly site: string
	) {}

	async open(address = ''): Promise<void> {
		await this.page.goto(this.site + address);
		await this.page.locator('html[data-hydrated]').waitFor();
		await this.ready();
	}

	async ready(): Promise<void> {
		await this.page.waitForFunction(
			() => document.querySelector('[data-status]:not([data-status="ready"])') === null,
			undefined,
			{ timeout: 120_000 }
		);
	}

	/** Types letters into the text on Compare and deletes them again. */
	async edit(times: number): Promise<void> {
		const field = this.page.getByTestId('text-input');
		await field.focus();
		await field.press('ControlOrMeta+End');
		for (let done = 0; done < times; done += 2) {
			await this.page.keyboard.press('abcdefghij '[(done / 2) % 11]);
			await this.page.keyboard.press('Backspace');
			if (done % 100 === 0) await this.ready();
		}
		await this.ready();
	}

	/** Goes from page to page, and back to Compare. */
	async changePages(times: number): Promise<void> {
		for (let i = 0; i < times; i++) await this.goTo(PAGES[i % PAGES.length]);
		await this.goTo('');
	}

	async goTo(path: string): Promise<void> {
		await this.page.evaluate((address) => {
			const link = document.createElement('a');
			link.href = address;
			document.querySelector('header')?.append(link);
			link.click();
			link.remove();
		}, this.site + path);
		await this.page.waitForURL((url) => url.href.split(/[?#]/)[0] === this.site + path);
		await this.ready();
	}

	/** Drops `times` files on the page, alternating between tokenizers and texts, and undoes each change. */
	async dropFiles(times: number): Promise<void> {
		for (let i = 0; i < times; i++) {
			const name = i % 2 === 0 ? `t${this.#tokenizers++}.json` : `text-${i}.txt`;
			const content =
				i % 2 === 0 ? randomTokenizer(this.#tokenizers, 3000) : `${i} `.repeat(50_000);
			await drop(this.page, { name, content });
			const undo = this.page.getByRole('button', { name: 'Undo' });
			await undo.waitFor();
			await this.ready();
			await undo.click();
			await undo.waitFor({ state: 'detached' });
			await this.ready();
		}
	}
}

/** A byte-level tokenizer.json with `count` merges of random letters. */
export function randomTokenizer(seed: number, count: number): string {
	const random = randomFrom(seed);
	const tokens = new Set('abcdefghijklmnopqrstuvwxyzĠ');
	const merges: string[] = [];
	const all = [...tokens];
	while (merges.length < count) {
		const [left, right] = [pick(random, all), pick(random, all)];
		if (tokens.has(left + right) || left.length + right.length > 16) continue;
		tokens.add(left + right);
		all.push(left + right);
		merges.push(`${left} ${right}`);
	}
	return byteLevelJson(Object.fromEntries(all.map((token, id) => [token, id])), merges);
}
