/** Text of the user's as it is drawn. */
import { labelOf } from '../../ui/token/character-labels';
import { onCircles } from '../../ui/token/parts';

const MARKS: Readonly<Record<string, string>> = { ' ': '·', '\n': '↵', '\r\n': '↵', '\t': '→' };

/** A grapheme with white space as a mark, invisible characters by name, and a lone mark on a circle. */
export function graphemeText(grapheme: string): string {
	if (grapheme.length === 1 && grapheme > ' ' && grapheme < '\x7f') return grapheme;
	const mark = MARKS[grapheme];
	if (mark) return mark;
	if (grapheme.startsWith(' ')) return onCircles(`·${grapheme.slice(1)}`);
	const codePoint = grapheme.codePointAt(0) ?? 0;
	const isOne = String.fromCodePoint(codePoint) === grapheme;
	const label = isOne ? labelOf(codePoint) : null;
	return label === null ? onCircles(grapheme) : `[${label}]`;
}

/** Hebrew, Arabic and the other scripts that are written from right to left. */
const RIGHT_TO_LEFT =
	/[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

export const isRightToLeft = (text: string): boolean => RIGHT_TO_LEFT.test(text);

/** Isolates right-to-left text inside a sentence, so that it does not reorder the numbers and signs next to it. */
export const isolate = (text: string): string =>
	isRightToLeft(text) ? `\u2068${text}\u2069` : text;
