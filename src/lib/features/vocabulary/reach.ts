/**
 * Whether a text can encode to a token. The categories are those of Land and Bartolo, "Fishing for Magikarp" (2024): a
 * token is unreachable if its own text does not encode to it, and a partial UTF-8 sequence has no text of its own.
 */

/** Knowledge about a token. */
export const REACHES = [
	/** It is special, or no token at all. */
	'untested',
	/** Its own text encodes to it. */
	'own',
	/** A longer text has it, but its own text encodes to other tokens. */
	'inside',
	/** Merging its bytes leads to other tokens, or no UTF-8 has these bytes. So no text encodes to it. */
	'proven',
	/** Its own text encodes to other tokens, as do all longer texts that were tried. */
	'unreachable',
	/** Its bytes are no whole characters, and no text that was tried has it. */
	'partial'
] as const;
export type Reach = (typeof REACHES)[number];

/** No text encodes to these, as far as is known. */
export const UNREACHABLE_REACHES: readonly Reach[] = ['proven', 'unreachable'];
