/** Texts that tokenizers stumble over, from a seed, so that a failure can be run again. */

export type Random = () => number;

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
export function randomFrom(seed: number): Random {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** The same in every run, so that what passed passes again; `SEED=…` in the environment tries other texts. */
export const SEED = Number(process.env.SEED ?? 20261125);

const below = (random: Random, limit: number) => Math.floor(random() * limit);
const pick = <T>(random: Random, items: readonly T[]): T => items[below(random, items.length)];

/** Blocks of scripts: first and last code point. */
const SCRIPTS: readonly (readonly [number, number])[] = [
	[0x20, 0x7e],
	[0xa0, 0xff],
	[0x100, 0x24f],
	[0x250, 0x2ff],
	[0x300, 0x36f],
	[0x370, 0x3ff],
	[0x400, 0x52f],
	[0x590, 0x5ff],
	[0x600, 0x6ff],
	[0x900, 0x97f],
	[0x980, 0x9ff],
	[0xb80, 0xbff],
	[0xe00, 0xe7f],
	[0xf00, 0xfff],
	[0x1000, 0x109f],
	[0x10a0, 0x10ff],
	[0x1100, 0x11ff],
	[0x1780, 0x17ff],
	[0x1e00, 0x1fff],
	[0x2000, 0x206f],
	[0x2070, 0x218f],
	[0x2190, 0x27bf],
	[0x3000, 0x30ff],
	[0x3130, 0x318f],
	[0x4e00, 0x9fff],
	[0xa640, 0xa7ff],
	[0xac00, 0xd7a3],
	[0xf900, 0xfaff],
	[0xfb00, 0xfdff],
	[0xfe00, 0xfeff],
	[0xff00, 0xffef],
	[0x10400, 0x1044f],
	[0x11000, 0x111ff],
	[0x1d400, 0x1d7ff],
	[0x1e900, 0x1e95f],
	[0x1f300, 0x1faff],
	[0x20000, 0x2a6df]
];
const SPACES = [
	' ',
	' ',
	' ',
	'  ',
	'   ',
	'\n',
	'\n\n',
	'\r\n',
	'\r',
	'\t',
	'\v',
	'\f',
	'\u0085',
	'\u00a0',
	'\u1680',
	'\u2003',
	'\u2028',
	'\u2029',
	'\u202f',
	'\u205f',
	'\u3000',
	'\ufeff',
	'\u200b',
	'\u180e',
	' \n',
	'\n '
];
const MARKS = [
	'\u0300',
	'\u0301',
	'\u0308',
	'\u0316',
	'\u0327',
	'\u0334',
	'\u0345',
	'\u05b0',
	'\u064b',
	'\u093c',
	'\u0e38',
	'\u3099',
	'\u20d0',
	'\ua8e1',
	'\u{1d165}',
	'\u{1133c}',
	'\u1dfb',
	'\u0898',
	'\u1abf',
	'\u1ac1'
];
const BASES = [
	...'aAeoOucnsSkKiIyzĀ가각かハसক',
	'ſ',
	'\u212a',
	'\u212b',
	'\u1e9e',
	'ß',
	'ﬁ',
	'™',
	'①',
	'ｶ',
	'ﾞ',
	'½',
	'ﷺ',
	'豈',
	'\u0958',
	'\u0344'
];
const CONTRACTIONS = [
	"'s",
	"'S",
	"'t",
	"'T",
	"'re",
	"'RE",
	"'Re",
	"'ve",
	"'VE",
	"'m",
	"'M",
	"'ll",
	"'LL",
	"'lL",
	"'d",
	"'D",
	"'ſ",
	'’s',
	'’ll',
	"'",
	"''",
	"'x"
];
const WORDS = [
	'the',
	'Hello',
	'WORLD',
	'tokenizer',
	'McDonald',
	'iPhone',
	'naïve',
	'Straße',
	'größer',
	'привет',
	'Мир',
	'你好',
	'世界',
	'こんにちは',
	'カタカナ',
	'مرحبا',
	'שלום',
	'สวัสดี',
	'नमस्ते',
	'안녕',
	'tiếng',
	'İstanbul',
	'ǅungla',
	'ΑΣ'
];
const CODE = [
	'def f(x):\n    return x',
	'if (a && b) {\n\t\tfoo();\n\t}',
	'<div class="x">',
	'// TODO: x\r\n',
	'#include <a.h>',
	'x += 1;',
	'\\n',
	'=>',
	'...',
	'/*',
	'*/',
	'://',
	'->',
	'}}',
	'"""',
	'\n\n\n    ',
	'https://a.b/c?d=e&f#g',
	'$_',
	'0x1F'
];
const LOOKALIKES = [
	'<|endoftext|>',
	'<|im_start|>',
	'<|im_end|>',
	'<s>',
	'</s>',
	'<unk>',
	'<bos>',
	'<eos>',
	'<pad>',
	'<0x0A>',
	'[INST]',
	'[/INST]',
	'<|begin_of_text|>',
	'<|eot_id|>',
	'<｜User｜>',
	'<think>',
	'<tool_call>',
	'<unused7>',
	'<start_of_turn>',
	'[multimodal]',
	'<|fim_prefix|>',
	'<EOT>',
	'<META>',
	'<|',
	'|>',
	'▁',
	'▁▁',
	'Ġ',
	'<table>',
	'</b>',
	'<code>'
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

/** Parts of a text and how often each kind comes. */
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

/** `count` texts of up to `parts` parts each. Lone surrogates may occur. */
export function randomTexts(seed: number, count: number, parts = 14): string[] {
	const random = randomFrom(seed);
	return Array.from({ length: count }, () =>
		Array.from({ length: 1 + below(random, parts) }, () => part(random)).join('')
	);
}
