/** The outcomes of the gallery's cases, and its worked story, computed when the site is built. */
import { evaluateCase, programOf } from '../../../drift/cases/evaluate';
import type { CaseOutcome, CaseSide } from '../../../drift/cases/types';
import { applyEdits } from '../../../drift/edits/apply';
import { createTokenizer, NoTokenError, type Tokenizer } from '../../../engine';
import type { PackedFiles } from '../../../session/prerender';
import { DRIFT_CASES } from '../cases/cases';
import type { DriftCase } from '../cases/types';
import { prerenderStory, type PrerenderedStory } from './prerender-story';

export interface PrerenderedGallery {
	/** Outcomes by slug; `null` for a case about a library, which runs only in the browser. */
	readonly cases: Readonly<Record<string, Pick<CaseOutcome, 'a' | 'b'> | null>>;
	readonly story: PrerenderedStory;
}

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
): PrerenderedGallery['cases'][string] {
	if (item.a.library || item.b.library) return null;
	const { a, b } = evaluateCase(item, {
		a: programOf(tokenizerOf(item.a)),
		b: programOf(tokenizerOf(item.b)),
		isCaseError: (error) => error instanceof NoTokenError
	});
	return { a, b };
}
