import type { Page } from '@playwright/test';
import { encodeTextHash } from '../../../src/lib/session/links/link-codec';
import type { LinkedPage } from './linked-page';

/** Parts that a link opens, as a user finds them: a summary, or a button. */
const SECTIONS: Readonly<Record<string, string>> = {
	passing: 'details.passing',
	fingerprints: 'details.fingerprints',
	'change-text': 'details.change',
	'real-model': '[data-testid="real-model"]',
	// Not run, so closed unless a link opens it.
	damage: '[data-check="damage"] details'
};

/** Checks with a list of tokens, which every link opens. */
const LISTS = ['vocabulary', 'self-encode'];

/** Sides as a link names them, and what the pickers and the changes show. */
const PAIRS = [
	{ search: 'a=lab-a&b=lab-b', a: 'lab-a', b: 'lab-b', editsA: '', editsB: '' },
	{ search: 'a=lab-b&b=lab-a', a: 'lab-b', b: 'lab-a', editsA: '', editsB: '' },
	{
		search: `a=lab-a&b=lab-a&edit-b=${encodeURIComponent('[{"kind":"drop-last-merges","count":7}]')}`,
		a: 'lab-a',
		b: 'with changes',
		editsA: '',
		editsB: 'drop-merges'
	},
	{
		search: `a=lab-a&edit-a=${encodeURIComponent('[{"kind":"drop-last-merges","count":9}]')}&b=lab-a`,
		a: 'with changes',
		b: 'lab-a',
		editsA: 'drop-merges',
		editsB: ''
	}
] as const;

const open = (page: Page, selector: string) =>
	page
		.locator(selector)
		.first()
		.evaluate((details: HTMLDetailsElement) => details.open);

const listOf = (page: Page, check: string) => page.locator(`[data-check="${check}"] select`);
const searchOf = (page: Page, check: string) =>
	page.locator(`[data-check="${check}"] input[type="search"]`);

const changes = async (page: Page, side: 'a' | 'b') => {
	const value = await page.getByTestId(`tokenizer-${side}`).inputValue();
	if (value !== 'with changes') return '';
	return page.getByLabel('Change', { exact: true }).first().inputValue();
};

/** Opened parts, in the order of {@link SECTIONS}. */
async function openParts(page: Page): Promise<string> {
	const parts: string[] = [];
	for (const [part, selector] of Object.entries(SECTIONS))
		if ((await page.locator(selector).count()) > 0 && (await open(page, selector)))
			parts.push(part);
	return parts.join(' ');
}

export const DIFF: LinkedPage = {
	name: 'diff',
	keys: [
		'a',
		'editsA',
		'b',
		'editsB',
		'rows',
		'special',
		'template',
		'display',
		'vocabularyList',
		'vocabularySearch',
		'unreachableList',
		'unreachableSearch',
		'open',
		'closed',
		'values',
		'input'
	],
	states: (pick, count) =>
		Promise.all(
			Array.from({ length: count }, async (_, i) => {
				// Each pair at least once; the rest is drawn.
				const pair = i < PAIRS.length ? PAIRS[i] : pick(PAIRS);
				const rows = pick(['', '5000', '6144']);
				const special = pick(['text', 'parse']);
				const template = pick([false, true]);
				const display = pick(['text', 'ids', 'bytes']);
				const opened = Object.keys(SECTIONS).filter(() => pick([false, true]));
				const vocabularyList = pick(['added', 'same', 'removed']);
				const vocabularySearch = pick(['', 'the', '300']);
				const unreachableList = pick(['a', 'b']);
				const unreachableSearch = pick(['', 'in']);
				const isOutputClosed = pick([false, true]);
				// The only field of the configuration that differs in every pair.
				const values = pick(['', 'model.merges']);
				const text = pick(['one two', 'A line\r\nand another', 'שלום עולם', '<|end|> 3333']);
				const search = [
					pair.search,
					...(rows === '' ? [] : [`rows=${rows}`]),
					...(special === 'text' ? [] : ['special=parse']),
					...(template ? ['template=on'] : []),
					...(display === 'text' ? [] : [`view=${display}`]),
					`vocabulary=${vocabularyList}`,
					...(vocabularySearch === '' ? [] : [`vocabulary-find=${vocabularySearch}`]),
					`unreachable=${unreachableList}`,
					...(unreachableSearch === '' ? [] : [`unreachable-find=${unreachableSearch}`]),
					`open=${[...LISTS, ...opened].join('+')}`,
					...(isOutputClosed ? ['closed=output'] : []),
					...(values === '' ? [] : [`values=${values}`])
				].join('&');
				const hash = (await encodeTextHash({ kind: 'text', value: text })) ?? '';
				return {
					address: `drift/diff/?${search}#${hash}`,
					shown: {
						a: pair.a,
						editsA: pair.editsA,
						b: pair.b,
						editsB: pair.editsB,
						rows,
						special,
						template: String(template),
						display,
						vocabularyList,
						vocabularySearch,
						unreachableList,
						unreachableSearch,
						open: opened.join(' '),
						// The tokens of every pair differ, so this check is open unless it was closed.
						closed: isOutputClosed ? 'output' : '',
						values,
						input: text
					}
				};
			})
		),
	read: {
		a: (page) => page.getByTestId('tokenizer-a').inputValue(),
		editsA: (page) => changes(page, 'a'),
		b: (page) => page.getByTestId('tokenizer-b').inputValue(),
		editsB: (page) => changes(page, 'b'),
		rows: (page) => page.getByLabel('embedding rows').inputValue(),
		special: (page) => page.getByTestId('special-tokens').inputValue(),
		template: async (page) => String(await page.getByTestId('template-tokens').isChecked()),
		display: async (page) =>
			page.getByRole('radiogroup', { name: 'Show' }).locator('input:checked').inputValue(),
		vocabularyList: (page) => listOf(page, 'vocabulary').inputValue(),
		vocabularySearch: (page) => searchOf(page, 'vocabulary').inputValue(),
		unreachableList: (page) => listOf(page, 'self-encode').inputValue(),
		unreachableSearch: (page) => searchOf(page, 'self-encode').inputValue(),
		open: openParts,
		closed: async (page) => ((await open(page, '[data-check="output"] details')) ? '' : 'output'),
		values: async (page) =>
			(
				await page
					.locator('[data-field]:has(details[open])')
					.evaluateAll((fields) => fields.map((field) => field.getAttribute('data-field')))
			).join(' '),
		// A text field shows each line end as a newline.
		input: async (page) => {
			const shown = await page.getByTestId('text-input').inputValue();
			return shown === 'A line\nand another' ? 'A line\r\nand another' : shown;
		}
	}
};
