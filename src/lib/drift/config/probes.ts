import { seeded } from '../seeded';

/** Telling inputs, tried first: what real differences have shown themselves on. */
export const TELLING: readonly string[] = [
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

/** One of each kind of character that patterns of published tokenizers tell apart. */
export const KINDS: readonly string[] = [
	'a',
	'B',
	'ſ',
	'ǅ',
	'ʰ',
	'中',
	'の',
	'é',
	'\u0301',
	'ि',
	'7',
	'²',
	'٣',
	' ',
	'\n',
	'\r',
	'\t',
	'\u00a0',
	'\u0085',
	'\ufeff',
	'\u200d',
	"'",
	"'s",
	"'RE",
	'.',
	'/',
	'_',
	'€',
	'🦙',
	'\u0378'
];

/** Rows of one to three kinds, all of them. */
const LONGEST = 3;
/** Longer rows, drawn at random from one seed. */
const RANDOM = 4000;
const RANDOM_LENGTH = 12;
const SEED = 20260101;

/**
 * Inputs on which two stages may differ, the shortest first, always the same: telling ones, every row of
 * up to three of thirty kinds of characters, and longer ones drawn from a seed.
 */
export function* probes(): Generator<string> {
	yield* TELLING;
	for (let length = 1; length <= LONGEST; length++) yield* rows(length);
	const below = seeded(SEED);
	for (let i = 0; i < RANDOM; i++) {
		let text = '';
		for (let left = LONGEST + 1 + below(RANDOM_LENGTH - LONGEST); left > 0; left--) {
			text += KINDS[below(KINDS.length)];
		}
		yield text;
	}
}

function* rows(length: number): Generator<string> {
	if (length === 0) {
		yield '';
		return;
	}
	for (const rest of rows(length - 1)) for (const kind of KINDS) yield rest + kind;
}
