import { evaluateCase } from '../../lib/drift/cases/evaluate';
import { createSideProgram } from '../../lib/drift/cases/program';
import type { CaseSide } from '../../lib/drift/cases/types';
import { compareSpecs } from '../../lib/drift/config/differences';
import { applyEdits } from '../../lib/drift/edits/apply';
import type { BuiltCase } from '../../lib/features/drift/gallery/first-gallery';
import { DRIFT_CASES } from '../../lib/features/drift/cases/cases';
import type { DriftCase } from '../../lib/features/drift/cases/types';
import {
	createTokenizer,
	NoTokenError,
	type Tokenizer,
	type TokenizerSpec
} from '../../lib/engine';

/** Longest value of a field that is written out, in UTF-16 units. */
const LONGEST = 4000;

/** By slug: what each case gives. */
export function firstGallery(
	specOf: (id: string) => TokenizerSpec
): Readonly<Record<string, BuiltCase>> {
	const known = new Map<string, Tokenizer>();
	const tokenizerOf = ({ tokenizer, edits = [] }: CaseSide): Tokenizer => {
		const key = JSON.stringify([tokenizer, edits]);
		let found = known.get(key);
		if (!found) {
			found = createTokenizer(applyEdits(specOf(tokenizer), edits));
			known.set(key, found);
		}
		return found;
	};
	return Object.fromEntries(DRIFT_CASES.map((item) => [item.slug, built(item, tokenizerOf)]));
}

function built(item: DriftCase, tokenizerOf: (side: CaseSide) => Tokenizer): BuiltCase {
	if (item.a.library || item.b.library) return { outcome: null, changes: [] };
	const [a, b] = [tokenizerOf(item.a), tokenizerOf(item.b)];
	const programs = {
		a: createSideProgram(item.a, a),
		b: createSideProgram(item.b, b),
		tells: isNoToken
	};
	const outcome = evaluateCase(item, programs);
	return {
		outcome: { a: outcome.a, b: outcome.b },
		changes: item.a.tokenizer === item.b.tokenizer ? changesOf(a, b) : []
	};
}

function changesOf(a: Tokenizer, b: Tokenizer): BuiltCase['changes'] {
	return compareSpecs(a.spec, b.spec)
		.fields.filter(({ harmless }) => !harmless)
		.map(({ field, a: before, b: after }) => ({
			field,
			a: JSON.stringify(before),
			b: JSON.stringify(after)
		}))
		.filter((change) => change.a.length + change.b.length <= LONGEST);
}

const isNoToken = (error: unknown): error is Error => error instanceof NoTokenError;
