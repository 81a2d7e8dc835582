import { formatCount, formatList, plural } from '../session/format';
import type { SavedTokenizer } from '../session/tokenizers/saved-tokenizer';
import { hasLibraryReader } from '../tokenizers/files/recognize';
import type { ReadingCheck } from '../tokenizers/runtimes/second-opinion';

type Checked = Pick<SavedTokenizer, 'origin' | 'description'>;

export function describeReadingCheck(check: ReadingCheck, saved: Checked): string {
	const { tried, equal, unanswered, read } = check;
	const texts = `${formatCount(tried)} fingerprint texts`;
	const same =
		equal === tried
			? `gives the same ids for all ${texts}.`
			: `gives the same ids for ${formatCount(equal)} of the ${texts}.`;
	const missing = unanswered > 0 ? ` It gave no answer for ${plural(unanswered, 'text')}.` : '';
	const limit = read === 'conversion' ? ` ${describeConversion(saved)}` : '';
	return `${describeProgram(check, saved)} ${same}${missing}${limit}`;
}

function describeProgram({ program, read }: ReadingCheck, { description }: Checked): string {
	const [main = '', ...others] = description?.files ?? [];
	if (read === 'files') return `${program} read the original ${main} by itself. It`;
	if (read === 'tables') {
		const merges = others.filter((name) => name === 'merges.txt');
		return `${program} read the original ${formatList([main, ...merges])} by itself, with the lab’s pattern and special tokens, which are not in the files. It`;
	}
	return `${program} ran the lab’s own conversion, not the original. It`;
}

/** Explains why the library wasn't given the original file, and what that means. */
function describeConversion({ origin, description }: Checked): string {
	if (origin.kind === 'trained') return 'It was trained here, so there is no original file.';
	const blind = 'so a mistake in reading the file would not show here.';
	const format = description?.format ?? null;
	return format === null || hasLibraryReader(format)
		? `The original is not stored, ${blind} Open it again to check the file itself.`
		: `No library here reads this format (${format}), ${blind}`;
}

export function describeDifferingText({
	text,
	difference: { byte, lab, library }
}: ReadingCheck['differing'][number]): string {
	const ids = (list: readonly number[]) => (list.length > 0 ? list.join(' ') : 'no id');
	return `${JSON.stringify(text)} differs at byte ${formatCount(byte)}: ${ids(library)} instead of ${ids(lab)}.`;
}
