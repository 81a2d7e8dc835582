/**
 * Encodes the user's input in the hash of a URL: `v1.t=…` for text, `v1.i=…` for ids. `&s=…` adds a second text.
 *
 * Each value is a zlib stream in base64url. Unlike raw deflate, zlib has a checksum, so a link that lost a character is
 * rejected rather than opened as a different text. The first byte of the inflated data identifies the encoding: UTF-16
 * for a string with a lone surrogate, which UTF-8 can't represent, and UTF-8 for any other. Both encodings preserve
 * line endings, BOM and NUL.
 */
import { concatenate, encodeUtf8 } from '../../engine/text';
import { describeNewerVersion } from './messages';

/** Maximum number of characters in the encoded input of a link. Chat programs and servers truncate longer links. */
export const MAX_HASH_CHARS = 24_000;
/** Maximum size of a text in a link. A stream that inflates to more bytes is rejected. */
export const MAX_TEXT_BYTES = 1e6;

export interface LinkInput {
	readonly kind: 'text' | 'ids';
	readonly value: string;
	/** The second text, which the Train page encodes with the trained tokenizer. */
	readonly sample?: string;
}

/** Input for a link: `default` if the link needn't include the input, `file` for files, which never fit. */
export type LinkContent = LinkInput | 'default' | 'file';

export const isSameContent = (a?: LinkContent, b?: LinkContent): boolean =>
	typeof a === 'object' && typeof b === 'object'
		? a.kind === b.kind && a.value === b.value && a.sample === b.sample
		: a === b;

const SAMPLE = '&s=';
const UTF8 = 0;
const UTF16_LE = 1;
const DAMAGED = 'This link is damaged: part of it was lost or changed. Ask for it again.';

/**
 * Encodes an input as a hash, without `#`. Omits the second text if there isn't room for it.
 * @returns `null` if the input is too long for a link
 */
export async function encodeTextHash({ kind, value, sample }: LinkInput): Promise<string | null> {
	const prefix = `v1.${kind === 'ids' ? 'i' : 't'}=`;
	const input = await pack(value, MAX_HASH_CHARS - prefix.length);
	if (input === null || sample === undefined) return input && prefix + input;
	const room = MAX_HASH_CHARS - prefix.length - input.length - SAMPLE.length;
	const second = await pack(sample, room);
	return prefix + input + (second === null ? '' : SAMPLE + second);
}

/** Hash of a link that contains fields typed by the user but no input. */
export const EMPTY_HASH = 'v1';

/**
 * Splits a hash into the input and the fields typed by the user: `#v1.t=<text>?q=straw`, or `#v1?q=straw` without an
 * input.
 */
export function splitHash(hash: string): {
	readonly hash: string;
	readonly typed: URLSearchParams;
} {
	const [, input, typed] = /^(#v\d+[^?]*)\?(.*)$/s.exec(hash) ?? [];
	if (input === undefined) return { hash, typed: new URLSearchParams() };
	return { hash: input.includes('.') ? input : '', typed: new URLSearchParams(typed) };
}

export const includesSample = (hash: string): boolean => hash.includes(SAMPLE);

/**
 * Decodes a hash, with or without its `#`.
 * @returns `null` if the hash is empty or a plain anchor
 * @throws Error with a message for users if the version or kind is unknown, or the data is damaged or too large
 */
export async function decodeTextHash(hash: string): Promise<LinkInput | null> {
	const match = /^#?v(\d+)(?:\.(?:(\w+)=)?(.*))?$/s.exec(hash);
	if (!match) return null;
	const [, version, field, data = ''] = match;
	if (version !== '1') throw new Error(describeNewerVersion('link', version));
	if (field !== 't' && field !== 'i') throw new Error(DAMAGED);
	const kind = field === 'i' ? 'ids' : 'text';
	const [first, ...others] = data.split(SAMPLE);
	const value = await unpack(first);
	if (others.length === 0) return { kind, value };
	return { kind, value, sample: await unpack(others.join(SAMPLE)) };
}

/** Encodes a string in at most `room` characters; `null` if it doesn't fit. */
async function pack(value: string, room: number): Promise<string | null> {
	// Check the length in code units first, to avoid encoding very long texts.
	if (value.length >= MAX_TEXT_BYTES) return null;
	const payload = toPayload(value);
	if (payload.length > MAX_TEXT_BYTES) return null;
	// Four base64 characters represent three bytes.
	const limit = Math.floor((room * 3) / 4);
	const packed = await pump(new CompressionStream('deflate'), payload, limit);
	return packed && toBase64Url(packed);
}

/** @throws Error with a message for users */
async function unpack(data: string): Promise<string> {
	const packed = fromBase64Url(data);
	let payload: Uint8Array | null;
	try {
		payload = packed && (await pump(new DecompressionStream('deflate'), packed, MAX_TEXT_BYTES));
	} catch (cause) {
		throw new Error(DAMAGED, { cause });
	}
	if (!packed) throw new Error(DAMAGED);
	if (!payload) throw new Error('This link unpacks to more than 1 MB of text and was not opened.');
	return fromPayload(payload);
}

function toPayload(value: string): Uint8Array<ArrayBuffer> {
	if (value.isWellFormed()) return concatenate([Uint8Array.of(UTF8), encodeUtf8(value)]);
	const payload = new Uint8Array(2 * value.length + 1);
	payload[0] = UTF16_LE;
	for (let unit = 0; unit < value.length; unit++) {
		const code = value.charCodeAt(unit);
		payload[2 * unit + 1] = code & 0xff;
		payload[2 * unit + 2] = code >> 8;
	}
	return payload;
}

function fromPayload(payload: Uint8Array): string {
	const body = payload.subarray(1);
	if (payload[0] === UTF8) {
		try {
			return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
		} catch (cause) {
			throw new Error(DAMAGED, { cause });
		}
	}
	if (payload[0] !== UTF16_LE || body.length % 2 !== 0) throw new Error(DAMAGED);
	// TextDecoder would replace lone surrogates.
	const view = new DataView(body.buffer, body.byteOffset, body.length);
	const units = Array.from({ length: body.length / 2 }, (_, unit) =>
		String.fromCharCode(view.getUint16(2 * unit, true))
	);
	return units.join('');
}

/** Bytes per write to the stream. */
const PUMPED_BYTES = 16_384;

/**
 * Pipes `input` through a stream. Stops once the output exceeds `limit` bytes, as with a decompression bomb.
 * @returns `null` if the output exceeds the limit
 */
async function pump(
	stream: CompressionStream | DecompressionStream,
	input: Uint8Array<ArrayBuffer>,
	limit: number
): Promise<Uint8Array | null> {
	const writer = stream.writable.getWriter();
	let written = 0;
	const write = async () => {
		while (written < input.length)
			await writer.write(input.subarray(written, (written += PUMPED_BYTES)));
		await writer.close();
	};
	// Ignore the error here, because the reader below throws it too.
	write().catch(() => undefined);
	const reader = stream.readable.getReader();
	const chunks: Uint8Array[] = [];
	let size = 0;
	for (;;) {
		const { done, value } = await reader.read();
		if (done) break;
		size += value.length;
		if (size > limit) {
			await reader.cancel();
			return null;
		}
		chunks.push(value);
	}
	return concatenate(chunks);
}

/** Encodes bytes as base64url, without padding. */
export function toBase64Url(bytes: Uint8Array): string {
	let binary = '';
	for (const byte of bytes) binary += String.fromCharCode(byte);
	return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** Decodes base64url; `null` if `text` isn't valid base64url. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | null {
	if (!/^[\w-]+$/.test(text)) return null;
	try {
		const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
		return Uint8Array.from(binary, (char) => char.charCodeAt(0));
	} catch {
		return null;
	}
}
