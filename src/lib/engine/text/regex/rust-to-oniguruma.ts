import { uppercaseAscii } from '../ascii';
import { complement, type CodePointSet } from './code-point-set';
import { coversEverything } from './coverage';
import { parseRegex } from './oniguruma';
import { propertySet } from './properties';
import { excerpt } from './reader';
import { parseRustRegex, type RustBranch } from './rust';
import { simplify } from './simplify';
import { alternativesOf, type RegexNode } from './syntax';

/** A pattern of tiktoken as a Split of tokenizer.json. */
export interface TranslatedPattern {
	/** With the same matches, in Oniguruma's syntax. */
	readonly regex: string;
	/** Whether the matches cover every text, so that none of it is dropped. */
	readonly coversEverything: boolean;
}

/**
 * Translates the pattern of a tiktoken encoding, which follows the rules of Rust's regex crates, to Oniguruma's syntax.
 * Alternatives that mean the same in both are kept as they are written.
 * @throws Error that names the construct that is invalid or not supported
 */
export function translateRustRegex(pattern: string): TranslatedPattern {
	const branches = parseRustRegex(pattern);
	const node = alternativesOf(branches.map((branch) => branch.node));
	if (isSame(pattern, node)) return { regex: pattern, coversEverything: coversEverything(node) };
	const regex = branches.map(translateBranch).join('|');
	if (!isSame(regex, node)) {
		throw new Error(
			`regular expression ${excerpt(pattern)}: has no counterpart in Oniguruma's syntax, which tokenizer.json uses; write it differently`
		);
	}
	return { regex, coversEverything: coversEverything(node) };
}

function translateBranch({ node, source }: RustBranch): string {
	return [source, withAtomicIntervals(source)].find((text) => isSame(text, node)) ?? write(node);
}

/** Whether Oniguruma reads a pattern as this node. */
function isSame(pattern: string, node: RegexNode): boolean {
	try {
		return JSON.stringify(simplify(parseRegex(pattern))) === JSON.stringify(simplify(node));
	} catch {
		return false;
	}
}

/** Writes possessive intervals as atomic groups: `{1,3}+` repeats the interval in Oniguruma. */
function withAtomicIntervals(pattern: string): string {
	const atom = String.raw`\\[pP]\{[^}]*\}|\\.|\[(?:\\.|[^\]\\])*\]|[^\\()[\]|]`;
	return pattern.replace(new RegExp(`(${atom})(\\{\\d*,?\\d*\\})\\+`, 'gs'), '(?>$1$2)');
}

/** Writes a node in Oniguruma's syntax, with the code points of its sets. */
function write(node: RegexNode): string {
	switch (node.type) {
		case 'set':
			return writeSet(node.set);
		case 'sequence':
			return node.parts.map(grouped).join('');
		case 'alternatives':
			return node.branches.map(write).join('|');
		case 'repeat': {
			const { least, most, lazy } = node;
			const counts =
				most === Infinity ? ['*', '+'][least] : least === 0 && most === 1 ? '?' : undefined;
			const interval = most === Infinity ? `{${least},}` : `{${least},${most}}`;
			return `(?:${grouped(node.body)}${counts ?? interval}${lazy ? '?' : ''})`;
		}
		case 'atomic':
			return `(?>${write(node.body)})`;
		case 'look':
			return `(?${node.ahead ? '' : '<'}${node.negative ? '!' : '='}${write(node.body)})`;
		case 'anchor':
			return ANCHORS[node.at];
	}
}

const ANCHORS = {
	'text start': '\\A',
	'text end': '\\z',
	'last line end': '\\Z',
	'line start': '^',
	'line end': '$'
} as const;

function grouped(node: RegexNode): string {
	const isGroup = node.type === 'alternatives' || node.type === 'sequence';
	return isGroup ? `(?:${write(node)})` : write(node);
}

/** Sets that have a name in Oniguruma, outside brackets. */
const NAMES = {
	'\\s': 'White_Space',
	'\\d': 'Nd',
	...Object.fromEntries(
		['L', 'Lu', 'Ll', 'M', 'N', 'P', 'S', 'Han', 'Greek', 'Cyrillic'].map((name) => [
			`\\p{${name}}`,
			name
		])
	)
};

const nameOf = (set: CodePointSet): string | undefined =>
	Object.entries(NAMES).find(([, name]) => propertySet(name)?.join() === set.join())?.[0];

function writeSet(set: CodePointSet): string {
	const rest = complement(set);
	const name = nameOf(set) ?? nameOf(rest)?.replace(/[a-z]/, uppercaseAscii);
	if (name) return name;
	const [[first, last] = [0, 0]] = set;
	if (set.length === 1 && first === last && /[\w '"/-]/.test(String.fromCharCode(first))) {
		return String.fromCharCode(first);
	}
	if (set.length === 0) return '[^\\x{0}-\\x{10ffff}]';
	if (rest.length === 0) return '\\O';
	const isShorter = rest.length < set.length;
	const hex = (code: number) => `\\x{${code.toString(16)}}`;
	const ranges = (isShorter ? rest : set).map(([first, last]) =>
		first === last ? hex(first) : `${hex(first)}-${hex(last)}`
	);
	return `[${isShorter ? '^' : ''}${ranges.join('')}]`;
}
