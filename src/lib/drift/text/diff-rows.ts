import { StretchState, type TextAlignment } from '../types';
import type { Encoding } from '../../engine';

type Spans = Pick<Encoding, 'byteStarts' | 'byteEnds'>;
type Stretches = Pick<TextAlignment, 'ends' | 'states'>;

/** Tokens kept around a difference … */
const MARGIN_TOKENS = 3;
/** … and how many alike must be hidden for it to be worth a line. */
const MIN_HIDDEN_TOKENS = 4;
/** Tokens of one side per row: a text that differs everywhere has several rows, too. */
const MAX_ROW_TOKENS = 40;

/** A row of a text diff: tokens of both sides over the same bytes, or a run of tokens alike that is hidden. */
export interface DiffRow {
	readonly kind: 'tokens' | 'alike';
	/** Tokens of each side, end exclusive. */
	readonly fromA: number;
	readonly toA: number;
	readonly fromB: number;
	readonly toB: number;
	/** Bytes of the text, end exclusive. */
	readonly start: number;
	readonly end: number;
}

const differs = (state: number) => state !== StretchState.sameIds;

/**
 * Spans to step through, two entries each: first byte and byte after the last. If most of the text keeps
 * its ids, all that differ; if hardly an id is the same, those that are split differently.
 */
export function placesOf({ ends, states }: Stretches): Uint32Array {
	const bytes = [0, 0, 0];
	states.forEach((state, i) => (bytes[state] += ends[i] - (i === 0 ? 0 : ends[i - 1])));
	const { sameIds, otherIds, otherCuts } = StretchState;
	const areStrangers = bytes[otherIds] > bytes[sameIds] && bytes[otherCuts] > 0;
	const least = areStrangers ? otherCuts : otherIds;
	const differences = new Uint32Array(2 * ends.length);
	let used = 0;
	for (let stretch = 0; stretch < ends.length; stretch++) {
		if (states[stretch] < least) continue;
		differences[used++] = stretch === 0 ? 0 : ends[stretch - 1];
		differences[used++] = ends[stretch];
	}
	return differences.slice(0, used);
}

/** How tokens of a state are drawn: 0 alike, 1 split differently, 2 the same split with another id. */
export const looksOf = (states: Uint8Array): Uint8Array => states.map((state) => [0, 2, 1][state]);

/**
 * The rows of a text diff, in order. Runs alike are hidden but for {@link MARGIN_TOKENS} tokens next to a
 * difference, where at least {@link MIN_HIDDEN_TOKENS} can be hidden. Of a text without differences the
 * beginning is shown.
 */
export function diffRows(a: Spans, b: Spans, { ends, states }: Stretches): DiffRow[] {
	const rows = new RowBuilder(a, b);
	if (!states.some(differs)) {
		// Nothing to point at: the beginning is shown, so that there is a text to be seen.
		const start = a.byteEnds[Math.min(MAX_ROW_TOKENS, a.byteEnds.length) - 1] ?? 0;
		rows.pairs(start);
		rows.alike(ends.at(-1) ?? 0, { first: true, last: true });
		return rows.finish();
	}
	for (let stretch = 0; stretch < ends.length; stretch++) {
		if (differs(states[stretch])) {
			if (states[stretch] === StretchState.otherIds) rows.pairs(ends[stretch]);
			else rows.place(ends[stretch]);
			continue;
		}
		const first = stretch === 0;
		while (stretch + 1 < ends.length && !differs(states[stretch + 1])) stretch++;
		rows.alike(ends[stretch], { first, last: stretch + 1 === ends.length });
	}
	return rows.finish();
}

/** How many tokens of each side end at or before a byte; both sides share that byte as a border. */
interface Border {
	readonly a: number;
	readonly b: number;
	readonly byte: number;
}

/** Lays stretches into rows, from the beginning of the text on. */
class RowBuilder {
	readonly #a: Spans;
	readonly #b: Spans;
	readonly #rows: DiffRow[] = [];
	/** Where the open row begins, and how far it reaches. */
	#from: Border = { a: 0, b: 0, byte: 0 };
	#at: Border = { a: 0, b: 0, byte: 0 };

	constructor(a: Spans, b: Spans) {
		this.#a = a;
		this.#b = b;
	}

	/** A span that is split differently: never divided between rows. */
	place(end: number): void {
		const stop = this.#border(end);
		const grown = Math.max(stop.a - this.#from.a, stop.b - this.#from.b);
		if (grown > MAX_ROW_TOKENS) this.#close('tokens');
		this.#at = stop;
	}

	/** Tokens that go in pairs, so that a row may end after any of them. */
	pairs(end: number): void {
		const stop = this.#border(end);
		while (stop.a - this.#from.a > MAX_ROW_TOKENS && this.#from.a + MAX_ROW_TOKENS > this.#at.a) {
			this.#at = this.#borderAfter(this.#from.a + MAX_ROW_TOKENS);
			this.#close('tokens');
		}
		if (stop.a - this.#from.a > MAX_ROW_TOKENS) this.#close('tokens');
		this.#at = stop;
	}

	/** A run alike up to a byte; at the edges of the text it has a difference on one side only. */
	alike(end: number, edge: { readonly first: boolean; readonly last: boolean }): void {
		const stop = this.#border(end);
		const before = edge.first ? 0 : MARGIN_TOKENS;
		const after = edge.last ? 0 : MARGIN_TOKENS;
		if (stop.a - this.#at.a - before - after < MIN_HIDDEN_TOKENS) {
			this.pairs(end);
			return;
		}
		if (before > 0) this.#at = this.#borderAfter(this.#at.a + before);
		this.#close('tokens');
		this.#at = after > 0 ? this.#borderAfter(stop.a - after) : stop;
		this.#close('alike');
		this.#at = stop;
	}

	finish(): DiffRow[] {
		// Tokens without bytes after the last byte belong to the last row.
		const { byte } = this.#at;
		this.#at = { a: this.#a.byteEnds.length, b: this.#b.byteEnds.length, byte };
		this.#close('tokens');
		return this.#rows;
	}

	#borderAfter(tokensOfA: number): Border {
		return this.#border(this.#a.byteEnds[tokensOfA - 1]);
	}

	#border(byte: number): Border {
		return {
			a: tokensBefore(this.#a, this.#at.a, byte),
			b: tokensBefore(this.#b, this.#at.b, byte),
			byte
		};
	}

	#close(kind: DiffRow['kind']): void {
		const { a: fromA, b: fromB, byte: start } = this.#from;
		const { a: toA, b: toB, byte: end } = this.#at;
		if (toA > fromA || toB > fromB) {
			this.#rows.push({ kind, fromA, toA, fromB, toB, start, end });
		}
		this.#from = this.#at;
	}
}

/** The first token, from `token` on, that comes after a byte. Ends never decrease. */
function tokensBefore({ byteStarts, byteEnds }: Spans, token: number, byte: number): number {
	while (token < byteEnds.length && byteEnds[token] <= byte && byteStarts[token] < byte) token++;
	return token;
}
