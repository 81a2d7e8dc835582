import type { LinkInput } from './link-codec';

/** The address of the same page, with all that it shows, outside of a frame. */
export function unembed(address: string): string {
	const url = new URL(address);
	// The parameters are not parsed, so that the others stay as they are.
	url.search = url.search.replace(/[?&]embed\b[^&]*/, '').replace(/^&/, '?');
	return url.href;
}

/** Whether an address shows something else than the example of the page. */
export function isPageLink(address: string): boolean {
	const { search, hash } = new URL(unembed(address));
	return search !== '' || hash.startsWith('#v');
}

/** Pages that a session file can hold, by their paths. */
export const SESSION_PAGES = [
	'',
	'train',
	'strawberry',
	'inflation',
	'drift',
	'drift/diff',
	'vocabulary'
] as const;
export type SessionPage = (typeof SESSION_PAGES)[number];

/** Everything that a page shows, also what fits into no link. */
export interface PageContent {
	/** Search part of the link, with `?`; empty for the default state. */
	readonly search: string;
	/** `null` if files are open in its place. */
	readonly input: LinkInput | null;
	readonly files: readonly File[] | null;
}

/** A page as it is shown. */
export interface CapturedPage extends PageContent {
	readonly page: SessionPage;
	/** Text that all pages share. */
	readonly text: string;
}

/** Search part of the link to a tokenizer's vocabulary. */
export const linkToVocabulary = (tokenizer: string): string =>
	`?tokenizer=${encodeURIComponent(tokenizer)}`;

/** Search part of the permalink of a token. */
export const linkToToken = (tokenizer: string, id: number): string =>
	`${linkToVocabulary(tokenizer)}&id=${id}`;
