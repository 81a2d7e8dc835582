/** Generates regular expressions in both dialects, and texts that they may match. */
import { below, pick, type Random } from '../../support/random-texts';
import type { Dialect } from './compare';

/** Characters that engines treat differently, and ordinary characters. */
const CHARACTERS = [
	...'abcABzZsSkKß019_-.,\'"/ \t\n\r',
	...'éÉſẞǅσςΣñ²³½٣Ⅷªʰ\u212a',
	...'\u0301\u00a0\u0085\u2028\u200d\u3000漢かカ한😀\u{1F468}\u{10400}'
];
const COMMON = [...'abcsSA1 \n'];

const PROPERTIES = [
	...'L Lu Ll Lt Lm Lo M Mn N Nd No P Pd S Sm Z Zs C Cc Cf Cn Letter Uppercase_Letter'.split(' '),
	...'Punctuation Han Latin Greek Hiragana Katakana Hangul Alphabetic Uppercase'.split(' '),
	...'Lowercase White_Space Emoji Extended_Pictographic Any ASCII Hex_Digit Ideographic'.split(' '),
	...'lower LC Nope Cs Word Alnum Graph Print Punct Space Digit Blank XDigit Cntrl han'.split(' ')
];
const RUST_PROPERTIES = 'Script=Greek sc=Han gc=Lu isGreek Script_Extensions=Han gc:Nd'.split(' ');
const POSIX =
	'alpha alnum digit punct space upper lower word xdigit graph print cntrl blank ascii nope'.split(
		' '
	);
const SHORTHANDS = ['\\s', '\\S', '\\d', '\\D', '\\w', '\\W', '\\h', '\\H'];
const ANCHORS = ['^', '$', '\\A', '\\z', '\\Z', '\\b', '\\B', '\\G', '\\K'];
const ESCAPES = [
	...['\\n', '\\t', '\\r', '\\x41', '\\x{e9}', '\\x{1F600}', '\\u00e9', '\\.', '\\-', '\\/', "\\'"],
	...['\\e', '\\a', '\\0', '\\101', '\\R', '\\X', '\\N', '\\O', '\\xe9', '\\pL', '\\PN', '\\1'],
	'\\_'
];
const QUANTIFIERS = '? * + {2} {1,2} {0,2} {2,} {,2} {0} {1,3} {,} {2,1}'.split(' ');

const OPENINGS = '( (?: (?: (?i: (?= (?! (?<= (?<! (?> (?<n> (?m:'.split(' ');
const RARE_OPENINGS = '(?x: (?s: (?i) (?-i: (?# (?P<n> (?u: (?U: (?im: (?~ (?'.split(' ');
const RANGES = 'a-z A-Z 0-9 a-c α-ω 一-龥 z-a \\x{61}-\\x{66} +--'.split(' ');

/** Alternatives from real pre-tokenizers. */
const REAL = [
	"(?i:'s|'t|'re|'ve|'m|'ll|'d)",
	"'(?i:[sdmt]|ll|ve|re)",
	'[^\\r\\n\\p{L}\\p{N}]?\\p{L}+',
	'[^\\r\\n\\p{L}\\p{N}]?+\\p{L}++',
	'\\p{N}{1,3}',
	'\\p{N}{1,3}+',
	' ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*',
	' ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*+',
	'\\s*[\\r\\n]+',
	'\\s+(?!\\S)',
	'\\s++$',
	'\\s+',
	'[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+',
	'[\\p{L}\\p{M}&&[^\\p{Han}]]+',
	'[\\p{Han}]+',
	'\\d{1,3}(?=(?:\\d{3})*\\b)',
	'\\w+|[^\\w\\s]+'
];

export interface Case {
	readonly pattern: string;
	readonly texts: readonly string[];
}

/** Creates a function that generates a pattern and texts that it may match. */
export function patternGenerator(dialect: Dialect, random: Random): (textCount: number) => Case {
	const isRust = dialect === 'rust';
	/** Characters in the pattern. Texts for the pattern contain these characters more often than others. */
	let used: string[] = [];
	const one = <T>(items: readonly T[]): T => pick(random, items);
	const chance = (probability: number) => random() < probability;

	function text(): string {
		const length = below(random, 14);
		let text = '';
		let last = 'a';
		for (let i = 0; i < length; i++) {
			if (chance(0.75)) {
				const isUsed = used.length > 0 && chance(0.6);
				last = isUsed ? one(used) : one(chance(0.6) ? COMMON : CHARACTERS);
			}
			text += last;
		}
		return text;
	}

	function alternatives(depth: number): string {
		const branches = [sequence(depth)];
		while (branches.length < 4 && chance(depth === 0 ? 0.4 : 0.3)) branches.push(sequence(depth));
		if (depth > 0 && chance(0.06)) branches.splice(below(random, 2), 0, '');
		return branches.join('|');
	}

	function sequence(depth: number): string {
		if (depth === 0 && chance(0.2)) return one(REAL);
		let sequence = '';
		const length = 1 + below(random, 3);
		for (let i = 0; i < length; i++) {
			sequence += atom(depth);
			if (chance(0.4)) sequence += quantifier();
			if (chance(0.03)) sequence += quantifier();
		}
		return sequence;
	}

	const quantifier = () => one(QUANTIFIERS) + one(['', '', '', '?', '+']);

	function atom(depth: number): string {
		const kind = random();
		if (depth < 3 && kind < 0.25) return group(depth + 1);
		if (kind < 0.55) return literal();
		if (kind < 0.7) return characterClass(0);
		if (kind < 0.78) return one(SHORTHANDS);
		if (kind < 0.86) return property();
		if (kind < 0.9) return '.';
		if (kind < 0.95) return one(ANCHORS);
		return one(ESCAPES);
	}

	function literal(): string {
		const character = one(chance(0.6) ? COMMON : CHARACTERS);
		used.push(character);
		return character === '.' ? '\\.' : character;
	}

	function property(): string {
		const names = isRust && chance(0.2) ? RUST_PROPERTIES : PROPERTIES;
		const inverse = chance(0.05) ? '^' : '';
		return `\\${one(['p', 'p', 'P'])}{${inverse}${one(names)}}`;
	}

	function group(depth: number): string {
		const body = alternatives(depth);
		return `${one(chance(0.85) ? OPENINGS : RARE_OPENINGS)}${body})`;
	}

	function characterClass(depth: number): string {
		let members = chance(0.25) ? '^' : '';
		if (chance(0.04)) members += one([']', '-', '&&']);
		const count = 1 + below(random, 4);
		for (let i = 0; i < count; i++) members += member(depth);
		if (chance(0.05)) members += one(['-', '&&', '-[b]', '--a', '^']);
		return `[${members}]`;
	}

	function member(depth: number): string {
		const kind = random();
		if (kind < 0.4) return literal().replace(/^(-|\\\.)$/, '\\-');
		if (kind < 0.52) return one(RANGES);
		if (kind < 0.66) return one(SHORTHANDS);
		if (kind < 0.8) return property();
		if (kind < 0.86) return `[:${chance(0.2) ? '^' : ''}${one(POSIX)}:]`;
		if (kind < 0.91 && depth < 2) return characterClass(depth + 1);
		if (kind < 0.95 && depth < 2)
			return one(isRust ? ['&&', '--', '~~'] : ['&&']) + characterClass(depth + 1);
		return one(ESCAPES);
	}

	return (textCount) => {
		used = [];
		const pattern = alternatives(0);
		return { pattern, texts: Array.from({ length: textCount }, text) };
	};
}
