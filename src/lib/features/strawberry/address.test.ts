import { describe, expect, it } from 'vitest';
import { hashOf } from '../../../../tests/support/fake-address';
import { settle } from '../../../../tests/support/fake-calls';
import { fakeStrawberry } from '../../../../tests/support/fake-strawberry';
import type { StrawberrySettings } from '../../session/links/strawberry';
import { createStrawberryAddress } from './address';
import { WordMergesPair } from './word-merges-pair.svelte';
import { StrawberryState } from './strawberry.svelte';

const DEFAULTS: StrawberrySettings & { word: string } = {
	word: 'berry',
	tokenizers: ['a', 'b'],
	letter: 'r',
	caseRule: 'alike',
	mergeTokenizers: ['a', 'b'],
	form: 'alone'
};
const OTHER: StrawberrySettings = {
	tokenizers: ['c', 'a'],
	letter: '👩‍🚀',
	caseRule: 'exact',
	mergeTokenizers: ['c', 'b'],
	form: 'sentence'
};
const isKnown = (id: string) => ['a', 'b', 'c'].includes(id);

describe('the address of Strawberry', () => {
	function page() {
		const { workers } = fakeStrawberry();
		const prerendered = { word: 'berry', encodings: {}, traces: {} };
		const state = new StrawberryState(workers, ['a', 'b'], 'r', prerendered);
		const pair = new WordMergesPair(workers, ['a', 'b'], prerendered);
		const names = { load: () => Promise.resolve(), has: isKnown };
		const written: string[] = [];
		const address = createStrawberryAddress(state, pair, names, DEFAULTS, (to) => written.push(to));
		const open = (to: string) => address.read(new URL(`https://lab.example/strawberry/${to}`));
		const settings = () => ({
			tokenizers: state.tokenizers,
			letter: state.letter,
			caseRule: state.caseRule,
			mergeTokenizers: pair.tokenizers,
			form: pair.form
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

	it('leaves the page as it was if the address is empty', async () => {
		const { state, open } = page();
		state.setWord('kept');
		await open('');
		expect(state.word).toBe('kept');
	});

	it.each([
		['?letter=rr#', 'expected one letter'],
		['?t=c,nope', 'neither in the catalogue'],
		['?case=exact#v1.t=AAAA', 'damaged']
	])('changes nothing for a bad link, and reports it: %s', async (link, words) => {
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

	it('refuses a text that is too long for a word', async () => {
		const { state, open, address } = page();
		await open(await hashOf('x'.repeat(30_000)));
		expect(state.word).toBe('berry');
		expect(address.problem).toContain('Open it on Compare');
	});

	it('writes what a link must restore, once typing pauses', async () => {
		const { state, address, written } = page();
		state.setWord('straw');
		state.letter = 's';
		address.write();
		await expect.poll(() => written).toEqual([`?letter=s${await hashOf('straw')}`]);
		await settle();
	});
});
