/** Unicode's names of scripts that living languages are written in. */
// prettier-ignore
const SCRIPTS = [
	'Latin', 'Cyrillic', 'Arabic', 'Han', 'Devanagari', 'Greek', 'Hebrew', 'Hiragana', 'Katakana', 'Hangul',
	'Bopomofo', 'Adlam', 'Armenian', 'Balinese', 'Bamum', 'Batak', 'Bengali', 'Buginese', 'Canadian_Aboriginal',
	'Chakma', 'Cham', 'Cherokee', 'Coptic', 'Deseret', 'Ethiopic', 'Georgian', 'Gothic', 'Grantha', 'Gujarati',
	'Gurmukhi', 'Hanifi_Rohingya', 'Javanese', 'Kannada', 'Kayah_Li', 'Khmer', 'Lao', 'Lepcha', 'Limbu', 'Lisu',
	'Malayalam', 'Masaram_Gondi', 'Medefaidrin', 'Meetei_Mayek', 'Mende_Kikakui', 'Miao', 'Mongolian', 'Mro',
	'Myanmar', 'New_Tai_Lue', 'Newa', 'Nko', 'Nyiakeng_Puachue_Hmong', 'Ol_Chiki', 'Oriya', 'Osage', 'Osmanya',
	'Pahawh_Hmong', 'Phags_Pa', 'Rejang', 'Saurashtra', 'Shavian', 'Sinhala', 'Sora_Sompeng', 'Sundanese',
	'Syloti_Nagri', 'Syriac', 'Tagalog', 'Tai_Le', 'Tai_Tham', 'Tai_Viet', 'Tamil', 'Telugu', 'Thaana', 'Thai',
	'Tibetan', 'Tifinagh', 'Vai', 'Wancho', 'Warang_Citi', 'Yezidi', 'Yi'
] as const;
const CLASSES = SCRIPTS.map((name) => new RegExp(`\\p{Script=${name}}`, 'u'));
const LETTER = /\p{L}/u;

/** Kana and kanji together, like Unicode's script "Jpan". */
const JAPANESE = 'Japanese';
/** Share of kana above which a text is Japanese: a Chinese text may quote a few. */
const MIN_KANA_SHARE = 0.1;

/** Scripts by code point, because texts repeat their letters; an empty name if it is not a letter. */
const known = new Map<number, string>();

/** Unicode's English name of the script that most letters belong to; `null` without such a letter. */
export function scriptOf(text: string): string | null {
	const letters = new Map<string, number>();
	for (const character of text) {
		const codePoint = character.codePointAt(0) ?? 0;
		let script = known.get(codePoint);
		if (script === undefined) known.set(codePoint, (script = scriptOfCharacter(character)));
		if (script !== '') letters.set(script, (letters.get(script) ?? 0) + 1);
	}
	const kana = (letters.get('Hiragana') ?? 0) + (letters.get('Katakana') ?? 0);
	const withHan = kana + (letters.get('Han') ?? 0);
	if (kana > MIN_KANA_SHARE * withHan) {
		for (const part of ['Hiragana', 'Katakana', 'Han']) letters.delete(part);
		letters.set(JAPANESE, withHan);
	}
	let found: string | null = null;
	for (const [script, count] of letters) {
		if (found === null || count > (letters.get(found) ?? 0)) found = script;
	}
	return found;
}

function scriptOfCharacter(character: string): string {
	if (!LETTER.test(character)) return '';
	const found = CLASSES.findIndex((script) => script.test(character));
	return found < 0 ? '' : SCRIPTS[found].replaceAll('_', ' ');
}
