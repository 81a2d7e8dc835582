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
