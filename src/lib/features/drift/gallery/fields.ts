import { describeUnknownName } from '../../../session/documents/messages';
import { oneOf, text, type LinkField } from '../../../session/documents/schema';
import { DRIFT_CASES } from '../cases/cases';
import { CASE_STAGES, type DriftCase } from '../cases/types';

/** Slugs of the open cases, in page order. */
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

/** Default sentence, of which the model misreads four words. */
export const FIRST_SENTENCE = 'We were below deck when the power went down.';

/** An embedded page shows only the cases that the link opens. */
export const GALLERY_FIELDS = {
	open: OPEN,
	query: { ...text('q', ''), isTyped: true },
	stage: oneOf('stage', CASE_STAGES, null),
	sentence: { ...text('sentence', FIRST_SENTENCE), isTyped: true }
};

/** Query string of a link to a case. */
export const linkToCase = ({ slug }: DriftCase): string => `?case=${slug}`;
