import { complement, intersection, union, type CodePointSet } from './code-point-set';
import { canBeEmpty, type RegexNode } from './syntax';

/**
 * Whether a pattern matches at every character, so that its matches cover every text. `false` if this cannot be
 * proven.
 */
export function coversEverything(node: RegexNode): boolean {
	const branches = node.type === 'alternatives' ? node.branches : [node];
	// An earlier branch might match the empty string where a later branch would match the character.
	if (branches.some(canBeEmpty)) return false;
	return complement(union(...branches.map(certainFirsts))).length === 0;
}

/** Characters that a node matches regardless of the surrounding text. */
function certainFirsts(node: RegexNode): CodePointSet {
	switch (node.type) {
		case 'set':
			return node.set;
		case 'alternatives':
			return union(...node.branches.map(certainFirsts));
		case 'repeat':
			return node.least <= 1 && node.most > 0 ? certainFirsts(node.body) : [];
		case 'atomic':
			// The group commits to the first match of its body, but nothing after the group needs a different match.
			return certainFirsts(node.body);
		case 'sequence': {
			// Handles only sequences with a single required part. Backtracking lets that part match what optional parts
			// before it matched, unless those are atomic.
			const required = node.parts.filter((part) => !isOptional(part));
			if (required.length !== 1) return [];
			const before = node.parts.slice(0, node.parts.indexOf(required[0]));
			const taken = before.filter(({ type }) => type === 'atomic').map(possibleFirsts);
			return intersection(certainFirsts(required[0]), complement(union(...taken)));
		}
		default:
			return [];
	}
}

/** Characters that a match of a node may begin with; possibly a superset. */
function possibleFirsts(node: RegexNode): CodePointSet {
	switch (node.type) {
		case 'set':
			return node.set;
		case 'alternatives':
			return union(...node.branches.map(possibleFirsts));
		case 'repeat':
		case 'atomic':
			return possibleFirsts(node.body);
		default:
			return complement([]);
	}
}

function isOptional(node: RegexNode): boolean {
	return node.type === 'atomic'
		? isOptional(node.body)
		: node.type === 'repeat' && node.least === 0;
}
