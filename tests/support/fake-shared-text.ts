import { SharedText, type LiveAnswers } from '../../src/lib/session/shared-text.svelte';
import { fakeMethods, type encoded, type FakeCall } from './fake-calls';

/**
 * A comparison of the text "first" in some tokenizers, whose calls the test answers.
 * @param first prerendered answers
 * @param live the tokenizer that the page trains
 */
export function fakeSharedText(
	tokenizers = ['a', 'b'],
	first: Record<string, ReturnType<typeof encoded>> = {},
	live?: LiveAnswers
) {
	const { methods, calls } = fakeMethods('encode', 'spell', 'compareBoundaries');
	const state = new SharedText(methods, tokenizers, 'first', live);
	state.showPrerendered({ text: 'first', results: first });
	/** The last call for a tokenizer. */
	const asked = (tokenizer: string) => {
		const call = calls.encode.findLast(({ params }) => params.tokenizer === tokenizer);
		if (!call) throw new Error(`got no call for ${tokenizer}, expected one`);
		return call;
	};
	const { encode: encodes, spell: spells, compareBoundaries: comparisons } = calls;
	return { state, asked, encodes, spells, comparisons };
}

export const statuses = (state: SharedText) => state.tokenizers.map((id) => state.card(id).status);

/** Token count of each card; `null` if it draws none yet. */
export const counts = (state: SharedText) =>
	state.tokenizers.map((id) => state.card(id).drawn?.encoding.ids.length ?? null);

/** Tokenizer and text of each call: "a: the text". */
export const textsOf = (calls: readonly FakeCall<'encode'>[]) =>
	calls.map(({ params }) => `${params.tokenizer}: ${new TextDecoder().decode(params.text)}`);
