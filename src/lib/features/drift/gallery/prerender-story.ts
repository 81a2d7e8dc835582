import { splitDocuments } from '../../../drift/damage/documents';
import { measureDamage } from '../../../drift/damage/measure';
import type { MeasuredDamage } from '../../../drift/damage/types';
import type { SideBySide } from '../../../drift/text/side-by-side';
import { compareVocabularies } from '../../../drift/vocabulary';
import { createTokenizer, type Tokenizer } from '../../../engine';
import { encodeUtf8 } from '../../../engine/text';
import type { PackedFiles } from '../../../session/prerender';
import {
	DEMO_CORPUS,
	DEMO_SIZE,
	DEMO_TOKENIZERS
} from '../../../tokenizers/catalogue/demo-tokenizers';
import { runToEnd, textSides } from '../diff/prerender';

export interface StoryText {
	readonly text: string;
	/** Under both. */
	readonly sides: SideBySide;
}

export interface PrerenderedStory {
	/** A common word that is one token of one side and several of the other, with the space before it. */
	readonly word: StoryText;
	/** How often it stands in the corpus. */
	readonly times: number;
	/** A sentence of the corpus with that word. */
	readonly sentence: StoryText;
	/** Tokens that both have, and how many of them have the same id. */
	readonly shared: number;
	readonly sameId: number;
	readonly damage: MeasuredDamage;
}

/** UTF-16 units of the word of the story, its space included, at least. */
const LEAST = 6;

/** Two tokenizers of one size, and what becomes of a common word. */
export function prerenderStory(packed: PackedFiles): PrerenderedStory {
	const [a, b] = DEMO_TOKENIZERS.map(({ id }) => createTokenizer(packed.spec(id)));
	const documents = splitDocuments(packed.corpus(DEMO_CORPUS), DEMO_CORPUS);
	const book = documents.map(({ text }) => text).join('\n');
	const { word, times } = splitWord(book, a, b);
	const { findings } = compareVocabularies(a.spec, b.spec);
	const under = (text: string) => ({ text, sides: textSides(a, b, text) });
	const damage = runToEnd(
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
