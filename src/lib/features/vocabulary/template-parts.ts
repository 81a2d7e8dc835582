/** Finds the special tokens that a chat template contains. */
import { escapeRegex } from '../../engine/text';
import { TOKEN_KINDS } from '../../session/documents/vocabulary';
import { bytesOf, type VocabularyTable } from './table';

export interface TemplatePart {
	readonly text: string;
	/** Token that `text` represents; `null` for the template's own text. */
	readonly id: number | null;
}

/** Ids of the tokens that a template may contain, by text. */
export type NamedTokens = ReadonlyMap<string, number>;

/**
 * Lists special and added tokens by text, and the template's variables by name. Leaves out runs of white space, which
 * are only layout in a template.
 * @param variables the text of the token that each variable stands for, by variable name
 */
export function tokensForTemplate(
	table: VocabularyTable,
	variables: Readonly<Record<string, string | null | undefined>>
): NamedTokens {
	const kinds = [TOKEN_KINDS.indexOf('special'), TOKEN_KINDS.indexOf('added')];
	const decoder = new TextDecoder();
	const tokens = new Map<string, number>();
	for (let id = 0; id < table.kinds.length; id++) {
		if (!kinds.includes(table.kinds[id])) continue;
		const text = decoder.decode(bytesOf(table, id));
		if (text.trim() !== '') tokens.set(text, id);
	}
	for (const [name, text] of Object.entries(variables)) {
		const id = tokens.get(text ?? '');
		if (id !== undefined) tokens.set(name, id);
	}
	return tokens;
}

/** Splits a template at the tokens that it contains, matching the longest first. */
export function splitTemplate(template: string, tokens: NamedTokens): TemplatePart[] {
	const named = [...tokens.keys()]
		.filter((text) => template.includes(text))
		.sort((a, b) => b.length - a.length)
		.map(escapeRegex);
	if (named.length === 0) return [{ text: template, id: null }];
	return template
		.split(new RegExp(`(${named.join('|')})`))
		.map((text) => ({ text, id: tokens.get(text) ?? null }))
		.filter(({ text }) => text !== '');
}

/** All tokens that a template contains, ordered by id. */
export const tokensOf = (parts: readonly TemplatePart[]): number[] =>
	[...new Set(parts.flatMap(({ id }) => id ?? []))].sort((a, b) => a - b);
