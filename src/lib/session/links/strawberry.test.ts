import { describe, expect, it } from 'vitest';
import { readLink, writeLink } from './schema';
import { STRAWBERRY_LINK, type StrawberrySettings } from './strawberry';

const DEFAULTS: StrawberrySettings & { word: string } = {
	word: 'berry',
	tokenizers: ['a', 'b'],
	letter: 'r',
	caseRule: 'alike',
	mergeTokenizers: ['a', 'b'],
	form: 'alone',
	step: null,
	open: [],
	table: 'tokenizers',
	all: false
};
const OTHER: StrawberrySettings = {
	tokenizers: ['c', 'a'],
	letter: '👩‍🚀',
	caseRule: 'exact',
	mergeTokenizers: ['c', 'b'],
	form: 'sentence',
	step: 3,
	open: ['second-tree'],
	table: 'forms',
	all: true
};
const isKnown = (id: string) => ['a', 'b', 'c'].includes(id);
const read = (search: string) => {
	const names = { has: isKnown };
	const { values, problems } = readLink(STRAWBERRY_LINK, new URLSearchParams(search), names);
	return { ...values, problems };
};
const write = (settings: StrawberrySettings) => writeLink(STRAWBERRY_LINK, settings, DEFAULTS);

describe('a link', () => {
	it('is empty if every setting has its default value', () => {
		expect(write(DEFAULTS)).toBe('');
		expect(read('')).toEqual({
			tokenizers: null,
			letter: null,
			caseRule: 'alike',
			mergeTokenizers: null,
			form: 'alone',
			step: null,
			open: [],
			table: 'tokenizers',
			all: false,
			problems: []
		});
	});

	it('restores every setting', () => {
		expect(read(write(OTHER))).toEqual({ ...OTHER, problems: [] });
	});

	it('leaves out a letter that is not one grapheme, but not an empty one', () => {
		expect(write({ ...DEFAULTS, letter: 'rr' })).toBe('');
		expect(write({ ...DEFAULTS, letter: '' })).toBe('?letter=');
		expect(read('letter=')).toMatchObject({ letter: '', problems: [] });
	});

	it('leaves the live tokenizer out of a link to Compare', () => {
		expect(read('t=b,yours')).toMatchObject({ tokenizers: ['b'], problems: [] });
		expect(read('t=yours')).toMatchObject({ tokenizers: null, problems: [] });
	});

	it('reports what is invalid', () => {
		expect(read('t=a,z').problems[0]).toContain('“z”, which is neither');
		expect(read('ladder=a,y').problems[0]).toContain('“y”');
		expect(read('ladder=a').problems[0]).toContain('expected two tokenizers');
		expect(read('letter=rr').problems[0]).toContain('expected one letter');
		expect(read('case=upper').problems[0]).toContain('expected exact or alike');
		expect(read('form=x').problems[0]).toContain('expected sentence or alone');
		expect(read('step=-1').problems[0]).toContain('expected a whole number of at least 0');
		expect(read('open=door').problems[0]).toContain('expected first-tree, second-tree or studies');
	});
});
