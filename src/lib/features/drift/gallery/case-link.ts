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
	/** Query string of the URL, including the `?`. */
	readonly search: string;
	/** Contents of the link's hash. */
	readonly input: LinkInput;
	readonly note: string | null;
}

/** Creates the link for a case; `null` if no other page can show it. */
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

function textOf({ slug, task }: DriftCase): string {
	if (!('text' in task.a))
		throw new Error(`the case ${slug} begins with ids: its destination needs a text`);
	const { text } = task.a;
	return typeof text === 'string' ? text : text.join('');
}
