import type { Page } from '@playwright/test';
import type { LinkedPage } from './linked-page';

const CASES = ['gemma-without-bos', 'llama3-without-bos', 'two-bos'];

const chosen = (label: string) => (page: Page) =>
	page.getByRole('combobox', { name: label }).inputValue();

export const DRIFT: LinkedPage = {
	name: 'drift',
	keys: ['cases', 'query', 'stage', 'library', 'damage', 'evidence', 'method'],
	states: (pick, count) =>
		Array.from({ length: count }, () => {
			const open = CASES.filter(() => pick([true, false]));
			const fields = {
				case: open.join(' '),
				q: pick(['', 'BOS']),
				stage: pick(['', 'post-processor']),
				library: pick(['', 'lm-evaluation-harness']),
				damage: pick(['', 'measured']),
				evidence: pick(['', 'mechanism', 'published-ids']),
				method: pick(['', '1'])
			};
			const search = new URLSearchParams(Object.entries(fields).filter(([, value]) => value));
			const isListed = (slug: string) =>
				fields.evidence === (slug === 'two-bos' ? 'published-ids' : 'mechanism') ||
				fields.evidence === '';
			const isFound = (slug: string) =>
				isListed(slug) && (fields.library === '' || slug !== 'llama3-without-bos');
			return {
				address: `drift/?${search}`,
				shown: {
					cases: open.filter(isFound).join(', '),
					query: fields.q,
					stage: fields.stage,
					library: fields.library,
					damage: fields.damage,
					evidence: fields.evidence,
					method: fields.method === '' ? '0' : '1'
				}
			};
		}),
	read: {
		cases: (page) =>
			page
				.locator('[data-case]', { has: page.getByTestId('answer') })
				.evaluateAll((found) => found.map(({ id }) => id).join(', ')),
		query: (page) => page.getByLabel('Search').inputValue(),
		stage: chosen('Stage'),
		library: chosen('Library'),
		damage: chosen('Damage'),
		evidence: chosen('Evidence'),
		method: async (page) =>
			String(await page.getByRole('button', { name: 'Measure again here' }).count())
	}
};
