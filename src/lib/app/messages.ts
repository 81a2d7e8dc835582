/** User-facing strings for dropped files and session files, which any page can open. */
import type { WrittenLink } from '../session/documents/document.svelte';
import { formatBytes, formatCount, formatList, isolate } from '../session/format';
import type { SavedTokenizer } from '../session/tokenizers/saved-tokenizer';

/** @param progress the current step; `null` before the first step */
export const describeReading = (name: string, progress: string | null): string =>
	`Opening ${isolate(name)}…${progress ? ` ${progress}.` : ''}`;

export const describeStopped = (name: string): string => `Stopped opening ${isolate(name)}.`;

/**
 * @param isMoved whether Diff was opened to show the first two tokenizers
 * @param problem why the tokenizers couldn't be saved in this browser; `null` if they were
 */
export function describeTokenizers(
	opened: readonly Pick<SavedTokenizer, 'name' | 'vocabularySize'>[],
	isMoved: boolean,
	problem: string | null
): string {
	const names = formatList(opened.map(({ name }) => isolate(name)));
	const isOne = opened.length === 1;
	const what = isOne
		? `is a tokenizer with ${formatCount(opened[0].vocabularySize)} ids`
		: 'are tokenizers';
	const move = isOne ? 'shows it as B' : `compares ${opened.length > 2 ? 'the first two' : 'them'}`;
	const [they, them] = isOne ? ['It is', 'it'] : ['They are', 'them'];
	const saved = `${they} saved in this browser, so you can choose ${them} on every page.`;
	return `${names} ${what}. ${isMoved ? `Diff ${move}. ` : ''}${problem ?? saved}`;
}

/** @param name name of a table or of a folder of shards */
export const describeCounts = (name: string): string =>
	`${isolate(name)} contains the pre-token counts of a corpus. They are now the corpus on the Train page.`;

/** @param isMoved whether Compare was opened to show the text */
export function describeText(file: string, dropped: number, isMoved: boolean): string {
	const where = isMoved ? ' on Compare' : '';
	const first = dropped > 1 ? `, the first of ${formatCount(dropped)} files` : '';
	return `Opened ${isolate(file)} as text${where}${first}.`;
}

export const describeIgnored = (files: number): string =>
	files === 1 ? 'The other file was not opened.' : 'The other files were not opened.';

export const describeSession = (file: string): string => `Restored the page saved in ${file}.`;

/** Describes what a link doesn't include. @param tokenizers number of saved tokenizers that the link refers to */
export function describeUnlinked(
	{ unlinked, omitsSample }: Pick<WrittenLink, 'unlinked' | 'omitsSample'>,
	tokenizers: number
): string {
	const input = omitsSample
		? unlinked === null
			? 'Your text does not fit in the link. The link contains everything else.'
			: 'The link contains neither the corpus nor your text.'
		: unlinked === 'file'
			? 'Files do not fit in a link.'
			: unlinked === 'long'
				? 'The text is too long for a link.'
				: '';
	const own =
		tokenizers > 0
			? 'Your saved tokenizers are only in this browser. A link contains only their names.'
			: '';
	return [input, own].filter(Boolean).join(' ');
}

export const describeLeftOut = (bytes: number, limit: number): string =>
	`The open files take up ${formatBytes(bytes)}, but a saved page can contain at most ${formatBytes(limit)}. The saved page contains only the settings: after opening it, open the files again.`;

export const describeEmptyFolders = (names: readonly string[]): string =>
	`${formatList(names)}: got no files, expected a folder with a tokenizer`;

export const NO_SUCH_PAGE = 'There is no page at this address.';

export const describeFailedPage = (reason: string): string =>
	`This page could not be shown (${reason}). Your text is kept.`;

export const NOTHING_SHOWN = 'The page is still loading. Try again.';
