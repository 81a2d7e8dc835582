import { expect, it } from 'vitest';
import { hashOf } from '../../../../tests/support/fake-address';
import { settle } from '../../../../tests/support/fake-calls';
import { fakeStrawberry } from '../../../../tests/support/fake-strawberry';
import { smallRanks } from '../../../../tests/support/small-specs';
import { createTokenizer } from '../../engine';
import { encodeTextHash } from '../../session/documents/link-codec';
import type { StrawberrySettings } from '../../session/documents/strawberry';
import { createStrawberryAddress } from './address';
import { StrawberryState } from './strawberry.svelte';
import { traceWord } from './word-trace';
import { WordTracing } from './word-tracing.svelte';

const DEFAULTS: StrawberrySettings & { word: string } = {
	...{ word: 'berry', tokenizers: ['a', 'b'], letter: 'r', caseRule: 'alike', step: null },
	...{ tracedTokenizer: 'a', form: 'alone', table: 'tokenizers' }
};
const OTHER: StrawberrySettings = {
	...{ tokenizers: ['c', 'a'], letter: '👩‍🚀', caseRule: 'exact', step: 3, table: 'forms' },
	...{ tracedTokenizer: 'c', form: 'sentence' }
};
const isKnown = (id: string) => ['a', 'b', 'c'].includes(id);

function page() {
	const { workers } = fakeStrawberry();
	const trace = traceWord(createTokenizer(smallRanks()), 'berry');
	const prerendered = { word: 'berry', encodings: {}, trace };
	const state = new StrawberryState(workers, ['a', 'b'], 'r', prerendered);
	const tracing = new WordTracing(workers, prerendered);
	tracing.setTokenizer(DEFAULTS.tracedTokenizer);
	const names = { load: () => Promise.resolve(), has: isKnown };
	const written: string[] = [];
	const address = createStrawberryAddress(state, tracing, names, DEFAULTS, (to) =>
		written.push(to)
	);
	const open = (to: string) => address.read(new URL(`https://lab.example/strawberry/${to}`));
	const settings = () => ({
		tokenizers: state.tokenizers,
		letter: state.letter,
		caseRule: state.caseRule,
		tracedTokenizer: tracing.tokenizer,
		form: tracing.form,
		step: tracing.chosenStep,
		table: state.table
	});
	return { state, address, open, settings, written };
}

it('restores word, letter, tokenizers and settings', async () => {
	const { state, open, settings, address } = page();
	await open(
		`?t=c,a&letter=%F0%9F%91%A9%E2%80%8D%F0%9F%9A%80&case=exact&merges=c&form=sentence&step=3&table=forms${await hashOf('草莓\ud800')}`
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
	['?case=exact&letter=rr#', 'expected one letter'],
	['?case=exact&t=nope', 'neither in the catalogue'],
	['?case=exact#v1.t=AAAA', 'damaged'],
	['?case=exact#v2.t=AAAA', 'a newer version of the lab made the link']
])('reports a bad value, and applies the rest: %s', async (link, words) => {
	const { state, open, settings, address } = page();
	state.setWord('kept');
	const before = settings();
	await open(link);
	expect(state.word).toBe('kept');
	expect(settings()).toEqual({ ...before, caseRule: 'exact' });
	expect(address.problem).toContain(words);
	// The word of a bad link is opened, if it has one.
	await open(`?letter=rr${await hashOf('straw')}`);
	expect([state.word, state.letter]).toEqual(['straw', 'r']);
});

it('refuses a text that is too long for a word, and ids', async () => {
	const { state, open, address } = page();
	await open(`?case=exact${await hashOf('x'.repeat(30_000))}`);
	expect([state.word, state.caseRule]).toEqual(['berry', 'exact']);
	expect(address.problem).toBe('The link contains a text, not a word. Open it on Compare.');
	await open(`#${(await encodeTextHash({ kind: 'ids', value: '1 2' })) ?? ''}`);
	expect(state.word).toBe('berry');
	expect(address.problem).toBe('The link contains ids, not a word. Open it on Compare.');
});

it('writes what a link must restore, once typing pauses', async () => {
	const { state, address, written } = page();
	state.setWord('straw');
	state.letter = 's';
	address.write();
	await expect.poll(() => written).toEqual([`?letter=s${await hashOf('straw')}`]);
	state.setWord('berry');
	state.letter = '';
	address.write();
	await expect.poll(() => written.at(-1)).toBe('?letter=');
	await settle();
});
