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
	/** Whether nothing may follow the input. */
	readonly atEnd: boolean;
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
			const { page, tokenizer, ids, text, atEnd = false, note } = destination;
			const input: LinkInput = ids
				? { kind: 'ids', value: ids.join(' ') }
				: { kind: 'text', value: text ?? textOf(item) };
			return {
				page,
				search: writeLink(COMPARE_FIELDS, { tokenizers: [tokenizer] }),
				input,
				atEnd,
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
			return { page, search, input, atEnd: false, note };
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

/** Separates the input of a case from the user's text. */
const SEPARATOR = '\n\n';

/**
 * The user's part of the text that all pages share. A case puts its input before it and replaces the
 * input of the previous case, so that nothing of the user's is lost.
 */
export class UserText {
	readonly #given: ReadonlySet<string>;
	#last: { readonly whole: string; readonly user: string } | null = null;

	/** @param given texts that are not the user's: examples, and the inputs of cases */
	constructor(given: Iterable<string>) {
		this.#given = new Set(given);
	}

	/** The user's part of a text; `null` if there is none. */
	of(text: string): string | null {
		if (text === this.#last?.whole) return this.#last.user;
		return text === '' || this.#given.has(text) ? null : text;
	}

	/** Joins the input of a case and the user's part of `text`, and remembers which is which. */
	with({ input, atEnd }: Pick<CaseLink, 'input' | 'atEnd'>, text: string): string {
		const user = this.of(text);
		if (user === null) return input.value;
		const whole = (atEnd ? [user, input.value] : [input.value, user]).join(SEPARATOR);
		this.#last = { whole, user };
		return whole;
	}
}
