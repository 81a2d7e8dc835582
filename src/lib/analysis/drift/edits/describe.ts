import type { SpecEdit } from './spec-edit';

/** What an edit does, in a few words: "Split 1 cuts by another regex", "two ids swapped". */
export function describeEdit(edit: SpecEdit): string {
	return edit.kind;
}
