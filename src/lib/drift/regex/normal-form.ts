import {
	complement,
	coversEverything,
	intersection,
	union,
	type CodePointSet,
	parseRegex,
	type RegexNode
} from '../../engine/text';

/**
 * Normalizes a regex: classes become sets of code points, redundant groups are removed, and adjacent single-character
 * alternatives become one set. Patterns with the same normal form match the same text.
 * @throws Error if the engine doesn't support the pattern
 */
export function normalRegex(pattern: string): string {
	return JSON.stringify(normalNode(parseRegex(pattern)));
}

function normalNode(node: RegexNode): RegexNode {
	switch (node.type) {
		case 'sequence':
			return sequence(node.parts.map(normalNode));
		case 'alternatives':
			return alternatives(node.branches.map(normalNode));
		case 'repeat': {
			const body = normalNode(node.body);
			if (node.least === 1 && node.most === 1) return body;
			// Laziness has no effect on a fixed count.
			return { ...node, body, lazy: node.lazy && node.least !== node.most };
		}
		case 'atomic':
		case 'look':
			return { ...node, body: normalNode(node.body) };
		default:
			return node;
	}
}

function sequence(parts: readonly RegexNode[]): RegexNode {
	const flat: RegexNode[] = [];
	for (const part of parts.flatMap((one) => (one.type === 'sequence' ? one.parts : [one]))) {
		const before = flat.at(-1);
		// `xx*` is `x+`.
		if (
			before &&
			part.type === 'repeat' &&
			!part.lazy &&
			JSON.stringify(before) === JSON.stringify(part.body)
		) {
			flat[flat.length - 1] = { ...part, least: part.least + 1, most: part.most + 1 };
		} else flat.push(part);
	}
	return flat.length === 1 ? flat[0] : { type: 'sequence', parts: flat };
}

function alternatives(branches: readonly RegexNode[]): RegexNode {
	const flat: RegexNode[] = [];
	for (const branch of branches.flatMap((one) =>
		one.type === 'alternatives' ? one.branches : [one]
	)) {
		const before = flat.at(-1);
		if (before?.type === 'set' && branch.type === 'set') {
			flat[flat.length - 1] = { type: 'set', set: union(before.set, branch.set) };
		} else flat.push(branch);
	}
	return flat.length === 1 ? flat[0] : { type: 'alternatives', branches: flat };
}

/**
 * Whether a pattern is certain to match at every character, without gaps between matches. `Removed` with `invert` then
 * produces the same pre-tokens as `Isolated`.
 */
export const leavesNoGap = (pattern: string): boolean =>
	coversEverything(normalNode(parseRegex(pattern)));

/** A node and all its descendants, outer nodes first. */
function* nodesOf(node: RegexNode): Generator<RegexNode> {
	yield node;
	switch (node.type) {
		case 'sequence':
			for (const part of node.parts) yield* nodesOf(part);
			break;
		case 'alternatives':
			for (const branch of node.branches) yield* nodesOf(branch);
			break;
		case 'repeat':
		case 'atomic':
		case 'look':
			yield* nodesOf(node.body);
			break;
		case 'set':
		case 'anchor':
	}
}

export const setsOf = (node: RegexNode): CodePointSet[] =>
	[...nodesOf(node)].flatMap((one) => (one.type === 'set' ? [one.set] : []));

export const countsOf = (node: RegexNode): number[] =>
	[...nodesOf(node)]
		.flatMap((one) => (one.type === 'repeat' ? [one.least, one.most] : []))
		.filter(Number.isFinite);

/**
 * The coarsest partition of Unicode in which every set is a union of parts. Stops refining the partition once there are
 * `maxParts` parts.
 */
export function partition(sets: Iterable<CodePointSet>, maxParts = Infinity): CodePointSet[] {
	let parts: CodePointSet[] = [complement([])];
	const seen = new Set<string>();
	for (const set of sets) {
		const key = JSON.stringify(set);
		if (seen.has(key)) continue;
		seen.add(key);
		if (parts.length >= maxParts) break;
		const outside = complement(set);
		parts = parts.flatMap((part) =>
			[intersection(part, set), intersection(part, outside)].filter(({ length }) => length > 0)
		);
	}
	return parts;
}
