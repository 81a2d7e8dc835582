import { encodeUtf8 } from '../../src/lib/engine/text/utf8';
import { Answers, type LiveAnswers } from '../../src/lib/session/answers.svelte';
import type { Question } from '../../src/lib/session/calls/tokenizing';
import { fakeMethods, type encoded, type FakeCall } from './fake-calls';

/**
 * Creates the results of several tokenizers for a text, initially "first". The test resolves the calls that request
 * these results.
 * @param first prerendered results. If given, the other tokenizers are called immediately; otherwise, calls start
 * only after the first change
 * @param live the tokenizer that the page trains
 */
export function fakeAnswers(
	tokenizers: readonly string[] = ['a', 'b'],
	first: Record<string, ReturnType<typeof encoded>> = {},
	live?: LiveAnswers
) {
	const { methods, calls } = fakeMethods('encode', 'spell', 'compareBoundaries');
	const answers = new Answers(methods, live);
	const known = tokenizers.filter((id) => id in first);
	let text = 'first';
	let document = encodeUtf8(text);
	let ids = new Uint32Array();
	let kind: Question['kind'] = 'text';
	let special: 'text' | 'parse' = 'text';
	let base: string | null = null;
	answers.showPrerendered(document, Object.fromEntries(known.map((id) => [id, first[id]])));
	const follow = () =>
		answers.follow(kind === 'text' ? { kind, document, special } : { kind, ids }, tokenizers, base);
	if (known.length > 0) follow();
	/** Changes the page's inputs, then updates the results as the page's effects would. */
	const state = Object.assign(answers, {
		tokenizersNow: () => tokenizers,
		setText(to: string) {
			if (to !== text) document = encodeUtf8(to);
			text = to;
			follow();
		},
		setIds(to: Uint32Array) {
			ids = new Uint32Array(to);
			follow();
		},
		setKind(to: Question['kind']) {
			kind = to;
			follow();
		},
		setSpecial(to: 'text' | 'parse') {
			special = to;
			follow();
		},
		setBase(to: string | null) {
			base = to;
			follow();
		},
		setTokenizers(to: readonly string[]) {
			tokenizers = to;
			follow();
		}
	});
	/** Most recent call for a tokenizer. */
	const asked = (tokenizer: string) => {
		const call = calls.encode.findLast(({ params }) => params.tokenizer === tokenizer);
		if (!call) throw new Error(`got no call for ${tokenizer}, expected one`);
		return call;
	};
	const { encode: encodes, spell: spells, compareBoundaries: comparisons } = calls;
	return { state, asked, encodes, spells, comparisons };
}

type State = ReturnType<typeof fakeAnswers>['state'];

export const statuses = (state: State) => state.tokenizersNow().map((id) => state.card(id).status);

/** Token count on each card; `null` if the card doesn't show a count yet. */
export const counts = (state: State) =>
	state.tokenizersNow().map((id) => state.card(id).drawn?.encoding.ids.length ?? null);

/** Tokenizer and text of each call, such as "a: the text". */
export const textsOf = (calls: readonly FakeCall<'encode'>[]) =>
	calls.map(({ params }) => `${params.tokenizer}: ${new TextDecoder().decode(params.text)}`);
