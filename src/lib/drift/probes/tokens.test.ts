import { describe, expect, it } from 'vitest';
import { reportUntilStopped } from '../../../../tests/support/drift-report';
import { packedSpec } from '../../../../tests/support/packed-tokenizers';
import { BYTE_LETTERS, byteLevel, vocabOf } from '../../../../tests/support/spec-parts';
import {
	createTokenizer,
	parseTokenizerJson,
	toByteLevel,
	type NormalizerSpec,
	type SplitBehavior,
	type TokenizerSpec
} from '../../engine';
import { encodeBase64 } from '../../engine/stages';
import { writeCharsmap } from '../../../tools/charsmap.mjs';

const BYTE_LEVEL = byteLevel({ use_regex: false });

const split = (Regex: string, behavior: SplitBehavior = 'Isolated'): object => ({
	type: 'Split',
	pattern: { Regex },
	behavior,
	invert: false
});

const steps = (...some: object[]): object => ({
	type: 'Sequence',
	pretokenizers: [...some, BYTE_LEVEL]
});

/** A tokenizer with all bytes and some merges, each written as the hexadecimal bytes of its left and right tokens. */
function tokenizerOf(pre_tokenizer: object, ...merges: string[]): TokenizerSpec {
	const pairs = merges.map((merge) =>
		merge.split(' ').map((bytes) => toByteLevel(Uint8Array.from(Buffer.from(bytes, 'hex'))))
	);
	const tokens = [...BYTE_LETTERS, ...pairs.map((pair) => pair.join(''))];
	const model = { type: 'BPE', vocab: vocabOf(tokens), merges: pairs };
	return parseTokenizerJson({ added_tokens: [], pre_tokenizer, decoder: BYTE_LEVEL, model });
}

function deepSeekSplit(behavior: SplitBehavior): object {
	const { pre_tokenizer } = packedSpec('deepseek-v3');
	if (pre_tokenizer?.type !== 'Sequence') throw new Error('expected a sequence of steps');
	const [digits, han, third] = pre_tokenizer.pretokenizers;
	return steps(digits, han, { ...third, behavior });
}

const EMOJI = '[\\x{1F600}-\\x{1F64F}]';

const CASES: readonly (readonly [string, object, object, string[]])[] = [
	[
		'punctuation that joins the letter before it',
		steps(split('\\p{P}+')),
		steps(split('\\p{P}+', 'MergedWithPrevious')),
		['9c d7']
	],
	[
		'a letter that is no longer in the class of letters',
		steps(split('\\p{L}+')),
		steps(split('[\\p{L}&&[^\\x{4FF}]]+')),
		['bf d7']
	],
	[
		'a letter of which only the lower case is in a class',
		steps(split('\\p{Lu}+')),
		steps(split('[\\p{Lu}\\x{44F}]+')),
		['8f d7']
	],
	['one emoji per pre-token', steps(split(`${EMOJI}+`)), steps(split(EMOJI)), ['bf f0']],
	[
		'DeepSeek V3’s third Split, with another behaviour',
		deepSeekSplit('Isolated'),
		deepSeekSplit('Contiguous'),
		['9c d7']
	],
	[
		'whole characters between both ends',
		steps(split('\\p{M}+')),
		steps(split('[\\p{M}&&[^\\x{FE0F}]]+')),
		['61 d7', '8f 61d7']
	],
	[
		'a token that begins with the end of a character',
		steps(split('\\p{L}+')),
		steps(split('[\\p{L}&&[^\\x{4FF}]]+')),
		['d7 90', 'bf d790']
	],
	[
		'a letter that a stage names, without a pattern',
		steps({ type: 'Split', pattern: { String: 'ӿ' }, behavior: 'Isolated', invert: false }),
		steps({ type: 'Split', pattern: { String: 'ӿ' }, behavior: 'MergedWithNext', invert: false }),
		['bf f0']
	],
	[
		'letters of which only rare ones are split into the bytes of a token',
		steps(split('\\p{L}+')),
		steps(split('[\\p{L}&&[^\\p{Cyrillic}]]+')),
		['d0 9c', 'd1 9c', '9c d7']
	]
];

describe('a difference that shows only in a token with parts of characters is found', () => {
	it.each(CASES)('%s', async (_, a, b, merges) => {
		const specs = [a, b].map((pre_tokenizer) => tokenizerOf(pre_tokenizer, ...merges));
		const { verdict, output } = await reportUntilStopped({ spec: specs[0] }, { spec: specs[1] });
		expect(verdict).toBe('silent');
		const [text] = output.witnesses[0].inputs;
		const joins = specs.map((spec) =>
			createTokenizer(spec)
				.encode(text)
				.ids.includes(255 + merges.length)
		);
		expect(joins[0]).not.toBe(joins[1]);
	});
});

/** Merges across every kind of boundary at which a stage may split: letters, marks, white space, scripts. */
const ACROSS = [
	...['a!', '!a', '!!', 'a ', ' a', 'aa', 'a_', 'a1', 'aж', 'жa', 'a中', 'a、', 'a\t', 'a\u3000']
].flatMap((pair) => {
	const bytes = [...Buffer.from(pair)].map((byte) => byte.toString(16).padStart(2, '0'));
	return bytes.slice(1).map((byte, i) => `${bytes.slice(0, i + 1).join('')} ${byte}`);
});

describe('a changed stage of each kind is found', () => {
	const specWith = (step: object | null, normalizer: NormalizerSpec | null = null) => ({
		...tokenizerOf(steps(...(step ? [step] : [])), ...new Set(ACROSS)),
		normalizer
	});

	const precompiled = (...replacements: (readonly [string, string])[]): NormalizerSpec => ({
		type: 'Precompiled',
		precompiled_charsmap: encodeBase64(writeCharsmap(replacements))
	});
	const punctuation = (behavior: SplitBehavior) => ({ type: 'Punctuation', behavior });
	const fixed = (length: number) => ({ type: 'FixedLength', length });
	const spaces = { type: 'WhitespaceSplit' };
	const words = { ...split('[A-Za-z0-9_]+|[^\\w\\s]+', 'Removed'), invert: true };
	it.each<[object, object | null]>([
		[punctuation('Isolated'), null],
		[punctuation('Isolated'), punctuation('Contiguous')],
		[punctuation('Isolated'), split('[!-/:-@\\[-`{-~]')],
		[{ type: 'Whitespace' }, spaces],
		[{ type: 'Whitespace' }, words],
		[spaces, null],
		[spaces, { type: 'CharDelimiterSplit', delimiter: ' ' }],
		[spaces, split('[\\s&&[^\u3000]]', 'Removed')],
		[{ type: 'UnicodeScripts' }, null],
		[{ type: 'UnicodeScripts' }, split('\\p{Cyrillic}+')],
		[fixed(5), fixed(6)],
		[fixed(300), fixed(301)],
		[{ type: 'BertPreTokenizer' }, { type: 'Whitespace' }]
	])('%j as %j', async (a, b) => {
		const { verdict, output } = await reportUntilStopped(
			{ spec: specWith(a) },
			{ spec: specWith(b) }
		);
		expect(verdict).toBe('silent');
		const [{ inputs }] = output.witnesses;
		const ids = [a, b].map((step) => [...createTokenizer(specWith(step)).encode(inputs[0]).ids]);
		expect(ids[0]).not.toEqual(ids[1]);
	});

	it.each<[NormalizerSpec, NormalizerSpec | null]>([
		[{ type: 'Lowercase' }, null],
		[{ type: 'StripAccents' }, null],
		[{ type: 'Nmt' }, null],
		[precompiled(['①', '1'], ['㋿', '令和']), precompiled(['①', '1'])],
		[precompiled(['ﬁ', 'fi']), null]
	])('%j as %j', async (a, b) => {
		const { verdict } = await reportUntilStopped(
			{ spec: specWith(null, a) },
			{ spec: specWith(null, b) }
		);
		expect(verdict).toBe('silent');
	});
});
