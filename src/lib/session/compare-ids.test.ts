import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { encoded, endingAt } from '../../../tests/support/fake-calls';
import { counts, fakeCompare, pass, statuses, textsOf } from '../../../tests/support/fake-compare';
import type { SpellResult } from './worker/tokenizing';

const spelled = (text: string, outOfRange: SpellResult['outOfRange'] = []): SpellResult => ({
	document: new TextEncoder().encode(text),
	encoding: endingAt(text.length),
	distinct: 1,
	outOfRange,
	vocabularySize: 1000
});

const documents = (state: ReturnType<typeof fakeCompare>['state']) =>
	state.tokenizers.map((id) => new TextDecoder().decode(state.card(id).drawn?.document));

beforeEach(() => {
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
	vi.useRealTimers();
});

describe('a list of ids', () => {
	it('is decoded by every tokenizer, each to its own document', async () => {
		const { state, spells, encodes } = fakeCompare();
		state.setIds(Uint32Array.of(15339, 1917));
		expect(spells).toEqual([]);
		state.setKind('ids');
		expect(spells.map(({ params }) => [params.tokenizer, [...params.ids]])).toEqual([
			['a', [15339, 1917]],
			['b', [15339, 1917]]
		]);
		spells[0].resolve(spelled('hello'));
		spells[1].resolve(spelled('other'));
		await pass();
		expect(statuses(state)).toEqual(['ready', 'ready']);
		expect(documents(state)).toEqual(['hello', 'other']);
		expect(encodes).toEqual([]);
	});

	it('names the ids that a tokenizer does not have, on its card', async () => {
		const { state, spells } = fakeCompare(['a']);
		state.setIds(Uint32Array.of(1, 200_000));
		state.setKind('ids');
		spells[0].resolve(spelled('x', [{ id: 200_000, position: 1 }]));
		await pass();
		expect(state.card('a').drawn?.outOfRange).toEqual([{ id: 200_000, position: 1 }]);
	});

	it('is not compared, because the documents are not one text', async () => {
		const { state, spells } = fakeCompare();
		state.setIds(Uint32Array.of(1));
		state.setKind('ids');
		spells[0].resolve(spelled('ab'));
		spells[1].resolve({ ...spelled('ab'), encoding: endingAt(1, 2) });
		await pass();
		expect([...state.differences]).toEqual([]);
		expect(state.card('a').differs).toBeNull();
	});

	it('is decoded again after a change, and the old answer is dropped', async () => {
		const { state, spells } = fakeCompare(['a']);
		state.setIds(Uint32Array.of(1));
		state.setKind('ids');
		state.setIds(Uint32Array.of(2));
		spells[1].resolve(spelled('new'));
		await pass();
		spells[0].resolve(spelled('old'));
		await pass(1000);
		expect(documents(state)).toEqual(['new']);
	});

	it('does not affect the text, nor the text the list', async () => {
		const { state, spells, encodes } = fakeCompare(['a'], { a: encoded(5) });
		state.setIds(Uint32Array.of(1));
		expect(statuses(state)).toEqual(['ready']);
		state.setKind('ids');
		state.setText('abc');
		expect(encodes).toEqual([]);
		spells[0].resolve(spelled('x'));
		await pass();
		expect(statuses(state)).toEqual(['ready']);
		state.setKind('text');
		expect(statuses(state)).toEqual(['loading']);
		expect(textsOf(encodes)).toEqual(['a: abc']);
		encodes[0].resolve(encoded(1, 2, 3));
		await pass();
		expect(counts(state)).toEqual([3]);
	});
});
