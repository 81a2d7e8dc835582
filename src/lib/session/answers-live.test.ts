import { describe, expect, it } from 'vitest';
import { encoded, endingAt } from '../../../tests/support/fake-calls';
import { counts, fakeAnswers, statuses, textsOf } from '../../../tests/support/fake-answers';
import { pass, useFakeTimers } from '../../../tests/support/fake-timers';
import { decodeUtf8, encodeUtf8 } from '../engine/text/utf8';
import type { Drawn } from './calls/tokenizing';
import type { LiveAnswers } from './answers.svelte';

useFakeTimers();

const drawnOf = (text: string, ...ends: number[]): Drawn => ({
	document: encodeUtf8(text),
	encoding: endingAt(...ends),
	distinct: ends.length,
	vocabularySize: 300,
	outOfRange: []
});

/** A comparison of the live tokenizer `mine` with `a`, both with prerendered answers to "first". */
function setUp(tokenizers = ['mine', 'a']) {
	const asked: {
		text: string;
		signal: AbortSignal | undefined;
		answer: (drawn: Drawn) => void;
		fail: (error: Error) => void;
	}[] = [];
	let now: Drawn | null | undefined = null;
	const live: LiveAnswers = {
		id: 'mine',
		answer: (document, { signal }) =>
			new Promise((answer, fail) => {
				asked.push({ text: decodeUtf8(document), signal, answer, fail });
			}),
		drawn: () => now
	};
	const first = { mine: encoded(1, 5), a: encoded(2, 5) };
	const fakes = fakeAnswers(tokenizers, first, live);
	/** Sets what the live tokenizer's `drawn` returns. */
	const draws = (drawn: Drawn | undefined) => (now = drawn);
	return { ...fakes, asked, draws };
}

describe('a tokenizer that the page trains', () => {
	it('answers in its own way, on a card like the others, and does not count for the differences', async () => {
		const { state, asked, encodes } = setUp(['mine', 'a', 'b']);
		expect(counts(state).slice(0, 2)).toEqual([2, 2]);
		state.setText('abc');
		expect(asked.map(({ text }) => text)).toEqual(['abc']);
		expect(textsOf(encodes)).toEqual(['b: first', 'a: abc', 'b: abc']);
		asked[0].answer(drawnOf('abc', 1, 2, 3));
		for (const { resolve } of encodes) resolve(encoded(3));
		await pass();
		expect(statuses(state)).toEqual(['ready', 'ready', 'ready']);
		expect(counts(state)).toEqual([3, 1, 1]);
		expect([...state.differences]).toEqual([]);
		expect(state.card('mine').differs).toBeNull();
	});

	it('is hidden for ids, and returns with the text', async () => {
		const { state, asked, spells } = setUp();
		state.setKind('ids');
		state.setIds(Uint32Array.of(1, 2));
		expect(state.shown).toEqual(['a']);
		expect(state.tokenizersNow()).toEqual(['mine', 'a']);
		expect(asked).toEqual([]);
		expect(new Set(spells.map(({ params }) => params.tokenizer))).toEqual(new Set(['a']));
		state.setKind('text');
		await pass();
		expect(state.shown).toEqual(['mine', 'a']);
		expect(asked.map(({ text }) => text)).toEqual(['first']);
	});

	it('is aborted when the text changes, shows an error on its card, and answers a retry', async () => {
		const { state, asked } = setUp(['mine']);
		state.setText('old');
		state.setText('abc');
		expect(asked.map(({ signal }) => signal?.aborted)).toEqual([true, false]);
		asked[1].fail(new Error('no memory'));
		await pass();
		expect(state.card('mine').error).toEqual({ message: 'no memory', retry: false });
		state.retry('mine');
		expect(statuses(state)).toEqual(['loading']);
		asked[2].answer(drawnOf('abc', 3));
		await pass();
		expect(counts(state)).toEqual([1]);
	});

	it('shows the answer to the later of two requests for the same text', async () => {
		const { state, asked } = setUp(['mine']);
		state.retry('mine');
		state.retry('mine');
		asked[1].answer(drawnOf('first', 2, 5));
		await pass();
		asked[0].answer(drawnOf('first', 1, 2, 3, 5));
		await pass(1000);
		expect(counts(state)).toEqual([2]);
		state.retry('mine');
		state.retry('mine');
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
		state.redrawLive();
		expect(counts(state)).toEqual([1, 2]);
		expect(encodes).toEqual([]);
	});

	it('asks it, and marks the previous split, if it cannot tell by itself', async () => {
		const { state, asked, encodes, draws } = setUp();
		await pass();
		draws(undefined);
		state.redrawLive();
		expect(statuses(state)).toEqual(['loading', 'ready']);
		state.redrawLive();
		expect(asked.map(({ text }) => text)).toEqual(['first']);
		asked[0].answer(drawnOf('first', 5));
		await pass();
		expect(statuses(state)).toEqual(['ready', 'ready']);
		expect(counts(state)).toEqual([1, 2]);
		expect(encodes).toEqual([]);
	});

	it('waits for a pending answer, and does nothing if it is not chosen', () => {
		const { state, draws } = setUp();
		state.setText('abc');
		draws(drawnOf('first', 5));
		state.redrawLive();
		expect(statuses(state)[0]).toBe('loading');
		const other = setUp(['a']);
		other.draws(drawnOf('first', 5));
		other.state.redrawLive();
		expect([other.asked, other.state.tokenizersNow()]).toEqual([[], ['a']]);
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
