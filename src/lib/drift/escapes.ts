/**
 * Escapes text from tokenizers and file names for each output: a line in a terminal or log, JSON, GitHub workflow
 * commands, and Markdown.
 */

/**
 * Characters that a terminal or viewer interprets instead of showing: C0 and C1 controls, directional formatting (which
 * reorders text), and line and paragraph separators.
 */
const UNSAFE = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;
/** The same characters except for tabs and newlines, which separate values in JSON. */
const UNSAFE_IN_JSON = /[^\P{Cc}\t\n]|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

const hexOf = (character: string, digits: number): string =>
	character.charCodeAt(0).toString(16).padStart(digits, '0');

/**
 * Escapes a line for a terminal or log with sequences such as `\x1b`. GitHub runs a log line as a command if it starts
 * with `::` or contains `##[`, so both are escaped, too.
 */
export const printable = (line: string): string =>
	line
		.replace(UNSAFE, (character) => {
			const isShort = character.charCodeAt(0) < 0x100;
			return isShort ? `\\x${hexOf(character, 2)}` : `\\u${hexOf(character, 4)}`;
		})
		.replace(/^(\s*):(?=:)/, '$1\\x3a')
		.replace(/##(?=\[)/g, '\\x23#');

/**
 * Makes JSON safe to print but keeps tabs and newlines between values. Characters that `printable` escapes become the
 * equivalent `\uXXXX`.
 */
export const printableJsonText = (json: string): string =>
	json
		.replace(UNSAFE_IN_JSON, (character) => `\\u${hexOf(character, 4)}`)
		.replace(/##(?=\[)/g, '\\u0023#');

export const printableJson = (value: unknown, indent?: number): string =>
	printableJsonText(JSON.stringify(value, null, indent));

/** Escapes the message of a GitHub workflow command. The message may have several lines. */
const commandData = (text: string): string =>
	text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const commandProperty = (text: string): string =>
	commandData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/** Writes a GitHub workflow command on one line, escaped as in GitHub's toolkit (`@actions/core`, command.ts). */
export function workflowCommand(
	name: 'error' | 'warning' | 'notice',
	properties: Readonly<Record<string, string | null>>,
	lines: readonly string[]
): string {
	const list = Object.entries(properties).flatMap(([key, value]) =>
		value === null ? [] : [`${key}=${commandProperty(printable(value))}`]
	);
	return `::${name} ${list.join(',')}::${commandData(lines.map(printable).join('\n'))}`;
}

/** Matches quoted text, a list of ids, or a word. */
const PARTS = /"(?:[^"\\]|\\.)*"|(?<!\S)\[[\d, …]*\](?![^\s.,])|\S+/gu;
/** Matches words that have no special meaning in Markdown and that GitHub doesn't turn into links. */
const PLAIN_WORD =
	/^(?!.*(?:www\.|\bgh-\d|\b[0-9a-f]{7,40}\b))[\p{L}\p{M}\p{N}.,;()'’“”–—→…%/+=−-]+$/iu;
/** Matches Markdown's markers for lists, headings and rules. These matter only at the start of a line. */
const LINE_MARK = /^(?:[-+=]+|\d+[.)])$/;

/**
 * Escapes a sentence for Markdown. Quoted text, and every word that could have a special meaning in Markdown or on
 * GitHub, becomes inline code, which can't contain HTML, links, mentions or references.
 */
export function markdownProse(text: string): string {
	// Four spaces at the start would begin a code block.
	const line = printable(text).trimStart();
	let codeEnd = -1;
	return line.replace(PARTS, (part, at: number) => {
		const [start, word, end] = isWord(part) ? punctuated(part) : ['', part, ''];
		const isFirst = at === 0;
		const isPlain =
			word === '' ||
			(isWord(part)
				? PLAIN_WORD.test(word) && !(isFirst && LINE_MARK.test(part))
				: word[0] === '[');
		if (isPlain) return part;
		// The backticks of adjacent code spans must not touch.
		const gap = codeEnd === at && start === '' ? ' ' : '';
		if (end === '') codeEnd = at + part.length;
		return gap + start + markdownCode(word) + end;
	});
}

/** Whether a part is a word rather than quoted text or a list of ids. */
const isWord = (part: string): boolean => !/^(?:".*"|\[[\d, …]*\])$/s.test(part) || part === '"';

/** Separates a word from the punctuation around it, because punctuation doesn't belong in the code span. */
function punctuated(part: string): readonly [start: string, word: string, end: string] {
	const [, start, word, end] = /^(\(?)(.*?)([.,;:!?)]*)$/su.exec(part) ?? ['', '', part, ''];
	return [start, word, end];
}

/** Formats text, which may contain backticks, as inline code; '' for empty text. */
export function markdownCode(text: string): string {
	if (text === '') return '';
	const line = printable(text);
	const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
	const mark = '`'.repeat(longest + 1);
	// Markdown strips one space from each side of inline code.
	const isPadded = longest > 0 || /^ .* $/.test(line);
	return isPadded ? `${mark} ${line} ${mark}` : mark + line + mark;
}

/** Escapes Markdown for a table cell. Parsers disagree about `|` after a backslash. */
export const markdownCell = (markdown: string): string =>
	markdown.replace(/(?<=\\)\|/g, '\\u007c').replaceAll('|', '\\|');
