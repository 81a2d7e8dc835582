import type { Random } from './random-texts';
import {
	BEHAVIORS,
	byteLevel,
	chance,
	CHARACTERS,
	metaspace,
	model,
	normalizer,
	PATTERNS,
	pick,
	preTokenizer,
	randomTokenizerJson,
	some,
	SYMBOLS,
	type RandomSpec
} from './random-specs';

/** Small tokenizer.json files with every stage that the engine runs. */

/** Characters that only some stages treat differently, in addition to {@link CHARACTERS}. */
export const STAGE_CHARACTERS = [
	...CHARACTERS,
	'.',
	'$',
	"'s",
	'\u0000',
	'\u0001',
	'\u00ad',
	'\u200b',
	'\u200d',
	'\ufeff',
	'\ufffd',
	'日',
	'カ',
	'ー',
	'ж',
	'ὰ',
	'İ',
	'\u0e33',
	'、',
	'𝒳',
	'\u{1e94a}',
	'\u0903'
];

/** Patterns that match nothing somewhere. */
const EMPTY_PATTERNS = [{ String: '' }, { Regex: 'a*' }, { Regex: '(?=b)' }, { Regex: '^' }];
const STAGE_PATTERNS = [...PATTERNS, ...EMPTY_PATTERNS];

function anyNormalizer(random: Random): object {
	const flag = () => chance(random, 0.5);
	switch (Math.floor(random() * 9)) {
		case 0:
			return { type: 'StripAccents' };
		case 1:
			return { type: 'Nmt' };
		case 2:
			return { type: 'ByteLevel' };
		case 3:
		case 4:
			return {
				type: 'BertNormalizer',
				clean_text: flag(),
				handle_chinese_chars: flag(),
				strip_accents: pick(random, [null, true, false]),
				lowercase: flag()
			};
		case 5:
			return {
				type: 'Replace',
				pattern: pick(random, PATTERNS),
				content: pick(random, ['▁', '', ' ', 'x', 'é'])
			};
		default:
			return normalizer(random, 2);
	}
}

function anyPreTokenizer(random: Random): object {
	switch (Math.floor(random() * 11)) {
		case 0:
			return { type: 'Punctuation', behavior: pick(random, BEHAVIORS) };
		case 1:
			return { type: 'Whitespace' };
		case 2:
			return { type: 'WhitespaceSplit' };
		case 3:
			return { type: 'BertPreTokenizer' };
		case 4:
			return { type: 'UnicodeScripts' };
		case 5:
			return { type: 'FixedLength', length: 1 + Math.floor(random() * 4) };
		case 6:
			return { type: 'CharDelimiterSplit', delimiter: pick(random, ['a', ' ', '▁', '中']) };
		case 7:
			return {
				type: 'Split',
				pattern: pick(random, STAGE_PATTERNS),
				behavior: pick(random, BEHAVIORS),
				invert: chance(random, 0.3)
			};
		default:
			return preTokenizer(random);
	}
}

function anyDecoder(random: Random): object {
	return pick(random, [
		{ type: 'BPEDecoder', suffix: pick(random, ['</w>', 'a', '']) },
		{ type: 'WordPiece', prefix: pick(random, ['##', 'a', '']), cleanup: chance(random, 0.5) },
		{ type: 'ByteFallback' },
		{ type: 'Fuse' },
		metaspace(random),
		{
			type: 'Replace',
			pattern: pick(random, STAGE_PATTERNS),
			content: pick(random, [' ', '', 'x'])
		},
		byteLevel(random)
	]);
}

function anyPostProcessor(random: Random): object | null {
	const ends = { sep: ['</s>', 7], cls: ['<s>', 9] };
	return pick(random, [
		null,
		byteLevel(random),
		{ type: 'BertProcessing', ...ends },
		{
			type: 'RobertaProcessing',
			...ends,
			trim_offsets: chance(random, 0.5),
			add_prefix_space: chance(random, 0.5)
		}
	]);
}

/** A model whose tokens have a prefix unless they begin a pre-token, and a suffix if they end one. */
function affixedModel(random: Random, symbols: readonly string[], bytes: boolean) {
	const prefix = pick(random, ['', '', '##', '@']);
	const suffix = prefix === '' || chance(random, 0.3) ? pick(random, ['</w>', '|']) : '';
	const initial = symbols.flatMap((symbol) =>
		[symbol, prefix + symbol, symbol + suffix, prefix + symbol + suffix].filter(() =>
			chance(random, 0.95)
		)
	);
	const tokens = [...new Set(initial)];
	const merges: [string, string][] = [];
	for (let i = 0; i < 400; i++) {
		const [left, right] = [pick(random, tokens), pick(random, tokens)];
		if (!right.startsWith(prefix) || (suffix !== '' && left.endsWith(suffix))) continue;
		const product = left + right.slice(prefix.length);
		if (product.length > 14 || tokens.includes(product)) continue;
		tokens.push(product);
		merges.push([left, right]);
	}
	const { vocab, ...rest } = model(random, [], bytes);
	for (const token of Object.keys(vocab)) if (!tokens.includes(token)) tokens.push(token);
	return {
		...rest,
		continuing_subword_prefix: prefix || null,
		end_of_word_suffix: suffix || null,
		vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
		merges
	};
}

/** Leaves some ids out: the later ones move up. */
const withHoles = (random: Random, vocab: Readonly<Record<string, number>>) => {
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

/** As {@link randomTokenizerJson}, with every stage that the engine runs. */
export function randomPipelineJson(random: Random, byteAlphabet: readonly string[]): RandomSpec {
	const base = randomTokenizerJson(random, byteAlphabet);
	const bytes = JSON.stringify(base.pre_tokenizer).includes('"ByteLevel"');
	const normalizers = some(random, 3, () => anyNormalizer(random));
	const steps = some(random, 3, () => anyPreTokenizer(random));
	// After an insertion before the first character, native crashes as soon as it rewrites the text.
	if (!bytes && chance(random, 0.3)) {
		const content = pick(random, ['▁', ' ', 'x']);
		normalizers.push({ type: 'Replace', pattern: pick(random, EMPTY_PATTERNS), content });
	}
	if (bytes) {
		steps.push(byteLevel(random));
		if (chance(random, 0.3)) steps.push({ type: 'Punctuation', behavior: pick(random, BEHAVIORS) });
		if (chance(random, 0.3)) steps.push(byteLevel(random));
	}
	const symbols = bytes ? byteAlphabet : [...SYMBOLS, ...STAGE_CHARACTERS.slice(-12), 'x', '.'];
	const { vocab, ...rest } = chance(random, 0.4)
		? affixedModel(random, [...new Set(symbols)], bytes)
		: model(random, [...new Set(symbols)], bytes);
	return {
		...base,
		normalizer: normalizers.length === 0 ? null : { type: 'Sequence', normalizers },
		pre_tokenizer: steps.length === 0 ? null : { type: 'Sequence', pretokenizers: steps },
		post_processor: anyPostProcessor(random),
		decoder: chance(random, 0.5)
			? base.decoder
			: { type: 'Sequence', decoders: some(random, 3, () => anyDecoder(random)) },
		model: { ...rest, vocab: chance(random, 0.3) ? withHoles(random, vocab) : vocab }
	};
}
