import { describe, expect, it } from 'vitest';
import { settle } from '../../../../tests/support/fake-calls';
import { fakeSpelling } from '../../../../tests/support/fake-spelling';
import { encodeTextHash } from './link-codec';
import { WordAddress } from '../../features/strawberry/address.svelte';
import { WordMergesPair } from '../../features/strawberry/ladders.svelte';
import { StrawberryState } from '../../features/strawberry/strawberry.svelte';
import { readWord, writeWord, type WordSettings } from './strawberry';

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
const read = (search: string) => readWord(new URLSearchParams(search), isKnown);

describe('a link', () => {
	it('says nothing where all is as by default', () => {
		expect(writeWord(DEFAULTS, DEFAULTS)).toBe('');
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
		expect(read(writeWord(OTHER, DEFAULTS))).toEqual({ ...OTHER, problems: [] });
	});

	it('carries no letter that is none', () => {
		expect(writeWord({ ...DEFAULTS, letter: 'rr' }, DEFAULTS)).toBe('');
	});

	it('says what cannot be', () => {
		expect(read('t=a,z').problems[0]).toContain('“z”, which is neither');
		expect(read('ladder=a,y').problems[0]).toContain('“y”');
		expect(read('ladder=a').problems[0]).toContain('expected two tokenizers');
		expect(read('letter=rr').problems[0]).toContain('expected one letter');
		expect(read('case=upper').problems[0]).toContain('expected exact');
		expect(read('form=x').problems[0]).toContain('expected sentence');
	});
});

describe('WordAddress', () => {
	function page() {
		const { workers } = fakeSpelling();
		const known = { word: 'berry', letter: 'r', spellings: {} };
		const state = new StrawberryState(workers, ['a', 'b'], known);
		const ladders = new WordMergesPair(workers, ['a', 'b'], { word: 'berry', ladders: {} });
		const names = { load: () => Promise.resolve(), has: isKnown };
		const written: string[] = [];
		const address = new WordAddress(state, ladders, names, DEFAULTS, (to) => written.push(to));
		const open = (to: string) => address.read(new URL(`https://lab.example/strawberry/${to}`));
		const settings = () => ({
			tokenizers: state.tokenizers,
			letter: state.letter,
			caseRule: state.caseRule,
			ladders: ladders.tokenizers,
			form: ladders.form
		});
		return { state, address, open, settings, written };
	}
	const hashOf = (value: string) => encodeTextHash({ kind: 'text', value });

	it('restores word, letter, tokenizers and settings', async () => {
		const { state, open, settings, address } = page();
		await open(`${writeWord(OTHER, DEFAULTS)}#${await hashOf('草莓\ud800')}`);
		expect(state.word).toBe('草莓\ud800');
		expect(settings()).toEqual(OTHER);
		expect(address.problem).toBeNull();
	});

	it('leaves the page as it was where the address says nothing', async () => {
		const { state, open } = page();
		state.setWord('kept');
		await open('');
		expect(state.word).toBe('kept');
	});

	it.each([
		['?letter=rr#', 'expected one letter'],
		['?t=c,nope', 'neither in the catalogue'],
		['?case=exact#v1.t=AAAA', 'damaged']
	])('changes nothing for a bad link, and says so: %s', async (link, words) => {
		const { state, open, settings, address } = page();
		state.setWord('kept');
		const before = settings();
		await open(link);
		expect(state.word).toBe('kept');
		expect(settings()).toEqual(before);
		expect(address.problem).toContain(words);
		address.dismiss();
		expect(address.problem).toBeNull();
	});

	it('refuses a text that is no word', async () => {
		const { state, open, address } = page();
		await open(`#${await hashOf('x'.repeat(30_000))}`);
		expect(state.word).toBe('berry');
		expect(address.problem).toContain('open it on Compare');
	});

	it('writes what a link must restore, once it rests', async () => {
		const { state, address, written } = page();
		state.setWord('straw');
		state.setLetter('s');
		address.write();
		await expect.poll(() => written).toEqual([`?letter=s#${await hashOf('straw')}`]);
		await settle();
	});
});
