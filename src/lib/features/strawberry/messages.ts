/** User-facing strings on the Strawberry page. */
import {
	formatChoice,
	formatCount,
	formatList,
	isolate,
	isRightToLeft,
	plural
} from '../../session/format';
import type { Spelling, WordForm } from '../../session/documents/strawberry';
import { graphemesOf, isLoneMark } from '../../tokenizers/graphemes';
import { tokenText } from '../../ui/token/token-text';
import type { VariantTokens } from './variant-tokens';
import type { LetterQuery, WordVariant } from './variants';
import { addsSpace, letterText } from './word-layout';
import { tokensAfter, type WordMerge, type WordMerges } from './word-merges';

export const FORM_NAMES: Readonly<Record<WordForm, string>> = {
	alone: 'on its own',
	sentence: 'after a space'
};

export const SPELLING_NAMES: Readonly<Record<Spelling, string>> = {
	typed: 'as typed',
	capitalised: 'Capitalised',
	upper: 'UPPER CASE',
	hyphenated: 'h-y-p-h-e-n-a-t-e-d'
};

export const LINK_HOLDS_IDS =
	'The link contains ids, not a word. Open the link on the Compare page.';
export const LINK_HOLDS_TEXT =
	'The link contains text, not a word. Open the link on the Compare page.';

export const describeLongWord = (units: number, maxUnits: number): string =>
	`That text has ${formatCount(units)} characters, but a word here can have at most ${formatCount(maxUnits)}. The Compare page accepts text of any length.`;

/** Quotes the word for use in a sentence, shortened if it has more than `maxLetters` letters. */
export function quoteWord(word: string, maxLetters = 24): string {
	// Segmenting only the start of the word keeps this fast. A letter rarely has more than 40 UTF-16 code units.
	const { texts } = graphemesOf(word.slice(0, 40 * maxLetters));
	const short = texts.slice(0, maxLetters).join('');
	return `“${isLoneMark(texts[0] ?? '') ? '◌' : ''}${isolate(short)}${texts.length > maxLetters ? '…' : ''}”`;
}

export const describeSeveralLetters = (letters: string): string =>
	`${quoteWord(letters)} is more than one letter. Type a single letter.`;

const NUMBERS = 'no one two three four five six seven eight nine ten'.split(' ');
const spellOut = (count: number): string => NUMBERS[count] ?? formatCount(count);

function describeCount(variant: WordVariant, query: LetterQuery): string {
	const count = countLetters(variant, query);
	const isSpace = query.letter === ' ';
	const letter = isSpace ? 'space' : isolate(letterText(query.letter));
	return `${spellOut(count)} ${letter}${count === 1 ? '' : isSpace ? 's' : '’s'}`;
}

export const countLetters = (variant: WordVariant, query: LetterQuery): number =>
	variant.matches(query).reduce((sum, match) => sum + match, 0);

/** Says how often the word contains the letter or, without a letter, how many letters the word has. */
export function describeWord(variant: WordVariant, query: LetterQuery | null): string {
	const length = variant.graphemes().texts.length - variant.lead;
	const has = query
		? describeCount(variant, query)
		: `${spellOut(length)} ${length === 1 ? 'letter' : 'letters'}`;
	return `${quoteWord(variant.word)} has ${has}.`;
}

/** Longer lists are replaced by a count. */
const MAX_LISTED_IDS = 6;

/** "73700", "3560, 2221, 15", "22 ids" */
export const listIds = (ids: Uint32Array): string =>
	ids.length === 0
		? 'nothing'
		: ids.length > MAX_LISTED_IDS
			? `${formatCount(ids.length)} ids`
			: ids.join(', ');

/** "the number 73700", "the numbers 496, 675, 15717" */
export const describeIds = (ids: Uint32Array): string =>
	ids.length === 0 || ids.length > MAX_LISTED_IDS
		? listIds(ids)
		: `the number${ids.length === 1 ? '' : 's'} ${listIds(ids)}`;

export function describeLesson(
	{ variant, encoding: { ids } }: VariantTokens,
	query: LetterQuery | null
): string {
	const shown = ids.length > MAX_LISTED_IDS ? 'these ids' : formatList([...ids].map(String));
	const fact = query
		? `that the word contains ${describeCount(variant, query)}`
		: 'which letters the word contains';
	return `Nothing in ${shown} reveals ${fact}. A model has to learn that.`;
}

/**
 * Compares how many ids the tokenizers need; `null` if there is nothing to compare.
 * @param counts number of ids in each tokenizer
 */
export function describeCounts(counts: readonly number[]): string | null {
	const [fewest, most] = [Math.min(...counts), Math.max(...counts)];
	if (counts.length < 2) return null;
	return fewest === most
		? `The word takes ${plural(fewest, 'id')} in each of these ${formatCount(counts.length)} tokenizers.`
		: `The word takes ${formatCount(fewest)} to ${plural(most, 'id')}, depending on the tokenizer.`;
}

/** Describes the exported picture of several words; `undefined` if there is only one word. */
export const describeSlide = ({ length }: readonly string[]): string | undefined =>
	length > 1 ? `Shows the ${spellOut(length)} words, each after a space` : undefined;

export function describeCharacters(word: string): string[] {
	return [
		isRightToLeft(word) &&
			'Letters and ids run from left to right, in the order in which a model reads them, although this script is written from right to left.',
		!word.isWellFormed() &&
			'The word contains half of a character (a lone surrogate), which UTF-8 can’t encode. Every tokenizer receives � (U+FFFD) instead.'
	].filter((note) => note !== false);
}

/**
 * Describes text that a tokenizer drops or a space that it adds or leaves out; `null` if there is nothing to describe.
 */
export function describePeculiarity(alone: VariantTokens, sentence: VariantTokens): string | null {
	const [droppedAlone, droppedInSentence] = [alone, sentence].map(
		({ encoding }) => encoding.droppedBytes ?? 0
	);
	if (droppedAlone > 0 || droppedInSentence > 0) {
		const part = droppedAlone > 0 ? 'the word' : '“The ”, which starts the sentence';
		return `This tokenizer has no token for part of ${part}. A model never sees that part.`;
	}
	if (alone.encoding.ids.length === 0 || alone.variant.word.startsWith(' ')) return null;
	if (addsSpace(alone, sentence))
		return 'This tokenizer adds a space to the start of every text, so both rows are the same.';
	return alone.encoding.ids[0] === sentence.encoding.ids[0]
		? 'This tokenizer leaves out the space, so both rows are the same.'
		: null;
}

/** "st + raw" */
const formatPair = (
	{ bytes }: WordMerges,
	{ start, boundary, end }: Pick<WordMerge, 'start' | 'boundary' | 'end'>
): string =>
	`${isolate(tokenText(bytes.subarray(start, boundary)))} + ${isolate(tokenText(bytes.subarray(boundary, end)))}`;

/** "r + r → rr" */
export const formatMerge = (merges: WordMerges, merge: WordMerge): string =>
	`${formatPair(merges, merge)} → ${isolate(tokenText(merges.bytes.subarray(merge.start, merge.end)))}`;

/** Explains why no more merges follow; `null` if there is nothing left to merge. */
export function describeEnd(merges: WordMerges): string | null {
	const { byteStarts, byteEnds } = tokensAfter(merges, merges.steps.length);
	const pairs = Array.from(byteStarts, (start, i) => ({
		start,
		boundary: byteEnds[i],
		end: byteEnds[i + 1]
	}))
		.filter(({ boundary }) => !merges.preTokenEnds.includes(boundary))
		.map((pair) => formatPair(merges, pair));
	if (pairs.length > 0)
		return `Merging ends here: no merge joins ${formatChoice([...new Set(pairs)])}.`;
	return merges.steps.length === 0 ? 'No merges: the word is a single token from the start.' : null;
}

export const describeReplaced = (word: string): string => `Replaced ${quoteWord(word)}.`;
