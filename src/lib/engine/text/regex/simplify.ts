import { setOf } from './code-point-set';
import { alternativesOf, sequenceOf, type RegexNode } from './syntax';

/** Flattens nested sequences and alternatives. Joins adjacent single-character alternatives into one set. */
export function simplify(node: RegexNode): RegexNode {
	switch (node.type) {
		case 'sequence': {
			const parts = node.parts.map(simplify);
			return sequenceOf(parts.flatMap((part) => (part.type === 'sequence' ? part.parts : [part])));
		}
		case 'alternatives': {
			const branches: RegexNode[] = [];
			let ranges: (readonly [number, number])[] = [];
			const flush = () => {
				if (ranges.length > 0) branches.push({ type: 'set', set: setOf(ranges) });
				ranges = [];
			};
			const flat = node.branches
				.map(simplify)
				.flatMap((branch) => (branch.type === 'alternatives' ? branch.branches : [branch]));
			for (const branch of flat) {
				if (branch.type === 'set') for (const range of branch.set) ranges.push(range);
				else {
					flush();
					branches.push(branch);
				}
			}
			flush();
			return alternativesOf(branches);
		}
		case 'repeat': {
			const body = simplify(node.body);
			return node.least === 1 && node.most === 1 ? body : { ...node, body };
		}
		case 'atomic':
		case 'look':
			return { ...node, body: simplify(node.body) };
		default:
			return node;
	}
}

export type SetLoop = Extract<RegexNode, { type: 'repeat' }> & {
	readonly body: Extract<RegexNode, { type: 'set' }>;
};

export const isSetLoop = (node: RegexNode): node is SetLoop =>
	node.type === 'repeat' && node.body.type === 'set' && !node.lazy;

/** Whether a node is certain to match at every position, even if it matches only the empty string. */
export function alwaysSucceeds(node: RegexNode): boolean {
	switch (node.type) {
		case 'sequence':
			return node.parts.every(alwaysSucceeds);
		case 'alternatives':
			return node.branches.some(alwaysSucceeds);
		case 'repeat':
			return node.least === 0 || alwaysSucceeds(node.body);
		case 'atomic':
			return alwaysSucceeds(node.body);
		default:
			return false;
	}
}
