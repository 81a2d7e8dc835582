import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nativeStages } from '../../../../tests/support/native-stages';
import { sized } from '../../../../tests/support/size';
import { byteLevel, FALLBACK_BYTES, replace, strip } from '../../../../tests/support/spec-parts';
import { smallRanks } from '../../../../tests/support/small-specs';
import { createTokenizer } from '../pipeline/create-tokenizer';
import type { DecoderSpec } from '../spec';
import { EXTRAS } from '../text/all-extras';
import { createDecoder, createTokenBytes } from './decoder';
import { createDecodeSteps } from './stream';

const metaspace = (prepend_scheme: 'always' | 'first' | 'never') =>
	({ type: 'Metaspace', replacement: '▁', prepend_scheme, split: true }) as const;
const sequence = (...decoders: DecoderSpec[]): DecoderSpec => ({ type: 'Sequence', decoders });
const wordPiece: DecoderSpec = { type: 'WordPiece', prefix: '##', cleanup: true };
const fallback = [
	replace({ String: '▁' }, ' '),
	{ type: 'ByteFallback' },
	{ type: 'Fuse' }
] as const;
const llama = sequence(...fallback, strip(' ', 1, 0));

const token = fc.oneof(
	fc.constantFrom(
		...['▁', '▁the', 'a▁b', '▁▁', 'Ġx', 'Ã', '©', 'Ã©', 'é', 'ﬁ', '<s>', ' a', '$&', 'b▁', ''],
		...['  a', ' .', '##ing', 'do', ' not', 'x</w>', '</w>', '日', 'ï', '»', '¿'],
		...['<0xZZ>', '<0x+A>', '<0x0>', '<0x20>', '<0xFF>']
	),
	fc.constantFrom(...FALLBACK_BYTES),
	fc.constantFrom('<0xC3>', '<0xA9>', '<0xe2>', '<0x96>', '<0x81>', '<0xE6>', '<0x97>', '<0xA5>')
);

/** Expects the same text from a decoder and from a stream that receives the tokens in parts. */
function expectText(spec: DecoderSpec, decode: (tokens: string[]) => string): void {
	const decoder = createDecoder(spec, EXTRAS);
	const createSteps = createDecodeSteps(spec, EXTRAS);
	const arrivals = fc.array(fc.array(token, { maxLength: 4 }), { maxLength: 8 });
	fc.assert(
		fc.property(arrivals, (parts) => {
			const expected = decode(parts.flat());
			expect(decoder(parts.flat()).join('')).toBe(expected);
			const steps = createSteps();
			const run = (tokens: readonly string[], isEnd: boolean) =>
				steps.reduce((current, step) => step(current, isEnd), tokens).join('');
			const texts = parts.map((tokens) => run(tokens, false));
			expect([...texts, run([], true)].join('')).toBe(expected);
		}),
		{ numRuns: sized(500, 2000) }
	);
}

describe('decoders give the text of the native library, at once and in parts', () => {
	it.each<[string, DecoderSpec]>([
		['ByteLevel', byteLevel()],
		['ByteFallback', { type: 'ByteFallback' }],
		['Fuse', { type: 'Fuse' }],
		['Metaspace always', metaspace('always')],
		['Metaspace first', metaspace('first')],
		['Metaspace never', metaspace('never')],
		['Replace a string, by what looks like a reference', replace({ String: '▁' }, '$&')],
		['Replace a pattern', replace({ Regex: '[a▁]+' }, '$1-')],
		['BPEDecoder', { type: 'BPEDecoder', suffix: '</w>' }],
		['WordPiece', wordPiece],
		['Strip', strip('▁', 1, 0)],
		['Llama’s sequence', llama],
		['spaces off the start', sequence(...fallback, strip(' ', 3, 0))],
		['a pattern over the whole text', sequence({ type: 'Fuse' }, replace({ Regex: 'e.?x' }, ''))],
		['ByteLevel, then a space off', sequence(byteLevel(), strip(' ', 1, 0))]
	])('%s', (_, spec) => {
		const reference = nativeStages({ decoder: spec }).getDecoder();
		expectText(spec, (tokens) => reference.decode(tokens));
	});
});

// The native library aborts on text that is shorter than the part to be stripped off its end.
it('gives the text of decode in parts if both ends are stripped', () => {
	const spec = sequence(...fallback, strip(' ', 1, 2));
	const decoder = createDecoder(spec, EXTRAS);
	expectText(spec, (tokens) => decoder(tokens).join(''));
});

describe('bytes of one token', () => {
	it.each<[string, DecoderSpec | null, string, number[]]>([
		['▁ is a space, at the beginning too', llama, '▁a', [0x20, 0x61]],
		['a byte token is its byte', llama, '<0xC3>', [0xc3]],
		['a byte-level token is its bytes', byteLevel(), 'ĠÃ', [0x20, 0xc3]],
		['a string outside the byte alphabet is its own UTF-8', byteLevel(), '｜', [0xef, 0xbd, 0x9c]],
		['Metaspace', metaspace('always'), '▁a', [0x20, 0x61]],
		['no decoder', null, '▁', [0xe2, 0x96, 0x81]]
	])('%s', (_, spec, token, bytes) => {
		expect([...createTokenBytes(spec, EXTRAS)(token)]).toEqual(bytes);
	});
});

describe('decodeStream', () => {
	/** The ids below 256 are bytes. */
	const tokenizer = createTokenizer(smallRanks());
	const bytes = (text: string) => [...new TextEncoder().encode(text)];

	it('holds the bytes of a character until it is complete', () => {
		const stream = tokenizer.decodeStream();
		expect(bytes('a日b').map((id) => stream.push([id]))).toEqual(['a', '', '', '日', 'b']);
		expect(stream.end()).toBe('');
	});

	it('gives U+FFFD for bytes that are no character, and at the end for an unfinished one', () => {
		const stream = tokenizer.decodeStream();
		expect(stream.push([0xe6, 0x41])).toBe('\ufffdA');
		expect(stream.push([0xe6, 0x97])).toBe('');
		expect(stream.end()).toBe('\ufffd');
	});

	it('keeps a byte order mark that arrives in parts', () => {
		const stream = tokenizer.decodeStream();
		const texts = bytes('\ufeffa').map((id) => stream.push([id]));
		expect(texts.join('') + stream.end()).toBe('\ufeffa');
	});

	it('leaves special tokens out if asked to', () => {
		const stream = tokenizer.decodeStream({ skipSpecial: true });
		expect(stream.push([97, 300, 98])).toBe('ab');
	});

	it('ignores ids that hold one without a token, and goes on', () => {
		const stream = tokenizer.decodeStream();
		stream.push([0xe6, 0x97]);
		expect(() => stream.push([0xa5, 999])).toThrow('token id 999 is out of range');
		expect(stream.push([0xa5])).toBe('日');
	});

	it.each<[string, DecoderSpec | null]>([
		['no decoder', null],
		['ByteLevel', byteLevel()],
		['Metaspace', metaspace('always')],
		['BPEDecoder', { type: 'BPEDecoder', suffix: 'b' }],
		['WordPiece', wordPiece],
		['Llama’s sequence', sequence(...fallback, strip('a', 1, 0))],
		['Strip at both ends', sequence({ type: 'Fuse' }, strip('a', 1, 1))]
	])('begins a new text after its end: %s', (_, decoder) => {
		const stream = createTokenizer({ ...smallRanks(), decoder }).decodeStream();
		const decodeTexts = () =>
			['aab', 'b', 'aba'].map((text) => stream.push(bytes(text))).join('') + stream.end();
		const first = decodeTexts();
		expect(first).not.toBe('');
		expect([decodeTexts(), decodeTexts()]).toEqual([first, first]);
	});

	it.each<[string, DecoderSpec | null, [number[], number[]], string[]]>([
		[
			'holds the last token if the decoder marks the ends of words',
			{ type: 'BPEDecoder', suffix: 'b' },
			[[97], [99]],
			['', 'a', 'c']
		],
		[
			'holds everything if the decoder strips at the end',
			sequence({ type: 'Fuse' }, strip('c', 0, 1)),
			[[97, 99], [99]],
			['', '', 'ac']
		],
		['puts spaces between the tokens if there is no decoder', null, [[97], [98]], ['a', ' b', '']]
	])('%s', (_, decoder, [first, second], texts) => {
		const stream = createTokenizer({ ...smallRanks(), decoder }).decodeStream();
		expect([stream.push(first), stream.push(second), stream.end()]).toEqual(texts);
	});
});
