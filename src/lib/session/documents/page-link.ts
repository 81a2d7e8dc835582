import type { LinkInput } from './link-codec';

/** The address of the same page in the same state, without `embed`. */
export function unembed(address: string): string {
	const url = new URL(address);
	// Edit the string rather than parsing it, so that the other parameters stay unchanged.
	url.search = url.search.replace(/[?&]embed\b[^&]*/, '').replace(/^&/, '?');
	return url.href;
}

/** Whether a URL shows something other than the page's example. */
export function isPageLink(address: string): boolean {
	const { search, hash } = new URL(unembed(address));
	return search !== '' || hash.startsWith('#v');
}

/** Pages that session files can contain, by path. */
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

/** Everything shown on a page, including what doesn't fit in a link. */
export interface PageContent {
	/** Query string of the link, starting with `?`; empty for the default state. */
	readonly search: string;
	/** The page's input; `null` if files are open instead. */
	readonly input: LinkInput | null;
	readonly files: readonly File[] | null;
}

export interface CapturedPage extends PageContent {
	readonly page: SessionPage;
	/** The text that all pages share. */
	readonly text: string;
}

/** Query string of the link to a tokenizer's vocabulary. */
export const linkToVocabulary = (tokenizer: string): string =>
	`?tokenizer=${encodeURIComponent(tokenizer)}`;

/** Query string of a token's permalink. */
export const linkToToken = (tokenizer: string, id: number): string =>
	`${linkToVocabulary(tokenizer)}&id=${id}`;
