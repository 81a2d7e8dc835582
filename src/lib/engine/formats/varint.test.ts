import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromZigzag, NumberWriter, readVarint } from './varint';

const LARGEST = 2 ** 32 - 1;

function written(write: (writer: NumberWriter) => void): number[] {
	const writer = new NumberWriter();
	write(writer);
	return [...writer.take()];
}

const cursor = (...bytes: number[]) => ({ bytes: Uint8Array.from(bytes), at: 0 });

describe('varint', () => {
	it.each([
		[0, [0x00]],
		[1, [0x01]],
		[127, [0x7f]],
		[128, [0x80, 0x01]],
		// From an example in the DWARF standard.
		[12_857, [0xb9, 0x64]],
		[624_485, [0xe5, 0x8e, 0x26]],
		[LARGEST, [0xff, 0xff, 0xff, 0xff, 0x0f]]
	])('writes %d as LEB128 does, and reads it back', (value, bytes) => {
		expect(written((writer) => writer.varint(value))).toEqual(bytes);
		const source = cursor(...bytes, 0x55);
		expect(readVarint(source)).toBe(value);
		expect(source.at).toBe(bytes.length);
	});

	it('reads back any sequence of numbers', () => {
		fc.assert(
			fc.property(fc.array(fc.nat({ max: LARGEST }), { maxLength: 2000 }), (values) => {
				const bytes = written((writer) => values.forEach((value) => writer.varint(value)));
				const source = cursor(...bytes);
				expect(values.map(() => readVarint(source))).toEqual(values);
				expect(source.at).toBe(bytes.length);
			})
		);
	});

	it('refuses to read past the end, naming the byte', () => {
		expect(() => readVarint(cursor())).toThrow('number at byte 0: got the end of the data');
		expect(() => readVarint(cursor(0x80, 0x80))).toThrow(
			'number at byte 2: got the end of the data'
		);
	});

	it('refuses numbers of more than 32 bits', () => {
		expect(() => readVarint(cursor(0x80, 0x80, 0x80, 0x80, 0x10))).toThrow(
			'number before byte 5: got 4294967296, expected less than 2^32'
		);
		expect(() => readVarint(cursor(0x80, 0x80, 0x80, 0x80, 0x80, 0))).toThrow(
			'got more than 5 bytes, expected at most 5'
		);
	});
});

describe('zigzag', () => {
	it.each([
		// From a table in the documentation of Protocol Buffers.
		[0, 0],
		[-1, 1],
		[1, 2],
		[-2, 3],
		[2_147_483_647, 4_294_967_294],
		[-2_147_483_648, 4_294_967_295]
	])('writes %d as the unsigned number %d', (value, unsigned) => {
		const bytes = written((writer) => writer.zigzag(value));
		expect(bytes).toEqual(written((writer) => writer.varint(unsigned)));
		expect(fromZigzag(readVarint(cursor(...bytes)))).toBe(value);
	});

	it('reads back any number of 32 bits', () => {
		fc.assert(
			fc.property(fc.integer(), (value) => {
				const source = cursor(...written((writer) => writer.zigzag(value)));
				expect(fromZigzag(readVarint(source))).toBe(value);
			})
		);
	});
});

describe('NumberWriter', () => {
	it('returns a copy that later writes do not change', () => {
		const writer = new NumberWriter();
		writer.varint(1);
		const taken = writer.take();
		writer.varint(2);
		expect([...taken]).toEqual([1]);
		expect([...writer.take()]).toEqual([1, 2]);
	});
});
