import type { Page } from '@playwright/test';
import type { LinkedPage } from './linked-page';

const chosen = (label: string) => (page: Page) =>
	page.getByRole('combobox', { name: label, exact: true }).inputValue();

export const VOCABULARY: LinkedPage = {
	name: 'vocabulary',
	keys: [
		'tokenizer',
		'chosen',
		'search',
		'mode',
		'script',
		'kind',
		'order',
		'grouping',
		'facts',
		'template'
	],
	states: (pick, count) =>
		Array.from({ length: count }, () => {
			const tokenizer = pick(['gpt2', 'llama3']);
			const id = pick(['', '500', '15717']);
			const q = pick(['', 'ber', '15717']);
			const by = pick(['any', 'text']);
			const script = pick(['', 'Latin', 'Cyrillic']);
			const kind = pick(['', 'ordinary', 'unreachable']);
			const sort = pick(['id', 'characters', 'text']);
			const picture = pick(['script', 'kind']);
			const facts = pick(['', '1']);
			// gpt2 has none.
			const template = tokenizer === 'gpt2' ? '' : pick(['', '1']);
			const fields = { tokenizer, id, q, by, script, kind, sort, picture, facts, template };
			const search = new URLSearchParams(Object.entries(fields).filter(([, value]) => value));
			return {
				address: `vocabulary/?${search}`,
				shown: {
					tokenizer,
					chosen: id,
					search: q,
					mode: by,
					script,
					kind,
					order: sort,
					grouping: picture,
					facts: String(facts === '1'),
					template: String(template === '1')
				}
			};
		}),
	read: {
		tokenizer: chosen('Tokenizer'),
		chosen: async (page) => {
			const described = page.locator('[data-described]');
			return (await described.count()) === 0
				? ''
				: ((await described.getAttribute('data-described')) ?? '');
		},
		search: (page) => page.getByRole('searchbox', { name: 'Search tokens' }).inputValue(),
		mode: chosen('Search in'),
		script: chosen('Writing system'),
		kind: chosen('Kind'),
		order: chosen('Order'),
		grouping: async (page) =>
			(await page.getByRole('heading', { name: 'Tokens by' }).innerText()).split(' ').at(-1) ?? '',
		facts: async (page) => String(await page.getByText('Normalizer').isVisible()),
		template: async (page) => String(await page.getByText('Jinja program').isVisible())
	}
};
