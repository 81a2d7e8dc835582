/** Messages that offer to put back tokenizers. */
import { formatList, isolate } from '../format';

/** "Removed gpt2 and llama3." */
export const describeRemoved = (names: readonly string[]): string =>
	`Removed ${formatList(names)}.`;

export const describeDeleted = (name: string): string => `Deleted ${isolate(name)}.`;

export const describeDeletedElsewhere = (name: string): string =>
	`Another tab deleted ${isolate(name)}.`;
