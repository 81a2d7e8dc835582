import { expect, it } from 'vitest';
import {
	fakeStrawberry,
	oneTokenEach,
	prerenderedWord,
	textsOf
} from '../../../../tests/support/fake-strawberry';
import { pass, useFakeTimers } from '../../../../tests/support/fake-timers';
import { MAX_WORD_UNITS, StrawberryState } from './strawberry.svelte';
import { tokensOf } from './variant-tokens';
import type { LetterQuery } from './variants';

/** A page with tokenizers a and b selected, where the built-in ones are a, b, c and d. */
function page(letter: { letter: string; caseRule: 'alike' | 'exact' } = LETTER) {
	const fake = fakeStrawberry();
	const known = prerenderedWord('berry', ['a', 'b', 'c', 'd']);
	const state = new StrawberryState(fake.workers, letter, known);
	state.follow(['a', 'b']);
	const statuses = () => ['a', 'b', 'c', 'd'].map((id) => state.card(id).status);
	return { state, statuses, ...fake };
}
const LETTER = { letter: 'r', caseRule: 'alike' } as const;

useFakeTimers();

/** Lets answers arrive, and shows those that are waiting for others. */
const settle = () => pass(20);

it('asks each chosen tokenizer once for all variants of a word', async () => {
	const { state, statuses, splitCalls } = page();
	state.setWord('straw');
	const texts = textsOf('straw');
	const asked = ['a', 'b'].map((tokenizer) => ({ tokenizer, texts }));
	expect(splitCalls.map(({ params }) => params)).toEqual(asked);
	expect(statuses()).toEqual(['loading', 'loading', 'absent', 'absent']);
	splitCalls[0].resolve(oneTokenEach(textsOf('straw')));
	await settle();
	expect(statuses()).toEqual(['ready', 'loading', 'absent', 'absent']);
	const { answer } = state.card('a');
	expect(answer && tokensOf(answer, 'sentence')?.encoding.byteEnds).toEqual(Uint32Array.of(6));
});

it('shows answers that arrive together at once, and one alone after a moment', async () => {
	const { state, statuses, splitCalls } = page();
	state.setWord('straw');
	splitCalls[0].resolve(oneTokenEach(textsOf('straw')));
	await pass(5);
	expect(statuses().slice(0, 2)).toEqual(['loading', 'loading']);
	splitCalls[1].resolve(oneTokenEach(textsOf('straw')));
	await pass(0);
	expect(statuses().slice(0, 2)).toEqual(['ready', 'ready']);
});

it('shows an earlier answer until the newest arrives, and asks only for the newest', async () => {
	const { state, splitCalls } = page();
	const asked = () => splitCalls.filter(({ params }) => params.tokenizer === 'a');
	for (const word of ['s', 'st', 'str']) state.setWord(word);
	expect(asked()).toHaveLength(1);
	asked()[0].resolve(oneTokenEach(textsOf('s')));
	await settle();
	expect(state.card('a')).toMatchObject({ status: 'loading', isStale: true, current: null });
	expect(state.card('a').answer?.variants[0].text).toBe('s');
	expect(asked().map(({ params }) => params.texts[0])).toEqual(['s', 'str']);
	asked()[1].resolve(oneTokenEach(textsOf('str')));
	await settle();
	expect(state.card('a')).toMatchObject({ status: 'ready', isStale: false });
	expect(state.card('a').current?.variants[0].text).toBe('str');
});

it('marks an answer as stale as soon as the word changes, but not while more is loaded', () => {
	const { state, statuses } = page();
	const stale = () => ['a', 'b', 'c'].map((id) => state.card(id).isStale);
	expect(stale()).toEqual([false, false, false]);
	void state.load(['c']);
	expect(stale()).toEqual([false, false, false]);
	state.setWord('x');
	expect(stale()).toEqual([true, true, false]);
	// The prerendered word is shown again, even for tokenizers that aren't loaded.
	state.setWord('berry');
	expect(statuses().slice(2)).toEqual(['ready', 'ready']);
});

it('keeps a tokenizer loaded that is no longer chosen', () => {
	const { state, splitCalls } = page();
	state.follow(['c']);
	expect(state.card('c').status).toBe('ready');
	state.setWord('x');
	expect(splitCalls.map(({ params }) => params.tokenizer).sort()).toEqual(['a', 'b', 'c']);
});

it('asks nothing for an empty word, and drops a late answer', async () => {
	const { state, statuses, splitCalls } = page();
	state.setWord('x');
	state.setWord('');
	splitCalls[0].resolve(oneTokenEach(textsOf('x')));
	await settle();
	expect(statuses()).toEqual(['ready', 'ready', 'ready', 'ready']);
	expect(state.card('a').answer).toBeNull();
});

it('refuses a text, and keeps the word', () => {
	const { state } = page();
	expect(state.setWord('x'.repeat(MAX_WORD_UNITS + 1))).toBe(false);
	expect(state.word).toBe('berry');
	expect(state.problem).toContain('20,001 characters');
	expect(state.setWord('x'.repeat(MAX_WORD_UNITS))).toBe(true);
	expect(state.problem).toBeNull();
});

it.each<[string, LetterQuery | null]>([
	['rr', null],
	['', null],
	['R', { letter: 'R', caseRule: 'exact' }]
])('counts %j only if it is one letter', (letter, query) => {
	expect(page({ letter, caseRule: 'exact' }).state.letterQuery).toEqual(query);
});

it('reports a failed answer and asks again', async () => {
	const { state, splitCalls } = page();
	state.setWord('x');
	splitCalls[0].reject(new Error('no network'));
	await settle();
	expect(state.card('a')).toMatchObject({ status: 'error', error: 'No network', answer: null });
	state.ask('a');
	expect(state.card('a').status).toBe('loading');
	expect(splitCalls).toHaveLength(3);
});

it('loads others one after another, which then answer as the user types', async () => {
	const { state, statuses, splitCalls } = page();
	state.setWord('x');
	expect(state.missing).toEqual(['c', 'd']);
	const loading = state.load(['c', 'd']);
	const texts = textsOf('x');
	expect(splitCalls.slice(2).map(({ params }) => params)).toEqual([{ tokenizer: 'c', texts }]);
	expect(state.loading).toEqual({ done: 0, all: 2 });
	splitCalls[2].options.onprogress?.({ phase: 'download', received: 1, total: 2 });
	expect(state.card('c').progress).toEqual({ phase: 'download', received: 1, total: 2 });
	splitCalls[2].resolve(oneTokenEach(texts));
	await settle();
	expect(splitCalls.slice(3).map(({ params }) => params.tokenizer)).toEqual(['d']);
	state.setWord('y');
	expect(splitCalls.slice(4).map(({ params }) => params.tokenizer)).toEqual(['c']);
	splitCalls[3].resolve(oneTokenEach(texts));
	await settle();
	await loading;
	expect(state.loading).toBeNull();
	// The word has changed, so d is asked again.
	expect(splitCalls.slice(5).map(({ params }) => params)).toEqual([
		{ tokenizer: 'd', texts: textsOf('y') }
	]);
	for (const { resolve } of splitCalls.slice(4)) resolve(oneTokenEach(textsOf('y')));
	await settle();
	expect(statuses().slice(2)).toEqual(['ready', 'ready']);
});

it('loads the others if one fails', async () => {
	const { state, splitCalls } = page();
	const loading = state.load(['c', 'd']);
	splitCalls[0].reject(new Error('damaged'));
	await settle();
	splitCalls[1].resolve(oneTokenEach(textsOf('berry')));
	await settle();
	await loading;
	expect([state.card('c').error, state.isAsked('d')]).toEqual(['Damaged', true]);
});

it('stops loading', async () => {
	const { state, statuses, splitCalls } = page();
	state.setWord('x');
	const loading = state.load(state.missing);
	expect(state.loading).toEqual({ done: 0, all: 2 });
	state.stopLoading();
	splitCalls[2].resolve(oneTokenEach(textsOf('x')));
	await settle();
	await loading;
	expect(state.loading).toBeNull();
	expect(statuses().slice(2)).toEqual(['absent', 'absent']);
	expect(splitCalls).toHaveLength(3);
});

it('is ready before any worker is asked, and downloads the vocabularies before the first keystroke', () => {
	const { state, statuses, splitCalls } = page();
	expect(statuses()).toEqual(['ready', 'ready', 'ready', 'ready']);
	expect(splitCalls).toEqual([]);
	state.warmUp();
	const asked = ['a', 'b'].map((tokenizer) => ({ tokenizer, texts: [] }));
	expect(splitCalls.map(({ params }) => params)).toEqual(asked);
});
