import { runToEnd } from '../../../drift/calls';
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
} from '../../../tokenizers/catalogue/shared/demo-tokenizers';
import { textSides } from '../diff/prerender';

export interface StoryText {
	readonly text: string;
	/** The text in both tokenizers. */
	readonly sides: SideBySide;
}

export interface PrerenderedStory {
	/** A common word with its leading space: one token on one side, several on the other. */
	readonly word: StoryText;
	/** A sentence of the corpus that contains the word. */
	readonly sentence: StoryText;
	/** Number of tokens that both have, and how many of these have the same id. */
	readonly shared: number;
	readonly sameId: number;
	readonly damage: MeasuredDamage;
}

/** Fewest UTF-16 units of the word, its space included. */
const MIN_WORD_UNITS = 6;

export function prerenderStory(packed: PackedFiles): PrerenderedStory {
	const [a, b] = DEMO_TOKENIZERS.map(({ id }) => createTokenizer(packed.spec(id)));
	const documents = splitDocuments(packed.corpus(DEMO_CORPUS), DEMO_CORPUS);
	const book = documents.map(({ text }) => text).join('\n');
	const word = findSplitWord(book, a, b);
	const { findings } = compareVocabularies(a.spec, b.spec);
	const inBoth = (text: string) => ({ text, sides: textSides(a, b, text) });
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
		word: inBoth(word),
		sentence: inBoth(findSentence(word, book)),
		shared: findings.shared,
		sameId: findings.sameId,
		damage
	};
}

/** Finds the most common word that is one token on one side and several on the other. */
function findSplitWord(text: string, a: Tokenizer, b: Tokenizer): string {
	const counts = new Map<string, number>();
	for (const [word] of text.matchAll(/ [a-z]+(?![\w’'])/g)) {
		if (word.length >= MIN_WORD_UNITS) counts.set(word, (counts.get(word) ?? 0) + 1);
	}
	const common = [...counts].sort(([, first], [, second]) => second - first);
	const isOne = (tokenizer: Tokenizer, word: string) => tokenizer.encode(word).ids.length === 1;
	const found = common.find(([word]) => isOne(a, word) !== isOne(b, word));
	if (!found) throw new Error('the demonstration: both tokenizers split every word the same way');
	return found[0];
}

/** Finds the shortest sentence with a word, given with its leading space. */
function findSentence(word: string, book: string): string {
	const sentences = book.match(/[A-Z][^.!?\n]*[.!?]/g) ?? [];
	const [shortest] = sentences
		.filter((sentence) => new RegExp(`${word}\\b`).test(sentence))
		.sort((first, second) => first.length - second.length);
	if (shortest === undefined) throw new Error(`the demonstration: no sentence has “${word}”`);
	return shortest;
}
