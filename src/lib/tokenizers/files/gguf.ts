import { decodeUtf8, firstInvalidUtf8 } from '../../engine/text';
import type { SlicedFile } from './types';

/** A value in GGUF metadata. Numbers, also in arrays, are read as doubles, so integers beyond 2⁵³ are rounded. */
export type GgufValue = string | number | boolean | readonly string[] | Float64Array;

/** Initial size of a slice in bytes. A Gemma 4 file has a 16 MB header. */
const SLICE_BYTES = 1 << 20;
const MAX_HEADER_BYTES = 96 << 20;
const MAX_KEYS = 1 << 16;
const MAX_ITEMS = 1 << 22;
const MAX_STRING_BYTES = 16 << 20;

const BOOLEAN = 7;
const ARRAY = 9;

/** Width of a number in bytes, and a function that reads it at an offset. */
type NumberType = readonly [width: number, read: (view: DataView, at: number) => number];

/**
 * Number types in the order of their codes in `gguf.h`. A boolean is a byte. `null` for strings and arrays,
 * which don't have a fixed width.
 */
const NUMBERS: readonly (NumberType | null)[] = [
	[1, (view, at) => view.getUint8(at)],
	[1, (view, at) => view.getInt8(at)],
	[2, (view, at) => view.getUint16(at, true)],
	[2, (view, at) => view.getInt16(at, true)],
	[4, (view, at) => view.getUint32(at, true)],
	[4, (view, at) => view.getInt32(at, true)],
	[4, (view, at) => view.getFloat32(at, true)],
	[1, (view, at) => view.getUint8(at)],
	null,
	null,
	[8, (view, at) => Number(view.getBigUint64(at, true))],
	[8, (view, at) => Number(view.getBigInt64(at, true))],
	[8, (view, at) => view.getFloat64(at, true)]
];

/**
 * Reads metadata from a GGUF file, version 2 or 3, as described in ggml's `docs/gguf.md`. Reads only the header, in
 * slices. Rejects any count that exceeds what the rest of the file can hold.
 * @param isWanted whether to return a key's value; other values are skipped
 * @throws Error with a one-line message that gives the byte offset if the header is damaged or larger than any
 * tokenizer needs
 */
export async function readGgufMetadata(
	file: SlicedFile,
	isWanted: (key: string) => boolean
): Promise<Map<string, GgufValue>> {
	return (await walkMetadata(file, isWanted)).metadata;
}

/**
 * Number of bytes from the start of a GGUF file to the end of its metadata. @throws Error as in
 * {@link readGgufMetadata}
 */
export const measureGgufMetadata = async (file: SlicedFile): Promise<number> =>
	(await walkMetadata(file, () => false)).end;

async function walkMetadata(
	file: SlicedFile,
	isWanted: (key: string) => boolean
): Promise<{ readonly metadata: Map<string, GgufValue>; readonly end: number }> {
	const reader = new HeaderReader(file);
	const keys = await reader.read(() => reader.start());
	const metadata = new Map<string, GgufValue>();
	for (let i = 0; i < keys; i++) {
		const key = await reader.read(() => reader.string());
		if (metadata.has(key)) {
			throw reader.error(`the key ${JSON.stringify(key)} a second time`, 'each key once');
		}
		const value = await reader.value(isWanted(key));
		if (isWanted(key)) metadata.set(key, value);
	}
	return { metadata, end: reader.offset };
}

/** Thrown when reading beyond the loaded bytes. */
const NOT_LOADED = new Error('not loaded');

class HeaderReader {
	#view: DataView = new DataView(new ArrayBuffer(0));
	/** File offset of the first loaded byte. */
	#base = 0;
	#at = 0;
	/** Offset at which reading restarts after more bytes have been loaded. */
	#restart = 0;

	constructor(private readonly file: SlicedFile) {}

	/** File offset of the next value. */
	get offset(): number {
		return this.#base + this.#at;
	}

	error(found: string, expected: string): Error {
		return new Error(`GGUF at byte ${this.offset}: got ${found}, expected ${expected}`);
	}

	/** Runs `part`, which reads from the header. If `part` needs bytes not loaded yet, loads them and reruns `part`. */
	async read<T>(part: () => T): Promise<T> {
		this.#restart = this.offset;
		for (let size = SLICE_BYTES; ; size *= 2) {
			const former = this.#restart;
			try {
				return part();
			} catch (error) {
				if (error !== NOT_LOADED) throw error;
			}
			const start = this.#restart;
			if (start > former) size = SLICE_BYTES;
			const end = Math.min(start + size, this.file.size);
			const { buffer, byteOffset, byteLength } = await this.file.read(start, end);
			if (byteLength < end - start) {
				throw new Error('GGUF: the file changed while it was being read; try again');
			}
			this.#view = new DataView(buffer, byteOffset, byteLength);
			this.#base = start;
			this.#at = 0;
		}
	}

	/** Reads everything before the first key. @returns the number of keys */
	start(): number {
		this.#take(4);
		const version = this.#uint32();
		if (version !== 2 && version !== 3) {
			const isSwapped = version !== 0 && (version & 0xffff) === 0;
			throw new Error(
				`GGUF: got version ${isSwapped ? `${version >>> 24} in big-endian order` : version}, expected 2 or 3 in little-endian order; convert the model again`
			);
		}
		this.#take(8);
		return this.#length(MAX_KEYS, 13, 'keys');
	}

	/** @param isWanted if `false`, skips over the string without decoding it, and returns '' */
	string(isWanted = true): string {
		const length = this.#length(MAX_STRING_BYTES, 1, 'bytes in a string');
		const { buffer, byteOffset } = this.#view;
		const start = this.#take(length);
		if (!isWanted) return '';
		const bytes = new Uint8Array(buffer, byteOffset + start, length);
		if (firstInvalidUtf8(bytes) >= 0) throw this.error("bytes that aren't UTF-8", 'a string');
		return decodeUtf8(bytes);
	}

	/** @param isWanted if `false`, skips over strings without decoding them, and returns '' for each */
	async value(isWanted: boolean): Promise<GgufValue> {
		const type = await this.read(() => this.#type());
		if (type !== ARRAY) return this.read(() => this.#item(type, isWanted));
		const itemType = await this.read(() => this.#type());
		if (itemType === ARRAY)
			throw this.error('an array of arrays', 'an array of numbers or strings');
		const [width, read] = NUMBERS[itemType] ?? [8];
		const count = await this.read(() => this.#length(MAX_ITEMS, width, 'items'));
		if (!read) return this.#strings(count, isWanted);
		return this.read(() => {
			const start = this.#take(count * width);
			return Float64Array.from({ length: count }, (_, i) => read(this.#view, start + i * width));
		});
	}

	/** Reads many strings without awaiting each one. */
	async #strings(count: number, isWanted: boolean): Promise<string[]> {
		const strings: string[] = [];
		await this.read(() => {
			while (strings.length < count) {
				strings.push(this.string(isWanted));
				this.#restart = this.offset;
			}
		});
		return strings;
	}

	#item(type: number, isWanted: boolean): string | number | boolean {
		const [width, read] = NUMBERS[type] ?? [];
		if (!width || !read) return this.string(isWanted);
		const number = read(this.#view, this.#take(width));
		return type === BOOLEAN ? number !== 0 : number;
	}

	#uint32(): number {
		return this.#view.getUint32(this.#take(4), true);
	}

	#type(): number {
		const type = this.#uint32();
		if (type < NUMBERS.length) return type;
		throw this.error(
			`the type ${type}`,
			`0 to ${NUMBERS.length - 1}; the file may be damaged, so download it again`
		);
	}

	/** Reads a 64-bit count of items of at least `width` bytes and checks that they fit in the rest of the file. */
	#length(max: number, width: number, what: string): number {
		const low = this.#uint32();
		// Two 32-bit reads are much faster than a BigInt.
		const count = this.#uint32() * 2 ** 32 + low;
		const room = Math.floor((this.file.size - this.offset) / width);
		if (count <= Math.min(room, max)) return count;
		this.#at -= 8;
		const expected =
			count > room ? `${room}, because the file ends there; download it again` : String(max);
		throw this.error(`${count} ${what}`, `at most ${expected}`);
	}

	/** Consumes `count` bytes. @returns the index of the first of them in the loaded bytes */
	#take(count: number): number {
		const end = this.offset + count;
		if (end > this.file.size) {
			throw this.error('the end of the file', `${count} more bytes; download the file again`);
		}
		if (end > MAX_HEADER_BYTES) {
			throw this.error(`a header of more than ${MAX_HEADER_BYTES >> 20} MB`, 'a smaller header');
		}
		const start = this.#at;
		if (start + count > this.#view.byteLength) throw NOT_LOADED;
		this.#at += count;
		return start;
	}
}

/** The values in the header, type-checked when read. */
export class GgufMetadata {
	constructor(private readonly values: ReadonlyMap<string, GgufValue>) {}

	text(key: string): string | null {
		return this.#get(key, 'a string', (value) => typeof value === 'string');
	}

	number(key: string): number | null {
		return this.#get(key, 'a number', (value) => typeof value === 'number');
	}

	boolean(key: string): boolean | null {
		return this.#get(key, 'true or false', (value) => typeof value === 'boolean');
	}

	strings(key: string): readonly string[] | null {
		return this.#get(key, 'strings', (value): value is readonly string[] => Array.isArray(value));
	}

	/** @throws Error if there are fewer than `count` numbers */
	numbers(key: string, count: number): Float64Array | null {
		const value = this.#get(key, 'numbers', (one) => one instanceof Float64Array);
		if (value === null || value.length >= count) return value;
		throw new Error(
			`${key}: got ${value.length} numbers, expected one for each of ${count} tokens`
		);
	}

	#get<T extends GgufValue>(
		key: string,
		expected: string,
		test: (value: GgufValue) => value is T
	): T | null {
		const value = this.values.get(key) ?? null;
		if (value === null || test(value)) return value;
		throw new Error(`${key}: got a value of a different type, expected ${expected}`);
	}
}
