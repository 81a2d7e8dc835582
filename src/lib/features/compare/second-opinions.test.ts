import { describe, expect, it, vi } from 'vitest';
import { fakeCalls } from '../../../../tests/support/fake-calls';
import { pass, useFakeTimers } from '../../../../tests/support/fake-timers';
import { IDLE_MS, MAX_IDLE_BYTES, SecondOpinions } from './second-opinions.svelte';

const utf8 = (text: string) => new TextEncoder().encode(text);
const input = (tokenizers: readonly string[], text: string) => ({
	tokenizers,
	document: utf8(text),
	special: 'text' as const
});

/** Opinions whose calls are answered by the test, and a spy for terminating the worker. */
function opinions() {
	const check = fakeCalls<'check'>();
	const stopChecking = vi.fn();
	const state = new SecondOpinions({ check: check.method, stopChecking });
	return { state, checks: check.calls, stopChecking };
}

/** Opinions about a text in the middle of a check: `a` agrees, and `b` is being asked. */
async function halfway() {
	const found = opinions();
	found.state.setInput(input(['a', 'b'], 'text'));
	found.state.start();
	found.checks[0].resolve(AGREES);
	await pass();
	return found;
}

const AGREES = { verdict: 'agrees' } as const;
const DIFFERS = {
	verdict: 'differs',
	difference: { byte: 0, character: 'a', lab: [1], library: [2] }
} as const;

useFakeTimers();

describe('a check', () => {
	it('asks about the whole text, one tokenizer after the other, and stops the worker after each', async () => {
		const { state, checks, stopChecking } = opinions();
		const long = input(['a', 'b'], 'x'.repeat(3_000_000));
		state.setInput({ ...long, special: 'parse' });
		state.start();
		expect([state.isRunning, state.share]).toEqual([true, null]);
		expect(checks).toHaveLength(1);
		const { tokenizer, text, special } = checks[0].params;
		expect([tokenizer, special]).toEqual(['a', 'parse']);
		// Compared by identity, because comparing the bytes one by one is slow.
		expect(text === long.document).toBe(true);
		checks[0].options.onprogress?.({ phase: 'encode', share: 0.4 });
		expect(state.share).toBe(0.4);
		checks[0].resolve(AGREES);
		await pass();
		expect(state.share).toBeNull();
		expect(checks.map(({ params }) => params.tokenizer)).toEqual(['a', 'b']);
		expect(stopChecking).toHaveBeenCalledTimes(1);
		checks[1].resolve(DIFFERS);
		await pass();
		expect(state.isRunning).toBe(false);
		expect(stopChecking).toHaveBeenCalledTimes(2);
		expect([state.with('agrees'), state.with('differs')]).toEqual([['a'], ['b']]);
		expect(state.unchecked).toEqual([]);
		expect(state.of('b')).toEqual(DIFFERS);
		expect(state.of('c')).toBeUndefined();
	});

	it('is stopped with its worker on request, and keeps what it knows', async () => {
		const { state, checks, stopChecking } = await halfway();
		state.stop();
		expect(checks[1].options.signal?.aborted).toBe(true);
		expect([state.isRunning, state.unchecked]).toEqual([false, ['b']]);
		expect(stopChecking).toHaveBeenCalledTimes(2);
		checks[1].resolve(AGREES);
		await pass();
		expect(state.of('b')).toBeUndefined();
		state.start();
		expect(checks.map(({ params }) => params.tokenizer)).toEqual(['a', 'b', 'b']);
	});

	it('ends while nobody sees it, and goes on by itself with what has no answer', async () => {
		const { state, checks, stopChecking } = await halfway();
		state.end();
		expect(checks[1].options.signal?.aborted).toBe(true);
		expect(stopChecking).toHaveBeenCalledTimes(2);
		state.startWhenIdle();
		await pass(IDLE_MS);
		expect(checks.map(({ params }) => params.tokenizer)).toEqual(['a', 'b', 'b']);
	});

	it('is stopped with its worker by a new text, which has no answers', async () => {
		const { state, checks, stopChecking } = await halfway();
		state.setInput(input(['a', 'b'], 'new'));
		expect(state.unchecked).toEqual(['a', 'b']);
		expect(stopChecking).toHaveBeenCalledTimes(2);
		checks[1].resolve(AGREES);
		await pass(2 * IDLE_MS);
		expect(checks).toHaveLength(2);
		expect(state.unchecked).toEqual(['a', 'b']);
	});

	it('never stops the worker of a later check', async () => {
		const { state, checks, stopChecking } = opinions();
		state.setInput(input(['a'], 'old'));
		state.start();
		state.setInput(input(['a'], 'new'));
		state.start();
		checks[0].resolve(AGREES);
		await pass();
		expect(stopChecking).toHaveBeenCalledOnce();
		expect(state.isRunning).toBe(true);
	});

	it('keeps the answers about a text if only the tokenizers change', async () => {
		const { state, checks } = opinions();
		const first = input(['a'], 'text');
		state.setInput(first);
		state.start();
		checks[0].resolve(AGREES);
		await pass();
		state.setInput({ ...first, tokenizers: ['b', 'a'] });
		expect([state.with('agrees'), state.unchecked]).toEqual([['a'], ['b']]);
		state.start();
		expect(checks.map(({ params }) => params.tokenizer)).toEqual(['a', 'b']);
	});

	it('records why a library gave up, asks the next, and asks it again only on request', async () => {
		const { state, checks } = opinions();
		state.setInput(input(['a', 'b'], 'text'));
		state.start();
		checks[0].reject(new Error('no progress'));
		await pass();
		checks[1].resolve(AGREES);
		await pass();
		expect(state.of('a')).toEqual({ verdict: 'gave-up', reason: 'no progress' });
		state.startWhenIdle();
		await pass(IDLE_MS);
		expect(checks).toHaveLength(2);
		state.start();
		expect(checks.map(({ params }) => params.tokenizer)).toEqual(['a', 'b', 'a']);
	});
});

describe('an idle page', () => {
	it('starts the check of a short text, if it stays idle', async () => {
		const { state, checks } = opinions();
		state.setInput(input(['a'], 'x'.repeat(MAX_IDLE_BYTES)));
		const cancel = state.startWhenIdle();
		await pass(IDLE_MS - 1);
		cancel();
		await pass(IDLE_MS);
		state.startWhenIdle();
		await pass(IDLE_MS - 1);
		expect(checks).toHaveLength(0);
		await pass(1);
		expect(checks).toHaveLength(1);
	});

	it.each([
		['of a longer text', input(['a'], 'x'.repeat(MAX_IDLE_BYTES + 1))],
		['without a text', null],
		['that was stopped', input(['a'], 'text')]
	])('starts no check %s', async (_, asked) => {
		const { state, checks } = opinions();
		state.setInput(asked);
		if (asked?.document.length === 4) {
			state.start();
			state.stop();
		}
		const before = checks.length;
		state.startWhenIdle();
		await pass(2 * IDLE_MS);
		expect(checks).toHaveLength(before);
	});
});
