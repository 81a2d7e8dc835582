/** Undoing that tokenizers were removed from a list, or deleted. */
import { formatList, isolate } from '../format';

/** "Removed gpt2 and llama3." */
export const describeRemoved = (names: readonly string[]): string =>
	`Removed ${formatList(names)}.`;

export const describeDeleted = (name: string): string => `Deleted ${isolate(name)}.`;

export const describeDeletedElsewhere = (name: string): string =>
	`Another tab deleted ${isolate(name)}.`;

/** Puts items back into a list that they were removed from, each after the nearest one that it followed. */
export function restoreRemoved<T>(
	now: readonly T[],
	before: readonly T[],
	removed: readonly T[]
): readonly T[] {
	const list = [...now];
	const order = before.filter((item) => list.includes(item) || removed.includes(item));
	for (const [at, item] of order.entries()) {
		if (!list.includes(item)) list.splice(at === 0 ? 0 : list.indexOf(order[at - 1]) + 1, 0, item);
	}
	return list;
}

/** The tokenizers that a page has chosen. */
export interface Choice {
	readonly tokenizers: readonly string[];
	setTokenizers(ids: readonly string[]): void;
}

/** Tokenizers that a choice has lost. */
export interface Removal {
	readonly removed: readonly string[];
	/** Puts them back in their places among those that are chosen by then. */
	readonly restore: () => void;
}

/** Changes the chosen tokenizers. */
export function choose(choice: Choice, ids: readonly string[]): Removal {
	const before = choice.tokenizers;
	const removed = before.filter((id) => !ids.includes(id));
	choice.setTokenizers(ids);
	return {
		removed,
		restore: () => choice.setTokenizers(restoreRemoved(choice.tokenizers, before, removed))
	};
}

/** Adds tokenizers to those that are chosen. @returns removes them */
export function add(choice: Choice, ids: readonly string[]): () => void {
	const added = ids.filter((id) => !choice.tokenizers.includes(id));
	choice.setTokenizers([...choice.tokenizers, ...added]);
	return () => choice.setTokenizers(choice.tokenizers.filter((id) => !added.includes(id)));
}

/**
 * Removes a tokenizer from those that are chosen.
 * @param choose changes them
 * @returns puts it back; `undefined` if it was not chosen
 */
export const deselect = (
	id: string,
	chosen: readonly string[],
	choose: (ids: readonly string[]) => Removal
): (() => void) | undefined =>
	chosen.includes(id) ? choose(chosen.filter((other) => other !== id)).restore : undefined;
