/** User-facing strings about tokenizers that a link names and that are not here. */
import type { LinkedTokenizer } from '../../session/links/own-tokenizers';
import type { SavedTokenizer } from '../../session/saved-tokenizer';

/** Says how the file of a tokenizer is recognised. */
export const describeExpected = ({ fingerprint }: LinkedTokenizer): string =>
	fingerprint === null
		? 'The link does not say its fingerprint, so the lab cannot check the file.'
		: `The link expects the fingerprint ${fingerprint}.`;

/** Says that a file is not the tokenizer that a link names. It was saved under a name of its own. */
export const describeAnother = (
	found: Pick<SavedTokenizer, 'name' | 'fingerprint'>,
	expected: Pick<LinkedTokenizer, 'fingerprint'>
): string =>
	`This file is another tokenizer: fingerprint ${found.fingerprint ?? 'unknown'}, expected ${expected.fingerprint ?? 'any'}. It is saved as ${found.name}.`;
