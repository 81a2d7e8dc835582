/** User-facing strings about tokenizers that a link names and that are not here. */
import { versionOf } from '../../drift/fingerprint/versions';
import type { LinkedTokenizer } from '../../session/links/own-tokenizers';
import type { SavedTokenizer } from '../../session/saved-tokenizers.svelte';

/** Says how the file of a tokenizer is recognised. */
export const describeExpected = ({ fingerprint }: LinkedTokenizer): string =>
	fingerprint === null
		? 'The link does not say its fingerprint, so the lab cannot check the file.'
		: `The link expects the fingerprint ${fingerprint}.`;

/** Says that a file is not the tokenizer that a link names. It was saved under a name of its own. */
export const describeAnother = (
	found: Pick<SavedTokenizer, 'name' | 'fingerprint' | 'formerFingerprint'>,
	expected: Pick<LinkedTokenizer, 'fingerprint'>
): string => {
	const wanted = expected.fingerprint ?? 'any';
	const known = [found.fingerprint, found.formerFingerprint].filter((one) => one != null);
	const shown = known.find((one) => versionOf(one) === versionOf(wanted)) ?? known[0] ?? 'unknown';
	return `This file is another tokenizer: fingerprint ${shown}, expected ${wanted}. It is saved as ${found.name}.`;
};
