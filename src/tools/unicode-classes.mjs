// Writes the Unicode tables of src/lib/engine/text as the native references (npm tokenizers and npm tiktoken) have them,
// which must agree: unicode-classes-data.ts (the general category of every code point) and
// unicode-properties-data.ts (scripts, binary properties and case folding). Takes two minutes.
// Run: node src/tools/unicode-classes.mjs
import { createRequire } from 'node:module';
import { base36, CODES, LAST, pairRuns, tokenizerWith, writeTable } from './unicode-tables.mjs';

const require = createRequire(import.meta.url);
const { Tiktoken } = require('tiktoken');

const GENERATOR = 'unicode-classes.mjs';
const CATEGORIES =
	'Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Zs Zl Zp Cc Cf Co'.split(' ');
const PART = 0x10000;

/** Parts of a text that a regex matches in npm tokenizers (Oniguruma). */
function piecesOfTokenizers(regex, text) {
	const pre_tokenizer = {
		type: 'Split',
		pattern: { Regex: regex },
		behavior: 'Removed',
		invert: true
	};
	return tokenizerWith({ pre_tokenizer })
		.getPreTokenizer()
		.preTokenizeString(text)
		.map(([piece]) => piece);
}

/** Matches of a regex in a text in npm tiktoken (Rust's regex), which drops the rest. */
function keptByTiktoken(regex, text) {
	const ranks = Array.from(
		{ length: 256 },
		(_, byte) => `${btoa(String.fromCharCode(byte))} ${byte}`
	);
	const encoding = new Tiktoken(ranks.join('\n'), {}, regex);
	const bytes = Uint8Array.from(encoding.encode_ordinary(text));
	encoding.free();
	return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** Code points that a regex for one character matches in a reference. @param find returns what matches in a text */
function matchedBy(find, regex) {
	const matched = new Uint8Array(LAST + 1);
	for (let at = 0; at < CODES.length; at += PART) {
		const text = CODES.slice(at, at + PART).map((code) => String.fromCodePoint(code));
		for (const char of find(`(?:${regex})+`, text.join(''))) matched[char.codePointAt(0)] = 1;
	}
	return matched;
}

function matched(regex) {
	const first = matchedBy((...search) => piecesOfTokenizers(...search).join(''), regex);
	const second = matchedBy(keptByTiktoken, regex);
	for (let code = 0; code <= LAST; code++) {
		if (first[code] !== second[code]) {
			throw new Error(`the references disagree on ${regex} at U+${code.toString(16)}`);
		}
	}
	return first;
}

const categoryOf = new Array(LAST + 1).fill('Cn');
for (const category of CATEGORIES) {
	const members = matched(`\\p{${category}}`);
	for (let code = 0; code <= LAST; code++) {
		if (!members[code]) continue;
		if (categoryOf[code] !== 'Cn') throw new Error(`U+${code.toString(16)} has two categories`);
		categoryOf[code] = category;
	}
}
for (let code = 0xd800; code <= 0xdfff; code++) categoryOf[code] = 'Cs';

const space = matched('\\s');
for (let code = 0; code <= LAST; code++) {
	const expected =
		categoryOf[code].startsWith('Z') || (code >= 9 && code <= 13) || code === 0x20 || code === 0x85;
	if (Boolean(space[code]) !== expected) {
		throw new Error(`\\s at U+${code.toString(16)}: expected ${expected}, the references differ`);
	}
}

// One letter per category, then the length of the run unless it is 1. `x` with a length: Lu and Ll alternate.
const LETTERS = Object.fromEntries(
	[...CATEGORIES, 'Cs', 'Cn'].map((category, i) => [
		category,
		String.fromCharCode((i < 23 ? 65 : 97 - 23) + i)
	])
);
let runs = '';
const write = (letter, length) => (runs += letter + (length > 1 ? length : ''));
for (let code = 0; code <= LAST;) {
	let end = code + 1;
	while (categoryOf[end] === ((end - code) % 2 ? 'Ll' : 'Lu')) end++;
	if (categoryOf[code] === 'Lu' && end - code >= 4) {
		write('x', end - code);
		code = end;
		continue;
	}
	end = code + 1;
	while (end <= LAST && categoryOf[end] === categoryOf[code]) end++;
	write(LETTERS[categoryOf[code]], end - code);
	code = end;
}
writeTable(
	'unicode-classes-data.ts',
	GENERATOR,
	`/** Letters of {@link RUNS}, in order: category by letter. \`x\` means that Lu and Ll alternate. */
export const LETTERS = {
${Object.entries(LETTERS)
	.map(([category, letter]) => `\t${category}: '${letter}'`)
	.join(',\n')}
} as const;

/** The general categories of U+0000 to U+10FFFF in order: a letter per run, and its length unless it is 1. */
export const RUNS =
	'${runs}';
`
);

// Scripts as in Unicode's PropertyValueAliases.txt: the long name, and the short name if the references know it.
const SCRIPTS = (
	'Adlam=Adlm Ahom Anatolian_Hieroglyphs=Hluw Arabic=Arab Armenian=Armn Avestan=Avst Balinese=Bali ' +
	'Bamum=Bamu Bassa_Vah=Bass Batak=Batk Bengali=Beng Bhaiksuki=Bhks Bopomofo=Bopo Brahmi=Brah ' +
	'Braille=Brai Buginese=Bugi Buhid=Buhd Canadian_Aboriginal=Cans Carian=Cari Caucasian_Albanian=Aghb ' +
	'Chakma=Cakm Cham Cherokee=Cher Chorasmian=Chrs Common=Zyyy Coptic=Copt=Qaac Cuneiform=Xsux ' +
	'Cypriot=Cprt Cypro_Minoan=Cpmn Cyrillic=Cyrl Deseret=Dsrt Devanagari=Deva Dives_Akuru=Diak ' +
	'Dogra=Dogr Duployan=Dupl Egyptian_Hieroglyphs=Egyp Elbasan=Elba Elymaic=Elym Ethiopic=Ethi ' +
	'Garay=Gara Georgian=Geor Glagolitic=Glag Gothic=Goth Grantha=Gran Greek=Grek Gujarati=Gujr ' +
	'Gunjala_Gondi=Gong Gurmukhi=Guru Gurung_Khema=Gukh Hangul=Hang Hani=Han Hanifi_Rohingya=Rohg ' +
	'Hanunoo=Hano Hatran=Hatr Hebrew=Hebr Hiragana=Hira Imperial_Aramaic=Armi Inherited=Qaai=Zinh ' +
	'Inscriptional_Pahlavi=Phli Inscriptional_Parthian=Prti Javanese=Java Kaithi=Kthi Kannada=Knda ' +
	'Katakana=Kana Kawi Kayah_Li=Kali Kharoshthi=Khar Khitan_Small_Script=Kits Khmer=Khmr Khojki=Khoj ' +
	'Khudawadi=Sind Kirat_Rai=Krai Laoo=Lao Latin=Latn Lepcha=Lepc Limbu=Limb Linear_A=Lina Linear_B=Linb ' +
	'Lisu Lycian=Lyci Lydian=Lydi Mahajani=Mahj Makasar=Maka Malayalam=Mlym Mandaic=Mand Manichaean=Mani ' +
	'Marchen=Marc Masaram_Gondi=Gonm Medefaidrin=Medf Meetei_Mayek=Mtei Mende_Kikakui=Mend ' +
	'Meroitic_Cursive=Merc Meroitic_Hieroglyphs=Mero Miao=Plrd Modi Mongolian=Mong Mroo=Mro Multani=Mult ' +
	'Myanmar=Mymr Nabataean=Nbat Nag_Mundari=Nagm Nandinagari=Nand New_Tai_Lue=Talu Newa Nkoo=Nko ' +
	'Nushu=Nshu Nyiakeng_Puachue_Hmong=Hmnp Ogham=Ogam Ol_Chiki=Olck Ol_Onal=Onao Old_Hungarian=Hung ' +
	'Old_Italic=Ital Old_North_Arabian=Narb Old_Permic=Perm Old_Persian=Xpeo Old_Sogdian=Sogo ' +
	'Old_South_Arabian=Sarb Old_Turkic=Orkh Old_Uyghur=Ougr Oriya=Orya Osage=Osge Osmanya=Osma ' +
	'Pahawh_Hmong=Hmng Palmyrene=Palm Pau_Cin_Hau=Pauc Phags_Pa=Phag Phoenician=Phnx Psalter_Pahlavi=Phlp ' +
	'Rejang=Rjng Runic=Runr Samaritan=Samr Saurashtra=Saur Sharada=Shrd Shavian=Shaw Siddham=Sidd ' +
	'SignWriting=Sgnw Sinhala=Sinh Sogdian=Sogd Sora_Sompeng=Sora Soyombo=Soyo Sundanese=Sund ' +
	'Sunuwar=Sunu Syloti_Nagri=Sylo Syriac=Syrc Tagalog=Tglg Tagbanwa=Tagb Tai_Le=Tale Tai_Tham=Lana ' +
	'Tai_Viet=Tavt Takri=Takr Tamil=Taml Tangsa=Tnsa Tangut=Tang Telugu=Telu Thaana=Thaa Thai ' +
	'Tibetan=Tibt Tifinagh=Tfng Tirhuta=Tirh Todhri=Todr Toto Tulu_Tigalari=Tutg Ugaritic=Ugar Vaii=Vai ' +
	'Vithkuqi=Vith Wancho=Wcho Warang_Citi=Wara Yezidi=Yezi Yiii=Yi Zanabazar_Square=Zanb'
).split(' ');

/**
 * Binary properties, each with its aliases. Others follow from these and the general category (Alphabetic), or are
 * left out because patterns of tokenizers do not use them and their tables are large (ID_Start).
 */
const PROPERTIES = [
	'ASCII_Hex_Digit=AHex',
	'Bidi_Control=Bidi_C',
	'Dash',
	'Default_Ignorable_Code_Point=DI',
	'Deprecated=Dep',
	'Diacritic=Dia',
	'Emoji',
	'Emoji_Component=EComp',
	'Emoji_Modifier=EMod',
	'Emoji_Modifier_Base=EBase',
	'Emoji_Presentation=EPres',
	'Extended_Pictographic=ExtPict',
	'Extender=Ext',
	'Hex_Digit=Hex',
	'Hyphen',
	'IDS_Binary_Operator=IDSB',
	'IDS_Trinary_Operator=IDST',
	'Ideographic=Ideo',
	'Join_Control=Join_C',
	'Logical_Order_Exception=LOE',
	'Noncharacter_Code_Point=NChar',
	'Other_Alphabetic',
	'Other_Lowercase',
	'Other_Math',
	'Other_Uppercase',
	'Pattern_Syntax=Pat_Syn',
	'Pattern_White_Space=Pat_WS',
	'Prepended_Concatenation_Mark',
	'Quotation_Mark=QMark',
	'Radical',
	'Regional_Indicator=RI',
	'Sentence_Terminal=STerm',
	'Soft_Dotted=SD',
	'Terminal_Punctuation=Term',
	'Unified_Ideograph=UIdeo',
	'Variation_Selector=VS'
];

/** Writes a set as its ranges: the distance from the end of the previous one, and the length minus 1 unless 0. */
function packed(members) {
	let text = '';
	let previous = 0;
	for (let code = 0; code <= LAST; code++) {
		if (!members[code]) continue;
		let end = code;
		while (members[end + 1]) end++;
		text += ` ${(code - previous).toString(36)}${end > code ? `.${(end - code).toString(36)}` : ''}`;
		previous = end + 1;
		code = end;
	}
	return text.slice(1);
}

const entries = (list) =>
	list
		.map((names) => {
			const aliases = names.split('=');
			return `\t'${aliases.join(' ')}': '${packed(matched(`\\p{${aliases[0]}}`))}'`;
		})
		.join(',\n');

/** Code points that change with case in this version of Node.js, which must have the references' Unicode or a newer one. */
const cased = [];
for (const code of CODES) {
	const character = String.fromCodePoint(code);
	if (character.toLowerCase() !== character || character.toUpperCase() !== character)
		cased.push(code);
}

/** Code points that a reference regards as equal, ascending, by the first of them. */
const folds = new Map();
const casedText = cased.map((code) => String.fromCodePoint(code)).join('\u0001');
for (const code of cased) {
	const regex = `(?i:\\x{${code.toString(16)}})`;
	const found = [piecesOfTokenizers(regex, casedText), [...keptByTiktoken(regex, casedText)]].map(
		(characters) =>
			characters
				.filter((character) => [...character].length === 1)
				.map((character) => character.codePointAt(0))
				.sort((a, b) => a - b)
	);
	if (found[0].join() !== found[1].join()) throw new Error(`the references disagree on ${regex}`);
	if (found[0].length > 1) folds.set(found[0][0], found[0]);
}

const groupText = [...folds.values()]
	.filter((group) => group.length > 2)
	.map((group) => base36(group, '.'))
	.join(' ');

/** Characters that Oniguruma regards as equal to a string of several, with the string. */
const expansions = [];
for (const code of cased) {
	const character = String.fromCodePoint(code);
	const folded = [...character.toUpperCase()].map((one) => one.toLowerCase()).join('');
	for (const string of new Set([folded, character.toLowerCase()])) {
		if ([...string].length === 1) continue;
		if (piecesOfTokenizers(`(?i:${character})`, string).join() !== string) {
			throw new Error(`tokenizers does not regard ${character} and ${string} as equal`);
		}
		expansions.push(`${character} ${string}`);
	}
}

writeTable(
	'unicode-properties-data.ts',
	GENERATOR,
	`/**
 * Sets of code points by their names in Unicode, separated by spaces. A set is a list of ranges: the distance from the
 * end of the previous range, and after a point the length minus 1 unless 0, in base 36.
 */
export const SCRIPTS: Readonly<Record<string, string>> = {
${entries(SCRIPTS)}
};

export const BINARY_PROPERTIES: Readonly<Record<string, string>> = {
${entries(PROPERTIES)}
};

/** Pairs of code points that simple case folding regards as equal: first, distance, number of pairs, and step to the next. */
export const FOLDED_PAIRS =
	'${pairRuns([...folds.values()].filter((group) => group.length === 2))}';

/** Larger groups of such code points. */
export const FOLDED_GROUPS =
	'${groupText}';

/** Characters that Oniguruma regards as equal to several, with these, if case is ignored. */
export const FOLDED_STRINGS =
	'${expansions.join(',')}';
`
);
