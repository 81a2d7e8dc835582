import { describe, expect, it } from 'vitest';
import { encoded, fakeCalls, settle } from '../../../../tests/support/fake-calls';
import { createDrawnTexts } from './drawn-texts';

function fakeDrawn() {
	const { calls, method } = fakeCalls<'encode'>();
	const drawn = createDrawnTexts({ encode: method });
	const follow = (tokenizer: string, ...texts: string[]) =>
		void drawn.ask({ tokenizer, key: texts.join(), texts: () => texts });
	return { drawn, calls, follow };
}

describe('createDrawnTexts', () => {
	it('shows all texts at once', async () => {
		const { drawn, calls, follow } = fakeDrawn();
		follow('a', 'ev', 'house');
		await settle();
		calls[0].resolve(encoded(2));
		await settle();
		expect(drawn.answer).toBeNull();
		calls[1].resolve(encoded(3, 5));
		await settle();
		expect(drawn.answer?.value.map(({ encoding }) => encoding.ids.length)).toEqual([1, 2]);
		expect(drawn.answer?.input.key).toBe('ev,house');
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
		expect([calls.length, drawn.answer?.input.key]).toEqual([2, 'three']);
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
		expect([drawn.error, drawn.answer?.input.tokenizer]).toEqual(['No network', 'a']);
		void drawn.ask({ tokenizer: 'b', key: 'one', texts: () => ['one'] });
		await settle();
		calls[2].resolve(encoded(3));
		await settle();
		expect([drawn.error, drawn.answer?.input.tokenizer]).toEqual([null, 'b']);
	});
});
