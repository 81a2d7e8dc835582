import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { encoded } from '../../../tests/support/fake-calls';
import { counts, fakeCompare, pass, statuses, textsOf } from '../../../tests/support/fake-compare';
import { WorkerError } from '../workers/client';

const decode = (bytes?: Uint8Array): string => new TextDecoder().decode(bytes);

beforeEach(() => {
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
	vi.useRealTimers();
});

describe('at first', () => {
	it('shows the prerendered answers, compared, without a request', () => {
		const { state, encodes, comparisons } = fakeCompare(['a', 'b'], {
			a: encoded(2, 5),
			b: encoded(3, 5)
		});
		expect([encodes, comparisons]).toEqual([[], []]);
		expect(statuses(state)).toEqual(['ready', 'ready']);
		expect([...state.differences]).toEqual([0, 5]);
		expect([...(state.card('a').differs ?? [])]).toEqual([1, 1]);
		expect(decode(state.card('b').drawn?.document)).toBe('first');
	});

	it('fetches the vocabularies of prerendered answers on request', () => {
		const { state, encodes } = fakeCompare(['a', 'b'], { a: encoded(5) });
		state.warmUp();
		expect(textsOf(encodes)).toEqual(['a: ']);
	});
});

describe('a new text', () => {
	it('is sent to every tokenizer, in UTF-8', () => {
		const { state, encodes } = fakeCompare();
		state.setText('é');
		expect(textsOf(encodes)).toEqual(['a: é', 'b: é']);
		expect(encodes[0].params.special).toBe('text');
	});

	it('is not sent again if it is the same', () => {
		const { state, encodes } = fakeCompare();
		state.setText('first');
		expect(encodes).toEqual([]);
	});

	it('leaves the old tokens drawn, and the cards loading, until it is answered', async () => {
		const { state, asked } = fakeCompare(['a', 'b'], { a: encoded(2, 5), b: encoded(5) });
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
		const { state, encodes } = fakeCompare(['a']);
		state.setText('old');
		state.setText('new');
		expect(encodes[0].options.signal?.aborted).toBe(true);
		encodes[0].resolve(encoded(1, 2, 3));
		await pass(1000);
		expect(statuses(state)).toEqual(['loading']);
		encodes[1].resolve(encoded(3));
		await pass();
		expect(counts(state)).toEqual([1]);
	});

	it('is not overwritten by a late answer to an earlier text', async () => {
		const { state, encodes } = fakeCompare(['a']);
		state.setText('old');
		state.setText('new');
		encodes[1].resolve(encoded(3));
		await pass();
		encodes[0].resolve(encoded(1, 2, 3));
		await pass(1000);
		expect(counts(state)).toEqual([1]);
		encodes[0].options.onprogress?.({ phase: 'prepare' });
		expect(state.card('a').progress).toBeNull();
	});

	it('ignores an error of an earlier text', async () => {
		const { state, encodes } = fakeCompare(['a']);
		state.setText('old');
		state.setText('new');
		encodes[0].reject(new Error('The input changed.'));
		await pass(1000);
		expect(statuses(state)).toEqual(['loading']);
	});

	it('shows the progress of a late answer on the right card', async () => {
		const { state, asked } = fakeCompare();
		state.setText('abc');
		const report = (share: number) => asked('b').options.onprogress?.({ phase: 'encode', share });
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
		const { state, encodes } = fakeCompare(['a']);
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

	it('shows no progress of a quick answer', async () => {
		const { state, asked } = fakeCompare(['a']);
		state.setText('abc');
		asked('a').options.onprogress?.({ phase: 'encode', share: 0.5 });
		await pass(200);
		asked('a').resolve(encoded(3));
		await pass(1000);
		expect(state.card('a').progress).toBeNull();
	});

	it('is sent again after the option for special tokens changes', () => {
		const { state, encodes } = fakeCompare(['a']);
		state.setSpecial('parse');
		state.setSpecial('parse');
		expect(encodes.map(({ params }) => params.special)).toEqual(['parse']);
	});
});

describe('answers that arrive one after the other', () => {
	it('are shown together once all have arrived', async () => {
		const { state, asked } = fakeCompare(['a', 'b', 'c']);
		state.setText('abc');
		asked('a').resolve(encoded(3));
		await pass(60);
		asked('b').resolve(encoded(3));
		await pass(59);
		expect(statuses(state)).toEqual(['loading', 'loading', 'loading']);
		asked('c').resolve(encoded(3));
		await pass();
		expect(statuses(state)).toEqual(['ready', 'ready', 'ready']);
	});

	it('are shown without a slow one after a short time', async () => {
		const { state, asked } = fakeCompare(['a', 'b', 'c']);
		state.setText('abc');
		asked('a').resolve(encoded(3));
		await pass(60);
		asked('c').resolve(encoded(1, 3));
		await pass(60);
		expect(statuses(state)).toEqual(['ready', 'loading', 'ready']);
		expect([...state.differences]).toEqual([0, 3]);
		asked('b').resolve(encoded(3));
		await pass();
		expect(statuses(state)).toEqual(['ready', 'ready', 'ready']);
	});
});

describe('the chosen tokenizers', () => {
	const first = { a: encoded(2, 5), b: encoded(3, 5), c: encoded(5) };

	it('keep their answers after one is added, which alone is asked', async () => {
		const { state, encodes, asked } = fakeCompare(['a', 'b'], first);
		state.setTokenizers(['a', 'x', 'b']);
		expect(textsOf(encodes)).toEqual(['x: first']);
		expect(statuses(state)).toEqual(['ready', 'loading', 'ready']);
		asked('x').resolve(encoded(5));
		await pass();
		expect(counts(state)).toEqual([2, 1, 2]);
	});

	it('are compared again after one is removed', async () => {
		const { state, encodes } = fakeCompare(['a', 'b', 'c'], { ...first, b: encoded(2, 5) });
		expect([...state.differences]).toEqual([0, 5]);
		state.setTokenizers(['a', 'b']);
		await pass();
		expect(state.tokenizers).toEqual(['a', 'b']);
		expect([...state.differences]).toEqual([]);
		expect(statuses(state)).toEqual(['ready', 'ready']);
		expect(encodes).toEqual([]);
	});

	it('keep their answers after they are reordered, and do not move beyond the ends', async () => {
		const { state, encodes } = fakeCompare(['a', 'b', 'c'], first);
		const card = state.card('c');
		state.shift('c', -1);
		expect(state.tokenizers).toEqual(['a', 'c', 'b']);
		state.shift('a', -1);
		state.shift('b', 1);
		state.shift('x', 1);
		await pass();
		expect(state.tokenizers).toEqual(['a', 'c', 'b']);
		expect(state.card('c')).toBe(card);
		expect(counts(state)).toEqual([2, 1, 2]);
		expect(encodes).toEqual([]);
	});

	it('are asked again after they are added again', () => {
		const { state, encodes } = fakeCompare(['a', 'b'], first);
		state.setTokenizers(['a']);
		state.setTokenizers(['a', 'b']);
		expect(textsOf(encodes)).toEqual(['b: first']);
		expect(state.card('b').drawn).toBeNull();
	});

	it('are not awaited once they are removed', async () => {
		const { state, asked } = fakeCompare(['a', 'b']);
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

	it('may all be removed', async () => {
		const { state } = fakeCompare(['a'], first);
		state.setTokenizers([]);
		await pass();
		expect(state.tokenizers).toEqual([]);
		expect([...state.differences]).toEqual([]);
	});
});

describe('a tokenizer that fails', () => {
	it('shows the error on its card, while the others answer', async () => {
		const { state, asked } = fakeCompare();
		state.setText('abc');
		asked('a').reject(new WorkerError('no network', true));
		asked('b').resolve(encoded(1, 3));
		await pass();
		expect(statuses(state)).toEqual(['error', 'ready']);
		expect(state.card('a').error).toEqual({ message: 'no network', retry: true });
		expect(state.card('a').drawn).toBeNull();
		expect([...state.differences]).toEqual([]);
	});

	it('offers no retry that cannot help', async () => {
		const { state, asked } = fakeCompare(['a']);
		state.setText('abc');
		asked('a').reject(new WorkerError('no such tokenizer', false));
		await pass();
		expect(state.card('a').error?.retry).toBe(false);
	});

	it('answers a retry, which asks no other', async () => {
		const { state, asked, encodes } = fakeCompare();
		state.setText('abc');
		asked('a').reject(new WorkerError('no network', true));
		asked('b').resolve(encoded(1, 3));
		await pass();
		state.retry('a');
		expect(statuses(state)).toEqual(['loading', 'ready']);
		expect(state.card('a').error).toBeNull();
		expect(textsOf(encodes)).toEqual(['a: abc', 'b: abc', 'a: abc']);
		asked('a').resolve(encoded(3));
		await pass();
		expect(statuses(state)).toEqual(['ready', 'ready']);
		expect([...state.differences]).toEqual([0, 3]);
	});
});

describe('the differences', () => {
	const first = { a: encoded(2, 5), b: encoded(3, 5), c: encoded(5) };

	it('are never those of an earlier text, whose number remains known', async () => {
		const { state, asked } = fakeCompare(['a', 'b'], first);
		expect([state.comparison, state.differenceCount]).toEqual(['ready', 1]);
		state.setText('abc');
		expect([...state.differences]).toEqual([]);
		expect([state.comparison, state.differenceCount]).toEqual(['loading', 1]);
		asked('a').resolve(encoded(3));
		asked('b').resolve(encoded(3));
		await pass();
		expect([state.comparison, state.differenceCount]).toEqual(['ready', 0]);
	});

	it('are complete only once every tokenizer has answered or failed', async () => {
		const { state, asked } = fakeCompare(['a', 'b', 'c']);
		expect([state.comparison, state.differenceCount]).toEqual(['loading', null]);
		state.setText('abc');
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
