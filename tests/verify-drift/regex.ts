/** Parses the regular expressions in tokenizer.json, prints them, and generates matching strings. */
import { pick, type Random } from '../support/random-texts';

export type RegexNode =
	| { readonly kind: 'alternatives'; readonly options: readonly RegexNode[] }
	| { readonly kind: 'sequence'; readonly items: readonly RegexNode[] }
	| { readonly kind: 'group'; readonly open: string; readonly body: RegexNode }
	| {
			readonly kind: 'repeat';
			readonly body: RegexNode;
			/** `+`, `{1,3}` and so on, without the suffix. */
			readonly count: string;
			/** Lazy `?`, possessive `+` or nothing. */
			readonly suffix: string;
	  }
	| { readonly kind: 'class'; readonly negated: boolean; readonly items: readonly string[] }
	/** A literal character, an escape or an anchor. */
	| { readonly kind: 'atom'; readonly source: string };

const GROUP = /\((?:\?(?:[:=!>|]|<[=!]|[a-z-]+:|[a-z-]+(?=\))))?/y;
const QUANTIFIER = /(?:[*+?]|\{\d*,?\d*\})/y;
const ESCAPE =
	/\\(?:[pP]\{[^}]*\}|x\{[0-9A-Fa-f]+\}|x[0-9A-Fa-f]{1,2}|u[0-9A-Fa-f]{4}|[0-7]{3}|[^])/uy;

/** @throws Error for an unknown construct */
export function parseRegex(pattern: string): RegexNode {
	const parser = new Parser(pattern);
	const node = parser.alternatives();
	if (parser.at < pattern.length) throw new Error(`unread at ${parser.at} of ${pattern}`);
	return node;
}

class Parser {
	at = 0;
	constructor(readonly pattern: string) {}

	#take(expression: RegExp): string | null {
		expression.lastIndex = this.at;
		const match = expression.exec(this.pattern);
		if (!match) return null;
		this.at += match[0].length;
		return match[0];
	}

	alternatives(): RegexNode {
		const options = [this.#sequence()];
		while (this.pattern[this.at] === '|') {
			this.at++;
			options.push(this.#sequence());
		}
		return options.length === 1 ? options[0] : { kind: 'alternatives', options };
	}

	#sequence(): RegexNode {
		const items: RegexNode[] = [];
		while (this.at < this.pattern.length && !'|)'.includes(this.pattern[this.at])) {
			let node = this.#atom();
			for (let count = this.#take(QUANTIFIER); count !== null; count = this.#take(QUANTIFIER)) {
				node = { kind: 'repeat', body: node, count, suffix: this.#take(/[?+]/y) ?? '' };
			}
			items.push(node);
		}
		return items.length === 1 ? items[0] : { kind: 'sequence', items };
	}

	#atom(): RegexNode {
		const open = this.#take(GROUP);
		if (open !== null) {
			const body = this.alternatives();
			if (this.pattern[this.at] !== ')') throw new Error(`no ")" at ${this.at}: ${this.pattern}`);
			this.at++;
			return { kind: 'group', open, body };
		}
		if (this.pattern[this.at] === '[') return this.#class();
		return { kind: 'atom', source: this.#character() };
	}

	#character(): string {
		const escape = this.#take(ESCAPE);
		if (escape !== null) return escape;
		const character = String.fromCodePoint(this.pattern.codePointAt(this.at) ?? 0);
		this.at += character.length;
		return character;
	}

	#class(): RegexNode {
		this.at++;
		const negated = this.#take(/\^/y) !== null;
		const items: string[] = [];
		while (this.at < this.pattern.length && (this.pattern[this.at] !== ']' || items.length === 0)) {
			const whole = this.#take(/&&|\[:\^?[a-z]+:\]/y);
			if (whole !== null) items.push(whole);
			else if (this.pattern[this.at] === '[') items.push(printRegex(this.#class()));
			else {
				const from = this.#character();
				const range = this.#take(/-(?!\])/y) !== null;
				items.push(range ? `${from}-${this.#character()}` : from);
			}
		}
		this.at++;
		return { kind: 'class', negated, items };
	}
}

export function printRegex(node: RegexNode): string {
	switch (node.kind) {
		case 'alternatives':
			return node.options.map(printRegex).join('|');
		case 'sequence':
			return node.items.map(printRegex).join('');
		case 'group':
			return `${node.open}${printRegex(node.body)})`;
		case 'repeat':
			return `${printRegex(node.body)}${node.count}${node.suffix}`;
		case 'class':
			return `[${node.negated ? '^' : ''}${node.items.join('')}]`;
		case 'atom':
			return node.source;
	}
}

function childrenOf(node: RegexNode): readonly RegexNode[] {
	if (node.kind === 'alternatives') return node.options;
	if (node.kind === 'sequence') return node.items;
	return 'body' in node ? [node.body] : [];
}

function withChild(node: RegexNode, i: number, child: RegexNode): RegexNode {
	if (node.kind === 'alternatives') return { ...node, options: node.options.with(i, child) };
	if (node.kind === 'sequence') return { ...node, items: node.items.with(i, child) };
	return 'body' in node ? { ...node, body: child } : node;
}

/** Every tree that results from replacing a single node, `node` itself or a descendant, as `edit` proposes. */
export function* editedTrees(
	node: RegexNode,
	edit: (node: RegexNode) => readonly (readonly [string, RegexNode])[]
): Generator<readonly [string, RegexNode]> {
	yield* edit(node);
	for (const [i, child] of childrenOf(node).entries())
		for (const [name, other] of editedTrees(child, edit)) yield [name, withChild(node, i, other)];
}

/** Minimum and maximum number of repetitions; the maximum is `null` if it is unlimited. */
function repeatBounds(count: string): readonly [number, number | null] {
	if (count === '*') return [0, null];
	if (count === '+') return [1, null];
	if (count === '?') return [0, 1];
	const [, least, comma, most] = /\{(\d*)(,?)(\d*)\}/.exec(count) ?? [];
	return [Number(least), comma === '' ? Number(least) : most === '' ? null : Number(most)];
}

/** All repetition bounds in the tree that are larger than one. */
export function countsOf(node: RegexNode): number[] {
	const bounds = node.kind === 'repeat' ? repeatBounds(node.count).map(Number) : [];
	return [...bounds.filter((bound) => bound > 1), ...childrenOf(node).flatMap(countsOf)];
}

/** A class or an escape in JavaScript's syntax; `null` if JavaScript has no equivalent. */
function toJavaScript(source: string): RegExp | null {
	const renamed = source
		.replace(/\[:(\^?)([a-z]+):\]/g, (_, not: string, name: string) => {
			const inner = { alpha: '\\p{L}', digit: '\\p{Nd}', space: '\\s', punct: '\\p{P}' }[name];
			return inner && not === '' ? inner : '';
		})
		.replace(/\\([pP])\{(\^?)([^}]*)\}/g, (_, p: string, not: string, name: string) => {
			const script = /^(?:Han|Latin|Hiragana|Katakana|Hangul|Cyrillic|Greek|Arabic|Thai)$/;
			const letter = not === '' ? p : p === 'p' ? 'P' : 'p';
			return `\\${letter}{${script.test(name) ? `Script=${name}` : name}}`;
		})
		.replace(/\\x\{([0-9A-Fa-f]+)\}/g, '\\u{$1}')
		.replace(/\\([^\p{L}\p{N}\\\]^$.*+?()[{}|/-])/gu, '$1');
	for (const flag of ['v', 'u']) {
		try {
			return new RegExp(`^${renamed}$`, flag);
		} catch {
			continue;
		}
	}
	return null;
}

/** Characters in `pool` that match a class or an escape. */
const members = new Map<string, readonly string[]>();
function membersOf(source: string, pool: readonly string[]): readonly string[] {
	const known = members.get(source);
	if (known) return known;
	const expression = toJavaScript(source);
	const found = expression ? pool.filter((character) => expression.test(character)) : [];
	members.set(source, found);
	return found;
}

/** A string that the pattern may match. Text that a lookaround's body may match is added about half the time. */
export function writeMatch(node: RegexNode, random: Random, pool: readonly string[]): string {
	const write = (part: RegexNode) => writeMatch(part, random, pool);
	switch (node.kind) {
		case 'alternatives':
			return write(pick(random, node.options));
		case 'sequence':
			return node.items.map(write).join('');
		case 'group': {
			const around = /^\(\?<?[=!]/.test(node.open);
			if (around) return random() < 0.5 ? write(node.body) : '';
			const text = write(node.body);
			if (!node.open.includes('i')) return text;
			return pick(random, [text, text.toUpperCase(), text.toLowerCase()]);
		}
		case 'repeat': {
			const [least, most] = repeatBounds(node.count);
			const usual = least + Math.floor(random() * 4);
			const times = random() < 0.15 && most !== null ? most + Math.floor(random() * 2) : usual;
			// Sometimes repeat the same match, because few merges apply to a sequence of unrelated characters.
			if (random() < 0.4) return write(node.body).repeat(Math.min(times, 300));
			return Array.from({ length: Math.min(times, 300) }, () => write(node.body)).join('');
		}
		case 'class':
		case 'atom': {
			const source = printRegex(node);
			if (source === '^' || source === '$' || /^\\[bBAzZG]$/.test(source)) return '';
			if (source.length === 1 && source !== '.') return source;
			const found = membersOf(source, pool);
			if (found.length === 0) return pick(random, pool);
			// Pick an ASCII character about half the time.
			const plain = found.filter((character) => character < '\u007f');
			return pick(random, plain.length > 0 && random() < 0.5 ? plain : found);
		}
	}
}
