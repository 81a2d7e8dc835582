import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packedSpec } from '../../../tests/support/packed-tokenizers';
import { sized } from '../../../tests/support/size';
import { byteLevel, mergesAmong, vocabOf } from '../../../tests/support/spec-parts';
import { smallRanks } from '../../../tests/support/small-specs';
import { finish } from '../../../tests/support/steps';
import { createTokenizer, parseTokenizerJson, tokenAt, type TokenizerSpec } from '../engine';
import { firstInvalidUtf8 } from '../engine/text';
import { applyEdit } from './edits/apply';
import type { SpecEdit } from './edits/spec-edit';
import { compareSelfEncoding } from './self-encode';
import { compareVocabularies } from './vocabulary';

const compare = (a: TokenizerSpec, b: TokenizerSpec) =>
	finish(
		compareSelfEncoding(createTokenizer(a), createTokenizer(b), compareVocabularies(a, b).findings)
	);

const GPT2: SpecEdit = { kind: 'pre_tokenizer', value: byteLevel() };

describe('compareSelfEncoding', () => {
	it.each<[string, SpecEdit, readonly [tried: number, a: number, b: number, lost: number]]>([
		['llama3', GPT2, [126_648, 0, 23_171, 23_171]],
		['llama3', { kind: 'ignore-merges', value: false }, [126_648, 0, 588, 588]],
		// The removal of NFC isn't detected: tokens that NFC made unreachable only become reachable.
		['qwen3', { kind: 'normalizer', value: null }, [150_195, 1909, 1673, 0]],
		[
			'deepseek-v3',
			{
				kind: 'pre_tokenizer',
				value: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true }
			},
			[126_527, 0, 97_493, 97_493]
		]
	])('%s with %j', (id, edit, [tried, unreachableA, unreachableB, lost]) => {
		const spec = packedSpec(id);
		const { result } = compare(spec, applyEdit(spec, edit));
		expect([result.a.tried, result.b.tried]).toEqual([tried, tried]);
		expect(result.a.unreachable).toHaveLength(unreachableA);
		expect(result.b.unreachable).toHaveLength(unreachableB);
		expect(result.lost).toHaveLength(lost);
	});

	it('does not report tokens as unreachable that B only decodes differently', () => {
		const spec = packedSpec('gpt2');
		const { result } = compare(spec, applyEdit(spec, { kind: 'clean-up-spaces', value: true }));
		expect(result.b.unreachable).toEqual(result.a.unreachable);
		expect(result.lost).toHaveLength(0);
	});

	it('names the tokens, by their ids in B, and leaves special ones and bytes alone', () => {
		const a = smallRanks();
		const b = applyEdit(applyEdit(a, { kind: 'swap-ids', ids: [259, 260] }), {
			kind: 'split-regex',
			split: 0,
			regex: '\\p{L}+| '
		});
		const { result } = compare(a, b);
		// " w", 260 in A, is split in two.
		expect([...result.lost]).toEqual([259]);
		// 128 bytes are characters by themselves, and there are six words.
		expect(result.b.tried).toBe(134);
	});

	it('says how far it is, never going back', () => {
		const spec = packedSpec('gpt2');
		const { yielded } = compare(spec, applyEdit(spec, GPT2));
		expect(yielded.length).toBeGreaterThan(10);
		expect(yielded).toEqual([...yielded].sort((x, y) => x - y));
		expect(Math.max(...yielded)).toBeLessThanOrEqual(1);
	});
});

/** Stages whose effect may or may not depend on neighbours and on the position in the text. */
const NORMALIZERS = [
	null,
	{ type: 'Replace', pattern: { String: ' ' }, content: '▁' },
	{ type: 'NFC' },
	{ type: 'Prepend', prepend: '▁' },
	{ type: 'Strip', strip_left: true, strip_right: true },
	{ type: 'Replace', pattern: { Regex: '^a|b$' }, content: 'e' }
];
const split = (pattern: object, behavior: string) => ({
	type: 'Split',
	pattern,
	behavior,
	invert: false
});
const PRE_TOKENIZERS = [
	null,
	split({ String: ' ' }, 'MergedWithPrevious'),
	split({ Regex: '\\s+(?!\\S)|\\s+|[^\\s]+' }, 'Isolated'),
	split({ Regex: '^a|.' }, 'Removed'),
	{ type: 'Metaspace', replacement: '▁', prepend_scheme: 'first', split: true },
	{ type: 'Digits', individual_digits: true },
	{ type: 'Punctuation', behavior: 'Isolated' }
];
const DECODERS = [
	null,
	{ type: 'Replace', pattern: { String: '▁' }, content: ' ' },
	{ type: 'Sequence', decoders: [{ type: 'ByteFallback' }, { type: 'Fuse' }] },
	{ type: 'Strip', content: 'a', start: 1, stop: 0 },
	{ type: 'Metaspace', replacement: '▁', prepend_scheme: 'first', split: true }
];
const LETTERS = ['a', 'b', '▁', ' ', '\n', 'é', 'e', '\u0301', '1', '.', '<'];
/** Rarely includes the noncharacter that separates tokens. */
const letters = fc.oneof(
	{ weight: 200, arbitrary: fc.constantFrom(...LETTERS) },
	{ weight: 1, arbitrary: fc.constant('\u{10ffff}') }
);
const tokenizerJson = fc
	.record({
		words: fc.uniqueArray(fc.string({ unit: letters, minLength: 2, maxLength: 4 }), {
			maxLength: 30
		}),
		normalizer: fc.constantFrom(...NORMALIZERS),
		pre_tokenizer: fc.constantFrom(...PRE_TOKENIZERS),
		decoder: fc.constantFrom(...DECODERS),
		byte_fallback: fc.boolean(),
		ignore_merges: fc.boolean(),
		added: fc.array(
			fc.record({
				content: fc.string({ unit: letters, minLength: 1, maxLength: 3 }),
				single_word: fc.boolean(),
				lstrip: fc.boolean(),
				rstrip: fc.boolean(),
				normalized: fc.boolean(),
				special: fc.boolean()
			}),
			{ maxLength: 2 }
		)
	})
	.map(({ words, added, byte_fallback, ignore_merges, ...stages }) => {
		const tokens = [...new Set([...LETTERS, '<0x41>', '<0xE4>', ...words])];
		return {
			version: '1.0',
			added_tokens: added.map((token, i) => {
				const id = tokens.indexOf(token.content);
				return { ...token, id: id < 0 ? tokens.length + i : id };
			}),
			...stages,
			post_processor: null,
			model: {
				type: 'BPE',
				...{ dropout: null, unk_token: null, fuse_unk: false, byte_fallback, ignore_merges },
				...{ continuing_subword_prefix: null, end_of_word_suffix: null },
				vocab: vocabOf(tokens),
				merges: mergesAmong(tokens)
			}
		};
	});

/** Encodes the text of each token separately. */
function unreachableAlone(spec: TokenizerSpec): { tried: number; unreachable: number[] } {
	const tokenizer = createTokenizer(spec);
	const special = new Set(spec.added_tokens.filter(({ special }) => special).map(({ id }) => id));
	const { vocabulary } = spec.model;
	const ids = Array.from(vocabulary.ends.keys()).filter(
		(id) =>
			tokenAt(vocabulary, id).length > 0 &&
			!special.has(id) &&
			firstInvalidUtf8(tokenizer.tokenBytes(id)) < 0
	);
	const unreachable = ids.filter(
		(id) => tokenizer.encode(tokenizer.decode([id])).ids.join() !== String(id)
	);
	return { tried: ids.length, unreachable };
}

describe('finding tokens without encoding them', () => {
	it('gives what each gives alone, whatever the stages do', () => {
		fc.assert(
			fc.property(tokenizerJson, (json) => {
				const spec = parseTokenizerJson(json);
				const { a } = compare(spec, spec).result;
				const { tried, unreachable } = unreachableAlone(spec);
				expect({ tried: a.tried, unreachable: [...a.unreachable] }).toEqual({ tried, unreachable });
			}),
			{ numRuns: sized(60, 500) }
		);
	});

	it.each(['gpt2', 'llama2'])('does so for %s', (id) => {
		const spec = packedSpec(id);
		const { a } = compare(spec, spec).result;
		expect([...a.unreachable]).toEqual(unreachableAlone(spec).unreachable);
	});
});
