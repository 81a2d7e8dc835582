import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sized } from '../../../../tests/support/size';
import { smallRanks, smallSentencePiece } from '../../../../tests/support/small-specs';
import { vocabularyOf } from '../../../../tests/support/spec-parts';
import { parentOf, specOf } from '../../../tools/vocabularies/read';
import { getDescriptor } from '../../tokenizers/catalogue';
import type { TokenizerSpec } from '../spec';
import { buildVocabulary } from '../structures/vocabulary';
import { checksum, PackedFormatError, readPacked, writePacked } from './packed';

const SMALL = writePacked('small', smallSentencePiece());
/** Bytes before the header: magic, version, length of the header, checksum. */
const PREFIX = 16;

/** Copies the small file and changes the copy. */
function changed(change: (view: DataView<ArrayBuffer>, bytes: Uint8Array) => void): Uint8Array {
	const bytes = SMALL.slice();
	change(new DataView(bytes.buffer), bytes);
	return bytes;
}

/** The small file with another header and a valid checksum. */
function withHeader(change: (header: Record<string, unknown>) => unknown): Uint8Array {
	const length = new DataView(SMALL.buffer).getUint32(8, true);
	const header: unknown = JSON.parse(
		new TextDecoder().decode(SMALL.subarray(PREFIX, PREFIX + length))
	);
	const written = JSON.stringify(change(header as Record<string, unknown>));
	return sealed(new TextEncoder().encode(written), SMALL.subarray(PREFIX + length));
}

/** A file of these parts with a valid checksum. */
function sealed(header: Uint8Array, sections: Uint8Array): Uint8Array {
	const bytes = new Uint8Array(PREFIX + header.length + sections.length);
	bytes.set(SMALL.subarray(0, PREFIX));
	bytes.set(header, PREFIX);
	bytes.set(sections, PREFIX + header.length);
	const view = new DataView(bytes.buffer);
	view.setUint32(8, header.length, true);
	view.setUint32(12, checksum(bytes.subarray(PREFIX)), true);
	return bytes;
}

function expectRefused(file: Uint8Array, message = ''): void {
	expect(() => readPacked(file)).toThrow(PackedFormatError);
	expect(() => readPacked(file)).toThrow(message);
}

describe('a packed file', () => {
	// Ranks, merges of bytes, merges of characters, and a difference from a parent.
	it.each(['cl100k_base', 'qwen3', 'llama2', 'qwen2.5'])('holds all of %s', (id) => {
		const descriptor = getDescriptor(id);
		const spec = specOf(descriptor);
		const parent = parentOf(descriptor);
		const { name, spec: read } = readPacked(writePacked(id, spec, parent), parent?.vocabulary);
		expect(name).toBe(id);
		const partsOf = ({ model, ...stages }: TokenizerSpec) => {
			const { vocabulary, merges, ...settings } = model;
			const { ends, bytes } = vocabulary;
			return { small: { ...stages, settings }, large: [ends, bytes, merges?.pairs, merges?.count] };
		};
		const [found, expected] = [partsOf(read), partsOf(spec)];
		expect(found.small).toEqual(JSON.parse(JSON.stringify(expected.small)));
		// Vitest compares megabytes one number at a time.
		expect(isDeepStrictEqual(found.large, expected.large)).toBe(true);
	});

	it('is read from the middle of a larger buffer', () => {
		const larger = new Uint8Array(SMALL.length + 7);
		larger.set(SMALL, 3);
		expect(readPacked(larger.subarray(3, 3 + SMALL.length))).toEqual(readPacked(SMALL));
	});

	it('holds tokens of any length, wherever the long ones are', () => {
		const size = fc.constantFrom(0, 1, 127, 128, 16_384);
		fc.assert(
			fc.property(fc.array(fc.record({ size, repeats: fc.nat(400) }), { maxLength: 5 }), (runs) => {
				const lengths = runs.flatMap(({ size, repeats }) => [
					size,
					...Array<number>(repeats).fill(1)
				]);
				const vocabulary = buildVocabulary(lengths.map((length) => new Uint8Array(length)));
				const spec = { ...smallRanks(), model: { ...smallRanks().model, vocabulary } };
				const read = readPacked(writePacked('lengths', spec)).spec.model.vocabulary;
				expect(read.ends).toEqual(vocabulary.ends);
				expect(read.bytes).toHaveLength(vocabulary.bytes.length);
			})
		);
	});

	it('has the checksums that FNV-1a is published with', () => {
		const of = (text: string) => checksum(new TextEncoder().encode(text));
		expect(of('')).toBe(0x811c9dc5);
		expect(of('a')).toBe(0xe40c292c);
		expect(of('foobar')).toBe(0xbf9cf968);
	});
});

describe('a difference', () => {
	const parent = { name: 'parent', vocabulary: vocabularyOf('a', 'b', 'ab', '', 'c', 'abc') };
	const child = (tokens: readonly string[]) => ({
		...smallRanks(),
		model: { ...smallRanks().model, vocabulary: vocabularyOf(...tokens) }
	});

	it('restores any vocabulary from any other', () => {
		const token = fc.constantFrom('', 'a', 'b', 'c', 'ab', 'bc', 'abc', 'é');
		const tokens = fc.array(token, { maxLength: 12 });
		fc.assert(
			fc.property(tokens, tokens, (own, others) => {
				const vocabulary = vocabularyOf(...others);
				const file = writePacked('child', child(own), { name: 'parent', vocabulary });
				const read = readPacked(file, vocabulary).spec.model.vocabulary;
				expect([[...read.bytes], [...read.ends]]).toEqual([
					[...vocabularyOf(...own).bytes],
					[...vocabularyOf(...own).ends]
				]);
			})
		);
	});

	it('is refused without its parent, and with another', () => {
		const file = writePacked('child', child(['a', 'x']), parent);
		expectRefused(file, '"child" is stored as a delta from "parent", which is missing');
		expect(() => readPacked(file, vocabularyOf('a'))).toThrow(
			'"child" is stored as a delta from a different version of "parent"'
		);
	});
});

describe('a damaged file', () => {
	it('is refused if it is of another kind, or of another version with advice', () => {
		expectRefused(new TextEncoder().encode('<!doctype html><title>404</title>'), '"BPEL"');
		const file = changed((view) => view.setUint32(4, 3, true));
		expectRefused(file, 'got version 3, expected 1 or 2; reload the page');
	});

	it('is refused wherever it ends too early, and with more bytes after its end', () => {
		for (let length = 0; length < SMALL.length; length++) {
			expect(() => readPacked(SMALL.slice(0, length)), String(length)).toThrow(PackedFormatError);
		}
		const longer = new Uint8Array(SMALL.length + 1);
		longer.set(SMALL);
		expectRefused(longer, 'is damaged: got checksum');
	});

	it('is refused whichever bit is flipped', () => {
		fc.assert(
			fc.property(fc.nat({ max: SMALL.length - 1 }), fc.nat({ max: 7 }), (at, bit) => {
				const file = changed((_, bytes) => (bytes[at] ^= 1 << bit));
				expect(() => readPacked(file)).toThrow(PackedFormatError);
			}),
			{ numRuns: sized(200, 2000) }
		);
	});

	it.each([0, 1, 5, 0x7fffffff, 0xffffffff])(
		'is refused with a header of %d bytes, which the checksum does not cover',
		(length) => {
			expectRefused(
				changed((view) => view.setUint32(8, length, true)),
				"that isn't JSON"
			);
		}
	);
});

describe('a file with a valid checksum', () => {
	it.each([
		['no object', () => null],
		['no name', (header: object) => ({ ...header, name: undefined })],
		['no spec', (header: object) => ({ ...header, spec: null })],
		['no model', (header: object) => ({ ...header, spec: {} })],
		['no number of ids', (header: object) => ({ ...header, ids: '7' })],
		['no number of bytes', (header: object) => ({ ...header, tokenBytes: null })],
		['nothing about merges', (header: object) => ({ ...header, merges: undefined })],
		['merges without sizes', (header: object) => ({ ...header, merges: {} })]
	])('is refused when its header has %s', (_, change) => {
		expectRefused(withHeader(change), 'expected all four');
	});

	it('is refused when its header is no JSON', () => {
		expectRefused(sealed(new TextEncoder().encode('{"name":'), new Uint8Array()), "isn't JSON");
	});

	it.each([-1, 0.5, 1e9, 2 ** 53])('is refused with %d ids', (ids) => {
		expectRefused(
			withHeader((header) => ({ ...header, ids })),
			`got ${ids} ids, expected between 0 and`
		);
	});

	it.each([-1, 0, 1, 1e12])('is refused with %d bytes of tokens', (tokenBytes) => {
		expectRefused(
			withHeader((header) => ({ ...header, tokenBytes })),
			`bytes, expected ${tokenBytes}`
		);
	});

	it.each([
		['more bytes of merges than there are', { bytes: 1e9 }, 'bytes of merges, expected 1000000000'],
		['more merges than there are', { explicit: 1e12, products: 0 }, 'the data ends'],
		['more products than there are', { products: 1e12 }, 'the data ends'],
		['fewer merges than none', { products: -1 }, 'expected all four'],
		['an order that does not exist', { order: 'random' }, 'expected all four']
	])('is refused with %s', (_, merges, message) => {
		const file = withHeader((header) => ({
			...header,
			merges: { ...(header.merges as object), ...merges }
		}));
		expectRefused(file, message);
	});

	it('is refused when lengths add up to more than the file has', () => {
		const file = withHeader((header) => ({ ...header, ids: 3, tokenBytes: 1e6, merges: null }));
		expectRefused(file, 'the token lengths add up to');
	});

	it('is refused if its token lengths end too early', () => {
		const header = { name: 'x', spec: { model: {} }, ids: 2, tokenBytes: 1, merges: null };
		const encoded = new TextEncoder().encode(JSON.stringify(header));
		const file = sealed(encoded, Uint8Array.of(0x80, 0x80));
		expectRefused(file, 'got the end of the data, expected one more byte; load it again');
	});
});

it('keeps what only a rank file has', () => {
	const spec = {
		...smallRanks(),
		model: { ...smallRanks().model, foreign_tokens: [{ id: 270, content: '[A]' }] }
	};
	expect(readPacked(writePacked('x', spec)).spec).toEqual(spec);
});
