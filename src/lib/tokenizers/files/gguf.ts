import { decodeUtf8, firstInvalidUtf8 } from '../../engine/text';
import type { SlicedFile } from './types';

/** A value of GGUF's metadata. Arrays of numbers are doubles; a 64-bit integer beyond 2⁵³ is rounded. */
export type GgufValue = string | number | boolean | readonly string[] | Float64Array;

/** Bytes of a slice; the tokenizer of Gemma 4 takes 16 MB. */
const SLICE_BYTES = 1 << 20;
export const MAX_HEADER_BYTES = 96 << 20;
const MAX_KEYS = 1 << 16;
const MAX_ITEMS = 1 << 22;
const MAX_STRING_BYTES = 16 << 20;

const STRING = 8;
const ARRAY = 9;
/** Bytes of a value by type, as `gguf.h` numbers them; 0 for strings and arrays, which have a length. */
const WIDTHS = [1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8];

/**
 * Reads metadata of a GGUF file, version 2 or 3, as ggml's `docs/gguf.md` describes them. Only the header is read, in
 * slices. No count of the file is trusted beyond the bytes that the file has.
 * @param isWanted whether a key's value is returned; others are skipped
 * @throws Error in one line, with the byte offset, for a header that is damaged or larger than any tokenizer needs
 */
export async function readGgufMetadata(
	file: SlicedFile,
	isWanted: (key: string) => boolean
): Promise<Map<string, GgufValue>> {
	return (await walkMetadata(file, isWanted)).metadata;
}

/** Size of the start of a GGUF file that has all its metadata, in bytes. @throws Error as {@link readGgufMetadata} */
export const measureGgufMetadata = async (file: SlicedFile): Promise<number> =>
	(await walkMetadata(file, () => false)).end;

async function walkMetadata(
	file: SlicedFile,
	isWanted: (key: string) => boolean
): Promise<{ readonly metadata: Map<string, GgufValue>; readonly end: number }> {
	const reader = new HeaderReader(file);
	await reader.need(24);
	reader.skip(4);
	const version = reader.uint32();
	if (version !== 2 && version !== 3) {
		const isSwapped = version !== 0 && (version & 0xffff) === 0;
		throw new Error(
			`GGUF: got version ${isSwapped ? `${version >>> 24} in big-endian order` : version}, expected 2 or 3 in little-endian order; convert the model again`
		);
	}
	reader.skip(8);
	const keys = reader.length(MAX_KEYS, 13, 'keys');
	const metadata = new Map<string, GgufValue>();
	for (let i = 0; i < keys; i++) {
		const key = await reader.string();
		await reader.need(4);
		const type = reader.type();
		if (!isWanted(key)) {
			await reader.skipValue(type);
			continue;
		}
		if (metadata.has(key)) {
			throw reader.error(`the key ${JSON.stringify(key)} again`, 'each key once');
		}
		metadata.set(key, await reader.value(type));
	}
	return { metadata, end: reader.offset };
}

class HeaderReader {
	readonly #file: SlicedFile;
	#bytes: Uint8Array = new Uint8Array(0);
	#view: DataView = new DataView(new ArrayBuffer(0));
	/** Offset of `#bytes` in the file. */
	#base = 0;
	#at = 0;

	constructor(file: SlicedFile) {
		this.#file = file;
	}

	/** Bytes before the next value. */
	get offset(): number {
		return this.#base + this.#at;
	}

	error(found: string, expected: string): Error {
		return new Error(`GGUF at byte ${this.offset}: got ${found}, expected ${expected}`);
	}

	/** Loads the next `count` bytes. */
	async need(count: number): Promise<void> {
		if (this.#at + count <= this.#bytes.length) return;
		const start = this.offset;
		if (start + count > this.#file.size) {
			throw this.error('the end of the file', `${count} more bytes; download the file again`);
		}
		if (start + count > MAX_HEADER_BYTES) {
			throw this.error(`a header of more than ${MAX_HEADER_BYTES >> 20} MB`, 'a smaller one');
		}
		this.#bytes = await this.#file.read(start, start + Math.max(count, SLICE_BYTES));
		if (this.#bytes.length < count) {
			throw new Error(`GGUF: the file became shorter while it was read; try again`);
		}
		const { buffer, byteOffset, byteLength } = this.#bytes;
		this.#view = new DataView(buffer, byteOffset, byteLength);
		this.#base = start;
		this.#at = 0;
	}

	skip(count: number): void {
		this.#at += count;
	}

	uint32(): number {
		const value = this.#view.getUint32(this.#at, true);
		this.#at += 4;
		return value;
	}

	type(): number {
		const type = this.uint32();
		if (type >= WIDTHS.length)
			throw this.error(`the type ${type}`, `0 to ${WIDTHS.length - 1}; is the file damaged?`);
		return type;
	}

	/** A count of 64 bits, of things of at least `width` bytes, that the rest of the file can hold. */
	length(max: number, width: number, what: string): number {
		const count = Number(this.#view.getBigUint64(this.#at, true));
		const room = (this.#file.size - this.offset - 8) / width;
		if (count > room) {
			throw this.error(
				`${count} ${what}`,
				`at most ${Math.floor(room)}, which the file has room for`
			);
		}
		if (count > max) throw this.error(`${count} ${what}`, `at most ${max}`);
		this.#at += 8;
		return count;
	}

	async string(): Promise<string> {
		await this.need(8);
		const length = this.length(MAX_STRING_BYTES, 1, 'bytes in a string');
		await this.need(length);
		const bytes = this.#bytes.subarray(this.#at, this.#at + length);
		if (firstInvalidUtf8(bytes) >= 0) throw this.error('bytes that are not UTF-8', 'a string');
		this.#at += length;
		return decodeUtf8(bytes);
	}

	async skipValue(type: number): Promise<void> {
		if (type !== ARRAY) return this.#skipItems(type, 1);
		const { itemType, count } = await this.#array();
		await this.#skipItems(itemType, count);
	}

	async #array(): Promise<{ readonly itemType: number; readonly count: number }> {
		await this.need(12);
		const itemType = this.type();
		if (itemType === ARRAY) throw this.error('an array in an array', 'numbers or strings in it');
		return { itemType, count: this.length(MAX_ITEMS, WIDTHS[itemType] || 8, 'items') };
	}

	async #skipItems(type: number, count: number): Promise<void> {
		for (let i = 0; type === STRING && i < count; i++) {
			await this.need(8);
			const length = this.length(MAX_STRING_BYTES, 1, 'bytes in a string');
			this.#skipBytes(length);
		}
		if (type !== STRING) this.#skipBytes(count * WIDTHS[type]);
	}

	/** Skips bytes without loading them. */
	#skipBytes(count: number): void {
		if (this.#at + count > this.#bytes.length) {
			const target = this.offset + count;
			if (target > this.#file.size) throw this.error('the end of the file', `${count} more bytes`);
			this.#base = target;
			this.#at = 0;
			this.#bytes = this.#bytes.subarray(0, 0);
		} else this.#at += count;
	}

	async value(type: number): Promise<GgufValue> {
		if (type === STRING) return this.string();
		if (type !== ARRAY) {
			await this.need(WIDTHS[type]);
			const number = this.#number(type);
			return type === 7 ? number !== 0 : number;
		}
		const { itemType, count } = await this.#array();
		if (itemType !== STRING) {
			const numbers = new Float64Array(count);
			for (let i = 0; i < count; i++) {
				if (this.#at + 8 > this.#bytes.length) await this.need(WIDTHS[itemType]);
				numbers[i] = this.#number(itemType);
			}
			return numbers;
		}
		const strings: string[] = [];
		for (let i = 0; i < count; i++) strings.push(this.#stringAtHand() ?? (await this.string()));
		return strings;
	}

	/** The next string if its bytes are loaded and UTF-8; `null` if not. Waiting for each of 500,000 would be slow. */
	#stringAtHand(): string | null {
		const start = this.#at + 8;
		if (start > this.#bytes.length || this.#view.getUint32(this.#at + 4, true) !== 0) return null;
		const end = start + this.#view.getUint32(this.#at, true);
		if (end > this.#bytes.length) return null;
		const bytes = this.#bytes.subarray(start, end);
		if (firstInvalidUtf8(bytes) >= 0) return null;
		this.#at = end;
		return decodeUtf8(bytes);
	}

	#number(type: number): number {
		const at = this.#at;
		this.#at += WIDTHS[type];
		const view = this.#view;
		switch (type) {
			case 0:
			case 7:
				return view.getUint8(at);
			case 1:
				return view.getInt8(at);
			case 2:
				return view.getUint16(at, true);
			case 3:
				return view.getInt16(at, true);
			case 4:
				return view.getUint32(at, true);
			case 5:
				return view.getInt32(at, true);
			case 6:
				return view.getFloat32(at, true);
			case 10:
				return Number(view.getBigUint64(at, true));
			case 11:
				return Number(view.getBigInt64(at, true));
			default:
				return view.getFloat64(at, true);
		}
	}
}

/** Values of the header, checked for their types. */
export class GgufMetadata {
	readonly #values: ReadonlyMap<string, GgufValue>;

	constructor(values: ReadonlyMap<string, GgufValue>) {
		this.#values = values;
	}

	text(key: string): string | null {
		const value = this.#values.get(key);
		if (value === undefined || typeof value === 'string') return value ?? null;
		throw wrongType(key, 'a string');
	}

	number(key: string): number | null {
		const value = this.#values.get(key);
		if (value === undefined || typeof value === 'number') return value ?? null;
		throw wrongType(key, 'a number');
	}

	boolean(key: string): boolean | null {
		const value = this.#values.get(key);
		if (value === undefined || typeof value === 'boolean') return value ?? null;
		throw wrongType(key, 'true or false');
	}

	strings(key: string): readonly string[] | null {
		const value = this.#values.get(key);
		if (value === undefined) return null;
		if (typeof value !== 'object' || value instanceof Float64Array) throw wrongType(key, 'strings');
		return value;
	}

	/** @throws Error unless there are at least `count` */
	numbers(key: string, count: number): Float64Array | null {
		const value = this.#values.get(key);
		if (value === undefined) return null;
		if (!(value instanceof Float64Array)) throw wrongType(key, 'numbers');
		if (value.length >= count) return value;
		throw new Error(
			`${key}: got ${value.length} numbers, expected one for each of ${count} tokens`
		);
	}
}

const wrongType = (key: string, expected: string): Error =>
	new Error(`${key}: got another type, expected ${expected}`);
