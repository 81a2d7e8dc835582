import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DecoderSpec } from '../spec';
import { createDecoder, createTokenBytes } from './decoder';
import { EXTRAS } from '../text/all-extras';

const native = createRequire(import.meta.url)('tokenizers');

const byteLevel = {
	type: 'ByteLevel',
	add_prefix_space: false,
	trim_offsets: true,
	use_regex: true
} as const;
const metaspace = (prepend_scheme: 'always' | 'first' | 'never') =>
	({ type: 'Metaspace', replacement: '▁', prepend_scheme, split: true }) as const;
const llama: DecoderSpec = {
	type: 'Sequence',
	decoders: [
		{ type: 'Replace', pattern: { String: '▁' }, content: ' ' },
		{ type: 'ByteFallback' },
		{ type: 'Fuse' },
		{ type: 'Strip', content: ' ', start: 1, stop: 0 }
	]
};

const tokens = fc.array(
	fc.oneof(
		fc.constantFrom(
			'▁',
			'▁the',
			'a▁b',
			'▁▁',
			'Ġx',
			'Ã',
			'©',
			'Ã©',
			'é',
			'ﬁ',
			'<s>',
			' a',
			'$&',
			'<0xZZ>',
			'<0x+A>',
			'<0x0>'
		),
		fc
			.integer({ min: 0, max: 255 })
			.map((b) => `<0x${b.toString(16).toUpperCase().padStart(2, '0')}>`),
		fc.constantFrom('<0xC3>', '<0xA9>', '<0xe2>', '<0x96>', '<0x81>')
	),
	{ maxLength: 10 }
);

describe('decoders equal the native library', () => {
	it.each<[string, DecoderSpec]>([
		['ByteLevel', byteLevel],
		['ByteFallback', { type: 'ByteFallback' }],
		['Fuse', { type: 'Fuse' }],
		['Metaspace always', metaspace('always')],
		['Metaspace first', metaspace('first')],
		['Metaspace never', metaspace('never')],
		[
			'Replace a string, by what looks like a reference',
			{ type: 'Replace', pattern: { String: '▁' }, content: '$&' }
		],
		['Replace a pattern', { type: 'Replace', pattern: { Regex: '[a▁]+' }, content: '$1-' }],
		['Strip', { type: 'Strip', content: '▁', start: 1, stop: 0 }],
		['Llama’s sequence', llama]
	])('%s', (_, spec) => {
		const reference = native.Tokenizer.fromString(
			JSON.stringify({
				version: '1.0',
				added_tokens: [],
				decoder: spec,
				model: { type: 'BPE', vocab: {}, merges: [] }
			})
		).getDecoder();
		const ours = createDecoder(spec, EXTRAS);
		fc.assert(
			fc.property(tokens, (row) => {
				expect(ours(row).join('')).toBe(reference.decode(row));
			}),
			{ numRuns: 2000 }
		);
	});
});

describe('bytes of one token', () => {
	it.each<[string, DecoderSpec | null, string, number[]]>([
		['▁ is a space, at the beginning too', llama, '▁a', [0x20, 0x61]],
		['a byte token is its byte', llama, '<0xC3>', [0xc3]],
		['a byte-level token is its bytes', byteLevel, 'ĠÃ', [0x20, 0xc3]],
		['a string outside the byte alphabet is its own UTF-8', byteLevel, '｜', [0xef, 0xbd, 0x9c]],
		['Metaspace', metaspace('always'), '▁a', [0x20, 0x61]],
		['no decoder', null, '▁', [0xe2, 0x96, 0x81]]
	])('%s', (_, spec, token, bytes) => {
		expect([...createTokenBytes(spec, EXTRAS)(token)]).toEqual(bytes);
	});
});
