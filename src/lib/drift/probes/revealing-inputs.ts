/** Inputs on which published tokenizers differ. They are tried first. */
export const REVEALING_INPUTS: readonly string[] = [
	'3333',
	'1234567',
	'a1',
	"What's",
	"I'LL",
	"he'S",
	"'ſ",
	'\n\nHi',
	'\n\n\n\n',
	'a\n\n b',
	'  a',
	'a  b',
	'a ',
	'(x):\n',
	"'The house",
	'getURL',
	'HTTPServer',
	'x != y',
	'! ! !',
	'Hello world',
	' Hi',
	'Berlin',
	'cafe\u0301',
	'ﬁ™½',
	'Å Ω 가',
	'¿Qué?',
	'我想在apple工作',
	'नमस्ते',
	'\u0085a',
	' \u0085a',
	' \ufeffa',
	'\u3000\u3000a',
	'a\u00a0b',
	'\t\t',
	'a/b\n/c',
	'🦙🦙',
	'👩‍🚀'
];

/** One of each kind of character that published patterns distinguish. */
export const KINDS: readonly string[] = [
	...'aBſǅʰ中のé\u0301\u093f7²٣ \n\r\t\u00a0\u0085\ufeff\u200d',
	...["'", "'s", "'RE"],
	...'./_€🦙\u0378'
];
