/** Generates regular expressions of both dialects, and texts that they may match. */
import type { Random } from '../../support/random-texts';
import type { Dialect } from './compare';

/** Characters that engines treat differently, and plain ones. */
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

/** Real alternatives of pre-tokenizers. */
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

export class PatternGenerator {
	readonly #random: Random;
	readonly #isRust: boolean;
	/** Characters of the pattern, which its texts use more often. */
	#used: string[] = [];

	constructor(dialect: Dialect, random: Random) {
		this.#random = random;
		this.#isRust = dialect === 'rust';
	}

	next(textCount: number): { readonly pattern: string; readonly texts: readonly string[] } {
		this.#used = [];
		const pattern = this.#alternatives(0);
		return { pattern, texts: Array.from({ length: textCount }, () => this.#text()) };
	}

	#below(limit: number): number {
		return Math.floor(this.#random() * limit);
	}

	#pick<T>(items: readonly T[]): T {
		return items[this.#below(items.length)];
	}

	#chance(probability: number): boolean {
		return this.#random() < probability;
	}

	#text(): string {
		const length = this.#below(14);
		let text = '';
		let last = 'a';
		for (let i = 0; i < length; i++) {
			if (this.#chance(0.75)) {
				const used = this.#used.length > 0 && this.#chance(0.6);
				last = used ? this.#pick(this.#used) : this.#pick(this.#chance(0.6) ? COMMON : CHARACTERS);
			}
			text += last;
		}
		return text;
	}

	#alternatives(depth: number): string {
		const branches = [this.#sequence(depth)];
		while (branches.length < 4 && this.#chance(depth === 0 ? 0.4 : 0.3)) {
			branches.push(this.#sequence(depth));
		}
		if (depth > 0 && this.#chance(0.06)) branches.splice(this.#below(2), 0, '');
		return branches.join('|');
	}

	#sequence(depth: number): string {
		if (depth === 0 && this.#chance(0.2)) return this.#pick(REAL);
		let sequence = '';
		const length = 1 + this.#below(3);
		for (let i = 0; i < length; i++) sequence += this.#piece(depth);
		return sequence;
	}

	#piece(depth: number): string {
		let piece = this.#atom(depth);
		if (this.#chance(0.4)) piece += this.#quantifier();
		if (this.#chance(0.03)) piece += this.#quantifier();
		return piece;
	}

	#quantifier(): string {
		return this.#pick(QUANTIFIERS) + this.#pick(['', '', '', '?', '+']);
	}

	#atom(depth: number): string {
		const kind = this.#random();
		if (depth < 3 && kind < 0.25) return this.#group(depth + 1);
		if (kind < 0.55) return this.#literal();
		if (kind < 0.7) return this.#class(0);
		if (kind < 0.78) return this.#pick(SHORTHANDS);
		if (kind < 0.86) return this.#property();
		if (kind < 0.9) return '.';
		if (kind < 0.95) return this.#pick(ANCHORS);
		return this.#pick(ESCAPES);
	}

	#literal(): string {
		const character = this.#pick(this.#chance(0.6) ? COMMON : CHARACTERS);
		this.#used.push(character);
		return character === '.' ? '\\.' : character;
	}

	#property(): string {
		const names = this.#isRust && this.#chance(0.2) ? RUST_PROPERTIES : PROPERTIES;
		const inverse = this.#chance(0.05) ? '^' : '';
		return `\\${this.#pick(['p', 'p', 'P'])}{${inverse}${this.#pick(names)}}`;
	}

	#group(depth: number): string {
		const body = this.#alternatives(depth);
		const openings = '( (?: (?: (?i: (?= (?! (?<= (?<! (?> (?<n> (?m:'.split(' ');
		const rare = '(?x: (?s: (?i) (?-i: (?# (?P<n> (?u: (?U: (?im: (?~ (?'.split(' ');
		return `${this.#pick(this.#chance(0.85) ? openings : rare)}${body})`;
	}

	#class(depth: number): string {
		let members = this.#chance(0.25) ? '^' : '';
		if (this.#chance(0.04)) members += this.#pick([']', '-', '&&']);
		const count = 1 + this.#below(4);
		for (let i = 0; i < count; i++) members += this.#member(depth);
		if (this.#chance(0.05)) members += this.#pick(['-', '&&', '-[b]', '--a', '^']);
		return `[${members}]`;
	}

	#member(depth: number): string {
		const kind = this.#random();
		if (kind < 0.4) {
			const literal = this.#literal();
			return literal === '-' || literal === '\\.' ? '\\-' : literal;
		}
		if (kind < 0.52)
			return this.#pick('a-z A-Z 0-9 a-c α-ω 一-龥 z-a \\x{61}-\\x{66} +--'.split(' '));
		if (kind < 0.66) return this.#pick(SHORTHANDS);
		if (kind < 0.8) return this.#property();
		if (kind < 0.86) return `[:${this.#chance(0.2) ? '^' : ''}${this.#pick(POSIX)}:]`;
		if (kind < 0.91 && depth < 2) return this.#class(depth + 1);
		if (kind < 0.95 && depth < 2) {
			return `${this.#pick(this.#isRust ? ['&&', '--', '~~'] : ['&&'])}${this.#class(depth + 1)}`;
		}
		return this.#pick(ESCAPES);
	}
}
