/** Prepares tokens for drawing and creates their elements. */
import { TokenKind, type Encoding } from '../../engine';
import { foldedHex, foldedParts, foldOf, type Folded } from './fold';
import { formatTokenName } from '../messages';
import { beginsWithMark, partsOf, type Part } from './parts';

/** How tokens are drawn: as text, ids, or hexadecimal bytes. */
export type TokenDisplay = 'text' | 'ids' | 'bytes';

/** Everything that determines how a view's tokens are drawn. */
export interface TokenDrawing {
	/** UTF-8 bytes to which the offsets in `encoding` refer. If the ids were pasted, the bytes may be invalid UTF-8. */
	readonly document: Uint8Array;
	readonly encoding: Encoding;
	/**
	 * One byte per token: 1 for a different split, 2 for the same split with a different id, and 0 for no difference.
	 * `null` if there is nothing to compare with.
	 */
	readonly differs: Uint8Array | null;
	readonly display: TokenDisplay;
	/** Whether spaces, tabs and line endings are marked. */
	readonly whitespace: boolean;
	readonly colourAll: boolean;
	/** First token to dim; a line is drawn before it. `null` if no tokens are dimmed. */
	readonly limit?: number | null;
	/** Token before which a dashed line is drawn; `null` if there is no such line. */
	readonly softLimit?: number | null;
	/** Returns a name for a token without bytes in the text, such as a BOS; `null` if it has no name. */
	readonly nameOf?: (id: number) => string | null;
}

export type DrawnPart = Part | Folded;

export interface DrawnToken {
	/** Index of the token in the encoding, starting at 0. */
	readonly at: number;
	readonly id: number;
	readonly start: number;
	readonly end: number;
	/** Class names that express parity, hue, difference and kind. */
	readonly className: string;
	readonly name: string;
	readonly parts: readonly DrawnPart[];
	/** Bytes directly before this token that don't belong to any token. */
	readonly gap: readonly DrawnPart[];
	/** Text that CSS draws before the token: a dotted circle, or the placeholder for a token without bytes. */
	readonly lead: string | null;
}

const HUES = 6;

/** Hashes an id to one of six hues, so that consecutive ids differ (multiplicative hash: Knuth, TAOCP 6.4). */
export function hueOf(id: number): number {
	return (Math.imul(id, 2654435761) >>> 0) % HUES;
}

/** Draws tokens `from` to `to` (exclusive). */
export function drawTokens(drawing: TokenDrawing, from: number, to: number): DrawnToken[] {
	return Array.from({ length: to - from }, (_, i) => drawToken(drawing, from + i));
}

/**
 * Draws one block of tokens at a time. If a block's tokens look the same as before, returns the same array, because an
 * edit changes only a few blocks of a long text.
 */
export class BlockDrawer {
	#last: { drawing: TokenDrawing; from: number; to: number; drawn: DrawnToken[] } | null = null;

	draw(drawing: TokenDrawing, from: number, to: number): readonly DrawnToken[] {
		const last = this.#last;
		const isSame =
			last?.from === from && last.to === to && isDrawnAlike(last.drawing, drawing, from, to);
		const drawn = isSame ? last.drawn : drawTokens(drawing, from, to);
		this.#last = { drawing, from, to, drawn };
		return drawn;
	}
}

const MAX_CHARACTER_BYTES = 4;

function isDrawnAlike(a: TokenDrawing, b: TokenDrawing, from: number, to: number): boolean {
	if (a.display !== b.display || a.whitespace !== b.whitespace) return false;
	if (a.colourAll !== b.colourAll || a.nameOf !== b.nameOf) return false;
	if (a.limit !== b.limit || a.softLimit !== b.softLimit) return false;
	// Compare the token before the block too, because its end determines which bytes have already been drawn.
	for (let token = Math.max(0, from - 1); token < to; token++) {
		if (a.encoding.ids[token] !== b.encoding.ids[token]) return false;
		if (a.encoding.byteStarts[token] !== b.encoding.byteStarts[token]) return false;
		if (a.encoding.byteEnds[token] !== b.encoding.byteEnds[token]) return false;
		if (a.encoding.kinds?.[token] !== b.encoding.kinds?.[token]) return false;
		if ((a.differs?.[token] ?? 0) !== (b.differs?.[token] ?? 0)) return false;
	}
	const drawnTo = from === 0 ? 0 : a.encoding.byteEnds[from - 1];
	const first = Math.max(0, Math.min(drawnTo, a.encoding.byteStarts[from]) - MAX_CHARACTER_BYTES);
	const end = a.encoding.byteEnds[to - 1] + MAX_CHARACTER_BYTES;
	for (let byte = first; byte < end; byte++)
		if (a.document[byte] !== b.document[byte]) return false;
	return true;
}

/** Draws the bytes after the last token. */
export function drawTail(drawing: TokenDrawing): readonly DrawnPart[] {
	const { document, encoding, display, whitespace } = drawing;
	const start = encoding.byteEnds.at(-1) ?? 0;
	if (display !== 'text' || start >= document.length) return [];
	return foldedParts(document, { start, end: document.length, drawnTo: start }, whitespace);
}

function drawToken(drawing: TokenDrawing, at: number): DrawnToken {
	const { document, encoding, display, whitespace } = drawing;
	const id = encoding.ids[at];
	const start = encoding.byteStarts[at];
	const end = encoding.byteEnds[at];
	// Token ends are in ascending order, so no earlier token ends after the previous one.
	const drawnTo = at === 0 ? 0 : encoding.byteEnds[at - 1];
	const { from } = foldOf(document, start, end);
	const marked = partsOf(document, { start, end: from, drawnTo }, true);
	const kind = encoding.kinds?.[at] ?? TokenKind.ordinary;
	const placeholder =
		start === end ? (drawing.nameOf?.(id) ?? (kind === TokenKind.added ? `#${id}` : '▁')) : null;

	let parts: readonly DrawnPart[];
	let gap: readonly DrawnPart[] = [];
	let lead = placeholder;
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
	const className = classNameOf(drawing, at, kind);
	const name = formatTokenName({ parts: marked, id, start, end, kind, placeholder });
	return { at, id, start, end, className, name, parts, gap, lead };
}

function classNameOf(
	{ encoding, differs, colourAll, limit = null, softLimit = null }: TokenDrawing,
	at: number,
	kind: number
): string {
	const differing = differs !== null && differs[at] !== 0;
	let name = `token p${at & 1}`;
	name += colourAll ? ` h${hueOf(encoding.ids[at])}` : differing ? ' marked' : ' quiet';
	if (differing) name += differs[at] === 2 ? ' renumbered' : ' differs';
	if (kind === TokenKind.byteFallback) name += ' fallback';
	else if (kind === TokenKind.special || kind === TokenKind.added) name += ' special';
	else if (kind === TokenKind.unknown) name += ' unknown';
	if (limit !== null && at >= limit) name += at === limit ? ' beyond limit' : ' beyond';
	if (at === softLimit) name += ' soft-limit';
	return name;
}

export interface DrawnBlock {
	readonly tokens: readonly DrawnToken[];
	/** Bytes after the last token, which don't belong to any token. */
	readonly tail: readonly DrawnPart[];
	/** Text added after each token. */
	readonly separator: string;
}

/** Text, or a `span` with its attributes. */
type Sketch = string | Span;
interface Span {
	/** Attributes with the value `null` are absent. */
	readonly attributes: Readonly<Record<string, string | number | null>>;
	readonly content: readonly Sketch[];
}

/**
 * Draws the tokens of a block into an element. Components could do the same, but creating a few hundred of them takes
 * much longer. If only a token's appearance or content changes, its element is reused.
 */
export class BlockPainter {
	readonly #root: Element;
	#drawn: DrawnBlock | null = null;
	#elements: readonly Element[] = [];

	/** @param root element to draw into; may already contain tokens prerendered by {@link htmlOf} */
	constructor(root: Element) {
		this.#root = root;
	}

	paint(block: DrawnBlock): void {
		const last = this.#drawn;
		this.#drawn = block;
		if (last ? !isPatchable(last, block) : !this.#isPrerendered(block)) {
			this.#root.replaceChildren(...sketchBlock(block).map(createNode));
			this.#elements = findTokens(this.#root);
		} else if (last) {
			block.tokens.forEach((token, i) => patchToken(this.#elements[i], last.tokens[i], token));
		}
	}

	#isPrerendered({ tokens }: DrawnBlock): boolean {
		this.#elements = findTokens(this.#root);
		return (
			this.#elements.length === tokens.length &&
			tokens.every(({ id }, i) => this.#elements[i].getAttribute('data-token-id') === String(id))
		);
	}
}

/** Writes the tokens of a block as HTML, for prerendering. */
export const htmlOf = (block: DrawnBlock): string => sketchBlock(block).map(writeHtml).join('');

const findTokens = (root: Element): readonly Element[] => [
	...root.querySelectorAll('[data-token]')
];

/** Whether one drawn block can be turned into another by changing only the elements of tokens. */
function isPatchable(from: DrawnBlock, to: DrawnBlock): boolean {
	const { tokens } = to;
	return (
		from.separator === to.separator &&
		from.tokens.length === tokens.length &&
		isEqual(from.tail, to.tail) &&
		from.tokens.every(({ at, gap }, i) => at === tokens[i].at && isEqual(gap, tokens[i].gap))
	);
}

function patchToken(element: Element, from: DrawnToken, to: DrawnToken): void {
	if (from === to) return;
	const before = sketchToken(from).attributes;
	for (const [name, value] of Object.entries(sketchToken(to).attributes)) {
		if (value === before[name]) continue;
		if (value === null) element.removeAttribute(name);
		else element.setAttribute(name, String(value));
	}
	if (!isEqual(from.parts, to.parts)) {
		element.replaceChildren(...to.parts.flatMap(sketchPart).map(createNode));
	}
}

const isEqual = (a: readonly DrawnPart[], b: readonly DrawnPart[]): boolean =>
	a === b || (a.length === b.length && JSON.stringify(a) === JSON.stringify(b));

function sketchBlock({ tokens, tail, separator }: DrawnBlock): Sketch[] {
	const after = separator === '' ? [] : [separator];
	return [
		...tokens.flatMap((token) => [...sketchGap(token.gap), sketchToken(token), ...after]),
		...sketchGap(tail)
	];
}

const sketchGap = (parts: readonly DrawnPart[]): Sketch[] =>
	parts.length === 0 ? [] : [span({ class: 'gap', 'aria-hidden': 'true' }, parts)];

/** The result doesn't depend on the view's state: the view itself changes `aria-selected` and `tabindex`. */
const sketchToken = ({ at, id, start, end, className, name, parts, lead }: DrawnToken): Span =>
	span(
		{
			role: 'option',
			'aria-selected': 'false',
			tabindex: at === 0 ? 0 : -1,
			class: lead === null ? className : `${className} lead`,
			'aria-label': name,
			'data-token': at,
			'data-token-id': id,
			'data-byte-start': start,
			'data-byte-end': end,
			'data-mark': lead
		},
		parts
	);

const span = (attributes: Span['attributes'], parts: readonly DrawnPart[]): Span => ({
	attributes,
	content: parts.flatMap(sketchPart)
});

const marked = (className: string, mark: string | null, ...content: Sketch[]): Span => ({
	attributes: { class: className, 'data-mark': mark },
	content
});

function sketchPart(part: DrawnPart): Sketch[] {
	switch (part.kind) {
		case 'text':
			return [part.text];
		case 'spaces':
		case 'tab':
		case 'newline':
			return [marked(part.kind, null, part.text)];
		case 'label':
			return [marked('label', part.label, part.text)];
		case 'echo':
			return [marked('echo', part.shown)];
		case 'folded':
			return [
				marked('label folded', part.label),
				{ attributes: { hidden: '' }, content: [part.text] }
			];
		case 'cells': {
			const { text, label, bytes, combining } = part;
			const flags = (['first', 'last', 'invalid'] as const).filter((flag) => part[flag]);
			const mark = label ?? (combining ? '◌' : '');
			const character = marked(label === null ? 'character' : 'character named', mark, text);
			return [
				marked(
					['cells', ...flags].join(' '),
					null,
					...(text === '' ? [] : [character]),
					...bytes.map((byte) => marked('byte', byte))
				)
			];
		}
	}
}

function createNode(sketch: Sketch): Node | string {
	if (typeof sketch === 'string') return sketch;
	const element = document.createElement('span');
	for (const name in sketch.attributes) {
		const value = sketch.attributes[name];
		if (value !== null) element.setAttribute(name, String(value));
	}
	const { content } = sketch;
	if (content.length === 1 && typeof content[0] === 'string') element.textContent = content[0];
	else element.append(...content.map(createNode));
	return element;
}

const escapeHtml = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

function writeHtml(sketch: Sketch): string {
	if (typeof sketch === 'string') return escapeHtml(sketch);
	const attributes = Object.entries(sketch.attributes).map(([name, value]) =>
		value === null ? '' : ` ${name}="${escapeHtml(String(value))}"`
	);
	return `<span${attributes.join('')}>${sketch.content.map(writeHtml).join('')}</span>`;
}
