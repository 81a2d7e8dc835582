import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemoryIo } from '../../tests/support/memory-io';
import { readLines, readText, readUtf8, type Line } from './input';

const bytes = (...values: number[]) => Uint8Array.from(values);
const utf8 = (text: string) => new TextEncoder().encode(text);

async function allLines(io: MemoryIo, paths: string[] = []): Promise<Line[]> {
	const all: Line[] = [];
	for await (const lines of readLines(io, paths)) all.push(...lines);
	return all;
}

describe('readText', () => {
	it('joins files in their order, with byte order marks, carriage returns and final newlines', async () => {
		const io = new MemoryIo({ a: '\ufeffone\r\n', b: 'two' });
		expect(await readText(io, ['b', 'a'])).toBe('two\ufeffone\r\n');
		expect(await readText(new MemoryIo({ '-': [] }), [])).toBe('');
	});

	it.each([
		[['a', 'b'], 'b: not UTF-8 at byte 3 (0xFF)'],
		// Ends with an incomplete character.
		[[], 'standard input: not UTF-8 at byte 1 (0xE6)'],
		[['gone'], 'gone: there is no such file']
	])('refuses %j: %s', async (paths, message) => {
		const io = new MemoryIo({
			a: 'fine',
			b: [utf8('é'), bytes(0x61, 0xff, 0x62)],
			'-': [bytes(0x61, 0xe6, 0x97)]
		});
		await expect(readText(io, paths)).rejects.toThrow(message);
	});
});

describe('readLines', () => {
	it('joins lines from chunks that are split anywhere', async () => {
		const whole = utf8('één\n\n日本\nlast');
		for (let size = 1; size <= whole.length; size++) {
			const chunks: Uint8Array[] = [];
			for (let at = 0; at < whole.length; at += size) chunks.push(whole.subarray(at, at + size));
			const lines = await allLines(new MemoryIo({ '-': chunks }));
			expect(lines.map(({ text }) => text)).toEqual(['één', '', '日本', 'last']);
		}
	});

	it('counts the lines of each file from 1, and the offset of what is not UTF-8 from its start', async () => {
		const lines = await allLines(new MemoryIo({ a: 'x\ny\n', b: 'z' }), ['a', 'b']);
		expect(lines.map(({ name }) => name)).toEqual(['a line 1', 'a line 2', 'b line 1']);
		const io = new MemoryIo({ '-': [utf8('é\nab'), bytes(0xc3), utf8('\n')] });
		await expect(allLines(io)).rejects.toThrow('standard input line 2: not UTF-8 at byte 5 (0xC3)');
	});

	it('gives the lines before a bad one', async () => {
		const taken: string[] = [];
		const io = new MemoryIo({ '-': [utf8('good\n'), bytes(0xff), utf8('\n')] });
		const take = async () => {
			for await (const lines of readLines(io, [])) for (const { text } of lines) taken.push(text);
		};
		await expect(take()).rejects.toThrow('line 2');
		expect(taken).toEqual(['good']);
	});
});

describe('readUtf8', () => {
	async function all(chunks: readonly Uint8Array[]): Promise<Uint8Array[]> {
		const parts: Uint8Array[] = [];
		for await (const part of readUtf8(new MemoryIo({ '-': chunks }), '-')) parts.push(part);
		return parts;
	}
	const split = (all: Uint8Array, sizes: readonly number[]) => {
		let at = 0;
		return [...sizes, all.length].map((size) => all.subarray(at, (at += size)));
	};

	it('yields whole characters', async () => {
		const arbitrary = [fc.string({ unit: 'binary' }), fc.array(fc.nat({ max: 5 }))] as const;
		await fc.assert(
			fc.asyncProperty(...arbitrary, async (text, sizes) => {
				const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
				const parts = (await all(split(utf8(text), sizes))).map((part) => strict.decode(part));
				expect(parts.join('')).toBe(text);
			})
		);
	});

	it('refuses what readText refuses, in the same words', async () => {
		const arbitrary = [fc.uint8Array({ maxLength: 12 }), fc.array(fc.nat({ max: 3 }))] as const;
		await fc.assert(
			fc.asyncProperty(...arbitrary, async (input, sizes) => {
				const chunks = split(input, sizes);
				const message = (work: Promise<unknown>) =>
					work.then(
						() => null,
						(error: unknown) => String(error)
					);
				expect(await message(all(chunks))).toBe(
					await message(readText(new MemoryIo({ '-': chunks }), []))
				);
			}),
			{ numRuns: 500 }
		);
	});
});

describe('a limit of lines', () => {
	const LIMIT = { bytes: 5, advice: 'split it' };
	async function lengths(input: readonly Uint8Array[]) {
		const found: number[] = [];
		for await (const lines of readLines(new MemoryIo({ '-': input }), [], LIMIT)) {
			for (const { text } of lines) found.push(text.length);
		}
		return found;
	}

	it('allows lines of that many bytes, and refuses longer ones however they arrive', async () => {
		expect(await lengths([utf8('12345\n12345')])).toEqual([5, 5]);
		const message =
			'standard input line 2: got a line of more than 5 bytes, expected a shorter one; split it';
		await expect(lengths([utf8('1\n123456\n')])).rejects.toThrow(message);
		await expect(lengths([utf8('1\n123'), utf8('456')])).rejects.toThrow(message);
		await expect(lengths([...'1\n123456\n'].map(utf8))).rejects.toThrow(message);
	});
});
