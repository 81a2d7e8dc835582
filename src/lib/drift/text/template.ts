import type { Encoding, Tokenizer } from '../../engine';
import { surround } from '../../engine/stages';
import { CATALOGUE } from '../../tokenizers/catalogue';
import { templateIds } from '../special-tokens';

/** Adds the tokens that a tokenizer's template puts around text. @param length length of the text in UTF-8 bytes */
export function addTemplate(encoding: Encoding, { spec }: Tokenizer, length: number): Encoding {
	const { before, after } = templateIds(spec.post_processor);
	return before.length + after.length === 0 ? encoding : surround(encoding, before, after, length);
}

/** A token that occurs more than once at the start of an encoding. */
export interface RepeatedBos {
	readonly id: number;
	readonly content: string;
	readonly times: number;
}

const KNOWN_BOS = new Set(CATALOGUE.flatMap(({ bos }) => bos ?? []));

/**
 * Finds a BOS that occurs more than once at the start of an encoding, because both the text and the template include
 * it.
 */
export function repeatedBos(ids: Uint32Array, { spec }: Tokenizer): RepeatedBos | null {
	const [id] = ids;
	const other = ids.findIndex((one) => one !== id);
	const times = other < 0 ? ids.length : other;
	if (times < 2) return null;
	const token = spec.added_tokens.find((added) => added.id === id);
	if (!token?.special) return null;
	const isBos =
		KNOWN_BOS.has(token.content) || templateIds(spec.post_processor).before.includes(id);
	return isBos ? { id, content: token.content, times } : null;
}

/** Content of a template's tokens by id, for display. */
export function templateNames({ spec }: Tokenizer): ReadonlyMap<number, string> {
	const { before, after } = templateIds(spec.post_processor);
	const ids = new Set([...before, ...after]);
	return new Map(
		spec.added_tokens.flatMap(({ id, content }) => (ids.has(id) ? [[id, content] as const] : []))
	);
}
