import { translateRegex, parseRegex } from '../../engine/text';
import { regexStrings, type PartCharacters } from './strings';

/** A match that takes longer than this is far beyond what a pattern needs for so few characters. */
const SLOW_MS = 40;
/** How often something is repeated at most; a pattern that doubles its work with each step is found long before. */
const MOST_REPEATS = 40;
/** Strings that are repeated. */
const MOST_STRINGS = 40;

/**
 * A short text on which a pattern backtracks without end; `null` if none is found. Texts that the pattern
 * likes are repeated two more times at each step and end in a character that it does not expect, so that work
 * that doubles with every step is seen while it still takes milliseconds.
 */
export function endlessText(pattern: string, parts: readonly PartCharacters[]): string | null {
	const node = parseRegex(pattern);
	const regex = translateRegex(pattern);
	const bodies = new Set<string>();
	for (const text of regexStrings(node, parts)) {
		if (text === '' || text.length > 8) continue;
		bodies.add(text);
		for (const character of text) bodies.add(character);
		if (bodies.size >= MOST_STRINGS) break;
	}
	const ends = ['', '!', '\u0378', 'a'];
	for (const body of bodies) {
		for (const end of ends) {
			let before = 0;
			for (let times = 8; times <= MOST_REPEATS; times += 2) {
				const text = body.repeat(times) + end;
				const took = timed(regex, text);
				// Twice in a row, and growing: a machine that was busy elsewhere does not look like that.
				if (took > SLOW_MS && before > SLOW_MS / 4 && took > 1.5 * before) return text;
				if (took > 20 * SLOW_MS) return text;
				before = took;
			}
		}
	}
	return null;
}

/** Milliseconds. */
function timed(regex: RegExp, text: string): number {
	regex.lastIndex = 0;
	const start = Date.now();
	let matches = 0;
	for (let match = regex.exec(text); match !== null; match = regex.exec(text)) {
		if (match[0] === '') regex.lastIndex++;
		if (++matches > text.length) break;
	}
	return Date.now() - start;
}
