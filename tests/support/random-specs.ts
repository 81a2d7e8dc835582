import { pick, type Random } from './random-texts';
import {
	byteLevel as byteLevelOf,
	FALLBACK_BYTES,
	metaspace as metaspaceOf,
	replace,
	split,
	strip,
	tokenizerFile,
	vocabOf
} from './spec-parts';

/** Small tokenizer.json files that put stages together as nobody would, from a generator of numbers. */

export const chance = (random: Random, of: number) => random() < of;
export const some = <T>(random: Random, most: number, make: () => T): T[] =>
	Array.from({ length: Math.floor(random() * (most + 1)) }, make);

/** What texts for these files are made of. */
export const CHARACTERS = [
	...'aabbcAB  12-\n_▁é',
	'e\u0301',
	...'\u0301ßſ\u212aﬁ\u0085\u00a0\u3000中🎉٣²\tĠ#'
];
export const SYMBOLS = [...new Set([...CHARACTERS.join('')])].filter(
	(c) => c !== 'ß' && c !== '🎉' && c !== '²'
);

export const PATTERNS = [
	{ String: ' ' },
	{ String: '-' },
	{ String: 'ab' },
	{ Regex: '\\s+' },
	{ Regex: '\\p{L}+' },
	{ Regex: '[ab]' },
	{ Regex: '\\p{N}' },
	{ Regex: "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+" },
	{ Regex: '(?i:a|s)' },
	{ Regex: ' ?\\w+' }
];
export const BEHAVIORS = 'Removed Isolated MergedWithPrevious MergedWithNext Contiguous'.split(' ');

export function normalizer(random: Random, depth = 0): object {
	const sequence = () => ({
		type: 'Sequence',
		normalizers: some(random, 3, () => normalizer(random, depth + 1))
	});
	const makers: readonly (() => object)[] = [
		() => ({ type: 'NFC' }),
		() => ({ type: 'NFD' }),
		() => ({ type: 'NFKC' }),
		() => ({ type: 'NFKD' }),
		() => ({ type: 'Lowercase' }),
		() => ({ type: 'Strip', strip_left: chance(random, 0.5), strip_right: chance(random, 0.5) }),
		() => replace(pick(random, PATTERNS), pick(random, ['▁', '', ' ', 'ab', 'é'])),
		() => ({ type: 'Prepend', prepend: pick(random, ['▁', ' ', 'ab']) })
	];
	return pick(random, depth > 1 ? makers : [...makers, sequence, sequence])();
}

export const byteLevel = (random: Random) =>
	byteLevelOf({
		add_prefix_space: chance(random, 0.5),
		trim_offsets: chance(random, 0.5),
		use_regex: chance(random, 0.5)
	});
export const metaspace = (random: Random) =>
	metaspaceOf({
		replacement: pick(random, ['▁', '_']),
		prepend_scheme: pick(random, ['always', 'first', 'never']),
		split: chance(random, 0.5)
	});

export function preTokenizer(random: Random): object {
	switch (Math.floor(random() * 4)) {
		case 0:
			return { type: 'Digits', individual_digits: chance(random, 0.5) };
		case 1:
			return metaspace(random);
		default:
			return split(pick(random, PATTERNS), pick(random, BEHAVIORS), chance(random, 0.3));
	}
}

function decoder(random: Random, bytes: boolean): object | null {
	if (bytes && chance(random, 0.8)) return byteLevel(random);
	const steps = () =>
		pick(random, [
			{ type: 'ByteFallback' },
			{ type: 'Fuse' },
			metaspace(random),
			replace(pick(random, PATTERNS), pick(random, [' ', '', '$1x'])),
			strip(pick(random, [' ', 'a', '▁']), 1, 0),
			byteLevel(random)
		]);
	return chance(random, 0.15) ? null : { type: 'Sequence', decoders: some(random, 4, steps) };
}

function addedToken(random: Random, id: number) {
	const content = pick(random, [
		...['<s>', '<x>', 'ab', 'a', ' ', '  ', 'AB', '▁', '▁▁', 'é'],
		...['e\u0301', '\n', '\n\n', '<S>', 'b c', '12', '#a#', 'ſ', '中']
	]);
	const flag = () => chance(random, 0.35);
	// White space that also strips what is left of it makes the native library die.
	const lstrip = content.trim() !== '' && flag();
	return {
		...{ id, content, single_word: flag(), lstrip },
		...{ rstrip: flag(), normalized: flag(), special: flag() }
	};
}

/** A model over `symbols` with merges of what there is, in random order. */
export function model(random: Random, symbols: readonly string[], bytes: boolean) {
	const tokens = [...symbols];
	const merges: [string, string][] = [];
	for (let i = 0; i < 40; i++) {
		const pair: [string, string] = [pick(random, tokens), pick(random, tokens)];
		const product = pair.join('');
		if (tokens.includes(product) || product.length > 8) continue;
		tokens.push(product);
		merges.push(pair);
	}
	const fallback = !bytes && chance(random, 0.4);
	if (fallback) tokens.push(...FALLBACK_BYTES);
	const unknown = chance(random, 0.5) ? '<unk>' : null;
	if (unknown) tokens.push(unknown);
	return {
		...{ type: 'BPE', dropout: null, unk_token: unknown, continuing_subword_prefix: null },
		...{ end_of_word_suffix: null, fuse_unk: chance(random, 0.5), byte_fallback: fallback },
		...{ ignore_merges: chance(random, 0.3), vocab: vocabOf(tokens) },
		merges
	};
}

export interface RandomSpec {
	added_tokens: { content: string; normalized: boolean; rstrip: boolean }[];
	normalizer: object | null;
	pre_tokenizer: object | null;
	post_processor: object | null;
	[field: string]: unknown;
}

export function randomTokenizerJson(random: Random, byteAlphabet: readonly string[]): RandomSpec {
	const bytes = chance(random, 0.5);
	const steps = some(random, 2, () => preTokenizer(random));
	if (bytes) steps.push(byteLevel(random));
	const { vocab, ...rest } = model(random, bytes ? byteAlphabet : SYMBOLS, bytes);
	const names = new Set<string>();
	const added = some(random, 6, () => addedToken(random, Math.floor(random() * 400))).filter(
		({ content }) => !names.has(content) && names.add(content)
	);
	return {
		...tokenizerFile({}),
		added_tokens: added,
		normalizer: chance(random, 0.6) ? normalizer(random) : null,
		pre_tokenizer: steps.length === 0 ? null : { type: 'Sequence', pretokenizers: steps },
		post_processor: chance(random, 0.3) ? byteLevel(random) : null,
		decoder: decoder(random, bytes),
		model: { ...rest, vocab }
	};
}
