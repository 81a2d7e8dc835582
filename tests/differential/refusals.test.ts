import { describe, expect, it } from 'vitest';
import { readJson } from '../../src/lib/tokenizers/files/exact-json';
import { findRefusal } from '../../src/lib/tokenizers/files/refusal';
import { mutatedFiles } from '../support/mutated-files';
import { nativeLibrary } from '../support/native-library';
import { TOKENIZER_JSON } from '../support/native-tokenizers';
import { nativeVerdicts } from '../support/native-verdicts';
import { SEED } from '../support/random-texts';
import {
	addedToken,
	byteLevel,
	metaspace,
	padding,
	replace,
	sequence,
	split,
	strip,
	tokenizerFile,
	truncation
} from '../support/spec-parts';

/** Files that Hugging Face's library refuses: those of which the file shows it, and all. */
function refusals(texts: readonly string[]) {
	const native = nativeVerdicts(texts);
	const found = texts.map((text) => findRefusal(readJson(text)));
	const wrong = texts.filter((_, i) => found[i] !== null && native[i] === 'yes');
	const refused = texts.flatMap((_, i) => (native[i].startsWith('refused') ? [i] : []));
	const unseen = refused.filter((i) => found[i] === null).map((i) => [native[i], texts[i]]);
	return { wrong, refused: refused.length, unseen };
}

const VOCAB = { a: 0, b: 1, ' ': 2, ab: 3, '▁': 4, '▁a': 5, é: 6 };
const edited = (parts: object, model: object = {}): string =>
	JSON.stringify({
		...tokenizerFile({ model: { type: 'BPE', vocab: VOCAB, merges: ['a b', '▁ a'], ...model } }),
		...parts
	});
/** A file for each value of a part. */
const eachOf = (part: string, ...values: readonly unknown[]) =>
	values.map((value) => edited({ [part]: value }));
/** A file for each change of its model. */
const models = (...changes: readonly object[]) => changes.map((change) => edited({}, change));

const added = (content: string, flags: object = {}) =>
	addedToken(50, content, { special: false, ...flags });
const steps = (...normalizers: readonly object[]) => sequence('normalizer', ...normalizers);
const decoders = (...list: readonly object[]) => sequence('decoder', ...list);
const processors = (...list: readonly object[]) => sequence('post_processor', ...list);
const prepend = (text: string) => ({ type: 'Prepend', prepend: text });
const [lowercase, nfc, nfkc, nmt] = ['Lowercase', 'NFC', 'NFKC', 'Nmt'].map((type) => ({ type }));
const stripSpace = { type: 'Strip', strip_left: true, strip_right: true };
const addsSpace = byteLevel({ add_prefix_space: true });
const [sequenceA, sequenceB] = ['A', 'B'].map((id) => ({ Sequence: { id, type_id: 0 } }));
const special = { SpecialToken: { id: 'x', type_id: 0 } };
const template = (
	single: readonly object[],
	special_tokens: object = { x: { id: 'x', ids: [0], tokens: ['a'] } }
) => ({ type: 'TemplateProcessing', single, pair: [sequenceA, sequenceB], special_tokens });

function nested(depth: number): unknown {
	let value: unknown = 1;
	for (let i = 0; i < depth; i++) value = [value];
	return value;
}

const truncations = ['LongestFirst', 'OnlyFirst', 'OnlySecond'].flatMap((strategy) =>
	['4 0', '4 1', '4 2', '4 4', '0 3', '1 1'].flatMap((numbers) => {
		const [max_length, stride] = numbers.split(' ').map(Number);
		const parts = { truncation: truncation({ strategy, max_length, stride }) };
		return [edited(parts), edited({ ...parts, post_processor: template([special, sequenceA]) })];
	})
);

/** Each tests one rule of native's readers, or one panic. */
const handWritten: readonly string[] = [
	...truncations,
	// A file without a type is read by its fields, and one with a wrong type as well.
	...models(
		{ type: undefined },
		{ type: undefined, merges: ['a c'] },
		{ type: undefined, merges: ['a c'], unk_token: 'a' },
		{ type: null },
		{ type: { BPE: null } },
		{ extra: 1 }
	),
	...eachOf(
		'normalizer',
		{ type: 'Foo', prepend: 'x' },
		{ type: { NFC: null } },
		steps([true, true], ['NFC']),
		{ type: 'Strip', strip_right: 1, strip_left: 'x' }
	),
	...eachOf(
		'pre_tokenizer',
		{ type: 'CharDelimiterSplit', delimiter: 'a' },
		{ type: 'Delimiter', delimiter: 'a' }
	),
	...eachOf('truncation', ['Left', 5, 'LongestFirst', 0], []),
	edited({ truncation: truncation({ strategy: 'OnlyFirst', max_length: 5, extra: nested(200) }) }),
	edited({ extra: 1 }),
	edited({ version: '2.0' }),
	edited({ model: undefined }),
	'[]',
	'3',
	// Details that JSON.parse hides.
	`\ufeff${edited({})}`,
	...[
		['"version":"1.0"', '"version":"1.0","version":"1.0"'],
		['"type":"BPE"', '"type":"BPE","type":"BPE"'],
		['"a":0', '"a":0,"a":9'],
		['"a":0', '"a":-1,"a":0'],
		['"a":0', '"a":0.0'],
		['"b":1', '"b\\ud800":1'],
		['"b":1', '"b\\udc00":1']
	].map(([found, other]) => edited({}).replace(found, other)),
	...models({ extra: nested(125) }, { extra: nested(126) }),
	edited({}, { extra: 0 }).replace('"extra":0', '"extra":1e999'),
	edited({ normalizer: prepend('x') }).replace('"prepend":"x"', '"prepend":1,"prepend":"x"'),
	edited({ added_tokens: [added('x')] }).replace(
		'"special":false',
		'"special":false,"special":false'
	),
	...models(
		{ merges: ['a b', ['a', 'b']] },
		{ merges: ['a'] },
		{ merges: ['#version: 1', 'a b c'] },
		{ merges: ['a c'] },
		{ merges: ['b a'] },
		{ vocab: { a: 0, b: 1 }, merges: ['a b'] },
		{ vocab: { a: 0, '##b': 1, ab: 2 }, merges: ['a ##b'], continuing_subword_prefix: '##' },
		{ merges: ['a b'], continuing_subword_prefix: '##' },
		{ vocab: { aaaa: 0, b: 1 }, merges: ['aaaa b'], continuing_subword_prefix: '##' },
		{ vocab: { a: 0, éb: 1, b: 2 }, merges: ['a éb'], continuing_subword_prefix: 'x' },
		{ vocab: { a: 4_000_000_000, b: 10 }, merges: [] },
		{ vocab: {}, merges: [] },
		{ dropout: 1.5 },
		{ dropout: 1 },
		{ unk_token: 'missing' }
	),
	// Regular expressions outside Split.
	...eachOf('normalizer', replace({ Regex: '(' }, ''), steps(replace({ Regex: '[z-a]' }, ''))),
	edited({ decoder: decoders(replace({ Regex: '*' }, '')) }),
	// A normalizer that prepends something.
	...[addsSpace, sequence('pre_tokenizer', split({ Regex: '\\p{L}+| +' }), addsSpace)].map(
		(pre_tokenizer) => edited({ normalizer: prepend(''), pre_tokenizer })
	),
	edited({ normalizer: steps(prepend(''), prepend('x')), pre_tokenizer: addsSpace }),
	...eachOf(
		'normalizer',
		prepend(''),
		steps(prepend(''), nfc),
		steps(nfc, prepend('')),
		steps(prepend(''), lowercase),
		steps(prepend(''), replace({ String: ' ' }, '▁')),
		steps(prepend(''), stripSpace),
		steps(prepend('x'), nfc),
		replace({ String: '' }, 'z'),
		steps(replace({ String: '' }, 'z'), nfkc),
		steps(replace({ String: '' }, ''), nfkc),
		steps(replace({ Regex: '^' }, '▁'), nfc),
		steps(replace({ Regex: '^' }, '▁'), nmt),
		steps(replace({ String: 'a' }, ''), nfc, stripSpace),
		...['', null, undefined, 'A*==', 'AAAAAA=='].map((precompiled_charsmap) => ({
			...{ type: 'Precompiled', precompiled_charsmap }
		}))
	),
	...[
		[stripSpace, added('  ', { normalized: true })],
		[stripSpace, added('  ')],
		[replace({ String: 'a' }, ''), added('a', { normalized: true })],
		[lowercase, added('A', { normalized: true }), added('a', { normalized: true })],
		[nmt, added('x', { normalized: true })]
	].map(([normalizer, ...added_tokens]) => edited({ normalizer, added_tokens })),
	edited({ added_tokens: [added('')] }),
	...[
		[added(' b'), added(' ', { lstrip: true })],
		[added(' ', { lstrip: true, rstrip: true })],
		[added(' ', { rstrip: true })],
		[added(' ', { lstrip: true, single_word: true })],
		[added(' ', { lstrip: true, normalized: true })],
		[added(' x', { lstrip: true })]
	].map((others) => edited({ added_tokens: [added('a', { rstrip: true }), ...others] })),
	...eachOf(
		'pre_tokenizer',
		{ type: 'FixedLength', length: 0 },
		{ type: 'FixedLength' },
		{ type: 'Split', pattern: { String: '' }, behavior: 'Contiguous', invert: true },
		metaspace({ split: undefined, add_prefix_space: false, prepend_scheme: 'first' }),
		{ type: 'Metaspace', replacement: '▁▁', add_prefix_space: true }
	),
	...eachOf(
		'post_processor',
		template([sequenceB]),
		template([special, sequenceA], {}),
		template([special], { x: { id: 'x', ids: [1, 2], tokens: ['x'] } }),
		template([]),
		processors(template([]), template([])),
		processors(template([special, sequenceA]), template([sequenceA])),
		processors(template([special, sequenceA, special]), template([sequenceA])),
		processors(),
		{ type: 'anything', sep: ['a', 0], cls: ['b', 1] }
	),
	...eachOf(
		'padding',
		padding({ strategy: { Fixed: 2 ** 45 } }),
		padding({ strategy: { Fixed: 2 ** 62 } }),
		padding({ pad_to_multiple_of: 2 ** 62 }),
		padding({ pad_to_multiple_of: 0 }),
		padding({ strategy: { BatchLongest: null }, pad_to_multiple_of: 8 })
	),
	...eachOf(
		'decoder',
		strip(' ', 1, 0),
		strip(' ', 1, 1),
		strip(' ', 0, 1),
		strip(' ', 0, 2),
		strip('z', 5, 5),
		decoders({ type: 'Fuse' }, strip('z', 0, 1)),
		decoders(byteLevel({ use_regex: undefined }), strip('z', 0, 1)),
		decoders(replace({ String: '▁' }, ' '), strip(' ', 1, 1)),
		decoders(replace({ String: 'a' }, ''), strip('z', 0, 1)),
		decoders(replace({ String: 'a' }, 'x'), strip('z', 1, 1)),
		{ type: 'BPEDecoder', suffix: '' },
		{ type: 'CTC', pad_token: '', word_delimiter_token: '', cleanup: true }
	),
	...eachOf(
		'model',
		{ type: 'Unigram', vocab: [], unk_id: null },
		{ type: 'Unigram', vocab: [], unk_id: 0 },
		{ type: 'Unigram', vocab: [['a', -1]], unk_id: 1 },
		{ type: 'Unigram', vocab: [['', 0]], unk_id: 0, byte_fallback: true },
		{ type: 'WordLevel', vocab: { a: 0 }, unk_token: 'missing' },
		{ type: 'WordLevel', vocab: { a: 0 } }
	)
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
