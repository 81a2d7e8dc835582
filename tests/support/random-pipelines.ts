import { pick, type Random } from './random-texts';
import {
	BEHAVIORS,
	byteLevel,
	chance,
	CHARACTERS,
	metaspace,
	model,
	normalizer,
	PATTERNS,
	preTokenizer,
	randomTokenizerJson,
	some,
	SYMBOLS,
	type RandomSpec
} from './random-specs';
import { replace, sequence, split, vocabOf } from './spec-parts';

/** Small tokenizer.json files with every stage that the engine runs. */

/** Characters that only some stages treat differently, in addition to {@link CHARACTERS}. */
export const STAGE_CHARACTERS = [
	...CHARACTERS,
	'.',
	'$',
	"'s",
	...'\0\u0001\u00ad\u200b\u200d\ufeff\ufffd日カーжὰİำ、𝒳\u{1e94a}\u0903'
];

/** Patterns that match nothing somewhere. */
const EMPTY_PATTERNS = [{ String: '' }, { Regex: 'a*' }, { Regex: '(?=b)' }, { Regex: '^' }];
const STAGE_PATTERNS = [...PATTERNS, ...EMPTY_PATTERNS];

function anyNormalizer(random: Random): object {
	const flag = () => chance(random, 0.5);
	const bert = () => ({
		type: 'BertNormalizer',
		clean_text: flag(),
		handle_chinese_chars: flag(),
		strip_accents: pick(random, [null, true, false]),
		lowercase: flag()
	});
	const replaced = () => replace(pick(random, PATTERNS), pick(random, ['▁', '', ' ', 'x', 'é']));
	const plain = ['StripAccents', 'Nmt', 'ByteLevel'].map((type) => () => ({ type }));
	const usual = () => normalizer(random, 2);
	return pick<() => object>(random, [...plain, bert, bert, replaced, usual, usual, usual])();
}

function anyPreTokenizer(random: Random): object {
	const usual = () => preTokenizer(random);
	return pick<() => object>(random, [
		() => ({ type: 'Punctuation', behavior: pick(random, BEHAVIORS) }),
		...['Whitespace', 'WhitespaceSplit', 'BertPreTokenizer', 'UnicodeScripts'].map(
			(type) => () => ({ type })
		),
		() => ({ type: 'FixedLength', length: 1 + Math.floor(random() * 4) }),
		() => ({ type: 'CharDelimiterSplit', delimiter: pick(random, ['a', ' ', '▁', '中']) }),
		() => split(pick(random, STAGE_PATTERNS), pick(random, BEHAVIORS), chance(random, 0.3)),
		...[usual, usual, usual]
	])();
}

function anyDecoder(random: Random): object {
	return pick(random, [
		{ type: 'BPEDecoder', suffix: pick(random, ['</w>', 'a', '']) },
		{ type: 'WordPiece', prefix: pick(random, ['##', 'a', '']), cleanup: chance(random, 0.5) },
		{ type: 'ByteFallback' },
		{ type: 'Fuse' },
		metaspace(random),
		replace(pick(random, STAGE_PATTERNS), pick(random, [' ', '', 'x'])),
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
			...{ type: 'RobertaProcessing', ...ends, trim_offsets: chance(random, 0.5) },
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
		vocab: vocabOf(tokens),
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
		normalizers.push(replace(pick(random, EMPTY_PATTERNS), content));
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
		normalizer: normalizers.length === 0 ? null : sequence('normalizer', ...normalizers),
		pre_tokenizer: steps.length === 0 ? null : sequence('pre_tokenizer', ...steps),
		post_processor: anyPostProcessor(random),
		decoder: chance(random, 0.5)
			? base.decoder
			: { type: 'Sequence', decoders: some(random, 3, () => anyDecoder(random)) },
		model: { ...rest, vocab: chance(random, 0.3) ? withHoles(random, vocab) : vocab }
	};
}
