import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pass } from '../../../../tests/support/fake-compare';
import { fakeSpelling, oneTokenEach } from '../../../../tests/support/fake-spelling';
import { variantsOf } from './variants';
import { MAX_WORD_UNITS, StrawberryState } from './strawberry.svelte';
import { tokensOf } from './ways';

const textsOf = (word: string) => variantsOf(word).map(({ text }) => text);

/** A page with tokenizers a and b chosen, of a catalogue of a, b, c and d. */
function page() {
	const fake = fakeSpelling();
	const known = oneTokenEach(textsOf('berry'));
	const state = new StrawberryState(fake.workers, ['a', 'b'], {
		word: 'berry',
		letter: 'r',
		spellings: { a: known, b: known, c: known, d: known }
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

/** Lets answers be told, and those that wait for others be shown. */
const settle = () => pass(20);

describe('StrawberryState', () => {
	it('is finished before any worker is asked', () => {
		const { state, statuses, spellings } = page();
		expect(statuses()).toEqual(['ready', 'ready', 'ready', 'ready']);
		expect(state.count).toBe(2);
		expect(spellings).toEqual([]);
	});

	it('asks each chosen tokenizer once for all ways to write a word', async () => {
		const { state, statuses, spellings } = page();
		state.setWord('straw');
		expect(spellings.map(({ params }) => params)).toEqual([
			{ tokenizer: 'a', texts: textsOf('straw') },
			{ tokenizer: 'b', texts: textsOf('straw') }
		]);
		expect(statuses()).toEqual(['loading', 'loading', 'absent', 'absent']);
		spellings[0].resolve(oneTokenEach(textsOf('straw')));
		await settle();
		expect(statuses()).toEqual(['ready', 'loading', 'absent', 'absent']);
		const { answer } = state.card('a');
		expect(answer && tokensOf(answer, 'sentence')?.encoding.byteEnds).toEqual(Uint32Array.of(6));
	});

	it('shows answers that come together at once, and one alone after a moment', async () => {
		const { state, statuses, spellings } = page();
		state.setWord('straw');
		spellings[0].resolve(oneTokenEach(textsOf('straw')));
		await pass(5);
		expect(statuses().slice(0, 2)).toEqual(['loading', 'loading']);
		spellings[1].resolve(oneTokenEach(textsOf('straw')));
		await pass(0);
		expect(statuses().slice(0, 2)).toEqual(['ready', 'ready']);
	});

	it('shows an earlier answer while the newest word is on its way, and asks for that alone', async () => {
		const { state, spellings } = page();
		const asked = () => spellings.filter(({ params }) => params.tokenizer === 'a');
		for (const word of ['s', 'st', 'str']) state.setWord(word);
		expect(asked()).toHaveLength(1);
		asked()[0].resolve(oneTokenEach(textsOf('s')));
		await settle();
		expect(state.card('a').status).toBe('loading');
		expect(state.card('a').answer?.ways[0].text).toBe('s');
		expect(asked().map(({ params }) => params.texts[0])).toEqual(['s', 'str']);
		asked()[1].resolve(oneTokenEach(textsOf('str')));
		await settle();
		expect(state.card('a').status).toBe('ready');
		expect(state.card('a').answer?.ways[0].text).toBe('str');
	});

	it('knows the first word again without asking, in tokenizers that are not loaded', () => {
		const { state, statuses } = page();
		state.setWord('x');
		state.setWord('berry');
		expect(statuses().slice(2)).toEqual(['ready', 'ready']);
	});

	it('has nothing to ask for an empty word, and drops what comes late', async () => {
		const { state, statuses, spellings } = page();
		state.setWord('x');
		state.setWord('');
		spellings[0].resolve(oneTokenEach(textsOf('x')));
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

	it('counts nothing while the letter is none or several', () => {
		const { state } = page();
		state.setLetter('rr');
		expect([state.asked, state.count]).toEqual([null, null]);
		state.setLetter('');
		expect(state.count).toBeNull();
		state.setLetter('R');
		expect(state.count).toBe(2);
		state.setCaseRule('exact');
		expect(state.count).toBe(0);
	});

	it('says where an answer failed and asks again', async () => {
		const { state, spellings } = page();
		state.setWord('x');
		spellings[0].reject(new Error('no network'));
		await settle();
		expect(state.card('a')).toMatchObject({ status: 'error', error: 'No network', answer: null });
		state.retry('a');
		expect(state.card('a').status).toBe('loading');
		expect(spellings).toHaveLength(3);
	});

	it('loads others one after another, which then answer while one types', async () => {
		const { state, statuses, spellings } = page();
		state.setWord('x');
		const loading = state.load(['c', 'd']);
		expect(spellings.slice(2).map(({ params }) => params)).toEqual([{ tokenizer: 'c', texts: [] }]);
		expect(state.loading).toEqual({ done: 0, all: 2 });
		spellings[2].options.onprogress?.({ phase: 'download', received: 1, total: 2 });
		expect(state.card('c').progress).toEqual({ phase: 'download', received: 1, total: 2 });
		spellings[2].resolve(oneTokenEach([]));
		await settle();
		// c is asked for the word, d is loaded.
		expect(spellings.slice(3).map(({ params }) => params.tokenizer)).toEqual(['c', 'd']);
		spellings[4].resolve(oneTokenEach([]));
		await loading;
		expect(state.loading).toBeNull();
		spellings[3].resolve(oneTokenEach(textsOf('x')));
		spellings[5].resolve(oneTokenEach(textsOf('x')));
		await settle();
		expect(statuses().slice(2)).toEqual(['ready', 'ready']);
	});

	it('stops loading; what has arrived stays', async () => {
		const { state, statuses, spellings } = page();
		state.setWord('x');
		const loading = state.load(['c', 'd']);
		state.stopLoading();
		spellings[2].resolve(oneTokenEach([]));
		await loading;
		expect(state.loading).toBeNull();
		expect(statuses().slice(2)).toEqual(['absent', 'absent']);
		expect(spellings).toHaveLength(3);
	});

	it('goes on with the others where one cannot be loaded', async () => {
		const { state, spellings } = page();
		const loading = state.load(['c', 'd']);
		spellings[0].reject(new Error('damaged'));
		await settle();
		spellings[1].resolve(oneTokenEach([]));
		await loading;
		expect(state.card('c').error).toBe('Damaged');
		expect(state.answers('d')).toBe(true);
	});

	it('keeps a tokenizer loaded that is chosen no more', () => {
		const { state, spellings } = page();
		state.setTokenizers(['c']);
		expect(state.card('c').status).toBe('ready');
		state.setWord('x');
		expect(spellings.map(({ params }) => params.tokenizer).sort()).toEqual(['a', 'b', 'c']);
	});

	it('fetches the vocabularies ahead of the first keystroke', () => {
		const { state, spellings } = page();
		state.warmUp();
		expect(spellings.map(({ params }) => params)).toEqual([
			{ tokenizer: 'a', texts: [] },
			{ tokenizer: 'b', texts: [] }
		]);
	});
});
