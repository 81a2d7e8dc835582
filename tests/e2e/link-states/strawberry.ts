import type { Page } from '@playwright/test';
import { encodeTextHash } from '../../../src/lib/session/links/link-codec';
import type { LinkedPage, LinkState, Pick } from './linked-page';

/** Words of at least three merges in each of the tokenizers below, with a letter to count. */
const WORDS = [
	['strawberry', 'b'],
	['bookkeeper', 'k'],
	['Straßenbahn', 'ß'],
	['taloissammekin', 'm']
] as const;
const PAIRS = [
	['cl100k_base', 'gpt2'],
	['o200k_base', 'gpt2'],
	['gpt2', 'llama2']
] as const;

async function stateOf(pick: Pick, at: number): Promise<LinkState> {
	const tokenizers = pick([['gpt2'], ['llama2', 'cl100k_base'], ['o200k_base', 'gpt2']]);
	const [word, letter] = pick(WORDS);
	const counted = pick([letter, letter, '']);
	const caseRule = pick(['exact', 'alike']);
	const pair = pick(PAIRS);
	const form = pick(['alone', 'sentence']);
	const step = pick([1, 2]);
	const open = pick([[], ['first-tree'], ['second-tree'], ['second-tree', 'studies']]);
	// Downloads every vocabulary, so once is enough.
	const all = at === 0;
	const table = all ? 'tokenizers' : pick(['tokenizers', 'forms']);
	const search = [
		`t=${tokenizers.join()}`,
		`letter=${encodeURIComponent(counted)}`,
		...(caseRule === 'exact' ? ['case=exact'] : []),
		`ladder=${pair.join()}`,
		...(form === 'sentence' ? ['form=sentence'] : []),
		`step=${step}`,
		...(open.length > 0 ? [`open=${open.join('+')}`] : []),
		...(table === 'forms' ? ['table=forms'] : []),
		...(all ? ['all=1'] : [])
	];
	const hash = (await encodeTextHash({ kind: 'text', value: word })) ?? '';
	return {
		address: `strawberry/?${search.join('&')}#${hash}`,
		shown: {
			tokenizers: tokenizers.join(),
			letter: counted,
			caseRule,
			mergeTokenizers: pair.join(),
			form,
			step: String(step),
			open: open.join(),
			table,
			...(table === 'tokenizers' ? { all: String(all) } : {}),
			input: word
		}
	};
}

const attributes = (page: Page, selector: string, name: string) =>
	page
		.locator(selector)
		.evaluateAll((all, attribute) => all.map((one) => one.getAttribute(attribute)).join(), name);

/** Links to Strawberry. */
export const STRAWBERRY: LinkedPage = {
	name: 'strawberry',
	keys: [
		'tokenizers',
		'letter',
		'caseRule',
		'mergeTokenizers',
		'form',
		'step',
		'open',
		'table',
		'all',
		'input'
	],
	states: (pick, count) => Promise.all(Array.from({ length: count }, (_, at) => stateOf(pick, at))),
	read: {
		tokenizers: (page) => attributes(page, '[data-tokenizer]', 'data-tokenizer'),
		letter: (page) => page.getByTestId('letter-input').inputValue(),
		caseRule: async (page) =>
			(await page.getByLabel('Match case').isChecked()) ? 'exact' : 'alike',
		mergeTokenizers: async (page) =>
			[
				await page.getByLabel('First tokenizer').inputValue(),
				await page.getByLabel('Second tokenizer').inputValue()
			].join(),
		form: (page) =>
			page.getByRole('radiogroup', { name: 'Form of the word' }).locator(':checked').inputValue(),
		step: (page) =>
			page.getByLabel('merge', { exact: false }).and(page.locator('[type="number"]')).inputValue(),
		open: (page) =>
			page.evaluate(() => {
				const [first, second] = document.querySelectorAll('[data-ladder]');
				const parts = [first, second, document.querySelector('main')].map((part, at) =>
					part?.querySelector<HTMLDetailsElement>(at < 2 ? 'details' : ':scope > details')
				);
				const names = ['first-tree', 'second-tree', 'studies'];
				return names.filter((_, at) => parts[at]?.open).join();
			}),
		table: (page) =>
			page.getByRole('radiogroup', { name: 'Show' }).locator(':checked').inputValue(),
		all: async (page) =>
			String((await page.getByRole('button', { name: /^Load \d+ more vocabular/ }).count()) === 0),
		input: (page) => page.getByTestId('word-input').inputValue()
	}
};
