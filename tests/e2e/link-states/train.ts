import type { Page } from '@playwright/test';
import { encodeTextHash } from '../../../src/lib/session/links/link-codec';
import type { LinkedPage, LinkState, Pick } from './linked-page';

const CLASSIC = `${'low '.repeat(5)}${'lower '.repeat(2)}${'newest '.repeat(6)}widest widest widest\n`;

/** Choices of a field: what the link says, and what the page shows. */
type Choices = readonly (readonly [linked: string, shown: string])[];

const PRESETS: Choices = [
	['letters', 'aaabdaaabac'],
	['classic', CLASSIC]
];
const INPUTS = ['banana bandana\n', 'שלום שלום עולם\n', ' to be\tor not to be'];
const TEXTS = ['the lower lowest', 'a banana', 'שלום to you'];
const SIZES: Choices = [
	['262', '262'],
	['270', '270'],
	['300', '300']
];
const PATTERNS: Choices = [
	['gpt2', 'GPT-2'],
	['cl100k', 'cl100k (GPT-4)'],
	['none', 'None']
];
const REGEXES = [String.raw`\w+|\s+`, '[a-z]+| '];
/** Settings in the panel of rules. */
const RULES: Readonly<Record<string, Choices>> = {
	ties: [
		['huggingface', 'the smaller pair of ids'],
		['first-seen', 'the first-seen pair']
	],
	alphabet: [
		['observed', 'the bytes that occur'],
		['bytes', 'all 256 bytes']
	],
	feed: [
		['lines', 'each line'],
		['whole', 'the whole text']
	],
	min: [
		['0', '0'],
		['2', '2']
	],
	longest: [
		['', ''],
		['2', '2'],
		['3', '3']
	],
	special: [
		['', ''],
		['<s>', '<s>'],
		['<|end|>', '<|end|>']
	]
};
/** Settings that are always visible. */
const SHOWN: Readonly<Record<string, Choices>> = {
	step: [
		['0', '0'],
		['1', '1']
	],
	beside: [
		['cl100k_base', 'cl100k_base'],
		['gpt2', 'gpt2']
	],
	marks: [
		['on', 'dots'],
		['off', 'none']
	],
	speed: [
		['slow', 'Slow'],
		['normal', 'Normal'],
		['fast', 'Fast'],
		['fastest', 'Very fast']
	],
	predict: [
		['', 'no'],
		['1', 'yes']
	]
};
const EXPORTS: Choices = [
	['all', 'all'],
	['shown', 'shown']
];
const SECTIONS: Choices = [
	['rules', 'Rules'],
	['curve', 'As a table'],
	['vocabulary', 'Vocabulary'],
	['text', 'Change your text']
];
/** Settings of the vocabulary. */
const VOCABULARY: Readonly<Record<string, Choices>> = {
	find: [
		['', ''],
		['an', 'an']
	],
	sort: [
		['id', 'by id'],
		['usage', 'most used first'],
		['length', 'longest first']
	],
	unused: [
		['', 'no'],
		['1', 'yes']
	]
};
/** Settings that show a page of the vocabulary, or a token whose merge tree is open. */
const LISTINGS: readonly (Readonly<Record<string, string>> | null)[] = [
	null,
	{ alphabet: 'bytes', find: '', sort: 'id', unused: '', page: '2' },
	{ alphabet: 'bytes', find: '', sort: 'length', unused: '', step: '1', tree: '256' }
];

async function stateOf(pick: Pick, at: number): Promise<LinkState> {
	const search = new URLSearchParams();
	const shown: Record<string, string> = {};
	const choose = (name: string, choices: Choices, isVisible = true) => {
		const fixed = choices.find(([linked]) => linked === listing?.[name]);
		const [linked, seen] = fixed ?? pick(choices);
		if (linked !== '') search.set(name, linked);
		if (isVisible) shown[name] = seen;
	};
	// Most states have the rules open, because most settings are there.
	const open = SECTIONS.filter(([linked]) =>
		pick(linked === 'rules' ? [true, true, false] : [true, false])
	);
	const isOpen = (section: string) => open.some(([linked]) => linked === section);
	const listing = isOpen('vocabulary') ? pick(LISTINGS) : null;
	if (isOpen('vocabulary')) {
		const { page, tree } = listing ?? {};
		if (page) search.set('page', page);
		if (tree) search.set('tree', tree);
		Object.assign(shown, { page: page ?? '1', tree: tree ?? '' });
	}
	if (open.length > 0) search.set('open', open.map(([linked]) => linked).join(' '));
	shown.open = open.map(([, seen]) => seen).join(', ');

	const isPreset = at % 2 === 0;
	if (isPreset) choose('corpus', PRESETS);
	choose('size', SIZES);
	const hasRegex = at % 4 === 1;
	if (hasRegex) {
		const regex = pick(REGEXES);
		search.set('regex', regex);
		if (isOpen('rules')) shown.regex = regex;
	} else choose('pattern', [PATTERNS[at % PATTERNS.length]], isOpen('rules'));
	for (const [name, choices] of Object.entries(RULES)) choose(name, choices, isOpen('rules'));
	for (const [name, choices] of Object.entries(SHOWN)) choose(name, choices);
	// Short tokens may allow no merge after the shown one, and then there is nothing to choose.
	choose('export', [EXPORTS[at % EXPORTS.length]], !search.has('longest'));
	for (const [name, choices] of Object.entries(VOCABULARY))
		choose(name, choices, isOpen('vocabulary'));

	const value = isPreset ? '' : pick(INPUTS);
	if (!isPreset) shown.input = value;
	const sample = pick([...TEXTS, undefined]);
	if (sample !== undefined) shown.text = sample;
	const hash = await encodeTextHash({ kind: 'text', value, sample });
	const isNamed = !isPreset || sample !== undefined;
	return { address: `train?${search.toString()}${isNamed ? `#${hash ?? ''}` : ''}`, shown };
}

const corpus = (page: Page) => page.getByTestId('corpus-input').inputValue();
const radio = (legend: RegExp) => (page: Page) =>
	page
		.getByRole('group', { name: legend })
		.locator('label', { has: page.locator(':checked') })
		.locator('span')
		.evaluate((label) => label.firstChild?.textContent?.trim() ?? '');
const selected = (label: string) => (page: Page) =>
	page.getByLabel(label, { exact: true }).locator('option:checked').innerText();
const value = (label: string | RegExp) => (page: Page) =>
	page.getByLabel(label, { exact: typeof label === 'string' }).inputValue();

/** The drawn text of the user's in the tokenizer that the page trains. */
const drawn = (page: Page) =>
	page.getByRole('region', { name: 'Your text in the tokenizer you train' }).locator('.token-text');

export const TRAIN: LinkedPage = {
	name: 'train',
	keys: [
		...['corpus', 'size', 'pattern', 'regex', 'ties', 'alphabet', 'feed', 'min', 'longest'],
		...['special', 'step', 'beside', 'marks', 'open', 'speed', 'find', 'sort', 'unused'],
		...['page', 'tree', 'export', 'predict'],
		...['text', 'input']
	],
	states: (pick, count) => Promise.all(Array.from({ length: count }, (_, at) => stateOf(pick, at))),
	read: {
		corpus,
		input: corpus,
		size: (page) => page.getByTestId('vocab-size').inputValue(),
		pattern: selected('Pattern'),
		regex: value('Regular expression'),
		ties: radio(/equally frequent/),
		alphabet: radio(/before the first merge/),
		feed: radio(/Apply the pattern/),
		min: value(/A pair must occur/),
		longest: value(/Longest token/),
		special: value(/Special tokens/),
		step: (page) => page.locator('.stepper .field input').inputValue(),
		beside: selected('Tokenizer to compare with'),
		marks: async (page) =>
			(await drawn(page)
				.locator('.space')
				.first()
				.evaluate((cell) => getComputedStyle(cell).backgroundImage.includes('radial')))
				? 'dots'
				: 'none',
		open: (page) =>
			page
				.locator('main details[open] > summary')
				.evaluateAll((summaries) =>
					summaries
						.map(
							(summary) =>
								/^(Rules|As a table|Change your text|Vocabulary)/.exec(
									summary.textContent.trim()
								)?.[0]
						)
						.join(', ')
				),
		speed: selected('Speed'),
		find: value('Search the vocabulary'),
		sort: selected('Order'),
		unused: async (page) => ((await page.getByLabel('unused only').isChecked()) ? 'yes' : 'no'),
		page: async (page) => {
			const [, first = '1'] =
				/^([\d,]+)–/.exec(
					await page
						.locator('.bar', { has: page.getByLabel('Search the vocabulary') })
						.getByRole('status')
						.innerText()
				) ?? [];
			return String(Math.ceil(Number(first.replaceAll(',', '')) / 100));
		},
		tree: async (page) =>
			(
				await page
					.getByRole('region', { name: 'Vocabulary' })
					.locator('tr:has([aria-expanded="true"]) th')
					.allInnerTexts()
			).join(),
		predict: async (page) =>
			(await page.getByRole('button', { name: 'Show the runners-up' }).count()) > 0 ? 'yes' : 'no',
		export: async (page) =>
			/^All/.test(
				await page
					.getByRole('radiogroup', { name: 'Merges to save or export' })
					.locator('label', { has: page.locator(':checked') })
					.innerText()
			)
				? 'all'
				: 'shown',
		text: async (page) => (await drawn(page).textContent()) ?? ''
	}
};
