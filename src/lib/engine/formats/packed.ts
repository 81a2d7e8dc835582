/**
 * The lab's file format for one tokenizer, which holds only what loading needs.
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
 * | … | merges (see packed-merges.ts); absent if the rank of a merge is the id of its product |
 *
 * All numbers are little-endian. The files are shipped compressed with gzip.
 */
import type { BpeModelSpec, TokenizerSpec } from '../spec';
import type { Vocabulary } from '../structures/vocabulary';
import { ByteWriter, readVarint, type Cursor } from './varint';
import { expandMerges, packMerges, SPLIT_ORDERS, type PackedMerges } from './packed-merges';

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
	/** `bytes` is their number here. */
	readonly merges: (Omit<PackedMerges, 'bytes'> & { readonly bytes: number }) | null;
}

/** A packed file that cannot be used; the message says what was found and what was expected. */
export class PackedFormatError extends Error {
	override readonly name = 'PackedFormatError';
}

function refuse(found: string, advice = 'load it again'): PackedFormatError {
	return new PackedFormatError(`packed vocabulary: ${found}; ${advice}`);
}

/** Writes a spec as a packed file. @param name returned by {@link readPacked} */
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
		merges: merges && { ...merges, bytes: merges.bytes.length }
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
 * Reads a packed file. The token bytes of the spec are a view into it.
 * @throws PackedFormatError if the file has a wrong magic number or version, or is damaged
 */
export function readPacked(file: Uint8Array): { name: string; spec: TokenizerSpec } {
	if (file.length < PREFIX_BYTES) {
		throw refuse(`got ${file.length} bytes, expected at least ${PREFIX_BYTES}`);
	}
	const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
	const magic = view.getUint32(0, true);
	if (magic !== MAGIC) {
		throw refuse(
			`got the first bytes 0x${magic.toString(16)}, expected "BPEL"`,
			'this is another kind of file'
		);
	}
	const version = view.getUint32(4, true);
	if (version !== VERSION) {
		throw refuse(`got version ${version}, expected ${VERSION}`, 'reload the page');
	}
	const expected = view.getUint32(12, true);
	const actual = checksum(file.subarray(PREFIX_BYTES));
	if (actual !== expected) {
		throw refuse(
			`it is damaged: got checksum ${actual.toString(16)}, expected ${expected.toString(16)}`
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
		// A section has an invalid number or id.
		if (!(error instanceof RangeError)) throw error;
		throw refuse(error.message);
	}
}

function readHeader(bytes: Uint8Array): PackedHeader {
	let header: unknown;
	try {
		header = JSON.parse(new TextDecoder().decode(bytes));
	} catch (error) {
		throw refuse(`got a header of ${bytes.length} bytes that is no JSON (${String(error)})`);
	}
	if (!isHeader(header)) {
		throw refuse('got a header without a name, a spec, sizes or merges, expected all four');
	}
	return header;
}

/** Checks the fields that reading relies on. The spec needs no check: the checksum covers it. */
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
	const maxIds = Math.max(0, cursor.bytes.length - cursor.at);
	if (!Number.isInteger(ids) || ids < 0 || ids > maxIds) {
		throw refuse(`got ${ids} ids, expected between 0 and ${maxIds}`);
	}
	const ends = new Uint32Array(ids);
	let end = 0;
	const { bytes: file } = cursor;
	for (let id = 0; id < ids; id++) {
		// Nearly every length takes one byte; longer ones cost a call.
		end += file[cursor.at] < 0x80 ? file[cursor.at++] : readVarint(cursor);
		ends[id] = end;
	}
	if (end !== tokenBytes || cursor.at + tokenBytes > file.length) {
		throw refuse(`the token lengths add up to ${end} bytes, expected ${tokenBytes}`);
	}
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
	const length = header.merges.bytes;
	const bytes = cursor.bytes.subarray(cursor.at, cursor.at + length);
	if (bytes.length !== length) {
		throw refuse(`got ${bytes.length} bytes of merges, expected ${length}`);
	}
	return expandMerges(vocabulary, { ...header.merges, bytes }, header.spec.model.byte_level);
}

/** FNV-1a of bytes, as an unsigned 32-bit number. */
export function checksum(bytes: Uint8Array): number {
	let hash = 0x811c9dc5;
	for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193);
	return hash >>> 0;
}
