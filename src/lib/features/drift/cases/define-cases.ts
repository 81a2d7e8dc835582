import type { CaseDestination, CaseStage, DriftCase } from './types';

const DEFAULTS = {
	year: null,
	sources: [],
	damage: null,
	figures: [],
	severity: 'silent',
	caughtBy: []
} satisfies Partial<DriftCase>;

type Defaulted = keyof typeof DEFAULTS | 'a' | 'stage' | 'part' | 'destination';

/**
 * A case without its derived fields. `a` defaults to `b`'s tokenizer without edits, and `part` defaults to the stage's
 * name in tokenizer.json.
 */
type CaseDefinition = Omit<DriftCase, 'evidence' | Defaulted> & Partial<Pick<DriftCase, Defaulted>>;

/** @param stage default stage of the cases */
export const defineCases = (
	stage: CaseStage,
	definitions: readonly CaseDefinition[]
): readonly DriftCase[] =>
	definitions.map((definition) => ({
		...DEFAULTS,
		a: { tokenizer: definition.b.tokenizer },
		stage,
		part: (definition.stage ?? stage).replace('-', '_'),
		destination: defaultDestination(definition),
		...definition,
		evidence: definition.publishedIn
			? 'published-ids'
			: definition.sources
				? 'mechanism'
				: 'found-here'
	}));

function defaultDestination({ b }: CaseDefinition): CaseDestination {
	if (!b.library) return { page: 'diff' };
	return {
		page: 'compare',
		note: `Compare runs ${b.library.name} too and shows where it differs.`
	};
}

/** Links a case to the diff's special-tokens check, because the diff reads the case's text as plain text. */
export const SPECIAL_TOKENS_CHECK: CaseDestination = {
	page: 'diff',
	check: 'special-tokens',
	note: 'The diff reads its text as plain text. See the check of special tokens.'
};
