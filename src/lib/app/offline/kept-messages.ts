/** User-facing strings of the list of kept tokenizers and texts. They are loaded with it. */
import { DownloadError } from '../../session/downloads/fetch-bytes';
import { formatBytes, formatCount, formatList, plural, reasonOf } from '../../session/format';
import { type KeepableFile, KeepError, type SiteStorage } from './keepable-files';

/** Said if the browser has no Cache Storage at this address. */
export const NOTHING_KEPT =
	'This browser stores no files at this address, so it downloads each tokenizer again on every visit.';

/** Said if there is no service worker. */
export const ONLY_FILES =
	'Kept tokenizers are not downloaded again, but here the pages themselves need the network.';

/** Number and size of the kept files of a kind. */
export function describeKept(
	what: string,
	kept: readonly Pick<KeepableFile, 'size'>[],
	total: number
): string {
	const size = kept.length > 0 ? `: ${formatBytes(sizeOf(kept))}` : '';
	return `${formatCount(kept.length)} of ${plural(total, what)} kept${size}.`;
}

/** Size of a file, or of what is missing to use it. */
export function describeFileSize(file: KeepableFile, missing: readonly KeepableFile[]): string {
	const others = missing.filter((other) => other !== file);
	const names = formatList(others.map(({ name }) => name));
	return others.length > 0
		? `${formatBytes(sizeOf(missing))} with ${names}`
		: formatBytes(file.size);
}

/** Number of bytes. */
export const sizeOf = (files: readonly Pick<KeepableFile, 'size'>[]): number =>
	files.reduce((sum, { size }) => sum + size, 0);

/** "gpt2 and p50k_base", "30 files". */
const nameFiles = (files: readonly KeepableFile[]): string =>
	files.length > 3 ? plural(files.length, 'file') : formatList(files.map(({ name }) => name));

export const describeKeptNow = (files: readonly KeepableFile[]): string =>
	`Kept: ${nameFiles(files)}.`;

export const describeRemovedNow = (files: readonly KeepableFile[]): string =>
	`Removed: ${nameFiles(files)}.`;

/** Says which kept tokenizers are removed with another; empty if there are none. */
export const describeDependents = (files: readonly KeepableFile[]): string =>
	files.length === 0 ? '' : `, needed by ${formatList(files.map(({ name }) => name))}`;

/** Sentences about the space of the site. */
export function describeSpace({ usage, quota, isPersistent, wasAsked }: SiteStorage): string[] {
	const lines: string[] = [];
	if (usage !== undefined && quota !== undefined)
		lines.push(
			`This site uses ${formatBytes(usage)} of the ${formatBytes(quota)} that the browser allows.`
		);
	if (isPersistent) lines.push('The browser has agreed to delete nothing by itself.');
	else if (isPersistent === false)
		lines.push(
			wasAsked
				? 'The browser was asked to delete nothing by itself, and declined. It may delete what is kept when space runs low.'
				: 'The browser may delete what is kept when space runs low. Once you keep something here, it is asked not to.'
		);
	return lines;
}

/** An error in words for people. */
export const describeStorageError = (error: unknown): string =>
	error instanceof KeepError || error instanceof DownloadError
		? error.message
		: `This browser’s storage failed (${reasonOf(error)}). Reload the page and try again.`;
