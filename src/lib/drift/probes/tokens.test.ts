import { describe, expect, it } from 'vitest';
import { driftReport } from '../../../../tests/support/drift-report';
import { packedSpec } from '../../../../tests/support/packed-tokenizers';
import {
	createTokenizer,
	parseTokenizerJson,
	toByteLevel,
	type SplitBehavior,
	type TokenizerSpec
} from '../../engine';

const BYTE_LEVEL = {
	type: 'ByteLevel',
	add_prefix_space: false,
	trim_offsets: true,
	use_regex: false
};

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

/** All bytes and the tokens of some merges, each written as the hexadecimal bytes of its left and its right side. */
function tokenizerOf(pre_tokenizer: object, ...merges: string[]): TokenizerSpec {
	const pairs = merges.map((merge) =>
		merge.split(' ').map((bytes) => toByteLevel(Uint8Array.from(Buffer.from(bytes, 'hex'))))
	);
	const bytes = Array.from({ length: 256 }, (_, byte) => toByteLevel(Uint8Array.of(byte)));
	const tokens = [...bytes, ...pairs.map((pair) => pair.join(''))];
	const vocab = Object.fromEntries(tokens.map((token, id) => [token, id]));
	const model = { type: 'BPE', vocab, merges: pairs };
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
		const { verdict, output } = await driftReport(specs[0], specs[1]);
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
