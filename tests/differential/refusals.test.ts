import { describe, expect, it } from 'vitest';
import { readJson } from '../../src/lib/tokenizers/files/exact-json';
import { findRefusal } from '../../src/lib/tokenizers/files/refusal';
import { mutatedFiles } from '../support/mutated-files';
import { nativeLibrary } from '../support/native-library';
import { TOKENIZER_JSON } from '../support/native-tokenizers';
import { nativeVerdicts } from '../support/native-verdicts';
import { SEED } from '../support/random-texts';

/** Files that Hugging Face's library refuses: those of which the file shows it, and all. */
function refusals(texts: readonly string[]) {
	const native = nativeVerdicts(texts, 'load');
	const found = texts.map((text) => findRefusal(readJson(text)));
	const wrong = texts.filter((_, i) => found[i] !== null && native[i] === 'yes');
	const refused = texts.flatMap((_, i) => (native[i].startsWith('refused') ? [i] : []));
	const unseen = refused.filter((i) => found[i] === null).map((i) => [native[i], texts[i]]);
	return { wrong, refused: refused.length, unseen };
}

function edited(parts: object, model: object = {}): string {
	const vocab = { a: 0, b: 1, ' ': 2, ab: 3, '▁': 4, '▁a': 5, é: 6 };
	return JSON.stringify({
		version: '1.0',
		truncation: null,
		padding: null,
		added_tokens: [],
		normalizer: null,
		pre_tokenizer: null,
		post_processor: null,
		decoder: null,
		model: { type: 'BPE', vocab, merges: ['a b', '▁ a'], ...model },
		...parts
	});
}

const added = (content: string, flags: object = {}) => ({
	id: 50,
	content,
	single_word: false,
	lstrip: false,
	rstrip: false,
	normalized: false,
	special: false,
	...flags
});

const steps = (...normalizers: object[]) => ({ type: 'Sequence', normalizers });
const prepend = (text: string) => ({ type: 'Prepend', prepend: text });
const replace = (pattern: object, content: string) => ({ type: 'Replace', pattern, content });
const decoders = (...list: object[]) => ({ type: 'Sequence', decoders: list });
const strip = (content: string, start: number, stop: number) => ({
	type: 'Strip',
	content,
	start,
	stop
});
const stripSpace = { type: 'Strip', strip_left: true, strip_right: true };
const byteLevel = {
	type: 'ByteLevel',
	add_prefix_space: true,
	trim_offsets: true,
	use_regex: true
};
const split = (Regex: string) => ({
	type: 'Split',
	pattern: { Regex },
	behavior: 'Isolated',
	invert: false
});
const truncation = (strategy: string, max_length: number, stride: number) => ({
	direction: 'Right',
	max_length,
	strategy,
	stride
});
const padding = (strategy: unknown, pad_to_multiple_of: number | null) => ({
	strategy,
	direction: 'Left',
	pad_to_multiple_of,
	pad_id: 0,
	pad_type_id: 0,
	pad_token: 'p'
});
const sequenceA = { Sequence: { id: 'A', type_id: 0 } };
const sequenceB = { Sequence: { id: 'B', type_id: 0 } };
const special = { SpecialToken: { id: 'x', type_id: 0 } };
const template = (
	single: object[],
	special_tokens: object = { x: { id: 'x', ids: [0], tokens: ['a'] } }
) => ({
	type: 'TemplateProcessing',
	single,
	pair: [sequenceA, sequenceB],
	special_tokens
});
const processors = (...list: object[]) => ({ type: 'Sequence', processors: list });

function nested(depth: number): unknown {
	let value: unknown = 1;
	for (let i = 0; i < depth; i++) value = [value];
	return value;
}

const truncations = ['LongestFirst', 'OnlyFirst', 'OnlySecond'].flatMap((strategy) =>
	[
		[4, 0],
		[4, 1],
		[4, 2],
		[4, 4],
		[0, 3],
		[1, 1]
	].flatMap(([most, stride]) => [
		edited({ truncation: truncation(strategy, most, stride) }),
		edited({
			truncation: truncation(strategy, most, stride),
			post_processor: template([special, sequenceA])
		})
	])
);

/** Each tests one rule of native's readers, or one panic. */
const handWritten: readonly string[] = [
	...truncations,
	// A file without a type is read by its fields, and one with a wrong type as well.
	edited({}, { type: undefined }),
	edited({}, { type: undefined, merges: ['a c'] }),
	edited({}, { type: undefined, merges: ['a c'], unk_token: 'a' }),
	edited({}, { type: null }),
	edited({}, { type: { BPE: null } }),
	edited({}, { extra: 1 }),
	edited({ normalizer: { type: 'Foo', prepend: 'x' } }),
	edited({ normalizer: { type: { NFC: null } } }),
	edited({ normalizer: steps([true, true] as never, ['NFC'] as never) }),
	edited({ normalizer: { type: 'Strip', strip_right: 1, strip_left: 'x' } }),
	edited({ pre_tokenizer: { type: 'CharDelimiterSplit', delimiter: 'a' } }),
	edited({ pre_tokenizer: { type: 'Delimiter', delimiter: 'a' } }),
	edited({ truncation: ['Left', 5, 'LongestFirst', 0] }),
	edited({ truncation: [] }),
	edited({ truncation: { ...truncation('OnlyFirst', 5, 0), extra: nested(200) } }),
	edited({ extra: 1 }),
	edited({ version: '2.0' }),
	edited({ model: undefined }),
	'[]',
	'3',
	// Details that JSON.parse hides.
	`\ufeff${edited({})}`,
	edited({}).replace('"version":"1.0"', '"version":"1.0","version":"1.0"'),
	edited({}).replace('"type":"BPE"', '"type":"BPE","type":"BPE"'),
	edited({}).replace('"a":0', '"a":0,"a":9'),
	edited({}).replace('"a":0', '"a":-1,"a":0'),
	edited({}).replace('"a":0', '"a":0.0'),
	edited({}).replace('"b":1', '"b\\ud800":1'),
	edited({}).replace('"b":1', '"b\\udc00":1'),
	edited({}, { extra: nested(125) }),
	edited({}, { extra: nested(126) }),
	edited({}, { extra: 0 }).replace('"extra":0', '"extra":1e999'),
	edited({ normalizer: { type: 'Prepend', prepend: 'x' } }).replace(
		'"prepend":"x"',
		'"prepend":1,"prepend":"x"'
	),
	edited({ added_tokens: [added('x')] }).replace(
		'"special":false',
		'"special":false,"special":false'
	),
	// Merges.
	edited({}, { merges: ['a b', ['a', 'b']] }),
	edited({}, { merges: ['a'] }),
	edited({}, { merges: ['#version: 1', 'a b c'] }),
	edited({}, { merges: ['a c'] }),
	edited({}, { merges: ['b a'] }),
	edited({}, { vocab: { a: 0, b: 1 }, merges: ['a b'] }),
	edited(
		{},
		{ vocab: { a: 0, '##b': 1, ab: 2 }, merges: ['a ##b'], continuing_subword_prefix: '##' }
	),
	edited({}, { merges: ['a b'], continuing_subword_prefix: '##' }),
	edited({}, { vocab: { aaaa: 0, b: 1 }, merges: ['aaaa b'], continuing_subword_prefix: '##' }),
	edited({}, { vocab: { a: 0, éb: 1, b: 2 }, merges: ['a éb'], continuing_subword_prefix: 'x' }),
	edited({}, { vocab: { a: 4_000_000_000, b: 10 }, merges: [] }),
	edited({}, { vocab: {}, merges: [] }),
	edited({}, { dropout: 1.5 }),
	edited({}, { dropout: 1 }),
	edited({}, { unk_token: 'missing' }),
	// Regular expressions outside Split.
	edited({ normalizer: replace({ Regex: '(' }, '') }),
	edited({ normalizer: steps(replace({ Regex: '[z-a]' }, '')) }),
	edited({ decoder: decoders(replace({ Regex: '*' }, '')) }),
	// A normalizer that prepends something.
	edited({ normalizer: prepend('') }),
	edited({ normalizer: prepend(''), pre_tokenizer: byteLevel }),
	edited({
		normalizer: prepend(''),
		pre_tokenizer: { type: 'Sequence', pretokenizers: [split('\\p{L}+| +'), byteLevel] }
	}),
	edited({ normalizer: steps(prepend(''), { type: 'NFC' }) }),
	edited({ normalizer: steps({ type: 'NFC' }, prepend('')) }),
	edited({ normalizer: steps(prepend(''), { type: 'Lowercase' }) }),
	edited({ normalizer: steps(prepend(''), replace({ String: ' ' }, '▁')) }),
	edited({ normalizer: steps(prepend(''), stripSpace) }),
	edited({ normalizer: steps(prepend('x'), { type: 'NFC' }) }),
	edited({ normalizer: steps(prepend(''), prepend('x')), pre_tokenizer: byteLevel }),
	edited({ normalizer: replace({ String: '' }, 'z') }),
	edited({ normalizer: steps(replace({ String: '' }, 'z'), { type: 'NFKC' }) }),
	edited({ normalizer: steps(replace({ String: '' }, ''), { type: 'NFKC' }) }),
	edited({ normalizer: steps(replace({ Regex: '^' }, '▁'), { type: 'NFC' }) }),
	edited({ normalizer: steps(replace({ Regex: '^' }, '▁'), { type: 'Nmt' }) }),
	edited({ normalizer: steps(replace({ String: 'a' }, ''), { type: 'NFC' }, stripSpace) }),
	edited({ normalizer: { type: 'Precompiled', precompiled_charsmap: '' } }),
	edited({ normalizer: { type: 'Precompiled', precompiled_charsmap: null } }),
	edited({ normalizer: { type: 'Precompiled' } }),
	edited({ normalizer: { type: 'Precompiled', precompiled_charsmap: 'A*==' } }),
	edited({ normalizer: { type: 'Precompiled', precompiled_charsmap: 'AAAAAA==' } }),
	// Added tokens.
	edited({ added_tokens: [added('')] }),
	edited({ added_tokens: [added('  ', { normalized: true })], normalizer: stripSpace }),
	edited({ added_tokens: [added('  ')], normalizer: stripSpace }),
	edited({
		added_tokens: [added('a', { normalized: true })],
		normalizer: replace({ String: 'a' }, '')
	}),
	edited({
		added_tokens: [added('A', { normalized: true }), added('a', { normalized: true })],
		normalizer: { type: 'Lowercase' }
	}),
	edited({ added_tokens: [added('x', { normalized: true })], normalizer: { type: 'Nmt' } }),
	edited({
		added_tokens: [added('a', { rstrip: true }), added(' b'), added(' ', { lstrip: true })]
	}),
	edited({
		added_tokens: [added('a', { rstrip: true }), added(' ', { lstrip: true, rstrip: true })]
	}),
	edited({ added_tokens: [added('a', { rstrip: true }), added(' ', { rstrip: true })] }),
	edited({
		added_tokens: [added('a', { rstrip: true }), added(' ', { lstrip: true, single_word: true })]
	}),
	edited({
		added_tokens: [added('a', { rstrip: true }), added(' ', { lstrip: true, normalized: true })]
	}),
	edited({ added_tokens: [added('a', { rstrip: true }), added(' x', { lstrip: true })] }),
	// Pre-tokenizers.
	edited({ pre_tokenizer: { type: 'FixedLength', length: 0 } }),
	edited({ pre_tokenizer: { type: 'FixedLength' } }),
	edited({
		pre_tokenizer: { type: 'Split', pattern: { String: '' }, behavior: 'Contiguous', invert: true }
	}),
	edited({
		pre_tokenizer: {
			type: 'Metaspace',
			replacement: '▁',
			add_prefix_space: false,
			prepend_scheme: 'first'
		}
	}),
	edited({ pre_tokenizer: { type: 'Metaspace', replacement: '▁▁', add_prefix_space: true } }),
	// Post-processors.
	edited({ post_processor: template([sequenceB]) }),
	edited({ post_processor: template([special, sequenceA], {}) }),
	edited({ post_processor: template([special], { x: { id: 'x', ids: [1, 2], tokens: ['x'] } }) }),
	edited({ post_processor: template([]) }),
	edited({ post_processor: processors(template([]), template([])) }),
	edited({ post_processor: processors(template([special, sequenceA]), template([sequenceA])) }),
	edited({
		post_processor: processors(template([special, sequenceA, special]), template([sequenceA]))
	}),
	edited({ post_processor: processors() }),
	edited({ post_processor: { type: 'anything', sep: ['a', 0], cls: ['b', 1] } }),
	// Padding.
	edited({ padding: padding({ Fixed: 2 ** 45 }, null) }),
	edited({ padding: padding({ Fixed: 2 ** 62 }, null) }),
	edited({ padding: padding('BatchLongest', 2 ** 62) }),
	edited({ padding: padding('BatchLongest', 0) }),
	edited({ padding: padding({ BatchLongest: null }, 8) }),
	// Decoders.
	edited({ decoder: strip(' ', 1, 0) }),
	edited({ decoder: strip(' ', 1, 1) }),
	edited({ decoder: strip(' ', 0, 1) }),
	edited({ decoder: strip(' ', 0, 2) }),
	edited({ decoder: strip('z', 5, 5) }),
	edited({ decoder: decoders({ type: 'Fuse' }, strip('z', 0, 1)) }),
	edited({
		decoder: decoders(
			{ type: 'ByteLevel', add_prefix_space: true, trim_offsets: true },
			strip('z', 0, 1)
		)
	}),
	edited({ decoder: decoders(replace({ String: '▁' }, ' '), strip(' ', 1, 1)) }),
	edited({ decoder: decoders(replace({ String: 'a' }, ''), strip('z', 0, 1)) }),
	edited({ decoder: decoders(replace({ String: 'a' }, 'x'), strip('z', 1, 1)) }),
	edited({ decoder: { type: 'BPEDecoder', suffix: '' } }),
	edited({ decoder: { type: 'CTC', pad_token: '', word_delimiter_token: '', cleanup: true } }),
	// Other models.
	edited({ model: { type: 'Unigram', vocab: [], unk_id: null } }),
	edited({ model: { type: 'Unigram', vocab: [], unk_id: 0 } }),
	edited({ model: { type: 'Unigram', vocab: [['a', -1]], unk_id: 1 } }),
	edited({ model: { type: 'Unigram', vocab: [['', 0]], unk_id: 0, byte_fallback: true } }),
	edited({ model: { type: 'WordLevel', vocab: { a: 0 }, unk_token: 'missing' } }),
	edited({ model: { type: 'WordLevel', vocab: { a: 0 } } })
];

console.log(`refusals: SEED=${SEED} runs the same again`);

describe.skipIf(!nativeLibrary)('what a file shows of being refused', () => {
	it('is never said of a small file with one change that loads, and is seen in most others', () => {
		const { wrong, refused, unseen } = refusals(mutatedFiles(SEED, 1200));
		expect(wrong).toEqual([]);
		expect(refused).toBeGreaterThan(200);
		const ofBpe = unseen.filter(([, text]) => text.includes('"type":"BPE"'));
		expect(ofBpe.length).toBeLessThan(refused / 20);
	});

	it('is never said of a hand-written file that loads, and is seen in all but a few others', () => {
		const { wrong, unseen } = refusals(handWritten);
		expect(wrong).toEqual([]);
		expect(unseen.map(([words]) => words)).toEqual([
			// Without a type, any model may fit.
			'refused: data did not match any variant of untagged enum ModelUntagged',
			'refused: invalid length 1, expected struct TruncationParams with 4 elements',
			// Deeper JSON is not read at all.
			'refused: recursion limit exceeded',
			'refused: Token `a\ufffdb` out of vocabulary',
			'refused: Oniguruma error: end pattern with unmatched parenthesis',
			'refused: Oniguruma error: empty range in char class',
			'refused: Oniguruma error: target of repeat operator is not specified',
			// The engine runs none of these models.
			'refused: Unable to load vocab EmptyVocabulary',
			'refused: Unable to load vocab UnkIdNotInVocabulary',
			'refused: missing field `unk_token`'
		]);
	});

	it('is nothing in the files of real packages', () => {
		const texts = ['llama2', 'llama3', 'qwen3'].map((id) => JSON.stringify(TOKENIZER_JSON[id]()));
		expect(texts.map((text) => findRefusal(readJson(text)))).toEqual([null, null, null]);
	});
});
