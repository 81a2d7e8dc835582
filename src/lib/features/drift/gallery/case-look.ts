import type { CaseSide } from '../../../drift/cases/types';
import type { DriftCase } from '../cases/types';
import { COMPARE_LINK } from '../../../session/links/compare';
import { writeDiff, type DriftSide } from '../../../session/links/diff';
import type { LinkInput } from '../../../session/links/link-codec';
import { writeLink } from '../../../session/links/schema';

/** A link that shows a case on another page. */
export interface CaseLink {
	readonly page: 'diff' | 'compare';
	/** The search part of its address, with `?` in front. */
	readonly search: string;
	/** What the hash carries. */
	readonly input: LinkInput;
	/** Whether nothing may come after the input. */
	readonly atEnd: boolean;
	/** What to look at there; null where it needs no words. */
	readonly note: string | null;
}

/** Where a case can be looked into further, or why it can be nowhere else. */
export function linkOf(item: DriftCase): CaseLink | { readonly why: string } {
	const look = item.look ?? { in: 'diff' };
	switch (look.in) {
		case 'nowhere':
			return { why: look.why };
		case 'compare': {
			const { tokenizer, ids, text, atEnd = false, note } = look;
			const input: LinkInput = ids
				? { kind: 'ids', value: ids.join(' ') }
				: { kind: 'text', value: text ?? textOf(item) };
			const search = writeLink(COMPARE_LINK, { tokenizers: [tokenizer] });
			return { page: 'compare', search, input, atEnd, note };
		}
		case 'diff': {
			const { a = item.a, b = item.b, rows = null, text, note = null } = look;
			const search = writeDiff({ sides: { a: sideOf(a), b: sideOf(b) }, rows });
			const input: LinkInput = { kind: 'text', value: text ?? textOf(item) };
			return { page: 'diff', search, input, atEnd: false, note };
		}
	}
}

const sideOf = ({ tokenizer, edits = [] }: CaseSide): DriftSide => ({ tokenizer, edits });

/** The text that a case puts in. */
function textOf({ slug, task }: DriftCase): string {
	if (!('text' in task.a))
		throw new Error(`the case ${slug} begins with ids: its look needs a text`);
	const { text } = task.a;
	return typeof text === 'string' ? text : text.join('');
}

/** What stands between the input of a case and the user's own text. */
const BETWEEN = '\n\n';

/**
 * The pages share one text. A case puts its input before what the user wrote there, so that nothing is
 * lost; the input of the case before gives way.
 */
export class OwnText {
	readonly #given: ReadonlySet<string>;
	#last: { readonly whole: string; readonly own: string } | null = null;

	/** @param given texts that are nobody's own: examples, and the inputs of cases */
	constructor(given: Iterable<string>) {
		this.#given = new Set(given);
	}

	/** What of a text is the user's; null for nothing. */
	of(text: string): string | null {
		if (text === this.#last?.whole) return this.#last.own;
		return text === '' || this.#given.has(text) ? null : text;
	}

	/** The input of a case and the user's own part of `text`, and remembers which is which. */
	with({ input, atEnd }: Pick<CaseLink, 'input' | 'atEnd'>, text: string): string {
		const own = this.of(text);
		if (own === null) return input.value;
		const whole = (atEnd ? [own, input.value] : [input.value, own]).join(BETWEEN);
		this.#last = { whole, own };
		return whole;
	}
}
