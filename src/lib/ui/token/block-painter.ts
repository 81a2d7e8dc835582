import type { DrawnPart, DrawnToken } from './drawn-token';

/** Tokens of a block, ready to be drawn. */
export interface DrawnBlock {
	readonly tokens: readonly DrawnToken[];
	/** Bytes of no token after the last one. */
	readonly tail: readonly DrawnPart[];
	/** Text after each token. */
	readonly separator: string;
}

/** A text, or a `span` with its attributes. */
type Sketch = string | Span;
interface Span {
	/** Attributes with the value `null` are absent. */
	readonly attributes: Readonly<Record<string, string | number | null>>;
	readonly content: readonly Sketch[];
}

/**
 * Draws the tokens of a block into an element. Components would do the same, but a few hundred tokens of them take a
 * browser ten times as long to create. Elements of tokens stay while only their looks or contents change.
 */
export class BlockPainter {
	readonly #root: Element;
	#drawn: DrawnBlock | null = null;
	#elements: readonly Element[] = [];

	/** @param root perhaps with the prerendered tokens of {@link htmlOf} */
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

/** Writes the tokens of a block as HTML, to prerender them. */
export const htmlOf = (block: DrawnBlock): string => sketchBlock(block).map(writeHtml).join('');

const findTokens = (root: Element): readonly Element[] => [
	...root.querySelectorAll('[data-token]')
];

/** Whether one block can become the other without other elements between the tokens. */
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

/** The view changes `aria-selected` and `tabindex`, which are the same for each drawing of a token. */
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
