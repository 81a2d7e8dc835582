/** Generates texts that are hard for tokenizers, from a seed, so that failures can be reproduced. */

export type Random = () => number;

/** Creates a generator of numbers in [0, 1) that depends only on the seed (mulberry32). */
export function randomFrom(seed: number): Random {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** The seed is fixed so that test results are reproducible. `SEED=…` in the environment selects other texts. */
export const SEED = Number(process.env.SEED ?? 20261125);

/** Random integer from 0 to `limit` - 1. */
export const below = (random: Random, limit: number) => Math.floor(random() * limit);
export const pick = <T>(random: Random, items: readonly T[]): T =>
	items[below(random, items.length)];

/** Blocks of scripts: first and last code point, in hexadecimal. */
const SCRIPTS = [
	...'20-7e a0-ff 100-24f 250-2ff 300-36f 370-3ff 400-52f 590-5ff 600-6ff 900-97f'.split(' '),
	...'980-9ff b80-bff e00-e7f f00-fff 1000-109f 10a0-10ff 1100-11ff 1780-17ff'.split(' '),
	...'1e00-1fff 2000-206f 2070-218f 2190-27bf 3000-30ff 3130-318f 4e00-9fff'.split(' '),
	...'a640-a7ff ac00-d7a3 f900-faff fb00-fdff fe00-feff ff00-ffef 10400-1044f'.split(' '),
	...'11000-111ff 1d400-1d7ff 1e900-1e95f 1f300-1faff 20000-2a6df'.split(' ')
].map((block) => block.split('-').map((code) => parseInt(code, 16)));
const SPACES = [
	...[' ', ' ', ' ', '  ', '   ', '\n', '\n\n', '\r\n'],
	...'\r\t\v\f\u0085\u00a0\u1680\u2003\u2028\u2029\u202f\u205f\u3000\ufeff\u200b\u180e',
	...[' \n', '\n ']
];
const MARKS = [
	...'\u0300\u0301\u0308\u0316\u0327\u0334\u0345\u05b0\u064b\u093c\u0e38\u3099\u20d0\ua8e1',
	...'\u{1d165}\u{1133c}\u1dfb\u0898\u1abf\u1ac1'
];
const BASES = [...'aAeoOucnsSkKiIyzĀ가각かハसকſ\u212a\u212bẞßﬁ™①ｶﾞ½ﷺ豈\u0958\u0344'];
const CONTRACTIONS = [
	..."'s 'S 't 'T 're 'RE 'Re 've 'VE 'm 'M 'll 'LL 'lL 'd 'D 'ſ ’s".split(' '),
	..."’ll ' '' 'x".split(' ')
];
const WORDS = [
	...'the Hello WORLD tokenizer McDonald iPhone naïve Straße größer привет Мир'.split(' '),
	...'你好 世界 こんにちは カタカナ مرحبا שלום สวัสดี नमस्ते 안녕 tiếng İstanbul ǅungla ΑΣ'.split(' ')
];
const CODE = [
	...['def f(x):\n    return x', 'if (a && b) {\n\t\tfoo();\n\t}', '<div class="x">'],
	...['// TODO: x\r\n', '#include <a.h>', 'x += 1;', '\\n', '=>', '...', '/*', '*/', '://', '->'],
	...['}}', '"""', '\n\n\n    ', 'https://a.b/c?d=e&f#g', '$_', '0x1F']
];
const LOOKALIKES = [
	...'<|endoftext|> <|im_start|> <|im_end|> <s> </s> <unk> <bos> <eos> <pad> <0x0A>'.split(' '),
	...'[INST] [/INST] <|begin_of_text|> <|eot_id|> <｜User｜> <think> <tool_call>'.split(' '),
	...'<unused7> <start_of_turn> [multimodal] <|fim_prefix|> <EOT> <META> <| |> ▁ ▁▁ Ġ'.split(' '),
	...'<table> </b> <code>'.split(' ')
];
const SURROGATES = ['\ud800', '\udbff', '\udc00', '\udfff', '\ud83d', '\ude00'];

const digits = (random: Random) =>
	Array.from({ length: 1 + below(random, 7) }, () =>
		pick(random, [...'0123456789', '٣', '५', '²', 'Ⅷ', '〇'])
	).join('');

const codePoint = (random: Random): string => {
	const [first, last] = pick(random, SCRIPTS);
	return String.fromCodePoint(first + below(random, last - first + 1));
};

const anyCodePoint = (random: Random): string => {
	const plane = random() < 0.6 ? 0 : pick(random, [1, 1, 2, 3, 14, 16]);
	const code = plane * 0x10000 + below(random, 0x10000);
	return String.fromCodePoint(code >= 0xd800 && code < 0xe000 ? code - 0x800 : code);
};

const marked = (random: Random): string =>
	pick(random, BASES) +
	Array.from({ length: below(random, 4) }, () => pick(random, MARKS)).join('');

const run = (random: Random): string =>
	pick(random, [' ', '\n', '\t', 'a', 'A', '-', '=', '▁', '中', '1', '\r\n', '👍', ' \n']).repeat(
		1 + below(random, 70)
	);

/** Parts of a text, weighted by how often each kind should occur. */
const PARTS: readonly (readonly [number, (random: Random) => string])[] = [
	[5, codePoint],
	[2, anyCodePoint],
	[5, (random) => pick(random, SPACES)],
	[3, marked],
	[3, (random) => pick(random, CONTRACTIONS)],
	[6, (random) => pick(random, WORDS)],
	[2, digits],
	[2, (random) => pick(random, CODE)],
	[2, (random) => pick(random, LOOKALIKES)],
	[0.3, (random) => pick(random, SURROGATES)],
	[0.5, run],
	[1, (random) => pick(random, [...'.,;:!?()[]{}"\'-_/\\@#$%^&*+=~`|<>'])]
];
const TOTAL = PARTS.reduce((sum, [weight]) => sum + weight, 0);

function part(random: Random): string {
	let at = random() * TOTAL;
	for (const [weight, make] of PARTS) if ((at -= weight) < 0) return make(random);
	return ' ';
}

/** `count` texts of up to `parts` parts each. May contain lone surrogates. */
export function randomTexts(seed: number, count: number, parts = 14): string[] {
	const random = randomFrom(seed);
	return Array.from({ length: count }, () =>
		Array.from({ length: 1 + below(random, parts) }, () => part(random)).join('')
	);
}
