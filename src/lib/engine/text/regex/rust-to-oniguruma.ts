import { coversEverything } from './coverage';
import { parseRegex } from './oniguruma';
import { PatternReader } from './reader';
import { canBeEmpty, childrenOf, type RegexNode } from './syntax';

/** A tiktoken pattern, translated for use in the `Split` pre-tokenizer of tokenizer.json. */
interface TranslatedPattern {
	readonly regex: string;
	/** Whether the matches always cover the whole text, so that no characters are dropped. */
	readonly coversEverything: boolean;
}

/**
 * Translates the pattern of a tiktoken encoding from the syntax of the Rust crates fancy-regex 0.11 and regex 1 to
 * Oniguruma's. Where the two engines interpret a construct differently, it is translated or rejected.
 * @throws Error that quotes the construct that is invalid or not supported
 */
export function translateRustRegex(pattern: string): TranslatedPattern {
	const reader = new PatternReader(pattern);
	const regex = translate(reader);
	const node = parseRegex(regex);
	if (repeatsEmptyMatch(node))
		throw reader.unsupported('a repetition of something that can match nothing');
	return { regex, coversEverything: coversEverything(node) };
}

/** Whether a node repeats a pattern that can match the empty string, which the two engines handle differently. */
const repeatsEmptyMatch = (node: RegexNode): boolean =>
	(node.type === 'repeat' && canBeEmpty(node.body)) || childrenOf(node).some(repeatsEmptyMatch);

interface Group {
	/** Start of the group in the translated pattern; -1 if the group cannot be repeated. */
	readonly start: number;
	readonly isLookbehind: boolean;
	readonly ignoresCase: boolean;
}

const OPENINGS = ['?:', '?=', '?!', '?<=', '?<!', '?>', '?i:'];

function translate(reader: PatternReader): string {
	const groups: Group[] = [];
	let regex = '';
	/** Start of the atom that a quantifier would repeat; -1 if there is none. */
	let atom = -1;
	while (!reader.done) {
		const group = groups.at(-1);
		const ignoresCase = group?.ignoresCase ?? false;
		const quantifier = readQuantifier(reader);
		if (quantifier !== null) {
			if (atom < 0) throw reader.unsupported(`${quantifier} here`);
			if (group?.isLookbehind) throw reader.unsupported('a repetition in a lookbehind');
			regex = regex.slice(0, atom) + repeated(regex.slice(atom), quantifier, reader);
			atom = -1;
			continue;
		}
		const start = regex.length;
		const first = reader.next();
		switch (first) {
			case '(': {
				if (group?.isLookbehind) throw reader.unsupported('a group in a lookbehind');
				const opening = readOpening(reader);
				groups.push({
					start: /^\?<?[=!]/.test(opening) ? -1 : start,
					isLookbehind: opening.startsWith('?<'),
					ignoresCase: ignoresCase || opening === '?i:'
				});
				regex += `(${opening}`;
				atom = -1;
				break;
			}
			case ')':
				regex += first;
				atom = groups.pop()?.start ?? -1;
				break;
			case '|':
				regex += first;
				atom = -1;
				break;
			case '^':
			case '$':
				regex += first === '^' ? '\\A' : '\\z';
				atom = -1;
				break;
			case '[':
				regex += readClass(reader, ignoresCase, false);
				atom = start;
				break;
			case '\\':
				atom = /[bBAz]/.test(reader.peek()) ? -1 : start;
				regex += readEscape(reader, ignoresCase, false);
				break;
			default:
				regex += first;
				atom = start;
		}
	}
	return regex;
}

/** Reads the characters that open a group, after its `(`. Returns them; '' for a capturing group, named or not. */
function readOpening(reader: PatternReader): string {
	const opening = OPENINGS.find((text) => reader.take(text));
	if (opening !== undefined) return opening;
	if (reader.take('?P<') || reader.take('?<')) {
		if (!/^\w+$/.test(reader.until('>'))) throw reader.error('the group name is invalid');
	} else if (reader.comes('?')) throw reader.unsupported(`(?${reader.peek(1)}`);
	return '';
}

/** Reads a quantifier, but not its lazy or possessive suffix. Returns `null` if there is no quantifier. */
function readQuantifier(reader: PatternReader): string | null {
	if (/^[?*+]$/.test(reader.peek())) return reader.next();
	const start = reader.at;
	if (!reader.take('{')) return null;
	const least = reader.count();
	const comma = reader.take(',');
	const most = comma ? reader.count() : '';
	if (reader.take('}') && (least !== '' || comma)) {
		return `{${least || '0'}${comma ? ',' : ''}${most}}`;
	}
	reader.at = start;
	return null;
}

/** Repeats an atom. In Oniguruma, `{1,3}+` repeats the interval, and `{3}?` is an optional `{3}`. */
function repeated(atom: string, quantifier: string, reader: PatternReader): string {
	const text = atom + quantifier;
	if (reader.take('?')) return /^\{\d+\}$/.test(quantifier) ? text : `${text}?`;
	if (!reader.take('+')) return text;
	return quantifier.startsWith('{') ? `(?>${text})` : `${text}+`;
}

/** Operators for class differences, and the start of a POSIX class, which covers only ASCII in Rust. */
const REFUSED_IN_CLASS = ['--', '~~', '[:'];

/** Reads a class after its `[`, up to and including its `]`. */
function readClass(reader: PatternReader, ignoresCase: boolean, isNested: boolean): string {
	reader.enter();
	let text = reader.take('^') ? '[^' : '[';
	if (reader.take(']')) {
		if (isNested) throw reader.unsupported('"[]" in a class');
		text += ']';
	}
	for (;;) {
		const refused = ignoresCase ? [...REFUSED_IN_CLASS, '&&', '['] : REFUSED_IN_CLASS;
		const sign = refused.find((text) => reader.comes(text));
		if (sign !== undefined) throw reader.unsupported(`"${sign}" in a class`);
		if (reader.done) throw reader.error('a "[" is never closed');
		const next = reader.next();
		if (next === ']') {
			reader.leave();
			return `${text}]`;
		}
		if (next === '[') text += readClass(reader, ignoresCase, true);
		else text += next === '\\' ? readEscape(reader, ignoresCase, true) : next;
	}
}

/** Members of `\w`, for use inside a bracketed class. */
const WORD_MEMBERS = '\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}';
const WORD = `[${WORD_MEMBERS}]`;

/** Escapes that Oniguruma interprets differently. */
const COUNTERPARTS: Readonly<Record<string, string>> = {
	w: WORD,
	W: `[^${WORD_MEMBERS}]`,
	b: `(?:(?<=${WORD})(?!${WORD})|(?<!${WORD})(?=${WORD}))`,
	B: `(?:(?<=${WORD})(?=${WORD})|(?<!${WORD})(?!${WORD}))`
};

/** Number of hexadecimal digits in an escape, by the letter after the backslash. */
const DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Properties that Oniguruma supports but Rust does not. */
const FOREIGN_PROPERTY = /^(\^.*|alnum|blank|cs|graph|newline|print|surrogate|word|xdigit)$/i;

function readEscape(reader: PatternReader, ignoresCase: boolean, inClass: boolean): string {
	const letter = reader.next();
	const isSign = /^[ -/:-@[-`{-~]$/.test(letter);
	if (isSign) return `\\${letter}`;
	// Outside brackets, Oniguruma does not ignore case in properties, but Rust does.
	if (ignoresCase) throw reader.unsupported(`\\${letter} in a case-insensitive group`);
	if (letter === 'p' || letter === 'P') {
		const name = reader.take('{') ? reader.until('}') : reader.next();
		if (FOREIGN_PROPERTY.test(name.replace(/[ _-]/g, '')))
			throw reader.error(`unknown property \\p{${name}}`);
		return `\\${letter}{${name.replace(/^(?:script|sc)=/i, '')}}`;
	}
	if (Object.hasOwn(DIGITS, letter)) {
		const count = DIGITS[letter];
		const digits = reader.take('{') ? reader.until('}') : reader.run(/[0-9a-fA-F]/, count);
		return `\\x{${reader.codePoint(digits).toString(16)}}`;
	}
	const isAnchor = /[bBAz]/.test(letter);
	if (!isAnchor && !/[tnvfraedDsShHwW]/.test(letter)) throw reader.unsupported(`\\${letter}`);
	if (letter === 'w' && inClass) return WORD_MEMBERS;
	if (isAnchor && inClass) throw reader.unsupported(`\\${letter} in a class`);
	return Object.hasOwn(COUNTERPARTS, letter) ? COUNTERPARTS[letter] : `\\${letter}`;
}
