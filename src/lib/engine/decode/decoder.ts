import type { DecoderSpec } from '../spec';
import { fromByteLevel } from '../structures/byte-level';
import { IntBuffer } from '../structures/int-buffer';
import { createMatcher } from '../text/pattern';
import { decodeUtf8, encodeUtf8 } from '../text/utf8';

const strictUtf8 = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });

/** Two hexadecimal digits as Rust's `u8::from_str_radix` takes them, including a plus sign. */
const BYTE_TOKEN = /^<0x([0-9a-fA-F]{2}|\+[0-9a-fA-F])>$/;

/** One step of decoding: maps the strings of tokens to strings whose concatenation is the text. */
export type DecodeStep = (tokens: readonly string[]) => readonly string[];

/** Builds the decoder of a spec. @throws Error if a pattern cannot be translated */
export function createDecoder(spec: DecoderSpec): DecodeStep {
	switch (spec.type) {
		case 'ByteLevel':
			return (tokens) => [decodeUtf8(concatenate(tokens.map(byteLevelBytes)))];
		case 'ByteFallback':
			return byteFallback;
		case 'Fuse':
			return (tokens) => [tokens.join('')];
		case 'Metaspace': {
			const { replacement, prepend_scheme } = spec;
			return (tokens) =>
				tokens.map((token, i) =>
					token.replaceAll(replacement, i === 0 && prepend_scheme !== 'never' ? '' : ' ')
				);
		}
		case 'Replace': {
			const replace = createReplace(spec);
			return (tokens) => tokens.map(replace);
		}
		case 'Strip':
			return (tokens) => tokens.map((token) => strip(token, spec));
		case 'Sequence': {
			const steps = spec.decoders.map(createDecoder);
			return (tokens) => steps.reduce((current, step) => step(current), tokens);
		}
	}
}

/**
 * Builds a function from a token's string to the bytes that it stands for in any text: the result of
 * decoding, except for what depends on the position (a space dropped at the start) or on neighbours.
 */
export function createTokenBytes(spec: DecoderSpec | null): (token: string) => Uint8Array {
	const steps = flatten(spec).map((step): ((token: string) => string | Uint8Array) | null => {
		switch (step.type) {
			case 'ByteLevel':
				return byteLevelBytes;
			case 'ByteFallback':
				return (token) => {
					const byte = fallbackByte(token);
					return byte < 0 ? token : Uint8Array.of(byte);
				};
			case 'Metaspace':
				return (token) => token.replaceAll(step.replacement, ' ');
			case 'Replace':
				return createReplace(step);
			default:
				return null;
		}
	});
	return (token) => {
		let current: string | Uint8Array = token;
		for (const step of steps) {
			if (typeof current === 'string' && step) current = step(current);
		}
		return typeof current === 'string' ? encodeUtf8(current) : current;
	};
}

/** Whether a decoder is ByteLevel alone, so that bytes need not be spelled in its alphabet. */
export function isByteLevelOnly(spec: DecoderSpec | null): boolean {
	// Fusing first differs: one character outside the alphabet then keeps all of them from being read.
	const [first, ...rest] = flatten(spec);
	return first?.type === 'ByteLevel' && rest.every((step) => step.type === 'Fuse');
}

type SimpleDecoder = Exclude<DecoderSpec, { type: 'Sequence' }>;

function flatten(spec: DecoderSpec | null): SimpleDecoder[] {
	if (spec === null) return [];
	return spec.type === 'Sequence' ? spec.decoders.flatMap(flatten) : [spec];
}

/** Bytes of a token spelled in the byte alphabet; its UTF-8 if any character is outside of it. */
export function byteLevelBytes(token: string): Uint8Array {
	return fromByteLevel(token) ?? encodeUtf8(token);
}

export function concatenate(parts: readonly Uint8Array[]): Uint8Array {
	let length = 0;
	for (const part of parts) length += part.length;
	const whole = new Uint8Array(length);
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}

function createReplace(spec: Extract<DecoderSpec, { type: 'Replace' }>): (token: string) => string {
	const { pattern, content } = spec;
	if ('String' in pattern) {
		const sought = pattern.String;
		return sought === '' ? (token) => token : (token) => token.replaceAll(sought, () => content);
	}
	const matcher = createMatcher(pattern);
	const matches = new IntBuffer(16);
	return (token) => {
		matches.clear();
		matcher.findInText(token, matches);
		let replaced = '';
		let at = 0;
		for (let i = 0; i < matches.length; i += 2) {
			replaced += token.slice(at, matches.data[i]) + content;
			at = matches.data[i + 1];
		}
		return replaced + token.slice(at);
	};
}

/** Strips `content` up to `start` times from the start of a token and up to `stop` times from its end. */
function strip(token: string, spec: Extract<DecoderSpec, { type: 'Strip' }>): string {
	const { content, start, stop } = spec;
	let from = 0;
	let to = token.length;
	for (let i = 0; i < start && token.startsWith(content, from) && from < to; i++) {
		from += content.length;
	}
	for (let i = 0; i < stop && to - content.length >= from && token.endsWith(content, to); i++) {
		to -= content.length;
	}
	return token.slice(from, to);
}

/** The byte that a token such as `<0x0A>` stands for; -1 for any other token. */
function fallbackByte(token: string): number {
	const match = token.length === 6 ? BYTE_TOKEN.exec(token) : null;
	return match ? parseInt(match[1].replace('+', ''), 16) : -1;
}

/** Joins runs of byte tokens. A run that is not UTF-8 as a whole becomes one U+FFFD per byte, valid parts too. */
function byteFallback(tokens: readonly string[]): string[] {
	const joined: string[] = [];
	let run: number[] = [];
	const flush = () => {
		if (run.length > 0) joined.push(textOf(run));
		run = [];
	};
	for (const token of tokens) {
		const byte = fallbackByte(token);
		if (byte >= 0) {
			run.push(byte);
		} else {
			flush();
			joined.push(token);
		}
	}
	flush();
	return joined;
}

function textOf(run: readonly number[]): string {
	const bytes = Uint8Array.from(run);
	try {
		return strictUtf8.decode(bytes);
	} catch {
		return '\ufffd'.repeat(bytes.length);
	}
}
