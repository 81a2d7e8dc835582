/**
 * Escapes text that comes from tokenizers and file names, for each output: a line of a terminal or a log, JSON, workflow
 * commands of GitHub, and Markdown.
 */

/**
 * Characters that a terminal or a viewer acts on instead of showing them: controls of C0 and C1, directional formatting,
 * which reorders text, and the separators of lines and paragraphs.
 */
const UNSAFE = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

const hexOf = (character: string, digits: number): string =>
	character.charCodeAt(0).toString(16).padStart(digits, '0');

/**
 * A line for a terminal or a log, with escapes such as `\x1b`. A log on GitHub runs a line that starts with `::`, and a
 * `##[` anywhere, as a command, so these are escaped as well.
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
 * JSON texts that are safe to print, with tabs and newlines between them: what `printable` escapes is written as `\uXXXX`,
 * which means the same.
 */
export const printableJsonText = (json: string): string =>
	json
		.replace(UNSAFE, (character) =>
			character === '\n' || character === '\t' ? character : `\\u${hexOf(character, 4)}`
		)
		.replace(/##(?=\[)/g, '\\u0023#');

/** A value as JSON that is safe to print. */
export const printableJson = (value: unknown, indent?: number): string =>
	printableJsonText(JSON.stringify(value, null, indent));

/** Message of a workflow command of GitHub, which may have several lines. */
const commandData = (text: string): string =>
	text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const commandProperty = (text: string): string =>
	commandData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/**
 * A workflow command of GitHub in one line, with the escapes of its toolkit (`@actions/core`, command.ts).
 * @param lines of the message; every part is made printable
 */
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

/** Quoted text, a list of ids, or a word. */
const PARTS = /"(?:[^"\\]|\\.)*"|(?<!\S)\[[\d, …]*\](?![^\s.,])|\S+/gu;
/** Words without meaning in Markdown, and without what GitHub makes links of. */
const PLAIN_WORD =
	/^(?!.*(?:www\.|\bgh-\d|\b[0-9a-f]{7,40}\b))[\p{L}\p{M}\p{N}.,;()'’“”–—→…%/+=−-]+$/iu;
/** Marks of lists, headings and rules, which count at the start of a line. */
const LINE_MARK = /^(?:[-+=]+|\d+[.)])$/;

/**
 * A sentence for Markdown. Quoted text, and every word that could mean something in Markdown or to GitHub, becomes inline
 * code: in code there is no HTML, link, mention or reference.
 */
export function markdownProse(text: string): string {
	// Four spaces at the start would begin a block of code.
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
		// The marks of two pieces of code must not touch.
		const gap = codeEnd === at && start === '' ? ' ' : '';
		if (end === '') codeEnd = at + part.length;
		return gap + start + markdownCode(word) + end;
	});
}

/** Whether a part is neither quoted nor a list of ids. */
const isWord = (part: string): boolean => !/^(?:".*"|\[[\d, …]*\])$/s.test(part) || part === '"';

/** A word without the punctuation around it, so that code does not include it. */
function punctuated(part: string): readonly [start: string, word: string, end: string] {
	const [, start, word, end] = /^(\(?)(.*?)([.,;:!?)]*)$/su.exec(part) ?? ['', '', part, ''];
	return [start, word, end];
}

/** Inline code for Markdown, also of text with backticks; '' for none. */
export function markdownCode(text: string): string {
	if (text === '') return '';
	const line = printable(text);
	const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
	const mark = '`'.repeat(longest + 1);
	// A space on both sides is not shown.
	const isPadded = longest > 0 || /^ .* $/.test(line);
	return isPadded ? `${mark} ${line} ${mark}` : mark + line + mark;
}

/** A cell of a table in Markdown, of prose or code that is escaped. Readers disagree on `|` after a backslash. */
export const markdownCell = (markdown: string): string =>
	markdown.replace(/(?<=\\)\|/g, '\\u007c').replaceAll('|', '\\|');
