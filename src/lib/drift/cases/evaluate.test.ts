import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../engine/text/utf8';
import { evaluateCase, type CaseProgram } from './evaluate';
import type { CaseOutcome, CaseQuestion, CaseTask, Expectation } from './types';

class LibraryError extends Error {}
const isCaseError = (error: unknown): error is Error => error instanceof LibraryError;

/** Encodes each letter as its code point plus `shift`, and a BOS as 1. Throws where there is no letter. */
const letters = (shift = 0): CaseProgram => ({
	encode: (text, { special, bos }) => [
		...(bos ? [1] : []),
		...Array.from(special === 'parse' ? text.replaceAll('<s>', '\x02') : text, (letter) =>
			letter === '!' ? stop('no "!" here') : (letter.codePointAt(0) ?? 0) + shift
		)
	],
	decode: (ids) =>
		ids
			.map((id) => (id > 1000 ? stop(`token id ${id}`) : String.fromCharCode(id - shift)))
			.join(''),
	tokenBytes: (id) => encodeUtf8(String.fromCharCode(id - shift))
});

function stop(message: string): never {
	throw new LibraryError(message);
}

const side = { tokenizer: 'gpt2' };

function ask(task: CaseTask, expected: readonly Expectation[] = [], b = letters(1)): CaseOutcome {
	const question: CaseQuestion = { a: side, b: side, task, expect: expected };
	return evaluateCase(question, { a: letters(), b, isCaseError });
}

const ids = ({ tokens }: CaseOutcome['a']) => tokens.map(({ id }) => id);

describe('tasks', () => {
	it('encode: each its input; A reads both, because the model was trained with it', () => {
		const { a, b } = ask({ does: 'encode', a: { text: 'ab' } });
		expect([ids(a), a.text, a.reads]).toEqual([[97, 98], 'ab', 'ab']);
		expect([ids(b), b.text, b.reads]).toEqual([[98, 99], 'ab', 'bc']);
	});

	it('encode: parts by themselves, special tokens and BOS as each input says', () => {
		const { a, b } = ask({
			does: 'encode',
			a: { text: ['a', 'b'], bos: true },
			b: { text: '<s>', special: 'parse' }
		});
		expect(ids(a)).toEqual([1, 97, 1, 98]);
		expect(ids(b)).toEqual([3]);
	});

	it('count: both encode, and nothing is read', () => {
		const { a, b } = ask({ does: 'count', a: { text: 'ab' } });
		expect([ids(a), a.reads]).toEqual([[97, 98], null]);
		expect([ids(b), b.reads]).toEqual([[98, 99], null]);
	});

	it('read: A encodes, B reads', () => {
		const { a, b } = ask({ does: 'read', a: { text: 'bc' } });
		expect([ids(a), a.reads]).toEqual([[98, 99], 'bc']);
		expect([ids(b), b.reads, b.text]).toEqual([[98, 99], 'ab', null]);
	});

	it('decode: each the ids it is given', () => {
		const { a, b } = ask({ does: 'decode', a: [98], b: [99, 100] });
		expect([a.reads, b.reads]).toEqual(['b', 'bc']);
		expect(ask({ does: 'decode', a: [98] }).b.reads).toBe('a');
	});

	it('encode-again: B reads A’s ids and encodes what it read', () => {
		const { a, b } = ask({ does: 'encode-again', a: { text: 'bc' } });
		expect([ids(a), a.reads]).toEqual([[98, 99], 'bc']);
		expect([b.reads, b.text, ids(b)]).toEqual(['ab', 'ab', [98, 99]]);
		expect(ids(ask({ does: 'encode-again', a: [98] }).a)).toEqual([98]);
	});
});

describe('an error', () => {
	it('is reported for a side if a case may be about it, and rethrown if not', () => {
		const { a, b } = ask({ does: 'encode', a: { text: 'a' }, b: { text: '!' } });
		expect([a.error, b.error, b.tokens]).toEqual([null, 'no "!" here', []]);
		const task: CaseTask = { does: 'decode', a: [98], b: [2000] };
		expect(ask(task).b).toMatchObject({ reads: null, error: 'token id 2000' });
		const broken = { ...letters(), encode: () => JSON.parse('{') as number[] };
		expect(() => ask({ does: 'encode', a: { text: 'a' } }, [], broken)).toThrow(SyntaxError);
	});

	it('is reported for a side that could not be started', () => {
		const question: CaseQuestion = {
			a: side,
			b: side,
			task: { does: 'encode', a: { text: 'a' } },
			expect: [{ sees: 'different-ids' }]
		};
		const programs = { a: letters(), b: new LibraryError('it broke'), isCaseError };
		const { b } = evaluateCase(question, programs);
		expect(b).toMatchObject({ text: 'a', tokens: [], error: 'it broke' });
	});
});

describe('expectations', () => {
	const encoding: CaseTask = { does: 'encode', a: { text: 'ab' } };
	const reading: CaseTask = { does: 'read', a: { text: 'bc' } };
	const stopping: CaseTask = { does: 'decode', a: [98], b: [2000] };
	const growing: CaseTask = { does: 'encode', a: { text: 'ab' }, b: { text: 'abcd' } };

	const gives = (side: 'a' | 'b', ids: number[], only?: 'first' | 'last'): Expectation => ({
		...{ sees: 'ids' as const, side, ids },
		...(only && { only })
	});
	const splits = (tokens: string[]): Expectation => ({ sees: 'tokens', side: 'a', tokens });
	const reads = (side: 'a' | 'b'): Expectation => ({ sees: 'reads', side, text: 'ab' });
	const stops = (side: 'a' | 'b'): Expectation => ({ sees: 'no-token', side });
	const grows = (times: number): Expectation => ({ sees: 'more-tokens', side: 'b', times });

	it.each<[string, CaseTask, Expectation, Expectation]>([
		['all ids', encoding, gives('b', [98, 99]), gives('b', [98])],
		['the first ids', encoding, gives('a', [97], 'first'), gives('a', [98], 'first')],
		['the last ids', encoding, gives('a', [98], 'last'), gives('a', [1, 97, 98], 'last')],
		['the tokens', encoding, splits(['a', 'b']), splits(['ab'])],
		['what is read', reading, reads('b'), reads('a')],
		['an id without a token', stopping, stops('b'), stops('a')],
		['more tokens', growing, grows(2), grows(2.1)]
	])('%s', (_, task, holds, fails) => {
		expect(ask(task, [holds])).toMatchObject({ status: 'reproduced', seen: [true] });
		const outcome = ask(task, [holds, fails]);
		expect(outcome).toMatchObject({ status: 'not-reproduced', seen: [true, false] });
	});

	it('distinguish different ids and text from equal ones and from errors, and are needed', () => {
		const other: Expectation[] = [{ sees: 'different-ids' }, { sees: 'different-text' }];
		expect(ask(encoding, other).seen).toEqual([true, true]);
		expect(ask(encoding, other, letters()).seen).toEqual([false, false]);
		const task: CaseTask = { does: 'encode', a: { text: 'a' }, b: { text: '!' } };
		expect(ask(task, [{ sees: 'different-ids' }]).status).toBe('not-reproduced');
		expect(ask(encoding).status).toBe('not-reproduced');
	});

	it('are described by what was seen, and by what was published if it differs', () => {
		const published: Expectation = { sees: 'ids', side: 'b', ids: [5, 6] };
		expect(ask(encoding, [published]).why).toBe('B gives 98 99, but 5 6 was published.');
		expect(ask(encoding, [{ sees: 'different-ids' }]).why).toBe('A and B give different ids.');
	});
});
