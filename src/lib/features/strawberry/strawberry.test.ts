import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pass } from '../../../../tests/support/fake-compare';
import { fakeStrawberry, oneTokenEach } from '../../../../tests/support/fake-strawberry';
import { variantsOf } from './variants';
import { MAX_WORD_UNITS, StrawberryState } from './strawberry.svelte';
import { tokensOf } from './variant-tokens';

const textsOf = (word: string) => variantsOf(word).map(({ text }) => text);

/** A page with tokenizers a and b chosen, of a catalogue of a, b, c and d. */
function page() {
	const fake = fakeStrawberry();
	const known = oneTokenEach(textsOf('berry'));
	const state = new StrawberryState(fake.workers, ['a', 'b'], 'r', {
		word: 'berry',
		encodings: { a: known, b: known, c: known, d: known }
	});
	const statuses = () => ['a', 'b', 'c', 'd'].map((id) => state.card(id).status);
	return { state, statuses, ...fake };
}

beforeEach(() => {
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
	vi.useRealTimers();
});

/** Lets answers arrive, and shows those that wait for others. */
const settle = () => pass(20);

describe('StrawberryState', () => {
	it('is ready before any worker is asked', () => {
		const { state, statuses, splitCalls } = page();
		expect(statuses()).toEqual(['ready', 'ready', 'ready', 'ready']);
		expect(state.count).toBe(2);
		expect(splitCalls).toEqual([]);
	});

	it('asks each chosen tokenizer once for all variants of a word', async () => {
		const { state, statuses, splitCalls } = page();
		state.setWord('straw');
		expect(splitCalls.map(({ params }) => params)).toEqual([
			{ tokenizer: 'a', texts: textsOf('straw') },
			{ tokenizer: 'b', texts: textsOf('straw') }
		]);
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
		const { state } = page();
		const stale = () => ['a', 'b', 'c'].map((id) => state.card(id).isStale);
		expect(stale()).toEqual([false, false, false]);
		void state.load(['c']);
		expect(stale()).toEqual([false, false, false]);
		state.setWord('x');
		expect(stale()).toEqual([true, true, false]);
	});

	it('shows the prerendered word again, in tokenizers that are not loaded', () => {
		const { state, statuses } = page();
		state.setWord('x');
		state.setWord('berry');
		expect(statuses().slice(2)).toEqual(['ready', 'ready']);
	});

	it('asks nothing for an empty word, and drops a late answer', async () => {
		const { state, statuses, splitCalls } = page();
		state.setWord('x');
		state.setWord('');
		splitCalls[0].resolve(oneTokenEach(textsOf('x')));
		await settle();
		expect(statuses()).toEqual(['ready', 'ready', 'ready', 'ready']);
		expect(state.card('a').answer).toBeNull();
		expect([state.count, state.graphemes.texts.length]).toEqual([0, 0]);
	});

	it('refuses a text, and keeps the word', () => {
		const { state } = page();
		expect(state.setWord('x'.repeat(MAX_WORD_UNITS + 1))).toBe(false);
		expect(state.word).toBe('berry');
		expect(state.problem).toContain('20,001 characters');
		expect(state.setWord('x'.repeat(MAX_WORD_UNITS))).toBe(true);
		expect(state.problem).toBeNull();
	});

	it('counts 10,000 letters, and a mark without a letter as one', () => {
		const { state } = page();
		state.setWord('r'.repeat(10_000));
		expect([state.count, state.graphemes.texts.length]).toEqual([10_000, 10_000]);
		state.setWord('\u0301');
		expect([state.graphemes.texts.length, state.loneMarks]).toEqual([1, ['\u0301']]);
	});

	it('counts nothing unless there is exactly one letter', () => {
		const { state } = page();
		state.letter = 'rr';
		expect([state.letterQuery, state.count]).toEqual([null, null]);
		state.letter = '';
		expect(state.count).toBeNull();
		state.letter = 'R';
		expect(state.count).toBe(2);
		state.caseRule = 'exact';
		expect(state.count).toBe(0);
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
		const loading = state.load(['c', 'd']);
		expect(splitCalls.slice(2).map(({ params }) => params)).toEqual([
			{ tokenizer: 'c', texts: [] }
		]);
		expect(state.loading).toEqual({ done: 0, all: 2 });
		splitCalls[2].options.onprogress?.({ phase: 'download', received: 1, total: 2 });
		expect(state.card('c').progress).toEqual({ phase: 'download', received: 1, total: 2 });
		splitCalls[2].resolve(oneTokenEach([]));
		await settle();
		// c is asked for the word, d is loaded.
		expect(splitCalls.slice(3).map(({ params }) => params.tokenizer)).toEqual(['c', 'd']);
		splitCalls[4].resolve(oneTokenEach([]));
		await loading;
		expect(state.loading).toBeNull();
		splitCalls[3].resolve(oneTokenEach(textsOf('x')));
		splitCalls[5].resolve(oneTokenEach(textsOf('x')));
		await settle();
		expect(statuses().slice(2)).toEqual(['ready', 'ready']);
	});

	it('knows whether the whole catalogue was asked for', () => {
		const { state } = page();
		expect([state.loadsAll, state.missing]).toEqual([false, ['c', 'd']]);
		void state.loadAll();
		expect([state.loadsAll, state.loading]).toEqual([true, { done: 0, all: 2 }]);
		state.stopLoading();
		expect([state.loadsAll, state.loading]).toEqual([false, null]);
	});

	it('stops loading', async () => {
		const { state, statuses, splitCalls } = page();
		state.setWord('x');
		const loading = state.load(['c', 'd']);
		state.stopLoading();
		splitCalls[2].resolve(oneTokenEach([]));
		await loading;
		expect(state.loading).toBeNull();
		expect(statuses().slice(2)).toEqual(['absent', 'absent']);
		expect(splitCalls).toHaveLength(3);
	});

	it('loads the others if one fails', async () => {
		const { state, splitCalls } = page();
		const loading = state.load(['c', 'd']);
		splitCalls[0].reject(new Error('damaged'));
		await settle();
		splitCalls[1].resolve(oneTokenEach([]));
		await loading;
		expect(state.card('c').error).toBe('Damaged');
		expect(state.isAsked('d')).toBe(true);
	});

	it('keeps a tokenizer loaded that is no longer chosen', () => {
		const { state, splitCalls } = page();
		state.setTokenizers(['c']);
		expect(state.card('c').status).toBe('ready');
		state.setWord('x');
		expect(splitCalls.map(({ params }) => params.tokenizer).sort()).toEqual(['a', 'b', 'c']);
	});

	it('downloads the vocabularies before the first keystroke', () => {
		const { state, splitCalls } = page();
		state.warmUp();
		expect(splitCalls.map(({ params }) => params)).toEqual([
			{ tokenizer: 'a', texts: [] },
			{ tokenizer: 'b', texts: [] }
		]);
	});
});
