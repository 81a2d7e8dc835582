/** User-facing strings of the Strawberry page. */
import { formatCount, isolate, isRightToLeft, plural } from '../../session/format';
import { graphemesOf, isLoneMark, type Graphemes } from '../../tokenizers/graphemes';
import { tokenText } from '../../ui/token/token-text';
import { countByToken } from './letter-grid';
import { isSpelledOut, tokensOf, type VariantTokens, type WordAnswer } from './variant-tokens';
import type { LetterQuery, VariantKind } from './variants';
import type { WordMerge, WordMerges } from './word-merges';
import type { FinalBoundary, TokenPair, WordTrace } from './word-trace';

export const VARIANT_NAMES: Readonly<Record<VariantKind, string>> = {
	alone: 'alone',
	sentence: 'after a space',
	space: 'a space and the word',
	capitalised: 'Capitalised',
	upper: 'UPPER CASE',
	quoted: 'in quotes',
	newline: 'after a line break',
	plural: 'plural',
	misspelt: 'misspelt',
	hyphenated: 'hyphens between letters',
	spaced: 'spaces between letters'
};

export const VARIANT_NOTES: Readonly<Partial<Record<VariantKind, string>>> = {
	sentence: 'after “The”, as in a sentence',
	space: 'as a text of its own; some tokenizers put a ▁ before every text, so there are two',
	misspelt: 'two adjacent letters swapped'
};

export const LINK_HOLDS_IDS = 'The link contains ids, not a word. Open it on Compare.';
export const LINK_HOLDS_TEXT = 'The link contains a text, not a word. Open it on Compare.';

export const describeLongWord = (units: number, maxUnits: number): string =>
	`That is a text of ${formatCount(units)} characters. A word here has at most ${formatCount(maxUnits)}. Compare takes texts of any length.`;

const MAX_QUOTED_LETTERS = 24;

/** Quotes the word in a sentence, shortened if it is long. */
export function quoteWord(word: string): string {
	// A slice of the word keeps segmentation fast; a letter rarely has more than 40 UTF-16 code units.
	const { texts } = graphemesOf(word.slice(0, 40 * MAX_QUOTED_LETTERS));
	const short = texts.slice(0, MAX_QUOTED_LETTERS).join('');
	return `“${isLoneMark(texts[0] ?? '') ? '◌' : ''}${isolate(short)}${texts.length > MAX_QUOTED_LETTERS ? '…' : ''}”`;
}

/** Says that the field for the letter holds several. */
export const describeSeveralLetters = (letters: string): string =>
	`${quoteWord(letters)} is more than one letter. Type one.`;

export const describeTokenCounts = (alone: VariantTokens, sentence: VariantTokens): string =>
	`${plural(alone.encoding.ids.length, 'token')} alone, ${formatCount(sentence.encoding.ids.length)} after a space`;

/** Notes on characters of the word or the letter that are counted or drawn in an unexpected way. */
export function describeCharacters({
	word,
	letter,
	loneMarks
}: {
	readonly word: string;
	readonly letter: string;
	readonly loneMarks: readonly string[];
}): string[] {
	return [
		loneMarks.length > 0 &&
			`The word has ${plural(loneMarks.length, 'combining mark')} without a base letter. Such a mark is drawn on a dotted circle (◌) and counts as a letter.`,
		/^\s$/.test(letter) &&
			'A space inside the word counts as a letter. The space before the word does not.',
		isRightToLeft(word) &&
			'Tokens are drawn from left to right in the order in which a model reads them, even in a script that is written from right to left.',
		!word.isWellFormed() &&
			'The word has half of a character (a lone surrogate), which UTF-8 cannot encode. Every tokenizer gets � (U+FFFD) instead.'
	].filter((note) => note !== false);
}

/** Length of the word for a reader: "10 letters". */
export const describeLength = ({ texts }: Graphemes): string =>
	texts.some((text) => /^\s/.test(text))
		? `${formatCount(texts.length)} characters including spaces`
		: plural(texts.length, 'letter');

/** Says what the model cannot see: the letters of a single token, and letters that are in no token whole. */
export function describeHidden(
	{ variant, encoding }: VariantTokens,
	query: LetterQuery | null
): string | null {
	const { ids } = encoding;
	if (ids.length === 1 && !variant.isOneLetter())
		return `The model sees one id, ${ids[0]}. It cannot see the letters.`;
	if (!query) return null;
	const { split } = countByToken(variant.graphemes(), encoding, variant.matches(query));
	return split === 0
		? null
		: `${formatCount(split)} × ${isolate(query.letter)} is whole in no token.`;
}

/** Describes what a tokenizer drops, leaves out or puts before every text; `null` if nothing. */
export function describePeculiarity(alone: VariantTokens, sentence: VariantTokens): string | null {
	const [droppedAlone, droppedInSentence] = [alone, sentence].map(
		({ encoding }) => encoding.droppedBytes ?? 0
	);
	if (droppedAlone > 0 || droppedInSentence > 0) {
		const part = droppedAlone > 0 ? 'the word' : '“The ”, which starts the sentence';
		return `It has no token for part of ${part}. A model never sees that part.`;
	}
	if (alone.encoding.ids.length === 0 || alone.variant.shown.startsWith(' ')) return null;
	if (alone.encoding.ids[0] !== sentence.encoding.ids[0]) return null;
	// The first token of the word begins after the space.
	return sentence.encoding.byteStarts[0] > 0
		? 'It leaves out the space, so both rows begin with the same token.'
		: 'It adds a space before every text, so both rows begin with the same token.';
}

/** `null` if the variant is neither a single token nor spelled out. */
export function describeVisibility(found: VariantTokens): string | null {
	if (found.variant.isOneLetter()) return null;
	if (found.encoding.ids.length === 1) return 'one id: the model sees no letter';
	return isSpelledOut(found) ? 'each letter in its own token' : null;
}

/**
 * Describes how the word is split after a space: "is one id in 3 of 4 tokenizers; llama2 splits it into 3".
 * Answers may lag behind the typed word. The headline is about the word of the first answer, and only answers
 * about that word count.
 */
export function describeHeadline(
	answers: readonly { readonly name: string; readonly answer: WordAnswer | null }[]
): { readonly word: string; readonly verdict: string } | null {
	const known = answers.flatMap(({ name, answer }) => {
		const sentence = answer && tokensOf(answer, 'sentence');
		const alone = answer && tokensOf(answer, 'alone');
		// A word that is in no token is neither one id nor split.
		const isWhole = [alone, sentence].every((found) => !found?.encoding.droppedBytes);
		return sentence && alone && isWhole
			? { name, word: alone.variant.text, count: sentence.encoding.ids.length }
			: [];
	});
	if (known.length === 0) return null;
	const [{ word }] = known;
	return { word, verdict: describeVerdict(known.filter((other) => other.word === word)) };
}

function describeVerdict(
	counts: readonly { readonly name: string; readonly count: number }[]
): string {
	const others = counts.filter(({ count }) => count !== 1);
	const [fewest, most] = [Math.min, Math.max].map((of) => of(...others.map(({ count }) => count)));
	const range =
		fewest === most ? formatCount(fewest) : `${formatCount(fewest)} to ${formatCount(most)}`;
	const all = counts.length;
	const every =
		all === 1 ? counts[0].name : all === 2 ? 'both tokenizers' : `all ${all} tokenizers`;
	const ones = all - others.length;
	if (ones === all) return `is one id in ${every}`;
	if (ones === 0) return `is split into ${range} ids by ${every}`;
	const splits =
		others.length === 1
			? `${others[0].name} splits it into ${range}`
			: `the other ${others.length} split it into ${range}`;
	return `is one id in ${ones} of ${all} tokenizers; ${splits}`;
}

/**
 * Says how many tokenizers split the word in the usual way.
 * @param claimed of those that answered: alone, after a space
 */
export const describeClaimed = (
	[alone, inSentence]: readonly number[],
	answered: number,
	all: number
): string =>
	`Of the ${answered === all ? `${all} tokenizers here` : `${answered} of ${all} tokenizers that have answered`}, ${alone} split the word like that alone, and ${inSentence} after a space.`;

/** "st + raw" */
const formatPair = (
	{ bytes }: WordMerges,
	{ start, boundary, end }: Pick<TokenPair, 'start' | 'boundary' | 'end'>
): string =>
	`${isolate(tokenText(bytes.subarray(start, boundary)))} + ${isolate(tokenText(bytes.subarray(boundary, end)))}`;

const formatProduct = ({ bytes }: WordMerges, { start, end }: WordMerge): string =>
	isolate(tokenText(bytes.subarray(start, end)));

/** Describes why each final boundary remains. Equal reasons make one line. */
export function describeFinalBoundaries({ merges, boundaries }: WordTrace): string[] {
	const counts = new Map<string, number>();
	for (const boundary of boundaries) {
		const reason = describeFinalBoundary(merges, boundary);
		counts.set(reason, (counts.get(reason) ?? 0) + 1);
	}
	return Array.from(counts, ([reason, count]) =>
		count === 1 ? reason : `${reason} The same at ${formatCount(count)} boundaries.`
	);
}

function describeFinalBoundary(merges: WordMerges, boundary: FinalBoundary): string {
	const none = `No merge joins ${formatPair(merges, boundary)}.`;
	if (boundary.runnersUp.length === 0) return none;
	const lost = boundary.runnersUp.map((runnerUp) => {
		const winner = merges.steps[runnerUp.lostTo - 1];
		return `${formatPair(merges, runnerUp)} (rank ${formatCount(runnerUp.rank)}) lost to ${formatPair(merges, winner)} (rank ${formatCount(winner.rank)})`;
	});
	return `${none} Earlier, ${lost.join(', then ')}.`;
}

/** Announces a step under one tokenizer. */
export function describeStep(name: string, merges: WordMerges, step: number): string {
	const { steps } = merges;
	if (steps.length === 0) return `${name}: no merges.`;
	if (step === 0) return `${name}: before the first merge.`;
	if (step > steps.length) return `${name}: done after ${plural(steps.length, 'merge')}.`;
	const merge = steps[step - 1];
	return `${name}: ${formatPair(merges, merge)} → ${formatProduct(merges, merge)}, rank ${formatCount(merge.rank)}.`;
}

export const describeReplaced = (word: string): string => `Replaced ${quoteWord(word)}.`;
