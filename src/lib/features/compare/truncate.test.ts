import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../engine/text';
import { noLiMa, ruler, type UsableContext } from '../../tokenizers/catalogue/shared/descriptor';
import { commonBenchmark, truncate } from './truncate';

/** Tokens that end at these bytes. */
const encodingOf = (...ends: number[]) => ({
	ids: Uint32Array.from(ends.keys()),
	byteEnds: Uint32Array.from(ends)
});

describe('the first tokens of a text', () => {
	const text = encodeUtf8('añ👩b');

	it.each([
		['hold whole characters, and their share', [1, 3, 7, 8], 2, { characters: 2, share: 0.5 }],
		[
			'do not hold a character that they split',
			[3, 5, 8],
			2,
			{ characters: 2, share: 0.5, split: { character: '👩', bytesBefore: 2, bytes: 4 } }
		],
		[
			'may split the second character',
			[2, 8],
			1,
			{ characters: 1, share: 0.25, split: { character: 'ñ', bytesBefore: 1, bytes: 2 } }
		],
		['are all of it if there are no more', [3, 8], 2, null],
		['may be none', [8], 0, { characters: 0, share: 0 }]
	])('%s', (_, ends, tokens, found) => {
		const expected = found && { split: null, ...found };
		expect(truncate(text, encodingOf(...ends), tokens)).toEqual(expected);
	});

	it('of an empty text are all of it', () => {
		expect(truncate(new Uint8Array(), encodingOf(), 0)).toBeNull();
	});
});

it('compares usable contexts within the benchmark that measured most models', () => {
	const modelOf = (...usable: UsableContext[]) => ({
		name: '',
		maker: '',
		source: '',
		asOf: '',
		usable
	});
	const [both, older, newer] = [
		modelOf(ruler(4), noLiMa(1)),
		modelOf(ruler(2)),
		modelOf(noLiMa(3))
	];
	expect(commonBenchmark([both, older, null])).toBe('RULER');
	expect(commonBenchmark([both, newer])).toBe('NoLiMa');
	expect(commonBenchmark([older, newer])).toBe('NoLiMa');
});
