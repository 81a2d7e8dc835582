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

/** A link, or why a case has none. */
export type CaseLinkOrReason = CaseLink | { readonly reason: string };

export function linkOf(item: DriftCase): CaseLinkOrReason {
	const { destination } = item;
	switch (destination.page) {
		case null:
			return { reason: destination.reason };
		case 'compare': {
			const { page, tokenizer, ids, text, note } = destination;
			const input: LinkInput = ids
				? { kind: 'ids', value: ids.join(' ') }
				: { kind: 'text', value: text ?? textOf(item) };
			return {
				page,
				search: writeLink(COMPARE_FIELDS, { tokenizers: [tokenizer] }),
				input,
				note
			};
		}
		case 'diff': {
			const {
				page,
				a = item.a,
				b = item.b,
				rows = null,
				template,
				text,
				note = null
			} = destination;
			const search = writeDiff({ sides: { a: sideOf(a), b: sideOf(b) }, rows, template });
			const input: LinkInput = { kind: 'text', value: text ?? textOf(item) };
			return { page, search, input, note };
		}
	}
}

const sideOf = ({ tokenizer, edits = [] }: CaseSide): DriftSide => ({ tokenizer, edits });

/** The input text of a case. */
function textOf({ slug, task }: DriftCase): string {
	if (!('text' in task.a))
		throw new Error(`the case ${slug} begins with ids: its destination needs a text`);
	const { text } = task.a;
	return typeof text === 'string' ? text : text.join('');
}
