import { describe, expect, it } from 'vitest';
import { MAX_FIELD_VALUE, readInflation, writeInflation, type InflationLink } from './inflation';

const NAMES = {
	has: (id: string) => ['cl100k_base', 'o200k_base', 'gemma3', 'own-1'].includes(id),
	hasLanguage: (code: string) => ['eng', 'tur', 'mya'].includes(code),
	hasScript: (script: string) => script === 'Myanmar',
	hasWord: (language: string) => ['tur', 'fin'].includes(language),
	hasModel: (name: string) => name === 'GPT-2 (124M)',
	hasFormat: (name: string) => name === '8 bits'
};
const DEFAULTS: InflationLink = {
	tokenizers: ['cl100k_base', 'o200k_base'],
	baseline: 'eng',
	chosen: 'tur',
	all: false,
	search: '',
	script: null,
	log: true,
	order: { tokenizer: 0 },
	detail: 'cl100k_base',
	article: 1,
	word: 'tur',
	open: [],
	prompt: 2000,
	model: 'Llama 3 8B',
	budget: 2000,
	cache: null,
	priceOf: null,
	price: null,
	window: null
};

const read = (search: string) => {
	const { values, problems } = readInflation(
		new URLSearchParams(search),
		NAMES,
		DEFAULTS.tokenizers ?? []
	);
	return { ...values, problems };
};

describe('links to Inflation', () => {
	it('are empty for the default state', () => {
		expect(writeInflation(DEFAULTS, DEFAULTS)).toBe('');
		expect(read('')).toEqual({
			...DEFAULTS,
			tokenizers: null,
			baseline: null,
			chosen: null,
			detail: null,
			word: null,
			prompt: null,
			model: null,
			open: null,
			problems: []
		});
	});

	it('restore every choice', () => {
		const view: InflationLink = {
			tokenizers: ['gemma3', 'own-1'],
			baseline: 'mya',
			chosen: 'eng',
			all: true,
			search: 'a & ü',
			script: 'Myanmar',
			log: false,
			order: { tokenizer: 1 },
			detail: 'own-1',
			article: 30,
			word: 'fin',
			open: ['table', 'own'],
			prompt: 500,
			model: 'GPT-2 (124M)',
			budget: 500,
			cache: '8 bits',
			priceOf: 'GPT-5 mini',
			price: 0.25,
			window: 8192
		};
		const search = writeInflation(view, DEFAULTS);
		expect(search).toMatch(/^\?t=gemma3,own-1&base=mya/);
		expect(read(search)).toEqual({ ...view, problems: [] });
	});

	it('report invalid figures', () => {
		const { problems, budget, price, window, open } = read('fit=0&price=-1&window=0&open=own+door');
		expect(problems).toEqual([
			'The link has “open=door”; expected table, across, costs, formulas, own or method.',
			'The link has “fit=0”; expected a whole number from 1 to 1,000,000,000.',
			'The link has “price=-1”; expected a number of at least 0.',
			'The link has “window=0”; expected a whole number from 1 to 1,000,000,000.'
		]);
		expect(open).toEqual(['own']);
		expect([budget, price, window]).toEqual([2000, null, null]);
	});

	it('restore every figure that a field accepts, and emptied fields', () => {
		const views = [
			{
				prompt: MAX_FIELD_VALUE,
				price: 1e-7,
				window: MAX_FIELD_VALUE
			},
			{ price: 1e21, window: 'none' } as const,
			{ price: 'none' } as const
		];
		for (const more of views) {
			const { problems, ...linked } = read(writeInflation({ ...DEFAULTS, ...more }, DEFAULTS));
			expect({ problems, ...linked }).toMatchObject({ ...more, problems: [] });
		}
		expect(read('price=1e999').problems).toHaveLength(1);
	});

	it('keep the order by name, and by a default tokenizer', () => {
		const byName = writeInflation({ ...DEFAULTS, order: 'name' }, DEFAULTS);
		expect(read(byName).order).toBe('name');
		const second = writeInflation({ ...DEFAULTS, order: { tokenizer: 1 } }, DEFAULTS);
		expect(read(second).order).toEqual({ tokenizer: 1 });
	});

	it('restore that everything is closed although the link carries texts', () => {
		const withTexts = { ...DEFAULTS, open: ['own'] as const };
		expect(writeInflation(withTexts, withTexts)).toBe('');
		const closed = writeInflation({ ...DEFAULTS, open: [] }, withTexts);
		expect(closed).toBe('?open=');
		expect(read(closed)).toMatchObject({ open: [], problems: [] });
	});

	it('sort by a default tokenizer, and report a tokenizer that is not chosen', () => {
		expect(read('sort=o200k_base')).toMatchObject({ order: { tokenizer: 1 }, problems: [] });
		const wrong = read('t=gemma3,own-1&sort=cl100k_base&in=o200k_base');
		expect(wrong.order).toEqual({ tokenizer: 0 });
		expect(wrong.problems).toEqual([
			'The link has “sort=cl100k_base”; expected name or one of its tokenizers.',
			'The link has “in=o200k_base”; expected one of its tokenizers.'
		]);
	});

	it('report unknown names', () => {
		const linked = read('t=cl100k_base,gpt9&base=tlh&lang=tur&article=31&script=Klingon&model=x');
		expect(linked.problems).toEqual([
			'The link asks for the tokenizer “gpt9”, which is neither in the catalogue nor saved in this browser.',
			'The link asks for the language “tlh”, which the lab does not have.',
			'The link asks for the script “Klingon”, which the lab does not have.',
			'The link has “article=31”; expected a whole number from 1 to 30.',
			'The link asks for the model “x”, which the lab does not have.'
		]);
		expect([linked.tokenizers, linked.baseline, linked.chosen, linked.article]).toEqual([
			['cl100k_base'],
			null,
			'tur',
			1
		]);
	});
});
