import { IntBuffer } from '../../engine/stages';
import { compileRegex, CONTROL_ESCAPES, matchLiteral, propertySet } from '../../engine/text';
import type { NativePattern } from './native-stages';
import { Refusal, Undecided } from './serde';
import { orNull } from '../utilities';

/** Largest count of a repetition that Oniguruma accepts. */
const MAX_REPEAT = 100_000;

/**
 * Finds the matches of a pattern: the first and exclusive last UTF-16 code unit of each.
 * @throws Undecided if the engine cannot read it or it backtracks too much
 */
export function nativeMatches(
	{ variant, content }: NativePattern,
	text: string
): [number, number][] {
	const matches = new IntBuffer();
	try {
		const matcher =
			variant === 'String' && content !== '' ? matchLiteral(content) : compileRegex(content);
		matcher.findInText(text, matches);
	} catch (cause) {
		throw new Undecided(`the regex ${content}`, { cause });
	}
	const found: [number, number][] = [];
	for (let i = 0; i < matches.length; i += 2) found.push([matches.data[i], matches.data[i + 1]]);
	return found;
}

/**
 * Reads a pattern by the grammar of Oniguruma's Ruby syntax.
 * @throws Refusal in Oniguruma's words
 * @throws Undecided if it uses what only Oniguruma can judge, such as back-references
 */
export function checkRegex({ variant, content }: NativePattern): void {
	if (variant === 'Regex') new RegexGrammar(content).check();
}

/** Nodes that a quantifier can repeat: anchors and lookarounds cannot be repeated. */
type Target = 'none' | 'anchor' | 'atom';
type Lookbehind = 'none' | 'positive' | 'negative';

const refuse = (message: string): Refusal => new Refusal(`Oniguruma error: ${message}`);

class RegexGrammar {
	readonly #characters: readonly string[];
	#at = 0;
	/** Reported only if the rest can be read. */
	#lateRefusal: Refusal | null = null;
	#hasNames = false;

	constructor(readonly pattern: string) {
		this.#characters = [...pattern];
	}

	check(): void {
		this.#alternatives(0, 'none');
		// Unnamed groups capture nothing if there are named ones, which some lookbehinds depend on.
		if (this.#lateRefusal && this.#hasNames) throw this.#undecided('named groups');
		if (this.#lateRefusal) throw this.#lateRefusal;
	}

	get #done(): boolean {
		return this.#at >= this.#characters.length;
	}

	#peek(ahead = 0): string {
		return this.#characters[this.#at + ahead] ?? '';
	}

	#next(): string {
		return this.#characters[this.#at++] ?? '';
	}

	/** Consumes the match at the current position. */
	#take(expression: RegExp): string | null {
		const found = expression.exec(this.#characters.slice(this.#at, this.#at + 64).join(''));
		if (!found) return null;
		this.#at += [...found[0]].length;
		return found[0];
	}

	#undecided(construct: string): Undecided {
		return new Undecided(`regex ${JSON.stringify(this.pattern)}: ${construct}`);
	}

	/** Reads up to the end of a group, or of the pattern at depth 0. */
	#alternatives(depth: number, lookbehind: Lookbehind): void {
		let target: Target = 'none';
		while (!this.#done) {
			const character = this.#next();
			switch (character) {
				case '|':
					target = 'none';
					break;
				case ')':
					if (depth === 0) throw refuse('unmatched close parenthesis');
					return;
				case '(': {
					const group = this.#group(depth, lookbehind);
					if (group === 'rest') return;
					if (group !== 'comment') target = group;
					break;
				}
				case '^':
				case '$':
					target = 'anchor';
					break;
				case '[':
					this.#class();
					target = 'atom';
					break;
				case '\\':
					target = this.#escape(lookbehind);
					break;
				case '*':
				case '+':
				case '?':
					this.#repeat(target);
					break;
				case '{':
					if (this.#interval()) this.#repeat(target);
					else target = 'atom';
					break;
				default:
					target = 'atom';
			}
		}
		if (depth > 0) throw refuse('end pattern with unmatched parenthesis');
	}

	#repeat(target: Target): void {
		if (target === 'none') throw refuse('target of repeat operator is not specified');
		if (target === 'anchor') throw refuse('target of repeat operator is invalid');
	}

	/** Whether an interval follows a brace, which is a character if not. Counts are checked even without the closing brace. */
	#interval(): boolean {
		const start = this.#at;
		const counts = this.#take(/^(?:\d+(?:,\d*)?|,\d+)/)?.match(/\d+/g);
		if (counts?.some((count) => Number(count) > MAX_REPEAT)) {
			throw refuse('too big number for repeat range');
		}
		if (counts && this.#take(/^\}/)) return true;
		this.#at = start;
		return false;
	}

	/** Reads a group after its `(`; `rest` if its options apply up to the end of the outer group. */
	#group(depth: number, lookbehind: Lookbehind): Target | 'comment' | 'rest' {
		if (this.#peek() === '*') throw this.#undecided('a callout');
		if (this.#peek() !== '?') {
			if (lookbehind === 'negative') this.#lateRefusal ??= refuse('invalid pattern in look-behind');
			this.#alternatives(depth + 1, lookbehind);
			return 'atom';
		}
		this.#next();
		if (this.#take(/^#/)) {
			while (!this.#done) {
				const character = this.#next();
				if (character === ')') return 'comment';
				if (character === '\\') this.#next();
			}
			throw refuse('end pattern in group');
		}
		if (this.#take(/^[=!]/)) {
			if (lookbehind !== 'none') this.#lateRefusal ??= refuse('invalid pattern in look-behind');
			this.#alternatives(depth + 1, lookbehind);
			return 'anchor';
		}
		const opening = this.#take(/^<[=!]/);
		if (opening) {
			if (lookbehind !== 'none') throw this.#undecided('a lookbehind in a lookbehind');
			this.#alternatives(depth + 1, opening === '<=' ? 'positive' : 'negative');
			return 'anchor';
		}
		if (this.#take(/^[:>]/)) {
			this.#alternatives(depth + 1, lookbehind);
			return 'atom';
		}
		if (this.#take(/^<[A-Za-z_]\w*>/)) {
			if (lookbehind !== 'none') throw this.#undecided('a named group in a lookbehind');
			this.#hasNames = true;
			this.#alternatives(depth + 1, lookbehind);
			return 'atom';
		}
		return this.#options(depth, lookbehind);
	}

	#options(depth: number, lookbehind: Lookbehind): Target | 'rest' {
		const options = this.#take(/^[im-]+/) ?? '';
		if (this.#done) throw refuse('end pattern in group');
		if (/[xIDWSPyCL<'~({]/.test(this.#peek())) throw this.#undecided(`(?${options}${this.#peek()}`);
		const end = this.#next();
		if (options === '' || (end !== ':' && end !== ')')) throw refuse('undefined group option');
		this.#alternatives(end === ':' ? depth + 1 : depth, lookbehind);
		return end === ':' ? 'atom' : 'rest';
	}

	/** Reads an escape outside of brackets, after its backslash. */
	#escape(lookbehind: Lookbehind): Target {
		if (/[zZ]/.test(this.#peek()) && lookbehind !== 'none') {
			this.#lateRefusal ??= refuse('invalid pattern in look-behind');
		}
		if (/[AbBzZGKyY]/.test(this.#peek())) {
			this.#next();
			return 'anchor';
		}
		this.#characterEscape();
		return 'atom';
	}

	/** Reads a character escape: its code point, or `null` for several characters. */
	#characterEscape(): number | null {
		if (this.#done) throw refuse('end pattern at escape');
		const letter = this.#next();
		if (/[dDsSwWhH]/.test(letter)) return null;
		switch (letter) {
			case 'p':
			case 'P':
				// Without braces it is the letter itself.
				if (this.#peek() !== '{') return letter.charCodeAt(0);
				this.#property();
				return null;
			case 'x': {
				const digits = this.#take(/^(?:\{[\da-fA-F]{1,6}\}|[0-7][\da-fA-F]?)/);
				const code = parseInt((digits ?? '').replace('{', ''), 16);
				if (!(code <= 0x10ffff)) throw this.#undecided('\\x');
				return code;
			}
			case 'u': {
				const digits = this.#take(/^[\da-fA-F]{1,4}/);
				if (digits === null) throw this.#undecided('\\u');
				if (digits.length < 4) throw refuse('invalid code point value');
				return parseInt(digits, 16);
			}
			case '0':
				return parseInt(this.#take(/^[0-7]{1,2}/) ?? '0', 8);
		}
		if (/[1-9kgcCMo]/.test(letter)) throw this.#undecided(`\\${letter}`);
		return CONTROL_ESCAPES[letter] ?? letter.codePointAt(0) ?? null;
	}

	#property(): void {
		const braced = this.#take(/^\{[^}]{0,60}\}/);
		if (braced === null) throw this.#undecided('a property without an end');
		const name = braced.slice(1, -1).replace(/^\^/, '');
		const isName = /^[A-Za-z0-9 _-]+$/.test(name);
		if (isName && propertySet(name)) return;
		// Oniguruma may know blocks, and properties that other engines know.
		if (isName && (/^\s*(?:in|age|grapheme)/i.test(name) || isKnownElsewhere(name))) {
			throw this.#undecided(`the property ${name}`);
		}
		if (/[(){|]/.test(name)) throw refuse('end pattern with unmatched parenthesis');
		const shown = name.length > 30 ? `${name.slice(0, 27)}...` : name;
		throw refuse(`invalid character property name {${shown}}`);
	}

	/** Reads a class after its `[`. */
	#class(): void {
		this.#take(/^\^/);
		if (this.#peek() === ']') {
			// It is a member if another one follows, which may even be escaped.
			if (!this.#characters.includes(']', this.#at + 1)) throw refuse('empty char-class');
			this.#next();
			this.#members(0x5d);
		} else this.#members('none');
	}

	/** @param last start of a range if a `-` follows: a code point, several characters, or nothing */
	#members(last: number | 'several' | 'none' | 'range'): void {
		while (!this.#done) {
			if (this.#take(/^\]/)) return;
			if (this.#take(/^&&/)) {
				last = 'none';
				continue;
			}
			if (this.#peek() === '-') {
				last = this.#dash(last);
				continue;
			}
			const isNested = this.#peek() === '[' && this.#peek(1) !== ':';
			last = this.#member() ?? 'several';
			if (isNested && this.#peek() === '-' && this.#peek(1) !== ']') {
				throw this.#undecided('a "-" after a class in a class');
			}
		}
		throw refuse('premature end of char-class');
	}

	#dash(last: number | 'several' | 'none' | 'range'): number | 'none' | 'range' {
		this.#next();
		const after = this.#peek();
		if (after === ']') return 0x2d;
		if (
			after === '-' ||
			after === '[' ||
			after === '' ||
			(after === '&' && this.#peek(1) === '&')
		) {
			throw this.#undecided('a "-" in a class');
		}
		if (last === 'none') return 0x2d;
		if (last === 'range') return 'none';
		if (last === 'several') throw refuse('unmatched range specifier in char-class');
		const end = this.#member();
		if (end === null) throw refuse('char-class value at end of range');
		if (end < last) throw refuse('empty range in char class');
		return 'range';
	}

	/** Reads one member of a class: its code point, or `null` for several characters. */
	#member(): number | null {
		if (this.#peek() === '[') {
			if (this.#peek(1) === ':') this.#posixBracket();
			else {
				this.#next();
				this.#class();
			}
			return null;
		}
		const character = this.#next();
		if (character !== '\\') return character.codePointAt(0) ?? null;
		if (this.#take(/^b/)) return 0x08;
		return this.#characterEscape();
	}

	#posixBracket(): void {
		const bracket = this.#take(/^\[:\^?[A-Za-z]{1,18}:\]/);
		if (bracket === null) throw this.#undecided('a POSIX bracket without an end');
		if (!POSIX_NAMES.test(bracket)) throw refuse('invalid POSIX bracket type');
	}
}

const POSIX_NAMES =
	/^\[:\^?(?:alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word|xdigit):/;

/** Whether JavaScript knows a property or a script of this name. */
function isKnownElsewhere(name: string): boolean {
	const words = name.trim().split(/[ _-]+/);
	const title = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase());
	return [name, title.join('_')].some(
		(spelling) => isValidRegex(`\\p{${spelling}}`) || isValidRegex(`\\p{Script=${spelling}}`)
	);
}

const isValidRegex = (source: string): boolean =>
	orNull(() => new RegExp(source, 'u'), SyntaxError) !== null;
