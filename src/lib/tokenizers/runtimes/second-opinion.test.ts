import { describe, expect, it } from 'vitest';
import { tokensOfLengths } from '../../../../tests/support/encodings';
import { smallRanks } from '../../../../tests/support/small-specs';
import { finish } from '../../../../tests/support/steps';
import { createTokenizer } from '../../engine';
import { AlignmentError, RuntimeLimitError } from './align';
import { EngineRuntime } from './engine';
import { firstDifference, secondOpinion } from './second-opinion';
import type { Runtime } from './runtime';

const spec = smallRanks();
const lab = new EngineRuntime(createTokenizer(spec));

const library = (encode: Runtime['encode']): Runtime => ({
	name: 'js-tiktoken',
	encode,
	decode: () => ''
});

const opinion = (encode: Runtime['encode'], text: string) =>
	finish(secondOpinion(lab, library(encode), spec, text, {}));

/** An encoding of adjacent tokens, given as `[id, bytes]`. */
const tokens = (...list: [id: number, bytes: number][]) =>
	tokensOfLengths(
		list.map(([, bytes]) => bytes),
		list.map(([id]) => id)
	);

describe('secondOpinion', () => {
	it('agrees when the ids are the same', () => {
		expect(opinion((text) => lab.encode(text), 'hello').result).toEqual({ verdict: 'agrees' });
	});

	it('asks the library with the options of the engine', () => {
		const asked: unknown[] = [];
		const noted = library((text, options) => {
			asked.push(options);
			return lab.encode(text, options);
		});
		finish(secondOpinion(lab, noted, spec, '<|end|>', { special: 'parse' }));
		expect(asked).toEqual([{ special: 'parse' }]);
	});

	it('differs with the byte, the character and the ids of both', () => {
		// The engine returns hello, " ", hell. The other library doesn't merge hell.
		const theirs = tokens([261, 5], [32, 1], [256, 2], [257, 2]);
		expect(opinion(() => theirs, 'hello hell').result).toEqual({
			verdict: 'differs',
			difference: { byte: 6, character: 'h', lab: [258], library: [256, 257] }
		});
	});

	it.each([new RuntimeLimitError('too long'), new AlignmentError('no match')])(
		'gives up with the reason on %s',
		(error) => {
			const failing = () => {
				throw error;
			};
			expect(opinion(failing, 'a').result).toEqual({ verdict: 'gave-up', reason: error.message });
		}
	);

	it('rethrows other errors', () => {
		const failing = () => {
			throw new TypeError('a bug');
		};
		expect(() => opinion(failing, 'a')).toThrow('a bug');
	});

	it('compares the whole of a long text, and yields the share of the library between the chunks', () => {
		const long = `${'hello\n'.repeat(30_000)}hello`;
		const { yielded, result } = opinion((text) => lab.encode(text), long);
		// Progress is yielded between the three chunks, first of the engine, then of the library.
		expect(yielded.map((share) => share.toFixed(2))).toEqual(['0.00', '0.00', '0.36', '0.73']);
		expect(result).toEqual({ verdict: 'agrees' });
		const early: Runtime['encode'] = (text) => lab.encode(text.replace(/hello$/, 'hell'));
		expect(opinion(early, long).result).toMatchObject({
			verdict: 'differs',
			difference: { byte: 180_000 }
		});
	});

	it('compares a text that must not be split into chunks as one', () => {
		const long = `${'hello\n'.repeat(30_000)}hello`;
		const texts: string[] = [];
		const noted = library((text) => {
			texts.push(text);
			return lab.encode(text);
		});
		finish(secondOpinion(lab, noted, spec, long, {}, Infinity));
		expect(texts).toEqual([long]);
	});
});

describe('firstDifference', () => {
	it('is null for the same ids', () => {
		expect(firstDifference(tokens([1, 1], [2, 2]), [1, 2], 'aé')).toBeNull();
		expect(firstDifference(tokens(), [], '')).toBeNull();
	});

	it.each([
		[
			'has the ids until both go on alike',
			tokens([1, 1], [2, 3], [3, 1], [9, 2]),
			tokens([1, 1], [4, 1], [5, 1], [6, 2], [9, 2]),
			'abcdefg',
			{ byte: 1, character: 'b', lab: [2, 3], library: [4, 5, 6] }
		],
		[
			'has the whole character if they differ inside it',
			tokens([1, 1], [2, 2], [3, 2]),
			tokens([1, 1], [2, 2], [4, 1], [5, 1]),
			'a👍',
			{ byte: 3, character: '👍', lab: [3], library: [4, 5] }
		],
		[
			'has a byte order mark in the text as a character',
			tokens([1, 3]),
			tokens([2, 3]),
			'\ufeff',
			{ byte: 0, character: '\ufeff', lab: [1], library: [2] }
		]
	])('%s', (_, ours, theirs, text, difference) => {
		expect(firstDifference(ours, theirs.ids, text)).toEqual(difference);
	});

	it('is at the end of the text if one has tokens after it', () => {
		const difference = { byte: 1, character: '', lab: [], library: [2] };
		expect(firstDifference(tokens([1, 1]), [1, 2], 'a')).toEqual(difference);
	});

	it('has at most eight ids of each', () => {
		const many = Array.from({ length: 20 }, (_, i): [number, number] => [10 + i, 1]);
		const difference = firstDifference(tokens(...many), [1], 'x'.repeat(20));
		expect(difference?.lab).toEqual([10, 11, 12, 13, 14, 15, 16, 17]);
		expect(difference?.library).toEqual([1]);
	});

	const ours = tokens([1, 1], [2, 1], [3, 1], [4, 1], [5, 1]);

	it.each([
		['the same ids', [1, 2, 3, 4, 5], null],
		['another id', [1, 9, 3, 4, 5], { byte: 1, character: 'b', lab: [2], library: [9] }],
		['one id for two', [1, 9, 4, 5], { byte: 1, character: 'b', lab: [2, 3], library: [9] }],
		['a missing id', [1, 3, 4, 5], { byte: 1, character: 'b', lab: [2], library: [] }],
		['an id too many', [1, 2, 3, 4, 5, 6], { byte: 5, character: '', lab: [], library: [6] }],
		[
			'nothing in common',
			[6, 7],
			{ byte: 0, character: 'a', lab: [1, 2, 3, 4, 5], library: [6, 7] }
		]
	])('finds %s', (_, theirs, difference) => {
		expect(firstDifference(ours, theirs, 'abcde')).toEqual(difference);
	});
});
