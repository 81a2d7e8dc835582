import { describeUnexpectedValue } from '../../../session/links/messages';
import { PageAddress } from '../../../session/links/page-address.svelte';
import {
	readLink,
	text,
	valueField,
	writeLink,
	type LinkField
} from '../../../session/links/schema';
import { formatChoice } from '../../../session/format';
import { DRIFT_CASES } from '../cases/cases';
import { CASE_STAGES, type CaseStage, type DriftCase } from '../cases/types';
import { librariesOf } from './filters';
import type { GalleryView } from './view.svelte';

/** Cases by slug. */
const cases = (name: string): LinkField<readonly string[]> => ({
	name,
	default: [],
	parse: ([found], _, report) =>
		found.split(' ').filter((slug) => {
			const isKnown = DRIFT_CASES.some((item) => item.slug === slug);
			if (slug !== '' && !isKnown)
				report(describeUnexpectedValue(name, slug, 'cases of this page'));
			return isKnown;
		}),
	format: (slugs) => (slugs.length === 0 ? [] : [slugs.join(' ')])
});

/** Links to the gallery. An embedded page shows only the cases that the link opens. */
const GALLERY_LINK = {
	open: cases('case'),
	/** Another name of the same field, which is not written. */
	alsoOpen: cases('open'),
	query: text('q', ''),
	stage: valueField<CaseStage | null>('stage', null, formatChoice(CASE_STAGES), (found) =>
		CASE_STAGES.find((stage) => stage === found)
	),
	library: valueField<string | null>('library', null, 'a library of this page', (found) =>
		DRIFT_CASES.some((item) => librariesOf(item).includes(found)) ? found : undefined
	)
};

/** The permalink of a case, without the path. */
export const linkToCase = ({ slug }: DriftCase): string => `?case=${slug}`;

/** @param prepare loads what an open case shows, so that nothing moves when a link opens one */
export const createGalleryAddress = (
	view: GalleryView,
	replace: (address: string) => void,
	prepare: () => Promise<unknown> = () => Promise.resolve()
): PageAddress =>
	new PageAddress(
		{
			typed: ['q'],
			input: () => null,
			async read(search) {
				const { values, problems } = readLink(GALLERY_LINK, search, undefined);
				const { open, alsoOpen, ...filters } = values;
				const opened = [...open, ...alsoOpen];
				// Without it, the case opens all the same, and says that it cannot be shown.
				if (opened.length > 0) await prepare().catch(() => undefined);
				const take = () => {
					// A hash alone, such as #cases, says nothing about the page.
					if (search.size > 0) view.restore(filters, opened);
				};
				return { problems, take };
			},
			write: () => ({ search: writeGallery(view), content: () => 'nothing' })
		},
		replace
	);

/** The search part of a link, with cases in the order of the page. */
function writeGallery(view: GalleryView): string {
	return writeLink(GALLERY_LINK, {
		open: DRIFT_CASES.filter((item) => view.isOpen(item)).map(({ slug }) => slug),
		...view.filters
	});
}
