/**
 * Escapes text that comes from tokenizers and file names, with one function per output: a line of a terminal or a log, JSON,
 * Markdown, and workflow commands of GitHub. What is escaped for Markdown or GitHub must be `printable` first.
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

/** JSON that is safe to print: what `printable` escapes is written as `\uXXXX`, which means the same. */
export const printableJson = (value: unknown, indent?: number): string =>
	JSON.stringify(value, null, indent)
		.replace(UNSAFE, (character) => (character === '\n' ? '\n' : `\\u${hexOf(character, 4)}`))
		.replace(/##(?=\[)/g, '\\u0023#');

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
