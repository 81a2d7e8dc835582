/** A word of a text, and whether it is another than in the text it is compared with. */
export interface ComparedWord {
	readonly text: string;
	readonly isChanged: boolean;
}

/** Compares two texts word by word. If one has more words, none is marked, because none can be matched. */
export function changedWords(before: string, after: string): readonly ComparedWord[] {
	const expected = before.split(' ');
	const words = after.split(' ');
	const isComparable = words.length === expected.length;
	return words.map((text, i) => ({ text, isChanged: isComparable && text !== expected[i] }));
}
