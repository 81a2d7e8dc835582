import { expect, it } from 'vitest';
import { fakeCalls, settle } from '../../../../../tests/support/fake-calls';
import type { TokenizerOutline } from '../../../drift/outline';
import { Outlines } from './outlines.svelte';

it('asks once what can be changed in a tokenizer, and again after an error only on request', async () => {
	const calls = fakeCalls<'outline'>();
	const outlines = new Outlines({ outline: calls.method });
	void outlines.ask('a');
	void outlines.ask('a');
	expect(calls.calls).toHaveLength(1);
	calls.calls[0].reject(new Error('it broke'));
	await settle();
	expect(outlines.problemOf('a')).toBe('It broke');
	expect(outlines.of('a')).toBeNull();
	// An error is an answer.
	void outlines.ask('a');
	expect(calls.calls).toHaveLength(1);
	const asked = outlines.again('a');
	expect(outlines.problemOf('a')).toBeNull();
	const outline = { size: 5 } as TokenizerOutline;
	calls.calls[1].resolve(outline);
	await asked;
	expect(outlines.of('a')).toEqual(outline);
});
