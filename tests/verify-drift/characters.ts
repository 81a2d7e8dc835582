/** Characters that represent all of Unicode: every white space, category, script and version. */
import { randomFrom } from '../support/random-texts';

/** White space by any definition, and similar characters. */
export const WHITE_SPACE: readonly string[] = [
	...'\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a',
	...'\u2028\u2029\u202f\u205f\u3000\u180e\u200b\u200c\u200d\u2060\ufeff\u001c\u001d\u001e\u001f\u0000'
];

const CATEGORIES =
	'Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Zs Zl Zp Cc Cf Co Cn'.split(
		' '
	);

/** A few characters that each version since Unicode 9 added, also letters with case and marks. */
const BY_VERSION: readonly (readonly [string, readonly number[]])[] = [
	['9.0', [0x1e900, 0x1e922, 0x1e944, 0x104b0, 0x104d8, 0x11400, 0x11435, 0x1f991, 0x23fb, 0x8b6]],
	['10.0', [0x20bf, 0x11d00, 0x11d31, 0x11a00, 0x1f929, 0x1f9d0, 0x860, 0x312e, 0x2ceb0, 0x9fc]],
	['11.0', [0x1c90, 0x10d00, 0x10d24, 0x10d30, 0x16e40, 0x16e60, 0x1f970, 0x5ef, 0xa7b8, 0xa7b9]],
	['12.0', [0x1e2c0, 0x1e2ec, 0x1e2f0, 0x1e100, 0x1f90d, 0xa7ba, 0xa7bb, 0x1f97a, 0xe86, 0x16f45]],
	['12.1', [0x32ff]],
	['13.0', [0x10e80, 0x11950, 0x1fbf0, 0x1f972, 0x1fad6, 0xa7f5, 0xa7f6, 0x31bb, 0x30000, 0x8be]],
	['14.0', [0x10570, 0x10597, 0x20c0, 0x1e290, 0x12f90, 0x1fae0, 0x2c2f, 0x2c5f, 0x898, 0x1dfa]],
	[
		'15.0',
		[0x11f04, 0x11f50, 0x1e4d0, 0x1e4f0, 0x1fae8, 0x31350, 0x1e030, 0xcf3, 0x1d2c0, 0x10efd]
	],
	['15.1', [0x2ebf0, 0x2ee5d, 0x2ffc, 0x31ef]],
	[
		'16.0',
		[0x1c89, 0x1c8a, 0x10d50, 0x10d70, 0x10d40, 0x16100, 0x16d67, 0xa7cb, 0xa7da, 0x1fae9, 0x897]
	],
	['17.0', [0xa7ce, 0xa7cf, 0x10940, 0x16ea0, 0x16ebb, 0x1ac1, 0x1acf, 0x20c1, 0x323b0, 0x1fac8]]
];

/** Characters newer than Unicode 9, which the reference's normalizers do not know. */
export const NEWER_THAN_UNICODE_9: readonly string[] = BY_VERSION.slice(1).flatMap(([, codes]) =>
	codes.map((code) => String.fromCodePoint(code))
);

const SCRIPTS = (
	'Adlam Ahom Arabic Armenian Avestan Balinese Bamum Batak Bengali Bopomofo Brahmi Braille Buginese ' +
	'Buhid Canadian_Aboriginal Carian Chakma Cham Cherokee Coptic Cuneiform Cypriot Cyrillic Deseret ' +
	'Devanagari Duployan Egyptian_Hieroglyphs Ethiopic Georgian Glagolitic Gothic Grantha Greek Gujarati ' +
	'Gurmukhi Han Hangul Hebrew Hiragana Inherited Javanese Kannada Katakana Kayah_Li Kharoshthi Khmer ' +
	'Lao Latin Lepcha Limbu Linear_B Lisu Lycian Lydian Malayalam Mandaic Meetei_Mayek Mongolian Myanmar ' +
	'New_Tai_Lue Newa Nko Nushu Ogham Ol_Chiki Oriya Osage Osmanya Phags_Pa Phoenician Rejang Runic ' +
	'Samaritan Saurashtra Sharada Shavian Sinhala Sundanese Syloti_Nagri Syriac Tagalog Tagbanwa Tai_Le ' +
	'Tai_Tham Tai_Viet Takri Tamil Tangut Telugu Thaana Thai Tibetan Tifinagh Tirhuta Ugaritic Vai ' +
	'Warang_Citi Yi Common'
).split(' ');

/** Characters that fold, compose, decompose or change their length. */
const TRICKY: readonly string[] = [
	...'ſßẞİıΣςǅǆﬁﬀŉΐÅÅℵ™①²½ⅷⅣ㎏㍿ｶﾞﾊﾟ가각각豈﷽़゙́̈̓ͅ⃝⃣️︎‿',
	...'\u0344\u0958\u09dc\u0f73\u1e9b\u2126\ufb1d\u{1d15e}\u{1d400}\u{2f800}\u{1f1e9}\u{1f468}\u{1f3fd}\u{e0001}',
	...'’‘“”–—…•·′‐‑−×÷€£¥§¶©®°'
];

function build(): readonly string[] {
	const random = randomFrom(9);
	const classes = [
		...CATEGORIES.map((name) => [new RegExp(`\\p{${name}}`, 'u'), 9] as const),
		...SCRIPTS.map((name) => [new RegExp(`\\p{Script=${name}}`, 'u'), 4] as const)
	];
	const counts = classes.map(() => 0);
	const found = new Set<string>();
	for (let code = 0x20; code < 0x7f; code++) found.add(String.fromCodePoint(code));
	for (const character of [...WHITE_SPACE, ...TRICKY]) found.add(character);
	for (const [, codes] of BY_VERSION) {
		for (const code of codes) found.add(String.fromCodePoint(code));
	}
	for (let round = 0; round < 150_000; round++) {
		const plane = random() < 0.5 ? 0x3100 : random() < 0.6 ? 0x10000 : 0x20000;
		const code = Math.floor(random() * plane) + (plane === 0x20000 ? 0x10000 : 0);
		if (code >= 0xd800 && code < 0xe000) continue;
		const character = String.fromCodePoint(code);
		let wanted = false;
		for (let i = 0; i < classes.length; i++) {
			const [expression, most] = classes[i];
			if (counts[i] < most && expression.test(character)) {
				counts[i]++;
				wanted = true;
			}
		}
		if (wanted) found.add(character);
	}
	return [...found].filter((character) => character.isWellFormed());
}

let characters: readonly string[] | null = null;

/** About a thousand characters, the same in every run. */
export const diverseCharacters = (): readonly string[] => (characters ??= build());
