import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeCalls } from '../../../../tests/support/fake-calls';
import { pass } from '../../../../tests/support/fake-compare';
import { CHECKED_UNITS, SecondOpinions } from './second-opinions.svelte';

/** How long the text must stay unchanged before the libraries are asked, in milliseconds. */
const DEBOUNCE_MS = 900;

function opinions() {
	const check = fakeCalls<'check'>();
	return { opinions: new SecondOpinions({ check: check.method }), checks: check.calls };
}

const difference = { byte: 0, character: 'a', lab: [1], library: [2] };

beforeEach(() => {
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
	vi.useRealTimers();
});

describe('SecondOpinions', () => {
	it('checks one tokenizer after the other, once the text stays unchanged', async () => {
		const { opinions: state, checks } = opinions();
		state.ask(['a', 'b'], 'é', 'parse');
		expect([state.asked, state.answered]).toEqual([2, 0]);
		await pass(DEBOUNCE_MS - 1);
		expect(checks).toHaveLength(0);
		await pass(1);
		expect(checks).toHaveLength(1);
		expect(checks[0].params).toEqual({
			tokenizer: 'a',
			text: Uint8Array.of(0xc3, 0xa9),
			special: 'parse'
		});
		checks[0].resolve({ verdict: 'agrees' });
		await pass();
		expect(checks.map(({ params }) => params.tokenizer)).toEqual(['a', 'b']);
		checks[1].resolve({ verdict: 'differs', difference });
		await pass();
		expect([state.asked, state.answered, state.agreeing]).toEqual([2, 2, 1]);
		expect(state.of('a')).toEqual({ verdict: 'agrees' });
		expect(state.of('b')).toEqual({ verdict: 'differs', difference });
		expect(state.of('c')).toBeUndefined();
	});

	it('checks a text that is typed letter by letter once', async () => {
		const { opinions: state, checks } = opinions();
		for (const text of ['a', 'ab', 'abc']) {
			state.ask(['a'], text, 'text');
			await pass(DEBOUNCE_MS - 1);
		}
		await pass(1);
		expect(checks.map(({ params }) => new TextDecoder().decode(params.text))).toEqual(['abc']);
	});

	it('forgets the answers to an earlier text, and ignores late ones', async () => {
		const { opinions: state, checks } = opinions();
		state.ask(['a', 'b'], 'old', 'text');
		await pass(DEBOUNCE_MS);
		checks[0].resolve({ verdict: 'agrees' });
		await pass();
		state.ask(['a', 'b'], 'new', 'text');
		expect(state.of('a')).toBeUndefined();
		expect(checks[1].options.signal?.aborted).toBe(true);
		checks[1].resolve({ verdict: 'agrees' });
		await pass(DEBOUNCE_MS);
		expect(state.answered).toBe(0);
		expect(checks).toHaveLength(3);
	});

	it('reports that a library gave up if its worker fails, and asks the next', async () => {
		const { opinions: state, checks } = opinions();
		state.ask(['a', 'b'], 'text', 'text');
		await pass(DEBOUNCE_MS);
		checks[0].reject(new Error('no progress'));
		await pass();
		expect(state.of('a')).toEqual({ verdict: 'gave-up', reason: 'no progress' });
		expect(checks).toHaveLength(2);
	});

	it('checks the beginning of a long text, without splitting a character', async () => {
		const { opinions: state, checks } = opinions();
		state.ask(['a'], `${'x'.repeat(CHECKED_UNITS - 1)}👍`, 'text');
		expect(state.isPartial).toBe(true);
		await pass(DEBOUNCE_MS);
		expect(checks[0].params.text).toHaveLength(CHECKED_UNITS - 1);
		state.ask(['a'], 'x'.repeat(CHECKED_UNITS), 'text');
		expect(state.isPartial).toBe(false);
	});

	it('asks nothing more after a stop', async () => {
		const { opinions: state, checks } = opinions();
		state.ask(['a'], 'text', 'text');
		state.stop();
		await pass(DEBOUNCE_MS * 2);
		expect(checks).toEqual([]);
		expect(state.asked).toBe(0);
	});
});
