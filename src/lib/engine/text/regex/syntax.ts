import { complement, type CodePointSet } from './code-point-set';

/**
 * A regular expression, independent of its dialect. If the pattern ignores case, sets of code points include
 * every case variant of their members. There are no capturing groups, because backreferences are not supported.
 */
export type RegexNode =
	/** Matches any one character in a set. */
	| { readonly type: 'set'; readonly set: CodePointSet }
	| { readonly type: 'sequence'; readonly parts: readonly RegexNode[] }
	| { readonly type: 'alternatives'; readonly branches: readonly RegexNode[] }
	/**
	 * A repetition. After the first `least` iterations, an unlimited repetition ends as soon as its body matches the
	 * empty string.
	 */
	| {
			readonly type: 'repeat';
			readonly body: RegexNode;
			readonly least: number;
			/** Maximum number of iterations; `Infinity` if there is no limit. */
			readonly most: number;
			readonly lazy: boolean;
	  }
	/** An atomic group, `(?>…)`, or a possessive quantifier such as `++`: no backtracking after a match. */
	| { readonly type: 'atomic'; readonly body: RegexNode }
	| {
			readonly type: 'look';
			readonly ahead: boolean;
			readonly negative: boolean;
			readonly body: RegexNode;
	  }
	| { readonly type: 'anchor'; readonly at: RegexAnchor };

export type RegexAnchor =
	| 'text start'
	| 'text end'
	/** At the end of the text, or before a newline (LF) that ends the text. */
	| 'last line end'
	/** At the start of the text, or after a newline that does not end the text. */
	| 'line start'
	/** Before a newline, or at the end of the text. */
	| 'line end';

export const ANY: RegexNode = { type: 'set', set: complement([]) };
export const NOT_NEWLINE: RegexNode = { type: 'set', set: complement([[0x0a, 0x0a]]) };

export const sequenceOf = (parts: readonly RegexNode[]): RegexNode =>
	parts.length === 1 ? parts[0] : { type: 'sequence', parts };

export const alternativesOf = (branches: readonly RegexNode[]): RegexNode =>
	branches.length === 1 ? branches[0] : { type: 'alternatives', branches };

/** Lookarounds, starting with those that have the longest openings. */
export const LOOKS = [
	{ opening: '?<=', ahead: false, negative: false },
	{ opening: '?<!', ahead: false, negative: true },
	{ opening: '?=', ahead: true, negative: false },
	{ opening: '?!', ahead: true, negative: true }
] as const;

const lookaround = (ahead: boolean, negative: boolean, set: CodePointSet): RegexNode => ({
	type: 'look',
	ahead,
	negative,
	body: { type: 'set', set }
});

/** Node for a boundary between a word character and a non-word character or, if `negated`, any other position. */
export function wordBoundary(word: CodePointSet, negated: boolean): RegexNode {
	const branch = (before: boolean): RegexNode => ({
		type: 'sequence',
		parts: [lookaround(false, !before, word), lookaround(true, before !== negated, word)]
	});
	return { type: 'alternatives', branches: [branch(true), branch(false)] };
}

export function childrenOf(node: RegexNode): readonly RegexNode[] {
	if (node.type === 'sequence') return node.parts;
	if (node.type === 'alternatives') return node.branches;
	return 'body' in node ? [node.body] : [];
}

/** Whether a node can match the empty string; `true` if that is uncertain. */
export function canBeEmpty(node: RegexNode): boolean {
	switch (node.type) {
		case 'set':
			return false;
		case 'alternatives':
			return node.branches.some(canBeEmpty);
		case 'sequence':
			return node.parts.every(canBeEmpty);
		case 'repeat':
			return node.least === 0 || canBeEmpty(node.body);
		case 'atomic':
			return canBeEmpty(node.body);
		case 'look':
		case 'anchor':
			return true;
	}
}
