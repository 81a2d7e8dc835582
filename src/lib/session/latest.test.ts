import { describe, expect, it } from 'vitest';
import { settle } from '../../../tests/support/fake-calls';
import { Latest } from './latest';

/** Questions that the test answers, and what was told. */
function setUp() {
	const asked: { question: number; answer: (text: string) => void; fail: (why: Error) => void }[] =
		[];
	const told: string[] = [];
	const failed: unknown[] = [];
	const latest = new Latest<number, string>(
		(question) =>
			new Promise((answer, fail) => {
				asked.push({ question, answer, fail });
			}),
		(question, answer) => told.push(`${question}: ${answer}`),
		(error) => failed.push(error)
	);
	return { latest, asked, told, failed };
}

describe('Latest', () => {
	it('asks one at a time, and of those that wait only the newest', async () => {
		const { latest, asked, told } = setUp();
		for (const question of [1, 2, 3]) latest.ask(question);
		expect(asked.map(({ question }) => question)).toEqual([1]);
		asked[0].answer('one');
		await settle();
		expect(asked.map(({ question }) => question)).toEqual([1, 3]);
		asked[1].answer('three');
		await settle();
		expect(told).toEqual(['1: one', '3: three']);
	});

	it('drops the answer to what was forgotten, and goes on with what is asked after', async () => {
		const { latest, asked, told } = setUp();
		latest.ask(1);
		latest.forget();
		latest.ask(2);
		asked[0].answer('one');
		await settle();
		asked[1].answer('two');
		await settle();
		expect(told).toEqual(['2: two']);
	});

	it('tells of an error, and asks on', async () => {
		const { latest, asked, told, failed } = setUp();
		latest.ask(1);
		asked[0].fail(new Error('gone'));
		await settle();
		latest.ask(2);
		asked[1].answer('two');
		await settle();
		expect(failed).toEqual([new Error('gone')]);
		expect(told).toEqual(['2: two']);
	});

	it('does not tell that one failed while a newer one waits', async () => {
		const { latest, asked, told, failed } = setUp();
		latest.ask(1);
		latest.ask(2);
		asked[0].fail(new Error('overtaken'));
		await settle();
		asked[1].answer('two');
		await settle();
		expect(failed).toEqual([]);
		expect(told).toEqual(['2: two']);
	});
});
