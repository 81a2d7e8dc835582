import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { encoded, endingAt, fakeCalls } from '../../../tests/support/fake-calls';
import { counts, pass, statuses } from '../../../tests/support/fake-compare';
import { decodeUtf8, encodeUtf8 } from '../engine/text/utf8';
import type { Drawn } from './compare-card.svelte';
import { CompareState, type LocalTokenizer } from './compare.svelte';

beforeEach(() => {
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
	vi.useRealTimers();
});

const drawnOf = (text: string, ...ends: number[]): Drawn => ({
	document: encodeUtf8(text),
	encoding: endingAt(...ends),
	distinct: ends.length,
	vocabularySize: 300,
	outOfRange: []
});

/** A comparison of the local tokenizer `mine` with `a`. Both have a prerendered answer to "first". */
function setUp(tokenizers = ['mine', 'a']) {
	const asked: {
		readonly text: string;
		readonly signal: AbortSignal | undefined;
		readonly answer: (drawn: Drawn) => void;
		readonly fail: (error: Error) => void;
	}[] = [];
	let now: Drawn | null | undefined = null;
	const local: LocalTokenizer = {
		id: 'mine',
		answer: (document, { signal }) =>
			new Promise((answer, fail) => {
				asked.push({ text: decodeUtf8(document), signal, answer, fail });
			}),
		drawn: () => now
	};
	const encode = fakeCalls<'encode'>();
	const spell = fakeCalls<'spell'>();
	const compare = fakeCalls<'compare'>();
	const calls = { encode: encode.method, spell: spell.method, compare: compare.method };
	const state = new CompareState(calls, tokenizers, 'first', local);
	state.showPrerendered({ text: 'first', results: { mine: encoded(1, 5), a: encoded(2, 5) } });
	/** Sets what the local tokenizer draws. */
	const draws = (drawn: Drawn | undefined) => (now = drawn);
	return { state, asked, encodes: encode.calls, spells: spell.calls, draws };
}

describe('a tokenizer that the page trains', () => {
	it('answers in its own way, on a card like the others', async () => {
		const { state, asked, encodes } = setUp();
		expect(counts(state)).toEqual([2, 2]);
		state.setText('abc');
		expect(asked.map(({ text }) => text)).toEqual(['abc']);
		expect(encodes.map(({ params }) => params.tokenizer)).toEqual(['a']);
		asked[0].answer(drawnOf('abc', 1, 2, 3));
		encodes[0].resolve(encoded(3));
		await pass();
		expect(statuses(state)).toEqual(['ready', 'ready']);
		expect(counts(state)).toEqual([3, 1]);
	});

	it('does not count for the differences', async () => {
		const { state, asked, encodes } = setUp(['mine', 'a', 'b']);
		state.setText('abc');
		asked[0].answer(drawnOf('abc', 1, 2, 3));
		for (const { resolve } of encodes) resolve(encoded(3));
		await pass();
		expect([...state.differences]).toEqual([]);
		expect(state.card('mine').differs).toBeNull();
	});

	it('is hidden for ids, and returns with the text', async () => {
		const { state, asked, spells } = setUp();
		state.setKind('ids');
		state.setIds(Uint32Array.of(1, 2));
		expect(state.shown).toEqual(['a']);
		expect(state.tokenizers).toEqual(['mine', 'a']);
		expect(asked).toEqual([]);
		expect(new Set(spells.map(({ params }) => params.tokenizer))).toEqual(new Set(['a']));
		state.setKind('text');
		await pass();
		expect(state.shown).toEqual(['mine', 'a']);
		expect(asked.map(({ text }) => text)).toEqual(['first']);
	});

	it('is aborted when the text changes', () => {
		const { state, asked } = setUp();
		state.setText('old');
		state.setText('new');
		expect(asked.map(({ signal }) => signal?.aborted)).toEqual([true, false]);
	});

	it('shows an error on its card, and answers a retry', async () => {
		const { state, asked } = setUp(['mine']);
		state.setText('abc');
		asked[0].fail(new Error('no memory'));
		await pass();
		expect(state.card('mine').error).toEqual({ message: 'no memory', retry: false });
		state.retryLocal();
		expect(statuses(state)).toEqual(['loading']);
		asked[1].answer(drawnOf('abc', 3));
		await pass();
		expect(counts(state)).toEqual([1]);
	});

	it('shows the answer to the later of two requests for the same text', async () => {
		const { state, asked } = setUp(['mine']);
		state.retryLocal();
		state.retryLocal();
		asked[1].answer(drawnOf('first', 2, 5));
		await pass();
		asked[0].answer(drawnOf('first', 1, 2, 3, 5));
		await pass(1000);
		expect(counts(state)).toEqual([2]);
		state.retryLocal();
		state.retryLocal();
		asked[2].fail(new Error('another was asked for'));
		await pass(1000);
		expect(statuses(state)).toEqual(['loading']);
	});
});

describe('drawing it again', () => {
	it('shows its current split at once, and asks no tokenizer', async () => {
		const { state, encodes, draws } = setUp();
		await pass();
		draws(drawnOf('first', 5));
		state.redrawLocal();
		expect(counts(state)).toEqual([1, 2]);
		expect(encodes).toEqual([]);
	});

	it('asks it, and marks the previous split, if it cannot tell by itself', async () => {
		const { state, asked, encodes, draws } = setUp();
		await pass();
		draws(undefined);
		state.redrawLocal();
		expect(statuses(state)).toEqual(['loading', 'ready']);
		state.redrawLocal();
		expect(asked.map(({ text }) => text)).toEqual(['first']);
		asked[0].answer(drawnOf('first', 5));
		await pass();
		expect(statuses(state)).toEqual(['ready', 'ready']);
		expect(counts(state)).toEqual([1, 2]);
		expect(encodes).toEqual([]);
	});

	it('waits for a pending answer', () => {
		const { state, draws } = setUp();
		state.setText('abc');
		draws(drawnOf('first', 5));
		state.redrawLocal();
		expect(statuses(state)[0]).toBe('loading');
	});

	it('does nothing if it is not chosen', () => {
		const { state, asked, draws } = setUp(['a']);
		draws(drawnOf('first', 5));
		state.redrawLocal();
		state.retryLocal();
		expect(asked).toEqual([]);
		expect(state.tokenizers).toEqual(['a']);
	});
});

describe('warming up', () => {
	it('trains it, and draws its split of the text', async () => {
		const { state, asked, draws } = setUp();
		state.warmUp();
		expect(asked.map(({ text }) => text)).toEqual(['first']);
		const drawn = drawnOf('first', 5);
		draws(drawn);
		asked[0].answer(drawn);
		await pass();
		expect(state.card('mine').drawn).toBe(drawn);
	});

	it('keeps the previous answer if that fails', async () => {
		const { state, asked } = setUp();
		state.warmUp();
		asked[0].fail(new Error('no memory'));
		await pass();
		expect(statuses(state)).toEqual(['ready', 'ready']);
		expect(counts(state)).toEqual([2, 2]);
	});

	it('does not repeat a pending request', () => {
		const { state, asked, encodes } = setUp();
		state.setText('from the link');
		state.warmUp();
		expect(asked.map(({ text }) => text)).toEqual(['from the link']);
		expect(encodes).toHaveLength(1);
	});
});
