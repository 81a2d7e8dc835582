/** Undoing that tokenizers were removed from a list, or deleted. */
import { formatList } from './format';

/** "Removed gpt2 and llama3." */
export const describeRemoved = (names: readonly string[]): string =>
	`Removed ${formatList(names)}.`;

export const describeDeleted = (name: string): string => `Deleted ${name}.`;

/** Puts back what a list has lost since an earlier time, after the item that it followed then. */
export function restoreRemoved<T>(now: readonly T[], before: readonly T[]): readonly T[] {
	const list = [...now];
	for (const [at, item] of before.entries()) {
		if (!list.includes(item)) list.splice(at === 0 ? 0 : list.indexOf(before[at - 1]) + 1, 0, item);
	}
	return list;
}
