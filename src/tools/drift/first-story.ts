import { measureDamage } from '../../lib/drift/damage/measure';
import { compareVocabularies } from '../../lib/drift/vocabulary';
import { DEMO_SIZE, DEMO_TOKENIZERS } from '../../lib/tokenizers/catalogue/demo-tokenizers';
import type { FirstStory } from '../../lib/features/drift/gallery/first-story';
import { createTokenizer, type Tokenizer, type TokenizerSpec } from '../../lib/engine';
import { encodeUtf8 } from '../../lib/engine/text/utf8';
import { factbookDocuments } from '../corpora/factbook';
import { finish, textSides } from './text-sides';

/** UTF-16 units of the word of the story, its space included, at least. */
const LEAST = 6;

/** Two tokenizers of one size, and what becomes of a common word. */
export function firstStory(specs: ReadonlyMap<string, TokenizerSpec>): FirstStory {
	const [a, b] = DEMO_TOKENIZERS.map(({ id }) => tokenizerOf(specs, id));
	const documents = factbookDocuments();
	const book = documents.map(({ text }) => text).join('\n');
	const { word, times } = splitWord(book, a, b);
	const { findings } = compareVocabularies(a.spec, b.spec);
	const under = (text: string) => ({ text, sides: textSides(a, b, text) });
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
		word: under(word),
		times,
		sentence: under(sentenceWith(word, book)),
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

/** The most common word that is one token for one side and several for the other. */
function splitWord(text: string, a: Tokenizer, b: Tokenizer): { word: string; times: number } {
	const counts = new Map<string, number>();
	for (const [word] of text.matchAll(/ [a-z]+(?![\w’'])/g)) {
		if (word.length >= LEAST) counts.set(word, (counts.get(word) ?? 0) + 1);
	}
	const common = [...counts].sort(([, first], [, second]) => second - first);
	const isOne = (tokenizer: Tokenizer, word: string) => tokenizer.encode(word).ids.length === 1;
	const found = common.find(([word]) => isOne(a, word) !== isOne(b, word));
	if (!found) throw new Error('the demonstration: both tokenizers cut every word alike');
	return { word: found[0], times: found[1] };
}

/** The shortest sentence with a word that begins with its space. */
function sentenceWith(word: string, book: string): string {
	const sentences = book.match(/[A-Z][^.!?\n]*[.!?]/g) ?? [];
	const [shortest] = sentences
		.filter((sentence) => new RegExp(`${word}\\b`).test(sentence))
		.sort((first, second) => first.length - second.length);
	if (shortest === undefined) throw new Error(`the demonstration: no sentence has “${word}”`);
	return shortest;
}
