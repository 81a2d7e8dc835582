import type { Page } from '@playwright/test';
import { encodeTextHash } from '../../../src/lib/session/links/link-codec';
import type { LinkedPage, LinkState, Pick } from './linked-page';

/** Chosen tokenizers; none in one of the states. */
const TOKENIZERS = [
	'yours,cl100k_base,o200k_base',
	'cl100k_base,yours',
	'o200k_base,cl100k_base,gpt2,yours',
	'llama3,cl100k_base',
	''
];
const INPUTS = [
	{ kind: 'text', value: 'Hello world' },
	{ kind: 'text', value: 'مرحبا\n<|begin_of_text|>\tx' },
	{ kind: 'text', value: '' },
	{ kind: 'ids', value: '[9906, 1917]' },
	{ kind: 'ids', value: 'token_id=15339 logprob=-1\ntoken_id=1917' }
] as const;
/** Models of cl100k_base with their prices and windows, on OpenAI's pages of 2025 and 2026. The first is the default. */
const MODELS = [
	{ model: 'text-embedding-3-small', price: '0.02', window: '8,192' },
	{ model: 'GPT-4', price: '30', window: '8,192' }
];

/** Tokens of "Hello world" in cl100k_base, as tiktoken encodes it. */
const HELLO = [
	{ id: '9906', bytes: '0-5' },
	{ id: '1917', bytes: '5-11' }
] as const;

const onOrOff = async (page: Page, label: string) =>
	(await page.getByLabel(label).isChecked()) ? 'on' : 'off';
const row = (page: Page) => page.getByRole('row', { name: /^cl100k_base/ });

async function state(pick: Pick, at: number): Promise<LinkState> {
	const tokenizers = TOKENIZERS[at % TOKENIZERS.length];
	// One state, of llama3 and cl100k_base, has a difference: only llama3 has the special token of the text.
	const difference = at === 3 ? 1 : null;
	const anyInput = pick(INPUTS);
	const input = difference === null ? anyInput : INPUTS[1];
	const corpus = pick(['english', 'languages', 'text'] as const);
	const merges = corpus === 'text' ? null : pick([null, 0, 7, 40]);
	const anySpecial = pick(['text', 'parse']);
	const special = difference === null ? anySpecial : 'parse';
	const display = pick(['text', 'ids', 'bytes']);
	const colour = pick(['all', 'differences']);
	const marks = pick(['on', 'off']);
	const { model, price, window } = pick(MODELS);
	const editedPrice = pick([null, '2.5', 'none']);
	const editedWindow = pick([null, '77', 'none']);
	const budget = pick([null, '3', 'window']);
	const sort = pick([null, 'tokens', '-price']);

	const cards = tokenizers
		.split(',')
		.filter((id) => id !== '' && !(input.kind === 'ids' && id === 'yours'));
	const figures = cards.includes('cl100k_base');
	const isHello = input.value === 'Hello world' || input.value === '[9906, 1917]';
	const pin = figures && isHello ? HELLO[at % HELLO.length] : null;

	const fields = [
		`t=${tokenizers}`,
		corpus !== 'english' && `corpus=${corpus}`,
		merges !== null && `merges=${merges}`,
		special === 'parse' && 'special=parse',
		display !== 'text' && `view=${display}`,
		colour === 'all' && 'colour=all',
		marks === 'off' && 'marks=off',
		pin !== null && `pin=cl100k_base:${pin.bytes}`,
		difference !== null && `difference=${difference}`,
		model !== MODELS[0].model && `for=cl100k_base:${model.replace(' ', '+')}`,
		editedPrice !== null && `price=cl100k_base:${editedPrice}`,
		editedWindow !== null && `window=cl100k_base:${editedWindow}`,
		budget !== null && `budget=${budget}`,
		sort !== null && `sort=${sort}`
	].filter((field) => field !== false);
	const live = cards.includes('yours');
	return {
		address: `?${fields.join('&')}#${await encodeTextHash(input)}`,
		shown: {
			tokenizers: cards.join(','),
			...(live && { corpus }),
			...(live && merges !== null && { merges: String(merges) }),
			special,
			display,
			colourAll: colour === 'all' ? 'on' : 'off',
			whitespace: marks,
			pinned: pin?.id ?? 'none',
			difference: difference === null ? 'none' : String(difference),
			...(figures && {
				priceOf: model,
				price: editedPrice === 'none' ? '' : (editedPrice ?? price),
				window: editedWindow === 'none' ? '' : (editedWindow ?? window)
			}),
			...(input.kind === 'text' && { budget: budget ?? '' }),
			...(cards.length > 0 && { sort: sort ?? '' }),
			input: `${input.kind}: ${input.value}`
		}
	};
}

export const COMPARE: LinkedPage = {
	name: 'compare',
	keys: [
		'tokenizers',
		'corpus',
		'merges',
		'special',
		'display',
		'colourAll',
		'whitespace',
		'pinned',
		'difference',
		'priceOf',
		'price',
		'window',
		'budget',
		'sort',
		'input'
	],
	states: (pick, count) => Promise.all(Array.from({ length: count }, (_, at) => state(pick, at))),
	read: {
		tokenizers: async (page) => {
			const ids = await page
				.locator('[data-tokenizer]')
				.evaluateAll((cards) => cards.map((card) => card.getAttribute('data-tokenizer')));
			return ids.join(',');
		},
		corpus: (page) => page.getByLabel('trained on').inputValue(),
		merges: (page) => page.getByLabel('Merges').inputValue(),
		special: (page) => page.getByTestId('special-tokens').inputValue(),
		display: async (page) => {
			const chosen = page.getByRole('radiogroup', { name: 'Show' }).locator(':checked');
			return chosen.inputValue();
		},
		colourAll: (page) => onOrOff(page, 'colour every token'),
		whitespace: (page) => onOrOff(page, 'whitespace marks'),
		pinned: async (page) => {
			const ids = page.locator('[data-tokenizer="cl100k_base"] [data-detail="id"]');
			return (await ids.allTextContents()).at(0)?.trim() ?? 'none';
		},
		difference: async (page) => {
			const found = await page.getByText(/^Difference \d+ of /).allTextContents();
			return /\d+/.exec(found.join())?.[0] ?? 'none';
		},
		priceOf: (page) => row(page).getByLabel('Model for').inputValue(),
		price: (page) =>
			row(page)
				.getByLabel(/US dollars/)
				.inputValue(),
		window: (page) =>
			row(page)
				.getByLabel(/Context window/)
				.inputValue(),
		budget: async (page) =>
			(await page.getByLabel('the model’s window').isChecked())
				? 'window'
				: page.getByTestId('budget-tokens').inputValue(),
		sort: async (page) => {
			const header = page.locator('th[aria-sort]');
			if ((await header.count()) === 0) return '';
			const sign = (await header.getAttribute('aria-sort')) === 'descending' ? '-' : '';
			return sign + (await header.innerText()).trim();
		},
		input: async (page) => {
			const kind = page.getByRole('radiogroup', { name: 'Input' }).locator(':checked');
			return `${await kind.inputValue()}: ${await page.getByTestId('text-input').inputValue()}`;
		}
	}
};
