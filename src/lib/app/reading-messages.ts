/** Strings about what was read from the files of a tokenizer. */
import { formatCount, formatList } from '../session/format';
import type { TokenizerOrigin } from '../session/saved-tokenizers.svelte';
import { READING_LIBRARY, type ReadingCheck } from '../session/worker/opening';
import { LIBRARY_VERSIONS } from '../tokenizers/runtimes/library-versions';

const LIBRARY = `${READING_LIBRARY} ${LIBRARY_VERSIONS[READING_LIBRARY]}`;

/** Says how many of the texts of the fingerprint a library splits in the same way. */
export function describeReadingCheck({ tried, equal, unanswered }: ReadingCheck): string {
	const texts = `of the ${formatCount(tried)} texts of the fingerprint`;
	const missing = unanswered > 0 ? ` It has no answer for ${formatCount(unanswered)}.` : '';
	return equal === tried
		? `${LIBRARY} gives the same ids for all ${texts.slice(3)}.`
		: `${LIBRARY} gives the same ids for ${formatCount(equal)} ${texts}.${missing}`;
}

export function describeDifferingText({
	text,
	difference: { byte, lab, library }
}: ReadingCheck['differing'][number]): string {
	return `${JSON.stringify(text)} differs at byte ${formatCount(byte)}: ${library.join(' ')} instead of ${lab.join(' ')}.`;
}

export function describeOrigin(origin: TokenizerOrigin): string {
	switch (origin.kind) {
		case 'trained':
			return 'Trained here.';
		case 'files':
			return origin.files.length > 0
				? `Opened from ${formatList(origin.files)}.`
				: 'Opened from a file.';
		case 'hub':
			return `From ${origin.repository} at ${origin.commit} on the Hugging Face Hub.`;
	}
}
