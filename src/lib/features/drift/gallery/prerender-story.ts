import { runToEnd } from '../../../drift/calls';
import { splitDocuments } from '../../../drift/damage/documents';
import { measureDamage } from '../../../drift/damage/measure';
import type { MeasuredDamage } from '../../../drift/damage/types';
import { compareVocabularies } from '../../../drift/vocabulary';
import { createTokenizer } from '../../../engine';
import { encodeUtf8 } from '../../../engine/text';
import type { PackedFiles } from '../../../session/prerender';
import {
	DEMO_CORPUS,
	DEMO_SIZE,
	DEMO_TOKENIZERS
} from '../../../tokenizers/catalogue/shared/demo-tokenizers';
import { decodeIds } from '../../../tokenizers/ids';
import { FIRST_SENTENCE } from './fields';
import { readSentence, type SentenceReading } from './misread';

export interface PrerenderedStory {
	/** How the model reads the first sentence. */
	readonly reading: SentenceReading;
	/** Number of tokens that both have, and how many of these have the same id. */
	readonly shared: number;
	readonly sameId: number;
	readonly damage: MeasuredDamage;
}

export function prerenderStory(packed: PackedFiles): PrerenderedStory {
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
