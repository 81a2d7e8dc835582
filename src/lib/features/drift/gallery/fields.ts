import { describeUnknownName } from '../../../session/documents/messages';
import { text, valueField, type LinkField } from '../../../session/documents/schema';
import { formatChoice } from '../../../session/format';
import { DRIFT_CASES } from '../cases/cases';
import { CASE_STAGES, type CaseStage, type DriftCase } from '../cases/types';
import { librariesOf } from './filters';

/** Cases by slug, in the order of the page. */
const OPEN: LinkField<readonly string[]> = {
	...{ name: 'case', alias: 'open', default: [] },
	parse(found, _, report) {
		const named = found.join(' ').split(' ').filter(Boolean);
		const known = DRIFT_CASES.map(({ slug }) => slug);
		for (const slug of named.filter((slug) => !known.includes(slug)))
			report(describeUnknownName('case', slug));
		return known.filter((slug) => named.includes(slug));
	},
	format(slugs) {
		const listed = DRIFT_CASES.filter(({ slug }) => slugs.includes(slug));
		return listed.length === 0 ? [] : [listed.map(({ slug }) => slug).join(' ')];
	}
};

/** What the gallery shows. An embedded page shows only the cases that the link opens. */
export const GALLERY_FIELDS = {
	open: OPEN,
	query: { ...text('q', ''), isTyped: true },
	stage: valueField<CaseStage | null>('stage', null, formatChoice(CASE_STAGES), (found) =>
		CASE_STAGES.find((stage) => stage === found)
	),
	library: valueField<string | null>('library', null, 'a library of this page', (found) =>
		DRIFT_CASES.some((item) => librariesOf(item).includes(found)) ? found : undefined
	)
};

/** The permalink of a case, without the path. */
export const linkToCase = ({ slug }: DriftCase): string => `?case=${slug}`;
