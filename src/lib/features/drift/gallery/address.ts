import { anyOf, readLink, writeLink } from '../../../session/links/schema';
import { DRIFT_CASES } from '../cases/cases';

/** Links to the gallery. The hash names the card to scroll to. */
export const GALLERY_LINK = {
	/** Cases whose sources are unfolded. */
	open: anyOf(
		'open',
		DRIFT_CASES.map(({ slug }) => slug)
	)
};

export const readGallery = (search: URLSearchParams) => readLink(GALLERY_LINK, search, undefined);

/** The search part of a link, in the order of the cases. */
export const writeGallery = (opened: ReadonlySet<string>): string =>
	writeLink(GALLERY_LINK, {
		open: DRIFT_CASES.flatMap(({ slug }) => (opened.has(slug) ? [slug] : []))
	});
