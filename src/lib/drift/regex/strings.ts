import { intersection, type CodePointSet, type RegexNode } from '../../engine/text';

/** Examples that one node may contribute; beyond that the first are enough. */
const MAX_EXAMPLES = 48;
/** A pattern may list a whole dictionary. */
const MAX_BRANCHES = 400;
/** Longest repetition that is written out. */
const MAX_REPEAT = 300;

/** Characters to stand for the parts of a partition of Unicode, in the order of preference. */
export interface PartCharacters {
	readonly part: CodePointSet;
	readonly characters: readonly string[];
}

/**
 * Strings that a pattern matches, and their neighbours: every branch, every class with a character of each
 * part of Unicode that it holds, every count and one more than each, lookarounds with the text they look at.
 * One choice varies at a time while the others stay at their first.
 */
export function regexStrings(node: RegexNode, parts: readonly PartCharacters[]): string[] {
	const examples = new Map<RegexNode, readonly string[]>();

	function of(one: RegexNode): readonly string[] {
		let found = examples.get(one);
		if (!found) examples.set(one, (found = [...new Set(make(one))].slice(0, limit(one))));
		return found;
	}

	function make(one: RegexNode): readonly string[] {
		switch (one.type) {
			case 'set':
				return charactersOf(one.set, parts);
			case 'alternatives':
				return one.branches.slice(0, MAX_BRANCHES).flatMap((branch) => of(branch));
			case 'sequence':
				return oneAtATime(one.parts.map(of));
			case 'repeat':
				return repeats(of(one.body), one.least, one.most);
			case 'atomic':
				return of(one.body);
			case 'look':
				// Both what it asks for and nothing.
				return one.negative ? ['', ...of(one.body).slice(0, 4)] : [...of(one.body), ''];
			case 'anchor':
				return [''];
		}
	}

	return [...of(node)];
}

const limit = (node: RegexNode): number =>
	node.type === 'alternatives' ? MAX_BRANCHES * 4 : 4 * MAX_EXAMPLES;

/** A character of every part that the set holds something of. */
function charactersOf(set: CodePointSet, parts: readonly PartCharacters[]): string[] {
	// A literal is itself.
	if (set.length === 1 && set[0][0] === set[0][1]) return [String.fromCodePoint(set[0][0])];
	const found: string[] = [];
	for (const { part, characters } of parts) {
		if (found.length >= MAX_EXAMPLES) break;
		if (intersection(part, set).length > 0) found.push(characters[0]);
	}
	return found;
}

function oneAtATime(examples: readonly (readonly string[])[]): string[] {
	if (examples.some((list) => list.length === 0)) return [];
	const first = examples.map(([one]) => one);
	const found = [first.join('')];
	examples.forEach((list, i) => {
		for (const one of list.slice(1, MAX_EXAMPLES)) found.push(first.with(i, one).join(''));
	});
	// All at their last as well: two optional parts that are both there, or both absent.
	found.push(examples.map((list) => list[list.length - 1]).join(''));
	return found;
}

function repeats(body: readonly string[], least: number, most: number): string[] {
	if (body.length === 0) return least === 0 ? [''] : [];
	const counts = new Set([Math.max(1, least), least, least + 1, 2, 3]);
	if (most !== Infinity) {
		counts.add(most);
		counts.add(most + 1);
	}
	const found: string[] = [];
	for (const count of counts) {
		if (count < 0 || count > MAX_REPEAT) continue;
		for (const one of count <= 1 ? body : body.slice(0, 8)) found.push(one.repeat(count));
	}
	// Different members one after another.
	for (let i = 0; i + 1 < body.length && i < 12; i++) found.push(body[i] + body[i + 1]);
	return found;
}
