import { TokenKind, type Encoding } from '../../engine';
import { foldedHex, foldedParts, foldOf, type Folded } from './fold';
import { beginsWithMark, partsOf, type Part } from './parts';
import { tokenName } from './token-name';

/** What a token shows: its text, its id, or its bytes in hexadecimal. */
export type TokenDisplay = 'text' | 'ids' | 'bytes';

/** Everything that decides how the tokens of a view look. */
export interface Drawing {
	/** UTF-8 that the offsets of `encoding` refer to; may be invalid (made from pasted ids). */
	readonly document: Uint8Array;
	readonly encoding: Encoding;
	/**
	 * One byte a token: 1 where tokenizers cut otherwise, 2 where they cut alike and number it otherwise;
	 * null when there is nothing to compare with.
	 */
	readonly differs: Uint8Array | null;
	readonly display: TokenDisplay;
	readonly whitespace: boolean;
	readonly colourAll: boolean;
	/** A name for an id that has no bytes in the text (a BOS); null when there is none. */
	readonly nameOf: (id: number) => string | null;
}

/** What is drawn of a token or of bytes of none. */
export type DrawnPart = Part | Folded;

/** One token, ready to be drawn. */
export interface DrawnToken {
	/** Which token of the encoding, from 0. */
	readonly at: number;
	readonly id: number;
	/** Bytes of the document, end exclusive. */
	readonly start: number;
	readonly end: number;
	/** Classes: parity, hue or quiet, kind, difference. */
	readonly look: string;
	/** Accessible name and tooltip. */
	readonly name: string;
	readonly parts: readonly DrawnPart[];
	/** Bytes before this token that belong to none. */
	readonly gap: readonly DrawnPart[];
	/** Put before the text by CSS: a dotted circle, or what stands for a token without bytes. */
	readonly lead: string | null;
}

const HUES = 6;

/** One of six hues, by a multiplicative hash, so that neighbouring ids differ (Knuth, TAOCP 6.4). */
export function hueOf(id: number): number {
	return (Math.imul(id, 2654435761) >>> 0) % HUES;
}

/** Tokens `from` to `to` (exclusive) of the drawing. Costs only what is asked for. */
export function drawTokens(drawing: Drawing, from: number, to: number): DrawnToken[] {
	const tokens: DrawnToken[] = [];
	for (let at = from; at < to; at++) tokens.push(drawToken(drawing, at));
	return tokens;
}

/** The bytes after the last token that belong to none, as parts. */
export function drawTail({
	document,
	encoding,
	display,
	whitespace
}: Drawing): readonly DrawnPart[] {
	const count = encoding.ids.length;
	const start = count === 0 ? 0 : encoding.byteEnds[count - 1];
	if (display !== 'text' || start >= document.length) return [];
	return foldedParts(document, { start, end: document.length, drawnTo: start }, whitespace);
}

function drawToken(drawing: Drawing, at: number): DrawnToken {
	const { document, encoding, display, whitespace } = drawing;
	const id = encoding.ids[at];
	const start = encoding.byteStarts[at];
	const end = encoding.byteEnds[at];
	// Ends never decrease, so the last end is the end of everything before.
	const drawnTo = at === 0 ? 0 : encoding.byteEnds[at - 1];
	const { from } = foldOf(document, start, end);
	const marked = partsOf(document, { start, end: from, drawnTo }, true);
	const kind = encoding.kinds?.[at] ?? TokenKind.ordinary;
	const stand =
		start === end ? (drawing.nameOf(id) ?? (kind === TokenKind.added ? `#${id}` : '▁')) : null;

	let parts: readonly DrawnPart[];
	let gap: readonly DrawnPart[] = [];
	let lead = stand;
	if (display === 'ids') {
		parts = [{ kind: 'text', text: String(id) }];
		lead = null;
	} else if (display === 'bytes') {
		parts = foldedHex(document, start, end);
	} else {
		parts =
			whitespace && from === end
				? marked
				: foldedParts(document, { start, end, drawnTo }, whitespace);
		const first = parts[0];
		if (first?.kind === 'text' && beginsWithMark(first.text)) lead = '◌';
		if (start > drawnTo) {
			gap = foldedParts(document, { start: drawnTo, end: start, drawnTo }, whitespace);
		}
	}
	const look = lookOf(drawing, at, kind);
	const name = tokenName({ parts: marked, id, start, end, kind, stand });
	return { at, id, start, end, look, name, parts, gap, lead };
}

function lookOf({ encoding, differs, colourAll }: Drawing, at: number, kind: number): string {
	const differing = differs !== null && differs[at] !== 0;
	let look = `token p${at & 1}`;
	look += differing || colourAll ? ` h${hueOf(encoding.ids[at])}` : ' quiet';
	if (differing) look += differs[at] === 2 ? ' renumbered' : ' differs';
	if (kind === TokenKind.byteFallback) look += ' fallback';
	else if (kind === TokenKind.special || kind === TokenKind.added) look += ' special';
	else if (kind === TokenKind.unknown) look += ' unknown';
	return look;
}
