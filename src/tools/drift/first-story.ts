import { measureDamage } from '../../lib/analysis/damage/measure';
import { compareVocabularies } from '../../lib/analysis/drift/vocabulary';
import { DEMO_SIZE, DEMO_TOKENIZERS } from '../../lib/catalogue/demo-tokenizers';
import type { FirstStory } from '../../lib/catalogue/first-story';
import { createTokenizer, type Tokenizer, type TokenizerSpec } from '../../lib/engine';
import { encodeUtf8 } from '../../lib/engine/text/utf8';
import { factbookDocuments } from '../corpora/factbook';
import { finish, textSides } from './text-sides';

/** Letters of the word of the story, at least. */
const LEAST = 5;

/** Two tokenizers of one size, and what becomes of a common word. */
export function firstStory(specs: ReadonlyMap<string, TokenizerSpec>): FirstStory {
	const [a, b] = DEMO_TOKENIZERS.map(({ id }) => tokenizerOf(specs, id));
	const documents = factbookDocuments();
	const { word, times } = splitWord(documents.map(({ text }) => text).join('\n'), a, b);
	const { findings } = compareVocabularies(a.spec, b.spec);
	const damage = finish(
		measureDamage({
			a,
			b,
			rows: DEMO_SIZE,
			documents: documents.map(({ name, text }) => ({ name, text: encodeUtf8(text) }))
		})
	);
	if (damage.outcome !== 'measured') {
		throw new Error(`the demonstration: got id ${damage.id}, expected ids below ${DEMO_SIZE}`);
	}
	return {
		word,
		times,
		sides: textSides(a, b, word),
		shared: findings.shared,
		sameId: findings.sameId,
		damage
	};
}

function tokenizerOf(specs: ReadonlyMap<string, TokenizerSpec>, id: string): Tokenizer {
	const spec = specs.get(id);
	if (!spec) throw new Error(`the demonstration has no tokenizer "${id}"`);
	return createTokenizer(spec);
}

/** The most common word that is one token for A and several for B. */
function splitWord(text: string, a: Tokenizer, b: Tokenizer): { word: string; times: number } {
	const counts = new Map<string, number>();
	for (const [word] of text.matchAll(/ [a-z]+(?![\w’'])/g)) {
		if (word.length > LEAST) counts.set(word, (counts.get(word) ?? 0) + 1);
	}
	const common = [...counts].sort(([, first], [, second]) => second - first);
	const found = common.find(
		([word]) => a.encode(word).ids.length === 1 && b.encode(word).ids.length > 1
	);
	if (!found) throw new Error('the demonstration: both tokenizers cut every word alike');
	return { word: found[0], times: found[1] };
}
