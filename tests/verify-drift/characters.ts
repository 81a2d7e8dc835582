/**
 * Characters that represent all of Unicode: every white space character, and examples from every category, script and
 * version.
 */
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

const charactersOf = (codes: string): readonly string[] =>
	codes.split(' ').map((code) => String.fromCodePoint(parseInt(code, 16)));

const UNICODE_9 = charactersOf('1e900 1e922 1e944 104b0 104d8 11400 11435 1f991 23fb 8b6');

/**
 * A few characters from every Unicode version from 10 to 17. Hugging Face's normalizers use Unicode 9, so they don't
 * change these characters.
 */
export const NEWER_THAN_UNICODE_9 = charactersOf(
	'20bf 11d00 11d31 11a00 1f929 1f9d0 860 312e 2ceb0 9fc 1c90 10d00 10d24 10d30 16e40 ' +
		'16e60 1f970 5ef a7b8 a7b9 1e2c0 1e2ec 1e2f0 1e100 1f90d a7ba a7bb 1f97a e86 16f45 32ff ' +
		'10e80 11950 1fbf0 1f972 1fad6 a7f5 a7f6 31bb 30000 8be 10570 10597 20c0 1e290 12f90 ' +
		'1fae0 2c2f 2c5f 898 1dfa 11f04 11f50 1e4d0 1e4f0 1fae8 31350 1e030 cf3 1d2c0 10efd ' +
		'2ebf0 2ee5d 2ffc 31ef 1c89 1c8a 10d50 10d70 10d40 16100 16d67 a7cb a7da 1fae9 897 a7ce ' +
		'a7cf 10940 16ea0 16ebb 1ac1 1acf 20c1 323b0 1fac8'
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

/** Characters that case-fold, compose, decompose or change length. */
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
	for (const character of [...WHITE_SPACE, ...TRICKY, ...UNICODE_9, ...NEWER_THAN_UNICODE_9])
		found.add(character);
	for (let round = 0; round < 150_000; round++) {
		const plane = random() < 0.5 ? 0x3100 : random() < 0.6 ? 0x10000 : 0x20000;
		const code = Math.floor(random() * plane) + (plane === 0x20000 ? 0x10000 : 0);
		if (code >= 0xd800 && code < 0xe000) continue;
		const character = String.fromCodePoint(code);
		for (const [i, [expression, most]] of classes.entries()) {
			if (counts[i] >= most || !expression.test(character)) continue;
			counts[i]++;
			found.add(character);
		}
	}
	return [...found].filter((character) => character.isWellFormed());
}

let characters: readonly string[] | null = null;

/** Returns about a thousand characters, the same in every run. */
export const diverseCharacters = (): readonly string[] => (characters ??= build());
