import { describe, expect, it } from 'vitest';
import { readLink, writeLink } from './schema';
import { STRAWBERRY_LINK, type WordSettings } from './strawberry';

const DEFAULTS: WordSettings & { word: string } = {
	word: 'berry',
	tokenizers: ['a', 'b'],
	letter: 'r',
	caseRule: 'alike',
	ladders: ['a', 'b'],
	form: 'alone'
};
const OTHER: WordSettings = {
	tokenizers: ['c', 'a'],
	letter: '👩‍🚀',
	caseRule: 'exact',
	ladders: ['c', 'b'],
	form: 'sentence'
};
const isKnown = (id: string) => ['a', 'b', 'c'].includes(id);
const read = (search: string) => {
	const names = { has: isKnown };
	const { values, problems } = readLink(STRAWBERRY_LINK, new URLSearchParams(search), names);
	return { ...values, problems };
};
const write = (settings: WordSettings) => writeLink(STRAWBERRY_LINK, settings, DEFAULTS);

describe('a link', () => {
	it('says nothing where all is as by default', () => {
		expect(write(DEFAULTS)).toBe('');
		expect(read('')).toEqual({
			tokenizers: null,
			letter: null,
			caseRule: 'alike',
			ladders: null,
			form: 'alone',
			problems: []
		});
	});

	it('carries every setting there and back', () => {
		expect(read(write(OTHER))).toEqual({ ...OTHER, problems: [] });
	});

	it('carries no letter that is none', () => {
		expect(write({ ...DEFAULTS, letter: 'rr' })).toBe('');
	});

	it('says what cannot be', () => {
		expect(read('t=a,z').problems[0]).toContain('“z”, which is neither');
		expect(read('ladder=a,y').problems[0]).toContain('“y”');
		expect(read('ladder=a').problems[0]).toContain('expected two tokenizers');
		expect(read('letter=rr').problems[0]).toContain('expected one letter');
		expect(read('case=upper').problems[0]).toContain('expected exact or alike');
		expect(read('form=x').problems[0]).toContain('expected sentence or alone');
	});
});
