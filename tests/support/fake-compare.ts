import { vi } from 'vitest';
import { CompareState } from '../../src/lib/session/compare.svelte';
import { fakeCalls, type encoded, type FakeCall } from './fake-calls';

/**
 * A comparison over tokenizers a, b, …, of the text "first", whose calls the test answers.
 * `first`: what came with the page.
 */
export function fakeCompare(
	tokenizers = ['a', 'b'],
	first: Record<string, ReturnType<typeof encoded>> = {}
) {
	const encode = fakeCalls<'encode'>();
	const spell = fakeCalls<'spell'>();
	const compare = fakeCalls<'compare'>();
	const calls = { encode: encode.method, spell: spell.method, compare: compare.method };
	const state = new CompareState(calls, tokenizers, 'first');
	state.showPrerendered({ text: 'first', results: first });
	/** The last call for a tokenizer. */
	const asked = (tokenizer: string) => {
		const call = encode.calls.findLast(({ params }) => params.tokenizer === tokenizer);
		if (!call) throw new Error(`got no call for ${tokenizer}, expected one`);
		return call;
	};
	return { state, asked, encodes: encode.calls, spells: spell.calls, comparisons: compare.calls };
}

/** Lets promises go on, and the fake timers that are due within some milliseconds. */
export const pass = (milliseconds = 0) => vi.advanceTimersByTimeAsync(milliseconds);

export const statuses = (state: CompareState) =>
	state.tokenizers.map((id) => state.card(id).status);

/** How many tokens each card draws; null: none yet. */
export const counts = (state: CompareState) =>
	state.tokenizers.map((id) => state.card(id).drawn?.encoding.ids.length ?? null);

/** Who was asked for which text: "a: the text". */
export const textsOf = (calls: readonly FakeCall<'encode'>[]) =>
	calls.map(({ params }) => `${params.tokenizer}: ${new TextDecoder().decode(params.text)}`);
