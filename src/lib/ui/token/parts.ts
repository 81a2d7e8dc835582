import { isJoiner, isWideSpace, labelOf } from './character-labels';
import { INVALID, characterAround, characterFrom, hexOf, type Character } from './utf8';

/**
 * What a token is drawn from. `text` is the piece of the original that the part puts into the page,
 * so that copying gives the original; everything else is drawn over it by CSS.
 */
export type Part =
	| { readonly kind: 'text'; readonly text: string }
	/** A run of U+0020. */
	| { readonly kind: 'spaces'; readonly text: string }
	| { readonly kind: 'tab'; readonly text: '\t' }
	| { readonly kind: 'newline'; readonly text: '\n' }
	/** A character without a shape of its own, as a small box. */
	| { readonly kind: 'label'; readonly text: string; readonly label: string }
	| Cells
	/** Bytes that an earlier token has drawn already (NFKC writes `™` as `T`, `M`): shown, not copied. */
	| { readonly kind: 'echo'; readonly text: ''; readonly shown: string };

/** The bytes of one character that lie in one token: it was cut, or the bytes are not UTF-8. */
export interface Cells {
	readonly kind: 'cells';
	/** The character, in the token that holds its first byte; else empty, so that it is copied once. */
	readonly text: string;
	/** Drawn instead of a character that has no shape. */
	readonly label: string | null;
	/** Hexadecimal, one entry a byte. */
	readonly bytes: readonly string[];
	/** Whether these bytes begin and end the character: the box is open to the side where they don't. */
	readonly first: boolean;
	readonly last: boolean;
	/** A combining mark, which needs something to stand on. */
	readonly combining: boolean;
	readonly invalid: boolean;
}

/** A stretch of the document to draw: a token, or bytes of no token. Offsets are bytes. */
export interface Stretch {
	readonly start: number;
	readonly end: number;
	/** Every byte before this one has been drawn by what comes earlier. */
	readonly drawnTo: number;
}

const COMBINING = /^\p{M}/u;

/** Whether the text begins with a mark that would attach itself to whatever stands before it. */
export function beginsWithMark(text: string): boolean {
	return text !== '' && text.charCodeAt(0) >= 0x300 && COMBINING.test(text);
}

/**
 * The parts of one stretch of `document`, UTF-8 that may be invalid. With `whitespace` every
 * character without ink gets a mark; without, white space is left blank, and joiners and selectors
 * stay in the text they shape.
 *
 * The `text` of all parts of all stretches that follow one another is the document, without its
 * invalid bytes: a character belongs to the first stretch that holds its first byte.
 */
export function partsOf(document: Uint8Array, stretch: Stretch, whitespace: boolean): Part[] {
	const { start, end, drawnTo } = stretch;
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
			parts.push(cellsOf(document, next, stretch));
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
				(!whitespace && (isWideSpace(codePoint) || (isJoiner(codePoint) && run !== '')));
			if (plain) run += text;
			else {
				flush();
				// A CR without its mark must not become a glyph of the font, or a line break.
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
	stretch: Stretch
): Cells {
	const from = Math.max(start, stretch.start);
	const to = Math.min(end, stretch.end);
	const invalid = codePoint === INVALID;
	const owns = !invalid && start >= stretch.start && start >= stretch.drawnTo;
	const text = owns ? String.fromCodePoint(codePoint) : '';
	return {
		kind: 'cells',
		text,
		label: owns ? labelOf(codePoint) : null,
		bytes: Array.from(document.subarray(from, to), hexOf),
		first: from === start,
		last: to === end,
		combining: beginsWithMark(text),
		invalid
	};
}
