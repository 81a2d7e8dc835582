import { expect, test } from '@playwright/test';
import { encodeTextHash } from '../../src/lib/session/links/link-codec';
import { randomFrom } from '../support/random-texts';
import { COMPARE } from './link-states/compare';
import { DIFF } from './link-states/diff';
import { DRIFT } from './link-states/drift';
import { INFLATION } from './link-states/inflation';
import type { LinkedPage } from './link-states/linked-page';
import { STRAWBERRY } from './link-states/strawberry';
import { TRAIN } from './link-states/train';
import { VOCABULARY } from './link-states/vocabulary';

const SEED = 20261126;
/** Pages with the number of states that are generated for each: 84 together. */
const PAGES: readonly (readonly [LinkedPage, number])[] = [
	[COMPARE, 14],
	[TRAIN, 14],
	[STRAWBERRY, 12],
	[INFLATION, 14],
	[DIFF, 14],
	[DRIFT, 8],
	[VOCABULARY, 8]
];

for (const [linked, count] of PAGES) {
	const random = randomFrom(SEED);
	const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)];
	const states = Promise.resolve(linked.states(pick, count));

	test.describe(`links to ${linked.name}`, () => {
		test('every field takes at least two values', async () => {
			const values = new Map(linked.keys.map((key) => [key, new Set<string>()]));
			for (const { shown } of await states)
				for (const [key, value] of Object.entries(shown)) values.get(key)?.add(value);
			for (const [key, found] of values) expect([...found].length, key).toBeGreaterThan(1);
		});

		for (let i = 0; i < count; i++)
			test(`state ${i + 1} is restored in a fresh browser`, async ({ page }) => {
				const { address, shown } = (await states)[i];
				await page.goto(`./${address}`);
				for (const [key, value] of Object.entries(shown))
					await expect
						.poll(() => linked.read[key](page), { message: `${key} of ${address}` })
						.toBe(value);
			});
	});
}

test('a link is shown before the answer of a tokenizer that takes too long', async ({ page }) => {
	await page.route(/gemma3[.].*\.bin$/, () => {
		// Never answered.
	});
	const hash = await encodeTextHash({ kind: 'text', value: 'Not prerendered.' });
	await page.goto(`./?t=gpt2,gemma3#${hash}`);
	const card = (id: string) => page.locator(`[data-tokenizer="${id}"]`);
	await expect(card('gpt2').locator('[data-token-count]')).toBeVisible();
	await expect(card('gemma3')).toHaveAttribute('data-status', 'loading');
	await expect(page.locator('html[data-link]')).toHaveCount(0);
});
