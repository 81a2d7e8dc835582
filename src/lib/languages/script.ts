/** Unicode's names for the scripts of living languages. */
// prettier-ignore
const PROPERTY_VALUES = [
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
const CLASSES = PROPERTY_VALUES.map((name) => new RegExp(`\\p{Script=${name}}`, 'u'));
/** Names of the scripts that {@link findScript} recognises. */
export const SCRIPTS: readonly string[] = PROPERTY_VALUES.map((name) => name.replaceAll('_', ' '));
const LETTER = /\p{L}/u;

/** Kana and kanji together, like Unicode's script "Jpan". */
const JAPANESE = 'Japanese';
/** Minimum share of kana in a Japanese text, because a Chinese text may quote a few kana. */
const MIN_KANA_SHARE = 0.1;

/** Script of each code point seen so far; empty if the code point isn't a letter. */
const known = new Map<number, string>();

/** Unicode's English name of the script that most letters belong to; `null` if there are no letters. */
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
	return SCRIPTS[findScript(character)] ?? '';
}

/** Index in {@link SCRIPTS} of a character's script; -1 if the character belongs to no listed script or to several. */
export const findScript = (character: string): number =>
	CLASSES.findIndex((script) => script.test(character));
