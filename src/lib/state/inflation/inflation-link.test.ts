import { describe, expect, it } from 'vitest';
import { readInflation, writeInflation, type WrittenView } from './inflation-link';

const NAMES = {
	hasTokenizer: (id: string) => ['cl100k_base', 'o200k_base', 'gemma3', 'own-1'].includes(id),
	hasLanguage: (code: string) => ['eng', 'tur', 'mya'].includes(code),
	hasScript: (script: string) => script === 'Myanmar',
	hasModel: (name: string) => name === 'GPT-2 (124M)'
};
const DEFAULTS: WrittenView = {
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
	prompt: 2000,
	model: 'Llama 3 8B'
};

const read = (search: string) => readInflation(new URLSearchParams(search), NAMES);

describe('links to Inflation', () => {
	it('say nothing of what is as by default', () => {
		expect(writeInflation(DEFAULTS, DEFAULTS)).toBe('');
		expect(read('')).toEqual({
			...DEFAULTS,
			tokenizers: null,
			baseline: null,
			chosen: null,
			detail: null,
			prompt: null,
			model: null,
			problems: []
		});
	});

	it('bring back all that is chosen', () => {
		const view: WrittenView = {
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
			prompt: 500,
			model: 'GPT-2 (124M)'
		};
		const search = writeInflation(view, DEFAULTS);
		expect(search).toMatch(/^\?t=gemma3,own-1&base=mya/);
		expect(read(search)).toEqual({ ...view, problems: [] });
	});

	it('keep the order by name, and by a tokenizer of the first ones', () => {
		const byName = writeInflation({ ...DEFAULTS, order: 'name' }, DEFAULTS);
		expect(read(byName).order).toBe('name');
		const second = writeInflation({ ...DEFAULTS, order: { tokenizer: 1 } }, DEFAULTS);
		expect(read(second).order).toEqual({ tokenizer: 1 });
	});

	it('say what they ask for and cannot have', () => {
		const linked = read('t=cl100k_base,gpt9&base=tlh&lang=tur&article=31&script=Klingon&model=x');
		expect(linked.problems).toEqual([
			'The link asks for the tokenizer “gpt9”, which is neither in the catalogue nor kept in this browser.',
			'The link asks for the language “tlh”, which the lab does not have.',
			'The link asks for the script “Klingon”, which the lab does not have.',
			'The link has article “31”: expected a whole number from 1 to 30.',
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
