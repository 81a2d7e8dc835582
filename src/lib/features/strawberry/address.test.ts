import { describe, expect, it } from 'vitest';
import { hashOf } from '../../../../tests/support/fake-address';
import { settle } from '../../../../tests/support/fake-calls';
import { fakeSpelling } from '../../../../tests/support/fake-spelling';
import type { WordSettings } from '../../session/links/strawberry';
import { createStrawberryAddress } from './address';
import { WordMergesPair } from './ladders.svelte';
import { StrawberryState } from './strawberry.svelte';

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

describe('the address of Strawberry', () => {
	function page() {
		const { workers } = fakeSpelling();
		const known = { word: 'berry', letter: 'r', spellings: {} };
		const state = new StrawberryState(workers, ['a', 'b'], known);
		const ladders = new WordMergesPair(workers, ['a', 'b'], { word: 'berry', ladders: {} });
		const names = { load: () => Promise.resolve(), has: isKnown };
		const written: string[] = [];
		const address = createStrawberryAddress(state, ladders, names, DEFAULTS, (to) =>
			written.push(to)
		);
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

	it('restores word, letter, tokenizers and settings', async () => {
		const { state, open, settings, address } = page();
		await open(
			`?t=c,a&letter=%F0%9F%91%A9%E2%80%8D%F0%9F%9A%80&case=exact&ladder=c,b&form=sentence${await hashOf('草莓\ud800')}`
		);
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
		await open(await hashOf('x'.repeat(30_000)));
		expect(state.word).toBe('berry');
		expect(address.problem).toContain('Open it on Compare');
	});

	it('writes what a link must restore, once it rests', async () => {
		const { state, address, written } = page();
		state.setWord('straw');
		state.setLetter('s');
		address.write();
		await expect.poll(() => written).toEqual([`?letter=s${await hashOf('straw')}`]);
		await settle();
	});
});
