import type { CaseSide } from '../../../drift/cases/types';
import { COMPARE_FIELDS } from '../../../session/documents/compare';
import { writeDiff } from '../../../session/documents/diff';
import type { DriftSide } from '../../../session/documents/diff';
import type { LinkInput } from '../../../session/documents/link-codec';
import { writeLink } from '../../../session/documents/schema';
import type { DriftCase } from '../cases/types';

/** A link that shows a case on another page. */
export interface CaseLink {
	readonly page: 'diff' | 'compare';
	/** The search part of its address, with `?` in front. */
	readonly search: string;
	/** The content of its hash. */
	readonly input: LinkInput;
	/** Hint on what to look at there; `null` if none is needed. */
	readonly note: string | null;
}

/** Makes the link of a case; `null` if no other page can show it. */
export function linkOf(item: DriftCase): CaseLink | null {
	const { destination } = item;
	if (!destination) return null;
	const { page, text, note = null } = destination;
	if (destination.page === 'compare') {
		const { ids } = destination;
		const input: LinkInput = ids
			? { kind: 'ids', value: ids.join(' ') }
			: { kind: 'text', value: text ?? textOf(item) };
		return {
			page,
			search: writeLink(COMPARE_FIELDS, { tokenizers: [item.a.tokenizer] }),
			input,
			note
		};
	}
	const { a = item.a, b = item.b, rows = null, template } = destination;
	const search = writeDiff({ sides: { a: sideOf(a), b: sideOf(b) }, rows, template });
	return { page, search, input: { kind: 'text', value: text ?? textOf(item) }, note };
}

const sideOf = ({ tokenizer, edits = [] }: CaseSide): DriftSide => ({ tokenizer, edits });

/** The input text of a case. */
function textOf({ slug, task }: DriftCase): string {
	if (!('text' in task.a))
		throw new Error(`the case ${slug} begins with ids: its destination needs a text`);
	const { text } = task.a;
	return typeof text === 'string' ? text : text.join('');
}
