/**
 * Short names for characters that have no shape of their own: controls, unusual spaces, joiners,
 * direction marks, selectors. Names are Unicode's abbreviations (NameAliases.txt) where it has one.
 */

const C0 =
	'NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US';
const C1 =
	'PAD HOP BPH NBH IND NEL SSA ESA HTS HTJ VTS PLD PLU RI SS2 SS3 DCS PU1 PU2 STS CCH MW SPA EPA SOS SGCI SCI CSI ST OSC PM APC';

/** Runs of names: first code point, names in order. */
const NAMED: readonly (readonly [number, string])[] = [
	[0x00, C0],
	[0x7f, 'DEL'],
	[0x80, C1],
	[0xa0, 'NBSP'],
	[0xad, 'SHY'],
	[0x34f, 'CGJ'],
	[0x61c, 'ALM'],
	[0x115f, 'HCF HJF'],
	[0x1680, 'OGSP'],
	[0x17b4, 'KIVAQ KIVAA'],
	[0x180b, 'FVS1 FVS2 FVS3 MVS FVS4'],
	[0x2000, 'NQSP MQSP ENSP EMSP 3/MSP 4/MSP 6/MSP FSP PSP THSP HSP ZWSP ZWNJ ZWJ LRM RLM'],
	[0x2028, 'LS PS LRE RLE PDF LRO RLO NNBSP'],
	[0x205f, 'MMSP WJ f() × , +'],
	[0x2066, 'LRI RLI FSI PDI ISS ASS IAFS AAFS NADS NODS'],
	[0x3000, 'IDSP'],
	[0x3164, 'HF'],
	[0xfe00, 'VS1 VS2 VS3 VS4 VS5 VS6 VS7 VS8 VS9 VS10 VS11 VS12 VS13 VS14 VS15 VS16'],
	[0xfeff, 'BOM'],
	[0xffa0, 'HWHF'],
	[0xfff9, 'IAA IAS IAT'],
	[0xe0001, 'LANG TAG'],
	[0xe007f, 'TAG END']
];

const LABELS = new Map<number, string>();
for (const [first, names] of NAMED) {
	const list = first >= 0xe0000 ? [names] : names.split(' ');
	list.forEach((name, i) => LABELS.set(first + i, name));
}
// Tab, newline and carriage return are drawn as marks, not as names.
for (const drawn of [0x09, 0x0a, 0x0d]) LABELS.delete(drawn);
LABELS.set(0x0d, '␍');

/** The label to draw for a code point, or null when it has a shape of its own. */
export function labelOf(codePoint: number): string | null {
	const name = LABELS.get(codePoint);
	if (name !== undefined) return name;
	if (codePoint < 0xe000) return null;
	if (codePoint >= 0xe0020 && codePoint < 0xe007f) {
		return `TAG ${String.fromCharCode(codePoint - 0xe0000)}`;
	}
	if (codePoint >= 0xe0100 && codePoint <= 0xe01ef) return `VS${codePoint - 0xe0100 + 17}`;
	const privateUse = codePoint <= 0xf8ff || codePoint >= 0xf0000;
	const noncharacter =
		(codePoint & 0xfffe) === 0xfffe || (codePoint >= 0xfdd0 && codePoint <= 0xfdef);
	return privateUse || noncharacter
		? `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`
		: null;
}

/**
 * Whether a labelled character is white space with a width of its own: without whitespace marks it
 * is left as it is.
 */
export function isWideSpace(codePoint: number): boolean {
	return (
		codePoint === 0xa0 ||
		codePoint === 0x1680 ||
		(codePoint >= 0x2000 && codePoint <= 0x200a) ||
		codePoint === 0x202f ||
		codePoint === 0x205f ||
		codePoint === 0x3000
	);
}

/**
 * Whether a labelled character shapes its neighbours (joiners, selectors, the tags of a flag):
 * without whitespace marks it stays in the text, so that the sequence is drawn as one.
 */
export function isJoiner(codePoint: number): boolean {
	return (
		codePoint === 0x200c ||
		codePoint === 0x200d ||
		codePoint === 0x34f ||
		(codePoint >= 0x180b && codePoint <= 0x180f) ||
		(codePoint >= 0xfe00 && codePoint <= 0xfe0f) ||
		(codePoint >= 0xe0020 && codePoint <= 0xe01ef)
	);
}
