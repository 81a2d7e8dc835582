/** Texts of the user's own as tables: their sizes and tokens, and the parts of their ratios. */
import type { Decomposition, TextMeasure } from '../../languages/types';
import type { PairLine } from './pair.svelte';

/** A line of the table: of each text a number, and that number for one of the first text's. */
export interface OwnLine {
	readonly key: string;
	readonly what: string;
	/** Tokens under a tokenizer; else a size, which no tokenizer changes. */
	readonly isTokens: boolean;
	readonly cells: readonly {
		readonly count: number;
		/** Null where one of the two is empty, or dropped in part. */
		readonly ratio: number | null;
		/** Whether the tokenizer has no tokens for part of the text. */
		readonly dropped: boolean;
	}[];
}

/** Characters and bytes, then tokens. @param nameOf the name of a tokenizer */
export function ownLines(
	lines: readonly PairLine[],
	nameOf: (tokenizer: string) => string
): readonly OwnLine[] {
	const measures = lines.at(0)?.cells.map(({ measure }) => measure) ?? [];
	if (measures.length === 0) return [];
	const sizeLine = (field: 'chars' | 'bytes', what: string): OwnLine => ({
		key: field,
		what,
		isTokens: false,
		cells: measures.map((measure) => ({
			count: measure[field],
			ratio: ratioOf(measure[field], measures[0][field]),
			dropped: false
		}))
	});
	const tokens = lines.map(({ tokenizer, cells }) => ({
		key: tokenizer,
		what: nameOf(tokenizer),
		isTokens: true,
		cells: cells.map(({ measure, parts, dropped }) => ({
			count: measure.tokens,
			ratio: parts?.ratio ?? null,
			dropped
		}))
	}));
	return [sizeLine('chars', 'characters'), sizeLine('bytes', 'bytes'), ...tokens];
}

const ratioOf = (count: number, first: number): number | null =>
	count > 0 && first > 0 ? count / first : null;

/** Why the texts cost what they do under one tokenizer, those that have a ratio. */
export const ownParts = (
	{ cells }: PairLine,
	names: readonly string[]
): readonly {
	readonly key: string;
	readonly name: string;
	readonly parts: Decomposition;
	readonly measure: TextMeasure;
	readonly baseline: TextMeasure;
}[] =>
	cells.flatMap(({ measure, parts }, i) =>
		parts ? [{ key: String(i), name: names[i], parts, measure, baseline: cells[0].measure }] : []
	);
