/** Strings about what was read from the files of a tokenizer. */
import { formatCount } from '../session/format';
import { READING_LIBRARY, type ReadingCheck } from '../session/worker/opening';
import { LIBRARY_VERSIONS } from '../tokenizers/runtimes/library-versions';

const LIBRARY = `${READING_LIBRARY} ${LIBRARY_VERSIONS[READING_LIBRARY]}`;

/** Says how many of the texts of the fingerprint a library splits in the same way. */
export function describeReadingCheck({ tried, equal, unanswered }: ReadingCheck): string {
	const texts = `${formatCount(tried)} texts of the fingerprint`;
	if (equal === tried) return `${LIBRARY} gives the same ids for all ${texts}.`;
	const missing = unanswered > 0 ? ` It has no answer for ${formatCount(unanswered)}.` : '';
	return `${LIBRARY} gives the same ids for ${formatCount(equal)} of the ${texts}.${missing}`;
}

export function describeDifferingText({
	text,
	difference: { byte, lab, library }
}: ReadingCheck['differing'][number]): string {
	return `${JSON.stringify(text)} differs at byte ${formatCount(byte)}: ${library.join(' ')} instead of ${lab.join(' ')}.`;
}
