import { encodeBase64 } from '../../src/lib/engine/stages';
import { writeCharsmap } from '../../src/tools/charsmap.mjs';
import { pick, type Random } from './random-texts';
import {
	byteLevel as byteLevelOf,
	FALLBACK_BYTES,
	metaspace as metaspaceOf,
	replace,
	sequence,
	split,
	strip,
	tokenizerFile,
	vocabOf
} from './spec-parts';

/** Generates small tokenizer.json files that combine all supported stages in unusual ways. */

const chance = (random: Random, of: number) => random() < of;
const some = <T>(random: Random, most: number, make: () => T): T[] =>
	Array.from({ length: Math.floor(random() * (most + 1)) }, make);
const oneOf = (random: Random, ...makers: readonly (() => object)[]) => pick(random, makers)();

/** Characters that make up the texts to encode with the generated files. */
export const CHARACTERS = [
	...'aabbcAB  12-\n_▁é',
	...['e\u0301', "'s"],
	...'\u0301ßſ\u212aﬁ\u0085\u00a0\u3000中🎉٣²\tĠ#.$x',
	...'\0\u0001\u00ad\u200b\u200d\ufeff\ufffd日カーжὰİำ、𝒳\u{1e94a}\u0903'
];
const SYMBOLS = [...new Set(CHARACTERS.join(''))].filter((c) => !'ß🎉²\0\u0001ж'.includes(c));

const PATTERNS = [
	...[' ', '-', 'ab'].map((text) => ({ String: text })),
	...['\\s+', '\\p{L}+', '[ab]', '\\p{N}', '(?i:a|s)', ' ?\\w+'].map((regex) => ({ Regex: regex })),
	{ Regex: "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+" }
];
/** Patterns that can match the empty string. */
const EMPTY_PATTERNS = [{ String: '' }, { Regex: 'a*' }, { Regex: '(?=b)' }, { Regex: '^' }];
const ALL_PATTERNS = [...PATTERNS, ...EMPTY_PATTERNS];
const BEHAVIORS = 'Removed Isolated MergedWithPrevious MergedWithNext Contiguous'.split(' ');

const CHARSMAP = encodeBase64(
	writeCharsmap(Object.entries({ é: 'e', ﬁ: 'fi', 中: '日a', A: 'ab' }))
);
const NORMALIZERS = 'NFC NFD NFKC NFKD Lowercase StripAccents Nmt ByteLevel'.split(' ');
const PRE_TOKENIZERS = 'Whitespace WhitespaceSplit BertPreTokenizer UnicodeScripts'.split(' ');

function normalizer(random: Random): object {
	const flag = () => chance(random, 0.5);
	const plain = () => ({ type: pick(random, NORMALIZERS) });
	const replaced = () =>
		replace(pick(random, PATTERNS), pick(random, ['▁', '', ' ', 'ab', 'x', 'é']));
	return oneOf(
		random,
		...[plain, plain, plain, plain, replaced, replaced],
		() => ({ type: 'Strip', strip_left: flag(), strip_right: flag() }),
		() => ({ type: 'Precompiled', precompiled_charsmap: CHARSMAP }),
		() => ({ type: 'Prepend', prepend: pick(random, ['▁', ' ', 'ab']) }),
		() => ({
			...{ type: 'BertNormalizer', clean_text: flag(), handle_chinese_chars: flag() },
			...{ strip_accents: pick(random, [null, true, false]), lowercase: flag() }
		}),
		() => sequence('normalizer', ...some(random, 3, () => normalizer(random)))
	);
}

const byteLevel = (random: Random) =>
	byteLevelOf({
		add_prefix_space: chance(random, 0.5),
		trim_offsets: chance(random, 0.5),
		use_regex: chance(random, 0.5)
	});
const metaspace = (random: Random) =>
	metaspaceOf({
		replacement: pick(random, ['▁', '_']),
		prepend_scheme: pick(random, ['always', 'first', 'never']),
		split: chance(random, 0.5)
	});
const punctuation = (random: Random) => ({
	type: 'Punctuation',
	behavior: pick(random, BEHAVIORS)
});

function preTokenizer(random: Random): object {
	const splits = () =>
		split(pick(random, ALL_PATTERNS), pick(random, BEHAVIORS), chance(random, 0.3));
	return oneOf(
		random,
		...[splits, splits, splits, () => metaspace(random), () => punctuation(random)],
		() => ({ type: 'Digits', individual_digits: chance(random, 0.5) }),
		() => ({ type: pick(random, PRE_TOKENIZERS) }),
		() => ({ type: 'FixedLength', length: 1 + Math.floor(random() * 4) }),
		() => ({ type: 'CharDelimiterSplit', delimiter: pick(random, ['a', ' ', '▁', '中']) })
	);
}

const decoder = (random: Random) =>
	pick(random, [
		...[{ type: 'ByteFallback' }, { type: 'Fuse' }, metaspace(random), byteLevel(random)],
		replace(pick(random, ALL_PATTERNS), pick(random, [' ', '', 'x', '$1x'])),
		strip(pick(random, [' ', 'a', '▁']), 1, 0),
		{ type: 'BPEDecoder', suffix: pick(random, ['</w>', 'a', '']) },
		{ type: 'WordPiece', prefix: pick(random, ['##', 'a', '']), cleanup: chance(random, 0.5) }
	]);

function postProcessor(random: Random): object | null {
	const ends = { sep: ['</s>', 7], cls: ['<s>', 9] };
	const { add_prefix_space, trim_offsets } = byteLevel(random);
	return pick(random, [
		null,
		byteLevel(random),
		{ type: 'BertProcessing', ...ends },
		{ type: 'RobertaProcessing', ...ends, trim_offsets, add_prefix_space }
	]);
}

function addedToken(random: Random, id: number) {
	const content = pick(random, [
		...['<s>', '<x>', 'ab', 'a', ' ', '  ', 'AB', '▁', '▁▁', 'é'],
		...['e\u0301', '\n', '\n\n', '<S>', 'b c', '12', '#a#', 'ſ', '中']
	]);
	const flag = () => chance(random, 0.35);
	// The native library crashes if a token that is only white space also strips white space to its left.
	const lstrip = content.trim() !== '' && flag();
	return {
		...{ id, content, single_word: flag(), lstrip },
		...{ rstrip: flag(), normalized: flag(), special: flag() }
	};
}

/**
 * A model over `symbols`, with merges of available tokens in random order. Tokens that don't begin a pre-token may have
 * a prefix, and tokens that end a pre-token may have a suffix.
 */
function model(random: Random, symbols: readonly string[], bytes: boolean) {
	const hasAffixes = chance(random, 0.4);
	const prefix = hasAffixes ? pick(random, ['', '', '##', '@']) : '';
	const hasSuffix = hasAffixes && (prefix === '' || chance(random, 0.3));
	const suffix = hasSuffix ? pick(random, ['</w>', '|']) : '';
	const initial = hasAffixes
		? symbols
				.flatMap((symbol) => [symbol, prefix + symbol, symbol + suffix, prefix + symbol + suffix])
				.filter(() => chance(random, 0.95))
		: symbols;
	const tokens = [...new Set(initial)];
	const merges: [string, string][] = [];
	for (let i = 0; i < (hasAffixes ? 400 : 40); i++) {
		const [left, right] = [pick(random, tokens), pick(random, tokens)];
		if (!right.startsWith(prefix) || (suffix !== '' && left.endsWith(suffix))) continue;
		const product = left + right.slice(prefix.length);
		if (product.length > (hasAffixes ? 14 : 8) || tokens.includes(product)) continue;
		tokens.push(product);
		merges.push([left, right]);
	}
	const fallback = !bytes && chance(random, 0.4);
	if (fallback) tokens.push(...FALLBACK_BYTES);
	const unknown = chance(random, 0.5) ? '<unk>' : null;
	if (unknown) tokens.push(unknown);
	const vocab = vocabOf([...new Set(tokens)]);
	return {
		...{ type: 'BPE', dropout: null, unk_token: unknown, fuse_unk: chance(random, 0.5) },
		...{ continuing_subword_prefix: prefix || null, end_of_word_suffix: suffix || null },
		...{ byte_fallback: fallback, ignore_merges: chance(random, 0.3), merges },
		vocab: chance(random, 0.2) ? withIdGaps(random, vocab) : vocab
	};
}

/** Inserts gaps between ids by increasing all later ids. */
const withIdGaps = (random: Random, vocab: Readonly<Record<string, number>>) => {
	let shift = 0;
	return Object.fromEntries(
		Object.entries(vocab)
			.sort(([, a], [, b]) => a - b)
			.map(([token, id]) => {
				if (chance(random, 0.02)) shift += Math.floor(random() * 3);
				return [token, id + shift];
			})
	);
};

export function randomTokenizerJson(random: Random, byteAlphabet: readonly string[]) {
	const bytes = chance(random, 0.5);
	const normalizers = some(random, 3, () => normalizer(random));
	const steps = some(random, 3, () => preTokenizer(random));
	// If text has been inserted before the first character, the native library crashes when later steps rewrite the text.
	if (!bytes && chance(random, 0.2))
		normalizers.push(replace(pick(random, EMPTY_PATTERNS), pick(random, ['▁', ' ', 'x'])));
	if (bytes) {
		steps.push(byteLevel(random));
		if (chance(random, 0.2)) steps.push(punctuation(random));
		if (chance(random, 0.2)) steps.push(byteLevel(random));
	}
	const names = new Set<string>();
	const added = some(random, 6, () => addedToken(random, Math.floor(random() * 400)));
	const decodersOfBytes = bytes && chance(random, 0.4) ? byteLevel(random) : null;
	const decoders = some(random, 4, () => decoder(random));
	return {
		...tokenizerFile({}),
		added_tokens: added.filter(({ content }) => !names.has(content) && names.add(content)),
		normalizer: normalizers.length === 0 ? null : sequence('normalizer', ...normalizers),
		pre_tokenizer: steps.length === 0 ? null : sequence('pre_tokenizer', ...steps),
		post_processor: postProcessor(random),
		decoder: decodersOfBytes ?? (chance(random, 0.9) ? sequence('decoder', ...decoders) : null),
		model: model(random, bytes ? byteAlphabet : SYMBOLS, bytes)
	};
}
