import { describe, expect, it } from 'vitest';
import { encoded, endingAt } from '../../../tests/support/fake-calls';
import { counts, fakeAnswers, statuses, textsOf } from '../../../tests/support/fake-answers';
import { pass, useFakeTimers } from '../../../tests/support/fake-timers';
import { WorkerError } from '../workers/client';
import type { SpellResult } from './calls/tokenizing';

const decode = (bytes?: Uint8Array): string => new TextDecoder().decode(bytes);

const first = { a: encoded(2, 5), b: encoded(3, 5), c: encoded(5) };

useFakeTimers();

it('shows the prerendered answers at first, compared, and asks for their vocabularies only on request', () => {
	const { state, encodes, comparisons } = fakeAnswers(['a', 'b'], first);
	expect([encodes, comparisons]).toEqual([[], []]);
	expect(statuses(state)).toEqual(['ready', 'ready']);
	expect([...state.differences]).toEqual([0, 5]);
	expect([...(state.card('a').differs ?? [])]).toEqual([1, 1]);
	expect(decode(state.card('b').drawn?.document)).toBe('first');
	const partly = fakeAnswers(['a', 'b'], { a: encoded(5) });
	partly.state.warmUp();
	expect(textsOf(partly.encodes)).toEqual(['b: first', 'a: ']);
});

describe('a new text', () => {
	it('is sent to every tokenizer, in UTF-8, and so is a new option for special tokens, unless it is the same', () => {
		const { state, encodes } = fakeAnswers(['a', 'b'], first);
		state.setText('first');
		state.setText('é');
		expect(textsOf(encodes)).toEqual(['a: é', 'b: é']);
		state.setSpecial('parse');
		state.setSpecial('parse');
		const special = encodes.map(({ params }) => params.special);
		expect(special).toEqual(['text', 'text', 'parse', 'parse']);
	});

	it('leaves the old tokens drawn, and the cards loading, until it is answered', async () => {
		const { state, asked } = fakeAnswers(['a', 'b'], { a: encoded(2, 5), b: encoded(5) });
		state.setText('abc');
		expect(statuses(state)).toEqual(['loading', 'loading']);
		expect(counts(state)).toEqual([2, 1]);
		expect(decode(state.card('a').drawn?.document)).toBe('first');
		asked('a').resolve(encoded(1, 2, 3));
		asked('b').resolve(encoded(3));
		await pass();
		expect(statuses(state)).toEqual(['ready', 'ready']);
		expect(counts(state)).toEqual([3, 1]);
		expect(decode(state.card('a').drawn?.document)).toBe('abc');
		expect([...state.differences]).toEqual([0, 3]);
	});

	it('aborts the requests for an earlier text, and ignores their answers', async () => {
		const { state, encodes } = fakeAnswers(['a']);
		for (const text of ['oldest', 'old', 'new']) state.setText(text);
		expect(encodes.map(({ options }) => options.signal?.aborted)).toEqual([true, true, false]);
		encodes[0].resolve(encoded(1, 2, 3));
		encodes[1].reject(new Error('The input changed.'));
		await pass(1000);
		expect(statuses(state)).toEqual(['loading']);
		encodes[2].resolve(encoded(3));
		await pass();
		encodes[0].options.onprogress?.({ phase: 'prepare' });
		expect([counts(state), state.card('a').progress]).toEqual([[1], null]);
	});

	it('shows the progress of a late answer on the right card', async () => {
		const { state, asked } = fakeAnswers();
		state.setText('abc');
		const report = (share: number) => asked('b').options.onprogress?.({ phase: 'encode', share });
		asked('a').options.onprogress?.({ phase: 'encode', share: 0.5 });
		// A quick answer shows no progress.
		asked('a').resolve(encoded(3));
		report(0.2);
		await pass(299);
		report(0.4);
		expect(state.card('b').progress).toBeNull();
		expect(state.card('b').isLate).toBe(false);
		await pass(1);
		expect(state.card('a').progress).toBeNull();
		expect(state.card('b').isLate).toBe(true);
		expect(state.card('b').progress).toEqual({ phase: 'encode', share: 0.4 });
		report(0.5);
		expect(state.card('b').progress).toEqual({ phase: 'encode', share: 0.5 });
		asked('b').resolve(encoded(3));
		await pass(200);
		expect(state.card('b').progress).toBeNull();
		expect(state.card('b').isLate).toBe(false);
	});

	it('stays late while the text changes', async () => {
		const { state, encodes } = fakeAnswers(['a']);
		state.setText('a');
		await pass(200);
		state.setText('ab');
		await pass(100);
		expect(state.card('a').isLate).toBe(true);
		state.setText('abc');
		expect(state.card('a').isLate).toBe(true);
		encodes[2].resolve(encoded(3));
		await pass();
		expect(state.card('a').isLate).toBe(false);
		state.setText('abcd');
		await pass(299);
		expect(state.card('a').isLate).toBe(false);
	});
});

describe('answers that arrive one after the other', () => {
	it('are shown together once all have arrived, and without a slow one after a short time', async () => {
		const { state, asked } = fakeAnswers(['a', 'b', 'c']);
		state.setText('abc');
		asked('a').resolve(encoded(3));
		await pass(60);
		asked('b').resolve(encoded(3));
		await pass(59);
		expect(statuses(state)).toEqual(['loading', 'loading', 'loading']);
		asked('c').resolve(encoded(3));
		await pass();
		expect(statuses(state)).toEqual(['ready', 'ready', 'ready']);
		state.setText('abcd');
		asked('a').resolve(encoded(4));
		await pass(60);
		asked('c').resolve(encoded(1, 4));
		await pass(60);
		expect(statuses(state)).toEqual(['ready', 'loading', 'ready']);
		expect([...state.differences]).toEqual([0, 4]);
	});
});

describe('the chosen tokenizers', () => {
	it('keep their answers after one is added, which alone is asked', async () => {
		const { state, encodes, asked } = fakeAnswers(['a', 'b'], first);
		state.setTokenizers(['a', 'x', 'b']);
		expect(textsOf(encodes)).toEqual(['x: first']);
		expect(statuses(state)).toEqual(['ready', 'loading', 'ready']);
		asked('x').resolve(encoded(5));
		await pass();
		expect(counts(state)).toEqual([2, 1, 2]);
	});

	it('are compared again after one or all are removed', async () => {
		const { state, encodes } = fakeAnswers(['a', 'b', 'c'], { ...first, b: encoded(2, 5) });
		expect([...state.differences]).toEqual([0, 5]);
		for (const tokenizers of [['a', 'b'], []]) {
			state.setTokenizers(tokenizers);
			await pass();
			expect([state.tokenizersNow(), [...state.differences]]).toEqual([tokenizers, []]);
			expect(statuses(state)).toEqual(tokenizers.map(() => 'ready'));
		}
		expect(encodes).toEqual([]);
	});

	it('keep their answers after they are reordered', async () => {
		const { state, encodes } = fakeAnswers(['a', 'b', 'c'], first);
		const card = state.card('c');
		state.setTokenizers(['a', 'c', 'b']);
		await pass();
		expect(state.tokenizersNow()).toEqual(['a', 'c', 'b']);
		expect(state.card('c')).toBe(card);
		expect(counts(state)).toEqual([2, 1, 2]);
		expect(encodes).toEqual([]);
	});

	it('are asked again after they are added again', () => {
		const { state, encodes } = fakeAnswers(['a', 'b'], first);
		state.setTokenizers(['a']);
		state.setTokenizers(['a', 'b']);
		expect(textsOf(encodes)).toEqual(['b: first']);
		expect(state.card('b').drawn).toBeNull();
	});

	it('are not awaited once they are removed', async () => {
		const { state, asked } = fakeAnswers(['a', 'b']);
		state.setText('abc');
		asked('a').resolve(encoded(3));
		await pass();
		state.setTokenizers(['a']);
		await pass();
		expect(statuses(state)).toEqual(['ready']);
		asked('b').resolve(encoded(3));
		await pass(1000);
		expect(state.card('b').drawn).toBeNull();
	});
});

describe('a tokenizer that fails', () => {
	it('shows the error on its card while the others answer, and answers a retry alone', async () => {
		const { state, asked, encodes } = fakeAnswers();
		state.setText('abc');
		asked('a').reject(new WorkerError('no network', true));
		asked('b').resolve(encoded(1, 3));
		await pass();
		expect(statuses(state)).toEqual(['error', 'ready']);
		expect(state.card('a').error).toEqual({ message: 'no network', retry: true });
		expect(state.card('a').drawn).toBeNull();
		expect([...state.differences]).toEqual([]);
		state.retry('a');
		expect(statuses(state)).toEqual(['loading', 'ready']);
		expect(state.card('a').error).toBeNull();
		expect(textsOf(encodes)).toEqual(['a: abc', 'b: abc', 'a: abc']);
		asked('a').reject(new WorkerError('no such tokenizer', false));
		await pass();
		// Retrying wouldn't help.
		expect(state.card('a').error?.retry).toBe(false);
		state.retry('a');
		asked('a').resolve(encoded(3));
		await pass();
		expect(statuses(state)).toEqual(['ready', 'ready']);
		expect([...state.differences]).toEqual([0, 3]);
	});
});

describe('the differences', () => {
	it('are never those of an earlier text, whose number remains known', async () => {
		const { state, asked } = fakeAnswers(['a', 'b'], first);
		expect([state.comparison, state.differenceCount]).toEqual(['ready', 1]);
		state.setText('abc');
		expect([...state.differences]).toEqual([]);
		expect([state.comparison, state.differenceCount]).toEqual(['loading', 1]);
		asked('a').resolve(encoded(3));
		asked('b').resolve(encoded(3));
		await pass();
		expect([state.comparison, state.differenceCount]).toEqual(['ready', 0]);
	});

	it('are those from one tokenizer while it is the base, without asking again', async () => {
		const { state, encodes } = fakeAnswers(['a', 'b', 'c'], {
			a: encoded(2, 5),
			b: encoded(1, 2, 5),
			c: encoded(2, 4, 5)
		});
		const marks = () => state.tokenizersNow().map((id) => state.card(id).differs?.join('') ?? null);
		expect([[...state.differences], marks()]).toEqual([
			[0, 2, 2, 5],
			['11', '111', '111']
		]);
		state.setBase('b');
		await pass();
		expect([state.comparison, [...state.differences]]).toEqual(['ready', [0, 2, 2, 5]]);
		expect(marks()).toEqual(['10', '111', '111']);
		state.setBase(null);
		await pass();
		expect(marks()).toEqual(['11', '111', '111']);
		expect(encodes).toEqual([]);
	});

	it('are complete only once every tokenizer has answered or failed', async () => {
		const { state, asked } = fakeAnswers(['a', 'b', 'c']);
		state.setText('abc');
		expect([state.comparison, state.differenceCount]).toEqual(['loading', null]);
		asked('a').resolve(encoded(1, 3));
		asked('b').resolve(encoded(3));
		await pass(120);
		expect([...state.differences]).toEqual([0, 3]);
		expect(state.comparison).toBe('loading');
		asked('c').reject(new WorkerError('no network', true));
		await pass();
		expect(state.comparison).toBe('ready');
	});
});

const spelled = (text: string, outOfRange: SpellResult['outOfRange'] = []): SpellResult => ({
	document: new TextEncoder().encode(text),
	encoding: endingAt(text.length),
	distinct: 1,
	outOfRange,
	vocabularySize: 1000
});

const documents = (state: ReturnType<typeof fakeAnswers>['state']) =>
	state.tokenizersNow().map((id) => decode(state.card(id).drawn?.document));

describe('a list of ids', () => {
	it('is decoded by every tokenizer, each to its own document, which are not compared', async () => {
		const { state, spells, encodes } = fakeAnswers(['a', 'b'], first);
		state.setIds(Uint32Array.of(15339, 1917));
		expect(spells).toEqual([]);
		state.setKind('ids');
		expect(spells.map(({ params }) => [params.tokenizer, [...params.ids]])).toEqual([
			['a', [15339, 1917]],
			['b', [15339, 1917]]
		]);
		spells[0].resolve(spelled('hello'));
		spells[1].resolve({ ...spelled('other'), encoding: endingAt(1, 5) });
		await pass();
		expect(statuses(state)).toEqual(['ready', 'ready']);
		expect(documents(state)).toEqual(['hello', 'other']);
		expect([encodes, [...state.differences], state.card('a').differs]).toEqual([[], [], null]);
	});

	it('is decoded again after a change, and the old answer is dropped', async () => {
		const { state, spells } = fakeAnswers(['a']);
		state.setIds(Uint32Array.of(1));
		state.setKind('ids');
		state.setIds(Uint32Array.of(2, 200_000));
		// The card lists ids that the tokenizer doesn't have.
		const outOfRange = [{ id: 200_000, position: 1 }];
		spells[1].resolve(spelled('new', outOfRange));
		await pass();
		spells[0].resolve(spelled('old'));
		await pass(1000);
		expect(documents(state)).toEqual(['new']);
		expect(state.card('a').drawn?.outOfRange).toEqual(outOfRange);
	});

	it('does not affect the text, nor the text the list', async () => {
		const { state, spells, encodes } = fakeAnswers(['a'], { a: encoded(5) });
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
