/** What the page draws of an answer. */
import { gridOf } from './grid';
import type { WordRow } from './contract';
import type { LetterQuery, WayTokens } from './ways';

/** Letters of one row that are drawn; all are counted. */
const DRAWN = 120;

/** @param asked null: no letter is counted */
export function rowOf({ way, encoding }: WayTokens, asked: LetterQuery | null): WordRow {
	const matches = asked ? way.matches(asked) : new Uint8Array(way.graphemes.texts.length);
	const tokens = gridOf(way.graphemes, encoding, matches, DRAWN);
	return {
		document: way.document,
		graphemes: way.graphemes.texts,
		matches,
		tokens,
		more: encoding.ids.length - tokens.length,
		lead: way.lead
	};
}
