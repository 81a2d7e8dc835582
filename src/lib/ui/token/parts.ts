import { byteHex } from '../../engine/text';
import { labelOf } from './character-labels';
import { INVALID, characterAround, characterFrom, type Character } from './utf8';

/**
 * Part of a drawn token. A part adds only `text` to the page, so that copying yields the original text; CSS draws
 * everything else.
 */
export type Part =
	| { readonly kind: 'text'; readonly text: string }
	/** A run of U+0020. */
	| { readonly kind: 'spaces'; readonly text: string }
	| { readonly kind: 'tab'; readonly text: '\t' }
	| { readonly kind: 'newline'; readonly text: '\n' }
	/** A character without a visible shape, drawn as a small box. */
	| { readonly kind: 'label'; readonly text: string; readonly label: string }
	| Cells
	/** Bytes that an earlier token has already drawn (NFKC turns `™` into `T`, `M`), shown but not copied. */
	| { readonly kind: 'echo'; readonly text: ''; readonly shown: string };

/** One token's share of the bytes in a character that is split between tokens, or bytes that aren't valid UTF-8. */
export interface Cells {
	readonly kind: 'cells';
	/**
	 * The character, if these bytes include its first byte; otherwise empty, so that the character is copied only once.
	 */
	readonly text: string;
	/** Label drawn in place of a character without a visible shape. */
	readonly label: string | null;
	/** The bytes in hexadecimal, one entry per byte. */
	readonly bytes: readonly string[];
	/** Whether these bytes begin the character; if not, the box is open on the left. */
	readonly first: boolean;
	/** Whether these bytes end the character; if not, the box is open on the right. */
	readonly last: boolean;
	/** Whether the character is a combining mark, to be drawn on a base. */
	readonly combining: boolean;
	readonly invalid: boolean;
}

/** Span of the document to draw, in bytes: a token, or bytes that don't belong to any token. */
export interface DrawnSpan {
	readonly start: number;
	readonly end: number;
	/** Byte offset up to which the document has already been drawn. */
	readonly drawnTo: number;
}

const COMBINING = /^\p{M}/u;
const WIDE_SPACE = /\p{Zs}/u;
/** Matches invisible characters that change how their neighbours look: joiners, selectors and the tags in a flag. */
const JOINER = /[\p{Join_Control}\p{Variation_Selector}\u180e\u{e0020}-\u{e007f}]|\u034f/u;
/** Matches the position before a combining mark at the start of the text or after white space or punctuation. */
const LONE_MARK =
	/(^|[\s\p{P}\u21b5\u2192])(?=(?![\ufe00-\ufe0f\u20e3\u{e0100}-\u{e01ef}])\p{M})/gu;

/** Whether the text begins with a mark that would combine with the preceding character. */
export function beginsWithMark(text: string): boolean {
	return text !== '' && text.charCodeAt(0) >= 0x300 && COMBINING.test(text);
}

/**
 * Puts combining marks without a base letter on a dotted circle (◌), as Unicode's charts do. Without the circle, they
 * would combine with the character drawn before them. Variation selectors and keycaps belong to symbols and are left
 * unchanged.
 */
export const onCircles = (text: string): string => text.replace(LONE_MARK, '$1◌');

/**
 * Splits one span of `document`, which may be invalid UTF-8, into parts. If `whitespace` is set, every invisible
 * character gets a mark. Otherwise, white space is left blank, and joiners and selectors stay with their neighbours.
 *
 * The parts of consecutive spans, with their `text` values joined, make up the document without its invalid bytes. A
 * character belongs to the first span that contains the character's first byte.
 */
export function partsOf(document: Uint8Array, span: DrawnSpan, whitespace: boolean): Part[] {
	const { start, end, drawnTo } = span;
	const parts: Part[] = [];
	let run = '';
	const flush = () => {
		if (run !== '') parts.push({ kind: 'text', text: run });
		run = '';
	};
	let next: Character;
	for (let byte = start; byte < end; byte = next.end) {
		next = byte === start ? characterAround(document, byte) : characterFrom(document, byte);
		const { codePoint } = next;
		const whole = next.start >= start && next.end <= end && codePoint !== INVALID;
		const text = whole ? String.fromCodePoint(codePoint) : '';
		if (!whole) {
			flush();
			parts.push(cellsOf(document, next, span));
		} else if (next.start < drawnTo) {
			flush();
			const last = parts.at(-1);
			const shown = labelOf(codePoint) ?? text;
			if (last?.kind === 'echo') parts[parts.length - 1] = { ...last, shown: last.shown + shown };
			else parts.push({ kind: 'echo', text: '', shown });
		} else if (codePoint > 0x20 && codePoint < 0x7f) {
			run += text;
		} else if (codePoint === 0x20 && whitespace) {
			flush();
			const last = parts.at(-1);
			if (last?.kind === 'spaces') parts[parts.length - 1] = { ...last, text: last.text + ' ' };
			else parts.push({ kind: 'spaces', text: ' ' });
		} else if (codePoint === 0x09 || codePoint === 0x0a) {
			flush();
			parts.push(
				codePoint === 0x09 ? { kind: 'tab', text: '\t' } : { kind: 'newline', text: '\n' }
			);
		} else {
			const label = labelOf(codePoint);
			const plain =
				label === null ||
				(!whitespace && (WIDE_SPACE.test(text) || (JOINER.test(text) && run !== '')));
			if (plain) run += text;
			else {
				flush();
				// An unmarked CR must not be drawn as a glyph or a line break.
				parts.push({ kind: 'label', text, label: codePoint === 0x0d && !whitespace ? '' : label });
			}
		}
	}
	flush();
	return parts;
}

function cellsOf(
	document: Uint8Array,
	{ codePoint, start, end }: Character,
	span: DrawnSpan
): Cells {
	const from = Math.max(start, span.start);
	const to = Math.min(end, span.end);
	const invalid = codePoint === INVALID;
	const owns = !invalid && start >= span.start && start >= span.drawnTo;
	const text = owns ? String.fromCodePoint(codePoint) : '';
	return {
		kind: 'cells',
		text,
		label: owns ? labelOf(codePoint) : null,
		bytes: Array.from(document.subarray(from, to), byteHex),
		first: from === start,
		last: to === end,
		combining: beginsWithMark(text),
		invalid
	};
}
