/**
 * The lab's file format for one tokenizer, with only what loading needs.
 *
 * | bytes | content |
 * |---|---|
 * | 4 | magic `BPEL` |
 * | 4 | version |
 * | 4 | length of the header in bytes |
 * | 4 | checksum (FNV-1a) of everything after it |
 * | … | header: the spec without vocabulary and merges, and the sizes of the sections, JSON |
 * | … | token lengths, one LEB128 number per id (0 if the model has no token) |
 * | … | token bytes, back to back |
 * | … | merges (see packed-merges.ts), absent if the rank is the id of the product |
 *
 * All numbers are little-endian. The transport compresses (gzip, see the catalogue).
 */
import type { BpeModelSpec, TokenizerSpec } from '../spec';
import type { Vocabulary } from '../structures/vocabulary';
import { ByteWriter, readVarint, type Cursor } from './varint';
import {
	expandMerges,
	packMerges,
	SPLIT_ORDERS,
	type PackedMerges,
	type SplitOrder
} from './packed-merges';

const MAGIC = 0x4c455042; // "BPEL"
const VERSION = 1;
const PREFIX_BYTES = 16;

interface PackedHeader {
	readonly name: string;
	readonly spec: Omit<TokenizerSpec, 'model'> & {
		readonly model: Omit<BpeModelSpec, 'vocabulary' | 'merges'>;
	};
	readonly ids: number;
	readonly tokenBytes: number;
	readonly merges: {
		readonly order: SplitOrder;
		readonly explicit: number;
		readonly products: number;
		readonly bytes: number;
	} | null;
}

/** A packed file that cannot be used; the message says what was found and what was expected. */
export class PackedFormatError extends Error {
	override readonly name = 'PackedFormatError';
}

/** Serializes a spec. @param name returned by {@link readPacked} */
export function writePacked(name: string, spec: TokenizerSpec): Uint8Array<ArrayBuffer> {
	const { vocabulary, merges: pairs, ...model } = spec.model;
	const merges = pairs && packMerges(vocabulary, pairs, spec.model.byte_level);
	const lengths = new ByteWriter();
	for (let id = 0, start = 0; id < vocabulary.ends.length; id++) {
		lengths.varint(vocabulary.ends[id] - start);
		start = vocabulary.ends[id];
	}
	const header: PackedHeader = {
		name,
		spec: { ...spec, model },
		ids: vocabulary.ends.length,
		tokenBytes: vocabulary.bytes.length,
		merges: merges && {
			order: merges.order,
			explicit: merges.explicit,
			products: merges.products,
			bytes: merges.bytes.length
		}
	};
	const headerBytes = new TextEncoder().encode(JSON.stringify(header));
	const out = new ByteWriter();
	out.u32(MAGIC);
	out.u32(VERSION);
	out.u32(headerBytes.length);
	out.u32(0);
	out.bytes(headerBytes);
	out.bytes(lengths.take());
	out.bytes(vocabulary.bytes);
	if (merges) out.bytes(merges.bytes);
	const file = out.take();
	new DataView(file.buffer).setUint32(12, checksum(file.subarray(PREFIX_BYTES)), true);
	return file;
}

/**
 * Reads a packed file. Nothing of a damaged file is used.
 * @throws PackedFormatError that names what is wrong: magic, version, length, checksum or a section
 */
export function readPacked(file: Uint8Array): { name: string; spec: TokenizerSpec } {
	if (file.length < PREFIX_BYTES) {
		throw new PackedFormatError(
			`packed vocabulary: got ${file.length} bytes, expected at least ${PREFIX_BYTES}; load it again`
		);
	}
	const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
	const magic = view.getUint32(0, true);
	if (magic !== MAGIC) {
		throw new PackedFormatError(
			`packed vocabulary: got the first bytes 0x${magic.toString(16)}, expected "BPEL"; this is another kind of file`
		);
	}
	const version = view.getUint32(4, true);
	if (version !== VERSION) {
		throw new PackedFormatError(
			`packed vocabulary: got version ${version}, expected ${VERSION}; reload the page`
		);
	}
	const expected = view.getUint32(12, true);
	const actual = checksum(file.subarray(PREFIX_BYTES));
	if (actual !== expected) {
		throw new PackedFormatError(
			`packed vocabulary is damaged: got checksum ${actual.toString(16)}, expected ${expected.toString(16)}; load it again`
		);
	}
	const headerLength = view.getUint32(8, true);
	const header = readHeader(file.subarray(PREFIX_BYTES, PREFIX_BYTES + headerLength));
	const cursor: Cursor = { bytes: file, at: PREFIX_BYTES + headerLength };
	try {
		const vocabulary = readVocabulary(cursor, header);
		const merges = readMerges(cursor, header, vocabulary);
		const model = { ...header.spec.model, vocabulary, merges };
		return { name: header.name, spec: { ...header.spec, model } };
	} catch (error) {
		// Invalid numbers or ids in a section.
		if (!(error instanceof RangeError)) throw error;
		throw new PackedFormatError(`packed vocabulary: ${error.message}; load it again`);
	}
}

function readHeader(bytes: Uint8Array): PackedHeader {
	let header: unknown;
	try {
		header = JSON.parse(new TextDecoder().decode(bytes));
	} catch (error) {
		throw new PackedFormatError(
			`packed vocabulary: got a header of ${bytes.length} bytes that is no JSON (${String(error)}); load it again`
		);
	}
	if (!isHeader(header)) {
		throw new PackedFormatError(
			`packed vocabulary: got a header without a name, a spec, sizes or merges, expected all four; load it again`
		);
	}
	return header;
}

/** Checks what reading relies on. The spec was written by {@link writePacked}, and the checksum covers it. */
function isHeader(header: unknown): header is PackedHeader {
	if (typeof header !== 'object' || header === null) return false;
	const { name, spec, ids, tokenBytes, merges } = header as Partial<PackedHeader>;
	return (
		typeof name === 'string' &&
		typeof spec?.model === 'object' &&
		typeof ids === 'number' &&
		typeof tokenBytes === 'number' &&
		(merges === null ||
			(typeof merges?.bytes === 'number' &&
				SPLIT_ORDERS.includes(merges.order) &&
				[merges.explicit, merges.products].every((count) => Number.isInteger(count) && count >= 0)))
	);
}

function readVocabulary(cursor: Cursor, { ids, tokenBytes }: PackedHeader): Vocabulary {
	// Every id takes at least one byte, so a damaged number cannot allocate gigabytes.
	const most = Math.max(0, cursor.bytes.length - cursor.at);
	if (!Number.isInteger(ids) || ids < 0 || ids > most) {
		throw new PackedFormatError(
			`packed vocabulary: got ${ids} ids, expected between 0 and ${most}; load it again`
		);
	}
	const ends = new Uint32Array(ids);
	let end = 0;
	const { bytes: file } = cursor;
	for (let id = 0; id < ids; id++) {
		// Nearly every length is one byte; longer ones cost a call.
		end += file[cursor.at] < 0x80 ? file[cursor.at++] : readVarint(cursor);
		ends[id] = end;
	}
	if (end !== tokenBytes || cursor.at + tokenBytes > file.length) {
		throw new PackedFormatError(
			`packed vocabulary: the token lengths add up to ${end} bytes, expected ${tokenBytes}`
		);
	}
	// A view, not a copy: the tokens are most of the file.
	const bytes = file.subarray(cursor.at, cursor.at + tokenBytes);
	cursor.at += tokenBytes;
	return { bytes, ends };
}

function readMerges(
	cursor: Cursor,
	header: PackedHeader,
	vocabulary: Vocabulary
): Uint32Array | null {
	if (!header.merges) return null;
	const { order, explicit, products, bytes } = header.merges;
	const packed: PackedMerges = {
		order,
		explicit,
		products,
		bytes: cursor.bytes.subarray(cursor.at, cursor.at + bytes)
	};
	if (packed.bytes.length !== bytes) {
		throw new PackedFormatError(
			`packed vocabulary: got ${packed.bytes.length} bytes of merges, expected ${bytes}`
		);
	}
	return expandMerges(vocabulary, packed, header.spec.model.byte_level);
}

/** FNV-1a of bytes, as an unsigned 32-bit number. */
export function checksum(bytes: Uint8Array): number {
	let hash = 0x811c9dc5;
	for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193);
	return hash >>> 0;
}
