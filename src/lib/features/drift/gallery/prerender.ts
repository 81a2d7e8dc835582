/** Computes the outcomes of the gallery's cases and the page's opening example when the site is built. */
import { runToEnd } from '../../../drift/calls';
import { evaluateCase, programOf } from '../../../drift/cases/evaluate';
import type { CaseOutcome, CaseSide } from '../../../drift/cases/types';
import { splitDocuments } from '../../../drift/damage/documents';
import { measureDamage } from '../../../drift/damage/measure';
import type { MeasuredDamage } from '../../../drift/damage/types';
import { applyEdits } from '../../../drift/edits/apply';
import { compareVocabularies } from '../../../drift/vocabulary';
import { createTokenizer, NoTokenError, type Tokenizer } from '../../../engine';
import { encodeUtf8 } from '../../../engine/text';
import type { PackedFiles } from '../../../session/prerender';
import {
	DEMO_CORPUS,
	DEMO_SIZE,
	DEMO_TOKENIZERS
} from '../../../tokenizers/catalogue/shared/demo-tokenizers';
import { decodeIds } from '../../../tokenizers/ids';
import { DRIFT_CASES } from '../cases/cases';
import { FIRST_SENTENCE } from './fields';
import { readSentence, type SentenceReading } from './misread';

export interface PrerenderedGallery {
	/** Outcomes by slug; `null` for a case that runs a library, because libraries run only in the browser. */
	readonly cases: Readonly<Record<string, Pick<CaseOutcome, 'a' | 'b'> | null>>;
	readonly story: PrerenderedStory;
}

interface PrerenderedStory {
	/** What the model reads instead of the first sentence. */
	readonly reading: SentenceReading;
	/** Number of tokens that both tokenizers have, and the number of those with the same id on both sides. */
	readonly shared: number;
	readonly sameId: number;
	readonly damage: MeasuredDamage;
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
		DRIFT_CASES.map((item) => {
			if (item.a.library || item.b.library) return [item.slug, null];
			const { a, b } = evaluateCase(item, {
				a: programOf(tokenizerOf(item.a)),
				b: programOf(tokenizerOf(item.b)),
				isCaseError: (error) => error instanceof NoTokenError
			});
			return [item.slug, { a, b }];
		})
	);
}

function prerenderStory(packed: PackedFiles): PrerenderedStory {
	const [a, b] = DEMO_TOKENIZERS.map(({ id }) => createTokenizer(packed.spec(id)));
	const { findings } = compareVocabularies(a.spec, b.spec);
	const documents = splitDocuments(packed.corpus(DEMO_CORPUS), DEMO_CORPUS).map(
		({ name, text }) => ({ name, text: encodeUtf8(text) })
	);
	const damage = runToEnd(measureDamage({ a, b, rows: DEMO_SIZE, documents }));
	if (damage.outcome !== 'measured') {
		throw new Error(`the demonstration: got id ${damage.id}, expected ids below ${DEMO_SIZE}`);
	}
	const encoding = b.encode(FIRST_SENTENCE);
	return {
		reading: readSentence(encodeUtf8(FIRST_SENTENCE), encoding, decodeIds(a, encoding.ids)),
		shared: findings.shared,
		sameId: findings.sameId,
		damage
	};
}
