import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OffsetMap } from './offset-map';
import { encodeUtf8 } from './utf8';

/** Long enough to cross several checkpoints, with pairs that straddle them. */
const longText = fc
	.array(fc.tuple(fc.constantFrom('a', 'é', '中', '😀', '\ud800', '\udc00', '\r\n'), fc.nat(300)), {
		maxLength: 8
	})
	.map((runs) => runs.map(([part, times]) => part.repeat(times)).join(''));

/** The plain way: walk the code points. */
function slowly(text: string): { unitOfByte: number[]; byteOfUnit: number[] } {
	const unitOfByte: number[] = [];
	const byteOfUnit: number[] = [];
	let unit = 0;
	for (const char of text) {
		const start = unitOfByte.length;
		for (let k = 0; k < char.length; k++) byteOfUnit.push(start);
		for (let k = 0; k < encodeUtf8(char).length; k++) unitOfByte.push(unit);
		unit += char.length;
	}
	return {
		unitOfByte: [...unitOfByte, text.length],
		byteOfUnit: [...byteOfUnit, unitOfByte.length]
	};
}

describe('OffsetMap', () => {
	it('agrees with a walk over all code points, at every offset', () => {
		fc.assert(
			fc.property(longText, (text) => {
				const map = new OffsetMap(text);
				const { unitOfByte, byteOfUnit } = slowly(text);
				expect(map.bytes).toBe(unitOfByte.length - 1);
				expect(byteOfUnit.map((_, unit) => map.unitToByte(unit))).toEqual(byteOfUnit);
				expect(unitOfByte.map((_, byte) => map.byteToUnit(byte))).toEqual(unitOfByte);
			})
		);
	});

	it('answers with the start of the char for an offset inside it', () => {
		const map = new OffsetMap('a😀b');
		expect([0, 1, 2, 3, 4, 5, 6].map((byte) => map.byteToUnit(byte))).toEqual([
			0, 1, 1, 1, 1, 3, 4
		]);
		expect([0, 1, 2, 3, 4].map((unit) => map.unitToByte(unit))).toEqual([0, 1, 1, 5, 6]);
	});

	it('clamps offsets past the ends', () => {
		const map = new OffsetMap('é');
		expect([map.unitToByte(-1), map.unitToByte(9), map.byteToUnit(-1), map.byteToUnit(9)]).toEqual([
			0, 2, 0, 1
		]);
		expect(new OffsetMap('').byteToUnit(3)).toBe(0);
	});
});
