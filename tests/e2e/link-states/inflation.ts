import type { Page } from '@playwright/test';
import { encodeTextHash } from '../../../src/lib/session/links/link-codec';
import type { LinkedPage, LinkState, Pick } from './linked-page';

/** Names of languages by their code. */
const LANGUAGES = { eng: 'English', fin: 'Finnish', mya: 'Burmese', rus: 'Russian' } as const;
type Code = keyof typeof LANGUAGES;
/** A search and a script that match languages. */
const FILTERS = [
	['', ''],
	['gaelic', 'Latin'],
	['myanmar', 'Myanmar']
] as const;
const PANELS = ['table', 'across', 'costs', 'formulas', 'own', 'method'];

async function stateOf(pick: Pick, at: number): Promise<LinkState> {
	const tokenizers = pick([
		['o200k_base', 'gpt2', 'cl100k_base'],
		['o200k_base', 'llama2']
	]);
	const baseline = pick<Code>(['eng', 'rus']);
	const chosen = pick<Code>(['fin', 'mya']);
	const all = pick([true, false, false]);
	const [search, script] = pick(FILTERS);
	const log = pick([true, false]);
	const sort = pick(['name', ...tokenizers]);
	// Only OpenAI's tokenizers have models with prices.
	const prices = ['model', 'figures', 'none'][at % 3];
	const detail = prices === 'model' ? 'o200k_base' : pick(tokenizers);
	const article = pick([1, 3, 30]);
	const word = pick(['tur', 'fin', 'hun']);
	const prompt = pick([500, 32_000]);
	const budget = pick([700, 2500]);
	const isOpen: Readonly<Record<string, boolean>> = {
		table: pick([true, false]),
		// Downloads every vocabulary, so once is enough.
		across: at === 1,
		costs: at % 3 !== 2,
		method: pick([true, false]),
		formulas: pick([true, false]),
		own: at % 4 < 2
	};
	const open = PANELS.filter((panel) => isOpen[panel]);
	const model = pick(['Llama 3 8B', 'GPT-2 (124M)']);
	const cache = pick(['float32', '8 bits']);
	const priceOf = ['GPT-5 mini', 'o3'][at % 2];
	const [price, window] =
		prices === 'none'
			? ['none', 'none']
			: pick([
					['0.25', '8192'],
					['3', '100000']
				]);
	const texts = [
		[
			['English', 'in our houses'],
			['عربي', 'في بيوتنا']
		],
		[
			['one', 'a\nb'],
			['two', 'c'],
			['three', '']
		]
	][at % 2];
	const parameters: readonly (string | null)[] = [
		`t=${tokenizers.join()}`,
		`base=${baseline}`,
		`lang=${chosen}`,
		all ? 'all=1' : null,
		search && `q=${search}`,
		script && `script=${script}`,
		log ? null : 'scale=linear',
		`sort=${sort}`,
		`in=${detail}`,
		`article=${article}`,
		`word=${word}`,
		`open=${open.join('+')}`,
		`prompt=${prompt}`,
		`fit=${budget}`,
		`model=${encodeURIComponent(model)}`,
		`cache=${encodeURIComponent(cache)}`,
		...(prices === 'model'
			? [`for=${encodeURIComponent(priceOf)}`]
			: [`price=${price}`, `window=${window}`])
	];
	const value = JSON.stringify(texts);
	const hash = (await encodeTextHash({ kind: 'text', value })) ?? '';
	return {
		address: `inflation/?${parameters.filter(Boolean).join('&')}#${hash}`,
		shown: {
			tokenizers: tokenizers.join(),
			baseline: LANGUAGES[baseline],
			chosen: LANGUAGES[chosen],
			all: String(all),
			search,
			script,
			log: String(log),
			sort,
			detail,
			article: String(article),
			word,
			open: open.join(),
			prompt: String(prompt),
			budget: String(budget),
			...(open.includes('costs')
				? {
						model,
						cache,
						...(prices === 'model'
							? { priceOf }
							: {
									price: price === 'none' ? '' : price,
									window: window === 'none' ? '' : window
								})
					}
				: {}),
			...(open.includes('own') ? { input: texts.flat().join('|') } : {})
		}
	};
}

const chosenOf = async (page: Page, label: string | RegExp) =>
	(
		(await page.getByLabel(label, { exact: true }).locator('option:checked').textContent()) ?? ''
	).trim();

/** Links to Inflation. */
export const INFLATION: LinkedPage = {
	name: 'inflation',
	keys: [
		'tokenizers',
		'baseline',
		'chosen',
		'all',
		'search',
		'script',
		'log',
		'sort',
		'detail',
		'article',
		'word',
		'open',
		'prompt',
		'model',
		'budget',
		'cache',
		'priceOf',
		'price',
		'window',
		'input'
	],
	states: (pick, count) => Promise.all(Array.from({ length: count }, (_, at) => stateOf(pick, at))),
	read: {
		tokenizers: (page) =>
			page
				.getByRole('radiogroup', { name: 'Tokenizer to explain' })
				.getByRole('radio')
				.evaluateAll((all) => all.map((radio) => (radio as HTMLInputElement).value).join()),
		baseline: (page) => page.getByRole('combobox', { name: 'Baseline' }).inputValue(),
		chosen: (page) =>
			page.locator('#why-title').evaluate((title) => title.firstChild?.textContent?.trim() ?? ''),
		all: async (page) =>
			String(
				(await page
					.getByRole('button', { name: /^Show (all|only) \d+$/ })
					.getAttribute('aria-pressed')) === 'true'
			),
		search: (page) => page.getByLabel('Search languages').inputValue(),
		script: (page) => page.getByLabel('Script').inputValue(),
		log: async (page) => String(await page.getByLabel('Logarithmic axis').isChecked()),
		async sort(page) {
			if (await page.getByLabel('Sort by name').isChecked()) return 'name';
			const pressed = page.locator('button[title^="Sort by"][aria-pressed="true"]');
			return (await pressed.allTextContents()).join();
		},
		detail: (page) =>
			page
				.getByRole('radiogroup', { name: 'Tokenizer to explain' })
				.locator(':checked')
				.inputValue(),
		article: (page) => page.getByLabel('Article', { exact: true }).inputValue(),
		word: (page) =>
			page
				.getByRole('radiogroup', { name: 'Language of the word' })
				.locator(':checked')
				.inputValue(),
		open: (page) =>
			page.locator('main').evaluate((main) => {
				const names = {
					'Figures as a table': 'table',
					'Which tokenizer': 'across',
					'Price, context window': 'costs',
					Formulas: 'formulas',
					'Your own texts': 'own',
					'Method and limits': 'method'
				};
				const open = [...main.querySelectorAll('details[open] > summary')].map(
					({ textContent }) => textContent
				);
				return Object.entries(names)
					.flatMap(([text, panel]) =>
						open.some((summary) => summary.startsWith(text)) ? panel : []
					)
					.join();
			}),
		prompt: (page) => page.getByLabel(/^Prompt in/).inputValue(),
		model: (page) => chosenOf(page, /^Model shape/),
		budget: (page) => page.getByLabel('articles fit into').inputValue(),
		cache: (page) => page.getByLabel(/^Cache format/).inputValue(),
		priceOf: (page) => chosenOf(page, /^Prices of/),
		price: (page) => page.getByLabel('Price $').inputValue(),
		window: (page) => page.getByLabel(/^Window/).inputValue(),
		input: async (page) => {
			const fields = page.locator('.texts').locator('input:not([type="file"]), textarea');
			return (
				await fields.evaluateAll((all) => (all as HTMLInputElement[]).map(({ value }) => value))
			).join('|');
		}
	}
};
