import { describe, expect, it } from 'vitest';
import { encoded, fakeCalls, settle } from '../../../../tests/support/fake-calls';
import { DrawnTexts } from './drawn-texts.svelte';

function fakeDrawn() {
	const { calls, method } = fakeCalls<'encode'>();
	const drawn = new DrawnTexts(() => ({ encode: method }));
	const follow = (tokenizer: string, ...texts: string[]) =>
		drawn.follow({ tokenizer, key: texts.join(), texts: () => texts });
	return { drawn, calls, follow };
}

describe('DrawnTexts', () => {
	it('shows all texts at once', async () => {
		const { drawn, calls, follow } = fakeDrawn();
		follow('a', 'ev', 'house');
		await settle();
		calls[0].resolve(encoded(2));
		await settle();
		expect(drawn.shown).toBeNull();
		calls[1].resolve(encoded(3, 5));
		await settle();
		expect(drawn.shown?.texts.map(({ encoding }) => encoding.ids.length)).toEqual([1, 2]);
		expect(drawn.shown?.key).toBe('ev,house');
	});

	it('asks once for the same, and ends with the newest', async () => {
		const { drawn, calls, follow } = fakeDrawn();
		follow('a', 'one');
		follow('a', 'one');
		follow('a', 'two');
		follow('a', 'three');
		await settle();
		expect(calls).toHaveLength(1);
		calls[0].resolve(encoded(3));
		await settle();
		calls[1].resolve(encoded(5));
		await settle();
		expect([calls.length, drawn.shown?.key]).toEqual([2, 'three']);
	});

	it('says what went wrong, keeps what it shows, and tries again', async () => {
		const { drawn, calls, follow } = fakeDrawn();
		follow('a', 'one');
		await settle();
		calls[0].resolve(encoded(3));
		await settle();
		follow('b', 'one');
		await settle();
		calls[1].reject(new Error('no network'));
		await settle();
		expect([drawn.problem, drawn.shown?.tokenizer]).toEqual(['no network', 'a']);
		drawn.retry({ tokenizer: 'b', key: 'one', texts: () => ['one'] });
		await settle();
		calls[2].resolve(encoded(3));
		await settle();
		expect([drawn.problem, drawn.shown?.tokenizer]).toEqual([null, 'b']);
	});
});
