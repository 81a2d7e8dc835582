import type { PretokenTrace } from '../lib/engine';

/**
 * The ids of a piece after its last merge, by doing the merges.
 * @throws Error when a merge names a place where its parts are not
 */
export function finalIds(trace: PretokenTrace): number[] {
	// By the byte where each symbol begins; -1 where none does.
	const idAt = new Map<number, number>();
	const endAt = new Map<number, number>();
	trace.initialIds.forEach((id, i) => {
		const start = i === 0 ? 0 : trace.initialEnds[i - 1];
		idAt.set(start, id);
		endAt.set(start, trace.initialEnds[i]);
	});
	trace.products.forEach((product, i) => {
		const start = trace.positions[i];
		const middle = endAt.get(start) ?? -1;
		const end = endAt.get(middle);
		if (idAt.get(start) !== trace.lefts[i] || idAt.get(middle) !== trace.rights[i]) {
			throw new Error(`merge ${i}: its parts are not at byte ${start} of the piece`);
		}
		idAt.set(start, product);
		idAt.delete(middle);
		endAt.set(start, end ?? middle);
		endAt.delete(middle);
	});
	return [...idAt].sort(([a], [b]) => a - b).map(([, id]) => id);
}
