import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smallRanks } from '../../../../tests/support/small-specs';
import { createTokenizer } from '../pipeline/create-tokenizer';
import type { DecoderSpec } from '../spec';
import { EXTRAS } from '../text/all-extras';
import { createDecoder } from './decoder';
import { createDecodeSteps } from './stream';

const native = createRequire(import.meta.url)('tokenizers');

const byteLevel = {
	type: 'ByteLevel',
	add_prefix_space: false,
	trim_offsets: true,
	use_regex: true
} as const;
const fallback: DecoderSpec[] = [
	{ type: 'Replace', pattern: { String: '▁' }, content: ' ' },
	{ type: 'ByteFallback' },
	{ type: 'Fuse' }
];
const sequence = (...decoders: DecoderSpec[]): DecoderSpec => ({ type: 'Sequence', decoders });

/** Tokens that arrive together, several times. */
const arrivals = fc.array(
	fc.array(
		fc.constantFrom(
			...['▁', '▁the', '  a', 'b▁', '', ' .', '##ing', 'do', ' not', 'x</w>', '</w>', 'é', '日'],
			...['Ġx', 'Ã', '©', 'ï', '»', '¿', '<0xE6>', '<0x97>', '<0xA5>', '<0xFF>', '<0x20>', '<s>']
		),
		{ maxLength: 4 }
	),
	{ maxLength: 8 }
);

/** Streams tokens in parts, and expects the text of all of them. */
function expectSameText(spec: DecoderSpec, decode: (tokens: string[]) => string): void {
	const createSteps = createDecodeSteps(spec, EXTRAS);
	fc.assert(
		fc.property(arrivals, (parts) => {
			const steps = createSteps();
			const run = (tokens: readonly string[], isEnd: boolean) =>
				steps.reduce((current, step) => step(current, isEnd), tokens).join('');
			const texts = parts.map((tokens) => run(tokens, false));
			expect([...texts, run([], true)].join('')).toBe(decode(parts.flat()));
		}),
		{ numRuns: 1000 }
	);
}

describe('a stream of tokens gives the text of the native library', () => {
	it.each<[string, DecoderSpec]>([
		['ByteLevel', byteLevel],
		['ByteFallback', { type: 'ByteFallback' }],
		['Metaspace', { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true }],
		['Replace', { type: 'Replace', pattern: { Regex: '[a▁]+' }, content: '-' }],
		['BPEDecoder', { type: 'BPEDecoder', suffix: '</w>' }],
		['WordPiece', { type: 'WordPiece', prefix: '##', cleanup: true }],
		['Strip', { type: 'Strip', content: ' ', start: 1, stop: 0 }],
		['Llama’s sequence', sequence(...fallback, { type: 'Strip', content: ' ', start: 1, stop: 0 })],
		[
			'spaces off the start',
			sequence(...fallback, { type: 'Strip', content: ' ', start: 3, stop: 0 })
		],
		[
			'a pattern over the whole text',
			sequence({ type: 'Fuse' }, { type: 'Replace', pattern: { Regex: 'e.?x' }, content: '' })
		],
		[
			'ByteLevel, then a space off',
			sequence(byteLevel, { type: 'Strip', content: ' ', start: 1, stop: 0 })
		]
	])('%s', (_, spec) => {
		const reference = native.Tokenizer.fromString(
			JSON.stringify({
				version: '1.0',
				added_tokens: [],
				decoder: spec,
				model: { type: 'BPE', vocab: {}, merges: [] }
			})
		).getDecoder();
		expectSameText(spec, (tokens) => reference.decode(tokens));
	});
});

// The native library aborts on a text that is shorter than what is stripped off its end.
it('gives the text of decode if both ends are stripped', () => {
	const spec = sequence(...fallback, { type: 'Strip', content: ' ', start: 1, stop: 2 });
	const decoder = createDecoder(spec, EXTRAS);
	expectSameText(spec, (tokens) => decoder(tokens).join(''));
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
		['ByteLevel', byteLevel],
		['Metaspace', { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true }],
		['BPEDecoder', { type: 'BPEDecoder', suffix: 'b' }],
		['WordPiece', { type: 'WordPiece', prefix: '##', cleanup: true }],
		['Llama’s sequence', sequence(...fallback, { type: 'Strip', content: 'a', start: 1, stop: 0 })],
		[
			'Strip at both ends',
			sequence({ type: 'Fuse' }, { type: 'Strip', content: 'a', start: 1, stop: 1 })
		]
	])('begins a new text after its end: %s', (_, decoder) => {
		const stream = createTokenizer({ ...smallRanks(), decoder }).decodeStream();
		const decodeTexts = () =>
			['aab', 'b', 'aba'].map((text) => stream.push(bytes(text))).join('') + stream.end();
		const first = decodeTexts();
		expect(first).not.toBe('');
		expect([decodeTexts(), decodeTexts()]).toEqual([first, first]);
	});

	it('holds the last token if the decoder marks the ends of words', () => {
		const decoder: DecoderSpec = { type: 'BPEDecoder', suffix: 'b' };
		const stream = createTokenizer({ ...smallRanks(), decoder }).decodeStream();
		expect([stream.push([97]), stream.push([99]), stream.end()]).toEqual(['', 'a', 'c']);
	});

	it('holds everything if the decoder strips at the end', () => {
		const decoder = sequence({ type: 'Fuse' }, { type: 'Strip', content: 'c', start: 0, stop: 1 });
		const stream = createTokenizer({ ...smallRanks(), decoder }).decodeStream();
		expect([stream.push([97, 99]), stream.push([99]), stream.end()]).toEqual(['', '', 'ac']);
	});

	it('puts spaces between the tokens of a tokenizer without a decoder', () => {
		const stream = createTokenizer({ ...smallRanks(), decoder: null }).decodeStream();
		expect([stream.push([97]), stream.push([98]), stream.end()]).toEqual(['a', ' b', '']);
	});
});
