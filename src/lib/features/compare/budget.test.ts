import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../engine/text';
import { noLiMa, ruler, type UsableContext } from '../../tokenizers/catalogue/shared/descriptor';
import { commonBenchmark, truncate } from './budget';

/** Tokens that end at these bytes. */
const encodingOf = (...ends: number[]) => ({
	ids: Uint32Array.from(ends.keys()),
	byteEnds: Uint32Array.from(ends)
});

describe('the first tokens of a text', () => {
	const text = encodeUtf8('añ👩b');

	it('hold whole characters, and their share of the text', () => {
		expect(truncate(text, encodingOf(1, 3, 7, 8), 2)).toEqual({
			characters: 2,
			share: 0.5,
			split: null
		});
	});

	it('do not hold a character that they split', () => {
		expect(truncate(text, encodingOf(3, 5, 8), 2)).toEqual({
			characters: 2,
			share: 0.5,
			split: { character: '👩', bytesBefore: 2, bytes: 4 }
		});
		expect(truncate(text, encodingOf(2, 8), 1)?.split).toEqual({
			character: 'ñ',
			bytesBefore: 1,
			bytes: 2
		});
	});

	it('are all of it if there are no more', () => {
		expect(truncate(text, encodingOf(3, 8), 2)).toBeNull();
		expect(truncate(new Uint8Array(), encodingOf(), 0)).toBeNull();
	});

	it('may be none', () => {
		expect(truncate(text, encodingOf(8), 0)).toEqual({ characters: 0, share: 0, split: null });
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
