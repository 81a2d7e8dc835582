import fc from 'fast-check';
import { expect, it } from 'vitest';
import { codePoint } from '../../../../tests/support/arbitrary-text';
import { sized } from '../../../../tests/support/size';
import {
	decodeTextHash,
	encodeTextHash,
	includesSample,
	MAX_HASH_CHARS,
	MAX_TEXT_BYTES,
	splitHash
} from './link-codec';

const anyUtf16 = fc
	.array(
		fc.oneof(
			fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
			fc.string({ unit: codePoint }),
			fc.constantFrom('\r', '\r\n', '\ufeff', '\0', '\ud800', '\udc00', '😀')
		)
	)
	.map((parts) => parts.join(''));

async function hashOf(value: string, kind: 'text' | 'ids' = 'text'): Promise<string> {
	const hash = await encodeTextHash({ kind, value });
	if (hash === null) throw new Error('too long');
	return hash;
}

/** A hash with arbitrary bytes, for links that the encoder wouldn't write. */
async function forge(bytes: Uint8Array<ArrayBuffer>, format: CompressionFormat = 'deflate') {
	const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream(format));
	const packed = Buffer.from(await new Response(stream).arrayBuffer());
	return `v1.t=${packed.toString('base64url')}`;
}

/** Letters and digits that don't compress well. */
function noise(length: number): string {
	let seed = 1;
	const next = () => ((seed = (seed * 48271) % 2147483647) % 36).toString(36);
	return Array.from({ length }, next).join('');
}

it('restores any string exactly, with lone surrogates and line endings', async () => {
	await fc.assert(
		fc.asyncProperty(anyUtf16, fc.constantFrom('text', 'ids'), async (value, kind) => {
			expect(await decodeTextHash(await hashOf(value, kind))).toEqual({ kind, value });
		}),
		{ numRuns: sized(60, 200) }
	);
});

it('restores a second text as exactly', async () => {
	await fc.assert(
		fc.asyncProperty(anyUtf16, anyUtf16, async (value, sample) => {
			const hash = await encodeTextHash({ kind: 'text', value, sample });
			expect(hash).toMatch(/^v1\.t=[\w-]+&s=[\w-]+$/);
			expect(await decodeTextHash(`#${hash ?? ''}`)).toEqual({ kind: 'text', value, sample });
		}),
		{ numRuns: sized(30, 100) }
	);
});

it('refuses a link whose second text was changed or lost', async () => {
	const hash = (await encodeTextHash({ kind: 'text', value: 'corpus', sample: 'text' })) ?? '';
	const at = hash.indexOf('&s=') + 3;
	for (const damaged of [
		hash.slice(0, at),
		hash.slice(0, -4),
		hash + '&s=AAAA',
		hash.slice(0, at + 8) + (hash[at + 8] === 'A' ? 'B' : 'A') + hash.slice(at + 9)
	])
		await expect(decodeTextHash(damaged)).rejects.toThrow(/damaged/);
});

it('restores a long string with a lone surrogate', async () => {
	const value = '\ud800' + 'x\r\n'.repeat(20_000);
	expect((await decodeTextHash(await hashOf(value)))?.value === value).toBe(true);
});

it('writes a versioned hash that needs no escapes, and reads it with its #', async () => {
	const hash = await hashOf('Straßenbahn 🚋');
	expect(hash).toMatch(/^v1\.t=[\w-]+$/);
	expect(await hashOf('1 2 3', 'ids')).toMatch(/^v1\.i=/);
	expect(await decodeTextHash('#' + hash)).toEqual({ kind: 'text', value: 'Straßenbahn 🚋' });
});

it('refuses a link in which one character was changed or lost', async () => {
	const hash = await hashOf('The quick brown fox jumps over the lazy dog.');
	for (let at = 'v1.t='.length; at < hash.length; at++) {
		const other = hash[at] === 'A' ? 'B' : 'A';
		const changed = hash.slice(0, at) + other + hash.slice(at + 1);
		const lost = hash.slice(0, at) + hash.slice(at + 1);
		for (const damaged of [changed, lost]) {
			const opened = await decodeTextHash(damaged).catch((error: unknown) => error);
			// Its last character has unused bits.
			if (opened instanceof Error) expect(opened.message).toContain('damaged');
			else expect(opened).toMatchObject({ value: 'The quick brown fox jumps over the lazy dog.' });
		}
	}
});

it.each(['v1.t=', 'v1.t=!!', 'v1.t=AAAA', 'v1.x=AAAA', 'v1.'])('refuses %s', async (hash) => {
	await expect(decodeTextHash(hash)).rejects.toThrow(/damaged/);
});

it.each<[number[], CompressionFormat?]>([
	[[]],
	[[7, 65]],
	[[0, 0xff]],
	[[1, 65]],
	[[0, 97], 'gzip']
])('refuses a stream of %j', async (bytes, format) => {
	const hash = await forge(Uint8Array.from(bytes), format);
	await expect(decodeTextHash(hash)).rejects.toThrow('This link is damaged');
});

it('names the version of a link from a newer page', async () => {
	await expect(decodeTextHash('#v2.t=AAAA')).rejects.toThrow('version 2');
});

it('leaves empty hashes and plain anchors alone', async () => {
	for (const hash of ['', '#', '#content', '#very-important'])
		expect(await decodeTextHash(hash)).toBeNull();
});

it('stops unpacking a bomb at the limit', async () => {
	const bomb = await forge(new Uint8Array(20e6));
	await expect(decodeTextHash(bomb)).rejects.toThrow('more than 1 MB');
});

it('leaves out a second text that makes the link too long, and keeps the first', async () => {
	const sample = noise(2_000);
	const hashes = [];
	for (const length of [20_000, 24_000, 25_500, 26_500]) {
		const value = noise(length);
		const hash = (await encodeTextHash({ kind: 'text', value, sample })) ?? '';
		expect(hash.length).toBeLessThanOrEqual(24_000);
		hashes.push(includesSample(hash));
		const opened = await decodeTextHash(hash);
		expect(opened?.value === value).toBe(true);
		expect(opened?.sample === (includesSample(hash) ? sample : undefined)).toBe(true);
	}
	expect(hashes[0]).toBe(true);
	expect(hashes.at(-1)).toBe(false);
});

it('writes no link that is too long or that it would refuse to open', async () => {
	const random = noise(40_000);
	expect(await encodeTextHash({ kind: 'text', value: random })).toBeNull();
	expect(await encodeTextHash({ kind: 'text', value: 'a'.repeat(MAX_TEXT_BYTES) })).toBeNull();
	const longest = await hashOf('a'.repeat(MAX_TEXT_BYTES - 1));
	expect(longest.length).toBeLessThan(MAX_HASH_CHARS);
	expect((await decodeTextHash(longest))?.value.length).toBe(MAX_TEXT_BYTES - 1);
	expect(await encodeTextHash({ kind: 'text', value: '\ud800' + 'a'.repeat(5e5) })).toBeNull();
});

it('splits off what a user typed', () => {
	const { hash, typed } = splitHash('#v1.t=x&s=y?q=2&regex=.');
	expect(hash).toBe('#v1.t=x&s=y');
	expect([...typed]).toEqual([
		['q', '2'],
		['regex', '.']
	]);
	expect(splitHash('#v1?q=1').hash).toBe('');
});

it.each(['', '#case-slug', '#case?q=1', '#v1.t=x', '#v2.t=x'])('splits nothing off %j', (hash) => {
	expect(splitHash(hash)).toEqual({ hash, typed: new URLSearchParams() });
});
