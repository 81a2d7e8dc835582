import type { DecoderSpec } from '../spec';
import { concatenate, IntBuffer } from '../structures/arrays';
import { fromByteLevel } from '../structures/byte-level';
import type { Extras } from '../text/extras';
import { createMatcher, findInText } from '../text/pattern';
import { encodeUtf8 } from '../text/utf8';

const strictUtf8 = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });

/** A byte token. Rust's `u8::from_str_radix` also accepts a plus sign before one digit. */
const BYTE_TOKEN = /^<0x([0-9a-fA-F]{2}|\+[0-9a-fA-F])>$/;

/** Maps token strings to strings that form the text when concatenated. */
export type Decode = (tokens: readonly string[]) => readonly string[];

/** Builds the decoder of a spec. @throws Error if a pattern cannot be translated */
export function createDecoder(spec: DecoderSpec, extras: Extras): Decode {
	const create = flatten(spec).map((step) => createStep(step, extras));
	return (tokens) => create.reduce((current, step) => step()(current, true), tokens);
}

/** Creates a function that returns the bytes a token represents in text, regardless of its position and neighbours. */
export function createTokenBytes(
	spec: DecoderSpec | null,
	extras: Extras
): (token: string) => Uint8Array {
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
				return createReplace(step, extras);
			case 'SentencePiece':
				return (token) => readPiece(token, step);
			case 'BPEDecoder':
				return (token) => replaceEvery(token, step.suffix, ' ');
			case 'WordPiece':
				return (token) => (token.startsWith(step.prefix) ? token.slice(step.prefix.length) : token);
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

/** Whether a decoder is equivalent to ByteLevel, so that token bytes can be decoded directly. */
export function isByteLevelOnly(spec: DecoderSpec | null): boolean {
	// After a Fuse, a single character outside the alphabet would prevent the whole text from being decoded.
	const [first, ...rest] = flatten(spec);
	return first?.type === 'ByteLevel' && rest.every((step) => step.type === 'Fuse');
}

/** A step that takes token strings as they arrive and returns the strings that later tokens can no longer change. */
export type StreamStep = (tokens: readonly string[], isEnd: boolean) => readonly string[];

/**
 * Returns a function that creates a decoder's step for one text.
 * @throws Error if a pattern cannot be translated
 */
export function createStep(decoder: SimpleDecoder, extras: Extras): () => StreamStep {
	switch (decoder.type) {
		case 'ByteLevel':
			return () => {
				const text = streamText();
				return (tokens, isEnd) => [text(tokens.map(byteLevelBytes), isEnd)];
			};
		case 'Fuse':
			return () => (tokens) => [tokens.join('')];
		case 'ByteFallback':
			return createByteFallback;
		case 'Metaspace': {
			const { replacement, prepend_scheme } = decoder;
			const first = prepend_scheme === 'never' ? ' ' : '';
			return () =>
				firstKnown((token, isFirst) => token.replaceAll(replacement, isFirst ? first : ' '));
		}
		case 'SentencePiece':
			return () => createPieceReader(decoder);
		case 'WordPiece':
			return () => firstKnown((token, isFirst) => readWordPiece(token, decoder, isFirst));
		case 'BPEDecoder':
			return () =>
				lastKnown((token, isLast) => replaceEvery(token, decoder.suffix, isLast ? '' : ' '));
		case 'Replace': {
			const replace = createReplace(decoder, extras);
			return () => (tokens) => tokens.map(replace);
		}
		case 'Strip':
			return () => (tokens) => tokens.map((token) => strip(token, decoder));
	}
}

/** Creates a decoder for UTF-8 that arrives in chunks. Each maximal ill-formed sequence becomes one U+FFFD. */
export function streamText(): (parts: readonly Uint8Array[], isEnd: boolean) => string {
	const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
	return (parts, isEnd) => decoder.decode(concatenate(parts), { stream: !isEnd });
}

/** Creates a decoder step from a function that depends on whether a token is the first one. */
export function firstKnown(read: (token: string, isFirst: boolean) => string): StreamStep {
	let isFirst = true;
	return (tokens) =>
		tokens.map((token) => {
			const text = read(token, isFirst);
			isFirst = false;
			return text;
		});
}

/** Creates a decoder step from a function that depends on whether a token is the last one. */
function lastKnown(read: (token: string, isLast: boolean) => string): StreamStep {
	let last: string[] = [];
	return (tokens, isEnd) => {
		const all = [...last, ...tokens];
		last = isEnd ? [] : all.slice(-1);
		const known = isEnd ? all : all.slice(0, -1);
		return known.map((token, i) => read(token, isEnd && i === known.length - 1));
	};
}

type SimpleDecoder = Exclude<DecoderSpec, { type: 'Sequence' }>;

/** Lists the decoders of a spec in the order in which they run. */
export function flatten(spec: DecoderSpec | null): SimpleDecoder[] {
	if (spec === null) return [];
	return spec.type === 'Sequence' ? spec.decoders.flatMap(flatten) : [spec];
}

/** Bytes of a token written in the byte alphabet; the token's UTF-8 if any character is outside the alphabet. */
export function byteLevelBytes(token: string): Uint8Array {
	return fromByteLevel(token) ?? encodeUtf8(token);
}

function createReplace(
	spec: Extract<DecoderSpec, { type: 'Replace' }>,
	extras: Extras
): (token: string) => string {
	const { pattern, content } = spec;
	if ('String' in pattern && pattern.String !== '') {
		const literal = pattern.String;
		return (token) => token.replaceAll(literal, () => content);
	}
	const matcher = createMatcher(pattern, extras);
	const matches = new IntBuffer(16);
	return (token) => {
		// Empty tokens are never changed, even if the pattern matches the empty string.
		if (token === '') return token;
		matches.clear();
		findInText(matcher, token, matches);
		let replaced = '';
		let at = 0;
		for (let i = 0; i < matches.length; i += 2) {
			replaced += token.slice(at, matches.data[i]) + content;
			at = matches.data[i + 1];
		}
		return replaced + token.slice(at);
	};
}

/** Replaces every `part`. An empty `part` matches before, between and after all characters. */
const replaceEvery = (token: string, part: string, content: string): string =>
	part === ''
		? ['', ...Array.from(token), ''].join(content)
		: token.replaceAll(part, () => content);

/** Replacements that WordPiece's `cleanup` makes, in order. */
const CLEANUPS: readonly (readonly [from: string, to: string])[] = [
	[' .', '.'],
	[' ?', '?'],
	[' !', '!'],
	[' ,', ','],
	[" ' ", "'"],
	[" n't", "n't"],
	[" 'm", "'m"],
	[' do not', " don't"],
	[" 's", "'s"],
	[" 've", "'ve"],
	[" 're", "'re"]
];

function readWordPiece(
	token: string,
	{ prefix, cleanup }: Extract<DecoderSpec, { type: 'WordPiece' }>,
	isFirst: boolean
): string {
	let text = token;
	if (!isFirst) text = token.startsWith(prefix) ? token.slice(prefix.length) : ` ${token}`;
	if (cleanup) for (const [from, to] of CLEANUPS) text = text.replaceAll(from, to);
	return text;
}

type SentencePieceDecoder = Extract<DecoderSpec, { type: 'SentencePiece' }>;

const readPiece = (token: string, { unk_token, unk_surface }: SentencePieceDecoder): string =>
	token === unk_token ? unk_surface : token.replaceAll('▁', ' ');

/**
 * Removes the `▁` from the start of the first piece or, if extra spaces are removed, of every piece until the text
 * begins.
 */
function createPieceReader(decoder: SentencePieceDecoder): StreamStep {
	const { add_dummy_prefix, remove_extra_whitespaces, unk_token } = decoder;
	let isStart = add_dummy_prefix || remove_extra_whitespaces;
	return (tokens) =>
		tokens.map((token) => {
			const strips = isStart && token !== unk_token && token.startsWith('▁');
			const text = readPiece(strips ? token.slice(1) : token, decoder);
			if (text !== '' || (strips && !remove_extra_whitespaces)) isStart = false;
			return text;
		});
}

/** Removes up to `start` copies of `content` from the start of a token and up to `stop` copies from its end. */
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

/** The byte represented by a token such as `<0x0A>`; -1 for any other token. */
function fallbackByte(token: string): number {
	const match = token.length === 6 ? BYTE_TOKEN.exec(token) : null;
	return match ? parseInt(match[1].replace('+', ''), 16) : -1;
}

/** Joins runs of byte tokens. If any part of a run is not valid UTF-8, every byte in the run becomes a U+FFFD token. */
function createByteFallback(): StreamStep {
	let run: number[] = [];
	return (tokens, isEnd) => {
		const joined: string[] = [];
		const flush = () => {
			for (const text of textsOf(run)) joined.push(text);
			run = [];
		};
		for (const token of tokens) {
			const byte = fallbackByte(token);
			if (byte >= 0) {
				run.push(byte);
			} else {
				if (run.length > 0) flush();
				joined.push(token);
			}
		}
		if (isEnd && run.length > 0) flush();
		return joined;
	};
}

function textsOf(run: readonly number[]): string[] {
	try {
		return [strictUtf8.decode(Uint8Array.from(run))];
	} catch {
		return run.map(() => '\ufffd');
	}
}
