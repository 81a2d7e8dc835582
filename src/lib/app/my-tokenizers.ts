/** User-facing strings for the dialog that lists the user's own tokenizers. */
import { formatBytes, formatCount, formatList, isolate, plural } from '../session/format';
import type { SavedTokenizer, TokenizerOrigin } from '../session/tokenizers/saved-tokenizer';

export const NO_TOKENIZERS =
	'You have none yet. Train one and save it, or drop a tokenizer file on any page.';

export const describeDeleted = (names: readonly string[]): string =>
	`Deleted ${formatList(names.map(isolate))}.`;

const WHEN = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** "Opened from tokenizer.json and tokenizer_config.json". */
export function describeOrigin(origin: TokenizerOrigin): string {
	if (origin.kind === 'trained') return 'Trained here';
	if (origin.kind === 'hub')
		return `From the Hugging Face Hub: ${origin.repository} at ${origin.commit}`;
	return origin.files.length > 0 ? `Opened from ${formatList(origin.files)}` : 'Opened from a file';
}

export const describeFigures = ({ saved, size, vocabularySize }: SavedTokenizer): string =>
	`${WHEN.format(saved)} · ${formatBytes(size)} · ${formatCount(vocabularySize)} ids`;

/** Describes the space that saved tokenizers use. @param quota of the whole site in bytes, if the browser reports it */
export function describeStorage(
	tokenizers: readonly Pick<SavedTokenizer, 'file'>[],
	quota: number | undefined
): string {
	const bytes = tokenizers.reduce((sum, { file }) => sum + file.length, 0);
	const limit = quota === undefined ? '' : ` of at most ${formatBytes(quota)}`;
	return `${plural(tokenizers.length, 'tokenizer')} in this browser: ${formatBytes(bytes)}${limit}.`;
}
