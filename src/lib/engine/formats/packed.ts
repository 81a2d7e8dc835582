/**
 * The lab's file format for one tokenizer. It contains only the data needed to load the tokenizer.
 *
 * | bytes | content |
 * |---|---|
 * | 4 | magic `BPEL` |
 * | 4 | version |
 * | 4 | length of the header in bytes |
 * | 4 | checksum (FNV-1a) of everything after it |
 * | … | header: the spec without vocabulary and merges, and the sizes of the sections, JSON |
 * | … | only in version 2: runs of tokens taken from the parent, see `writeRuns` |
 * | … | token lengths, one LEB128 number per id (0 if the model has no token) |
 * | … | token bytes, back to back |
 * | … | merges (see packed-merges.ts); absent if the rank of a merge is the id of its product, or if the header lists the pairs |
 *
 * Version 2 omits the lengths and bytes of tokens that are in a parent vocabulary. All numbers are little-endian. The
 * files are shipped compressed with gzip.
 */
import type { BpeModelSpec, TokenizerSpec } from '../spec';
import { concatenate } from '../structures/arrays';
import { ByteSource } from '../structures/byte-table';
import { listOfPairs, SPLIT_ORDERS, type MergeList } from '../structures/merge-list';
import { tokenTableOf } from '../structures/token-table';
import {
	buildVocabulary,
	tokenAt,
	vocabularySize,
	type Vocabulary
} from '../structures/vocabulary';
import { haveSameBytes } from '../text/utf8';
import { fromZigzag, NumberWriter, readVarint, type Cursor } from './varint';
import { packMerges, readMerges, type PackedMerges } from './packed-merges';

const MAGIC = 0x4c455042; // "BPEL"
const WHOLE = 1;
const DIFFERENCE = 2;
const PREFIX_BYTES = 16;

interface PackedHeader {
	readonly name: string;
	readonly spec: Omit<TokenizerSpec, 'model'> & {
		readonly model: Omit<BpeModelSpec, 'vocabulary' | 'merges'>;
	};
	/** Number of ids whose tokens are stored in the file, including empty tokens. */
	readonly ids: number;
	readonly tokenBytes: number;
	/** Only in version 2. `checksum` covers the parent's token bytes. */
	readonly parent?: { readonly name: string; readonly checksum: number; readonly runs: number };
	/** Data from the tokenizer's original file that the spec does not include. */
	readonly file?: unknown;
	/** `bytes` is the size of the packed merges in bytes. */
	readonly merges: (Omit<PackedMerges, 'bytes'> & { readonly bytes: number }) | null;
	/**
	 * Two ids per merge. Only for models with a `continuing_subword_prefix`, which products omit from the right token.
	 */
	readonly pairs?: readonly number[];
}

/** A packed file that cannot be used; the message says what was found and what was expected. */
export class PackedFormatError extends Error {
	override readonly name = 'PackedFormatError';
}

function refuse(found: string, advice = 'load it again'): PackedFormatError {
	return new PackedFormatError(`packed vocabulary: ${found}; ${advice}`);
}

/** A tokenizer to which a file can refer, so that the file need store only the differences. */
export interface PackedParent {
	readonly name: string;
	readonly vocabulary: Vocabulary;
}

/**
 * Writes a spec as a packed file.
 * @param name returned by {@link readPacked}
 * @param parent if set, stores only the differences from this tokenizer, which is then needed to read the file
 * @param from JSON to store with the spec; {@link readPackedFile} returns it
 */
export function writePacked(
	name: string,
	spec: TokenizerSpec,
	parent?: PackedParent,
	from?: unknown
): Uint8Array<ArrayBuffer> {
	const { vocabulary, merges: list, ...model } = spec.model;
	const hasPrefix = Boolean(model.continuing_subword_prefix);
	const merges = list && !hasPrefix ? packMerges(vocabulary, list.pairs, model.byte_level) : null;
	const shared = parent && writeRuns(vocabulary, parent.vocabulary);
	const own = shared?.own ?? vocabulary;
	const lengths = new NumberWriter();
	for (let id = 0, start = 0; id < own.ends.length; id++) {
		lengths.varint(own.ends[id] - start);
		start = own.ends[id];
	}
	const header: PackedHeader = {
		name,
		spec: { ...spec, model },
		file: from,
		ids: own.ends.length,
		tokenBytes: own.bytes.length,
		merges: merges && { ...merges, bytes: merges.bytes.length },
		pairs: list && hasPrefix ? Array.from(list.pairs) : undefined,
		parent: parent &&
			shared && {
				name: parent.name,
				checksum: checksum(parent.vocabulary.bytes),
				runs: shared.runs
			}
	};
	const headerBytes = new TextEncoder().encode(JSON.stringify(header));
	const file = concatenate([
		new Uint8Array(PREFIX_BYTES),
		headerBytes,
		...(shared ? [shared.bytes] : []),
		lengths.take(),
		own.bytes,
		...(merges ? [merges.bytes] : [])
	]);
	const prefix = new DataView(file.buffer);
	const version = shared ? DIFFERENCE : WHOLE;
	[MAGIC, version, headerBytes.length, checksum(file.subarray(PREFIX_BYTES))].forEach((value, i) =>
		prefix.setUint32(4 * i, value, true)
	);
	return file;
}

/**
 * Divides a vocabulary into runs: some tokens stored in the file itself, then consecutive tokens of the parent. A run
 * is written as three numbers: the number of own tokens, the number of parent tokens, and the id of the first parent
 * token relative to the end of the previous run.
 */
function writeRuns(
	vocabulary: Vocabulary,
	parent: Vocabulary
): { runs: number; bytes: Uint8Array; own: Vocabulary } {
	const table = tokenTableOf(parent);
	const source = new ByteSource(vocabulary.bytes);
	const out = new NumberWriter();
	const own: Uint8Array[] = [];
	const size = vocabularySize(vocabulary);
	const end = (id: number) => vocabulary.ends[id];
	const start = (id: number) => (id === 0 ? 0 : end(id - 1));
	const isParents = (id: number, there: number) =>
		there < parent.ends.length && haveSameBytes(tokenAt(vocabulary, id), tokenAt(parent, there));
	let runs = 0;
	let expected = 0;
	for (let id = 0; id < size; runs++) {
		const before = own.length;
		let first = -1;
		for (; id < size; id++) {
			first = isParents(id, expected) ? expected : table.idOf(source, start(id), end(id));
			if (first >= 0) break;
			own.push(tokenAt(vocabulary, id));
		}
		let next = first;
		while (first >= 0 && id < size && isParents(id, next)) {
			id++;
			next++;
		}
		out.varint(own.length - before);
		out.varint(first < 0 ? 0 : next - first);
		out.zigzag(first < 0 ? 0 : first - expected);
		if (first >= 0) expected = next;
	}
	return { runs, bytes: out.take(), own: buildVocabulary(own) };
}

/**
 * Reads a packed file. Unless the file has a parent, the spec's token bytes are a view of the file.
 * @param parent vocabulary that the file refers to
 * @param isIntact whether the bytes have already been verified, for example by gzip; default false
 * @throws PackedFormatError if the file has a wrong magic number or version, is damaged, or refers to a vocabulary
 * other than `parent`
 */
export function readPacked(
	file: Uint8Array,
	parent?: Vocabulary,
	isIntact = false
): { name: string; spec: TokenizerSpec } {
	if (file.length < PREFIX_BYTES) {
		throw refuse(`got ${file.length} bytes, expected at least ${PREFIX_BYTES}`);
	}
	const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
	const magic = view.getUint32(0, true);
	if (magic !== MAGIC) {
		throw refuse(
			`got the first bytes 0x${magic.toString(16)}, expected "BPEL"`,
			'this is a different kind of file'
		);
	}
	const version = view.getUint32(4, true);
	if (version !== WHOLE && version !== DIFFERENCE) {
		throw refuse(`got version ${version}, expected ${WHOLE} or ${DIFFERENCE}`, 'reload the page');
	}
	const expected = view.getUint32(12, true);
	const actual = isIntact ? expected : checksum(file.subarray(PREFIX_BYTES));
	if (actual !== expected) {
		throw refuse(
			`it is damaged: got checksum ${actual.toString(16)}, expected ${expected.toString(16)}`
		);
	}
	const { header, end } = readHeader(file);
	const cursor: Cursor = { bytes: file, at: end };
	try {
		const runs = version === DIFFERENCE ? readRuns(cursor, header, parent) : null;
		const own = readVocabulary(cursor, header);
		const vocabulary = runs && parent ? joinRuns(runs, own, parent) : own;
		const merges = header.pairs
			? listOfPairs(Uint32Array.from(header.pairs))
			: readMergeSection(cursor, header, vocabulary);
		const model = { ...header.spec.model, vocabulary, merges };
		return { name: header.name, spec: { ...header.spec, model } };
	} catch (error) {
		if (!(error instanceof RangeError)) throw error;
		throw refuse(error.message);
	}
}

/** Returns the JSON that {@link writePacked} stored with the spec. Expects a file that {@link readPacked} accepts. */
export const readPackedFile = (file: Uint8Array): unknown => readHeader(file).header.file;

function readHeader(file: Uint8Array): { header: PackedHeader; end: number } {
	const length = new DataView(file.buffer, file.byteOffset, file.byteLength).getUint32(8, true);
	const end = PREFIX_BYTES + length;
	const bytes = file.subarray(PREFIX_BYTES, end);
	let header: unknown;
	try {
		header = JSON.parse(new TextDecoder().decode(bytes));
	} catch (error) {
		throw refuse(`got a header of ${bytes.length} bytes that isn't JSON (${String(error)})`);
	}
	if (!isHeader(header)) {
		throw refuse('got a header without a name, a spec, sizes or merges, expected all four');
	}
	return { header, end };
}

/** Checks the fields that the reader relies on. Needn't check the spec, which the checksum covers. */
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
	// Every id takes at least one byte. Without this limit, a damaged count could cause a huge allocation.
	const maxIds = Math.max(0, cursor.bytes.length - cursor.at);
	if (!Number.isInteger(ids) || ids < 0 || ids > maxIds) {
		throw refuse(`got ${ids} ids, expected between 0 and ${maxIds}`);
	}
	const ends = readEnds(cursor, ids);
	const end = ends.at(-1) ?? 0;
	if (end !== tokenBytes || cursor.at + tokenBytes > cursor.bytes.length) {
		throw refuse(`the token lengths add up to ${end} bytes, expected ${tokenBytes}`);
	}
	const bytes = cursor.bytes.subarray(cursor.at, cursor.at + tokenBytes);
	cursor.at += tokenBytes;
	return { bytes, ends };
}

function readEnds(cursor: Cursor, ids: number): Uint32Array {
	const { bytes } = cursor;
	const ends = new Uint32Array(ids);
	for (let id = 0, end = 0; id < ids; id++) {
		// Avoids a call for lengths that take one byte, as nearly all of them do.
		end += bytes[cursor.at] < 0x80 ? bytes[cursor.at++] : readVarint(cursor);
		ends[id] = end;
	}
	return ends;
}

function readRuns(cursor: Cursor, header: PackedHeader, parent?: Vocabulary): Uint32Array {
	const { name, checksum: expected, runs } = header.parent ?? { name: '', checksum: 0, runs: 0 };
	if (!parent)
		throw refuse(`"${header.name}" is stored as a delta from "${name}", which is missing`);
	if (checksum(parent.bytes) !== expected) {
		throw refuse(`"${header.name}" is stored as a delta from a different version of "${name}"`);
	}
	if (runs > cursor.bytes.length / 3) throw refuse(`got ${runs} runs in a shorter file`);
	const numbers = new Uint32Array(3 * runs);
	let end = 0;
	for (let i = 0; i < numbers.length; i += 3) {
		numbers[i] = readVarint(cursor);
		numbers[i + 1] = readVarint(cursor);
		numbers[i + 2] = end + fromZigzag(readVarint(cursor));
		end = numbers[i + 1] === 0 ? end : numbers[i + 2] + numbers[i + 1];
		if (end > parent.ends.length) {
			throw refuse(`a run ends at token ${end} of "${name}", which has ${parent.ends.length}`);
		}
	}
	return numbers;
}

/** Combines the file's own tokens with those of the parent. */
function joinRuns(runs: Uint32Array, own: Vocabulary, parent: Vocabulary): Vocabulary {
	let ids = 0;
	let ownTokens = 0;
	let length = own.bytes.length;
	const startOf = ({ ends }: Vocabulary, id: number) => (id === 0 ? 0 : ends[id - 1]);
	for (let i = 0; i < runs.length; i += 3) {
		ids += runs[i] + runs[i + 1];
		ownTokens += runs[i];
		length += startOf(parent, runs[i + 2] + runs[i + 1]) - startOf(parent, runs[i + 2]);
	}
	if (ownTokens !== own.ends.length) {
		throw refuse(`the runs have ${ownTokens} tokens of their own, expected ${own.ends.length}`);
	}
	const bytes = new Uint8Array(length);
	const ends = new Uint32Array(ids);
	let id = 0;
	let at = 0;
	let ownAt = 0;
	const copy = (from: Vocabulary, first: number, count: number) => {
		const start = startOf(from, first);
		bytes.set(from.bytes.subarray(start, startOf(from, first + count)), at);
		for (let i = 0; i < count; i++) ends[id++] = at + from.ends[first + i] - start;
		at += startOf(from, first + count) - start;
	};
	for (let i = 0; i < runs.length; i += 3) {
		copy(own, ownAt, runs[i]);
		ownAt += runs[i];
		copy(parent, runs[i + 2], runs[i + 1]);
	}
	return { bytes, ends };
}

function readMergeSection(
	cursor: Cursor,
	header: PackedHeader,
	vocabulary: Vocabulary
): MergeList | null {
	if (!header.merges) return null;
	const length = header.merges.bytes;
	const bytes = cursor.bytes.subarray(cursor.at, cursor.at + length);
	if (bytes.length !== length) {
		throw refuse(`got ${bytes.length} bytes of merges, expected ${length}`);
	}
	return readMerges(vocabulary, { ...header.merges, bytes }, header.spec.model.byte_level);
}

/** FNV-1a hash, as an unsigned 32-bit number. */
export function checksum(bytes: Uint8Array): number {
	let hash = 0x811c9dc5;
	for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193);
	return hash >>> 0;
}
