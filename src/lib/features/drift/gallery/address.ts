import { describeUnexpectedValue } from '../../../session/links/messages';
import { PageAddress } from '../../../session/links/page-address.svelte';
import {
	flag,
	readLink,
	text,
	valueField,
	writeLink,
	type LinkField
} from '../../../session/links/schema';
import { formatChoice } from '../../../session/format';
import { DRIFT_CASES } from '../cases/cases';
import { CASE_EVIDENCE, CASE_STAGES, type DriftCase } from '../cases/types';
import { DAMAGE_FILTERS, librariesOf } from './filters';
import { choicesOf } from './quiz';
import type { CaseView, GalleryView } from './view.svelte';

type OpenCases = ReadonlyMap<string, CaseView>;

/** Cases by slug, each perhaps with a choice: `two-bos.special-tokens`. */
const openCases = (
	name: string,
	parse: (item: DriftCase, choice: string | undefined) => CaseView | undefined
): LinkField<OpenCases> => ({
	name,
	default: new Map(),
	parse([found], _, report) {
		const views = new Map<string, CaseView>();
		for (const word of found.split(' ').filter(Boolean)) {
			const [slug, choice] = word.split('.', 2);
			const item = DRIFT_CASES.find((one) => one.slug === slug);
			const shown = item && parse(item, choice);
			if (shown) views.set(slug, shown);
			else report(describeUnexpectedValue(name, word, 'cases of this page'));
		}
		return views;
	},
	format: (views) =>
		views.size === 0
			? []
			: [
					[...views]
						.map(([slug, shown]) =>
							shown === 'question' || shown === 'revealed' ? slug : `${slug}.${shown}`
						)
						.join(' ')
				]
});

const oneOfOrAll = <T extends string>(name: string, values: readonly T[]) =>
	valueField<T | null>(name, null, formatChoice(values), (found) =>
		values.find((value) => value === found)
	);

/** Links to the gallery. An embedded page shows only the cases that the link opens. */
const GALLERY_LINK = {
	/** Cases that show their question. */
	questions: openCases('case', (_, choice) => (choice === undefined ? 'question' : undefined)),
	/** Cases that show their answer. */
	answers: openCases('open', (item, choice = 'revealed') =>
		choice === 'revealed' ? choice : choicesOf(item).find((known) => known === choice)
	),
	query: text('q', ''),
	stage: oneOfOrAll('stage', CASE_STAGES),
	library: valueField<string | null>('library', null, 'a library of this page', (found) =>
		DRIFT_CASES.some((item) => librariesOf(item).includes(found)) ? found : undefined
	),
	damage: oneOfOrAll('damage', DAMAGE_FILTERS),
	evidence: oneOfOrAll('evidence', CASE_EVIDENCE),
	/** Whether the story shows how its damage was measured. */
	method: flag('method')
};

/** The permalink of a case, without the path. */
export const linkToCase = ({ slug }: DriftCase): string => `?case=${slug}`;

/** @param prepare loads what an open case shows, so that nothing moves when a link opens one */
export const createGalleryAddress = (
	view: GalleryView,
	replace: (address: string) => void,
	prepare: () => Promise<void> = () => Promise.resolve()
): PageAddress =>
	new PageAddress(
		{
			typed: ['q'],
			input: () => null,
			async read(search) {
				const { values, problems } = readLink(GALLERY_LINK, search, undefined);
				const { questions, answers, method, ...filters } = values;
				// Without it, the case opens all the same, and says that it cannot be shown.
				if (questions.size + answers.size > 0) await prepare().catch(() => undefined);
				const take = () => {
					// A hash alone, such as #cases, says nothing about the page.
					if (search.size > 0) view.restore(filters, new Map([...questions, ...answers]), method);
				};
				return { problems, take };
			},
			write: () => ({ search: writeGallery(view), content: () => 'nothing' })
		},
		replace
	);

/** The search part of a link, with cases in the order of the page. */
function writeGallery(view: GalleryView): string {
	const shown = DRIFT_CASES.flatMap((item): [string, CaseView][] => {
		const found = view.of(item);
		return found ? [[item.slug, found]] : [];
	});
	return writeLink(GALLERY_LINK, {
		questions: new Map(shown.filter(([, found]) => found === 'question')),
		answers: new Map(shown.filter(([, found]) => found !== 'question')),
		...view.filters,
		method: view.isMethodOpen
	});
}
