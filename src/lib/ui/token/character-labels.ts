/**
 * Short names for characters without a visible shape: control characters, unusual spaces, joiners, direction marks and
 * selectors. Uses Unicode's abbreviations (NameAliases.txt) where they exist.
 */

import { codePointName } from '../../engine/text';

const C0 =
	'NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US';
const C1 =
	'PAD HOP BPH NBH IND NEL SSA ESA HTS HTJ VTS PLD PLU RI SS2 SS3 DCS PU1 PU2 STS CCH MW SPA EPA SOS SGCI SCI CSI ST OSC PM APC';

/** Names of consecutive code points, starting at `first`. */
const NAMES: readonly (readonly [first: number, names: string])[] = [
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
	[0xfff9, 'IAA IAS IAT']
];

const LABELS = new Map(
	NAMES.flatMap(([first, names]) => names.split(' ').map((name, i) => [first + i, name] as const))
);
// Tabs and newlines have marks instead of labels.
LABELS.delete(0x09);
LABELS.delete(0x0a);
LABELS.set(0x0d, '␍');
LABELS.set(0xe0001, 'LANG TAG');
LABELS.set(0xe007f, 'TAG END');

/** Matches private-use characters and noncharacters, which are labelled with their code points. */
const UNNAMED = /[\p{Co}\p{Noncharacter_Code_Point}]/u;

/** Label to draw for a code point; `null` if it has a visible shape. */
export function labelOf(codePoint: number): string | null {
	const name = LABELS.get(codePoint);
	if (name !== undefined) return name;
	if (codePoint < 0xe000) return null;
	if (codePoint >= 0xe0020 && codePoint < 0xe007f) {
		return `TAG ${String.fromCharCode(codePoint - 0xe0000)}`;
	}
	if (codePoint >= 0xe0100 && codePoint <= 0xe01ef) return `VS${codePoint - 0xe0100 + 17}`;
	return UNNAMED.test(String.fromCodePoint(codePoint)) ? codePointName(codePoint) : null;
}
