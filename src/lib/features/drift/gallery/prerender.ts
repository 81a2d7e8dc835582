/** The outcomes of the gallery's cases, and its worked story, computed when the site is built. */
import { evaluateCase } from '../../../drift/cases/evaluate';
import { programOf } from '../../../drift/cases/program';
import type { CaseOutcome, CaseSide } from '../../../drift/cases/types';
import { compareSpecs } from '../../../drift/config/differences';
import { applyEdits } from '../../../drift/edits/apply';
import { createTokenizer, NoTokenError, type Tokenizer } from '../../../engine';
import type { PackedFiles } from '../../../session/prerender';
import { DRIFT_CASES } from '../cases/cases';
import type { DriftCase } from '../cases/types';
import { prerenderStory, type PrerenderedStory } from './prerender-story';

export interface PrerenderedGallery {
	/** By slug. */
	readonly cases: Readonly<Record<string, PrerenderedCase>>;
	readonly story: PrerenderedStory;
}

export interface PrerenderedCase {
	/** `null` for a case about a library, which runs only in the browser. */
	readonly outcome: Pick<CaseOutcome, 'a' | 'b'> | null;
	/** Fields of the tokenizer's file that differ, as JSON. */
	readonly changes: readonly { readonly field: string; readonly a: string; readonly b: string }[];
}

/** Most UTF-16 units of a field's two values that are shown. */
const MAX_CHANGE_UNITS = 4000;

export function prerenderGallery(packed: PackedFiles): PrerenderedGallery {
	return { cases: evaluateCases(packed), story: prerenderStory(packed) };
}

function evaluateCases(packed: Pick<PackedFiles, 'spec'>): PrerenderedGallery['cases'] {
	const known = new Map<string, Tokenizer>();
	const tokenizerOf = ({ tokenizer, edits = [] }: CaseSide): Tokenizer => {
		const key = JSON.stringify([tokenizer, edits]);
		let found = known.get(key);
		if (!found) {
			found = createTokenizer(applyEdits(packed.spec(tokenizer), edits));
			known.set(key, found);
		}
		return found;
	};
	return Object.fromEntries(
		DRIFT_CASES.map((item) => [item.slug, prerenderCase(item, tokenizerOf)])
	);
}

function prerenderCase(
	item: DriftCase,
	tokenizerOf: (side: CaseSide) => Tokenizer
): PrerenderedCase {
	if (item.a.library || item.b.library) return { outcome: null, changes: [] };
	const [a, b] = [tokenizerOf(item.a), tokenizerOf(item.b)];
	const outcome = evaluateCase(item, {
		a: programOf(a),
		b: programOf(b),
		isCaseError: (error) => error instanceof NoTokenError
	});
	return {
		outcome: { a: outcome.a, b: outcome.b },
		changes: item.a.tokenizer === item.b.tokenizer ? changesOf(a, b) : []
	};
}

function changesOf(a: Tokenizer, b: Tokenizer): PrerenderedCase['changes'] {
	return compareSpecs(a.spec, b.spec)
		.fields.filter(({ proven }) => !proven)
		.map(({ field, a: before, b: after }) => ({
			field,
			a: JSON.stringify(before),
			b: JSON.stringify(after)
		}))
		.filter((change) => change.a.length + change.b.length <= MAX_CHANGE_UNITS);
}
