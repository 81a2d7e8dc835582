/** What is found about a word, in words. */
import { formatCount, plural } from '../../session/format';
import { graphemesOf, isLoneMark, type Graphemes } from '../../tokenizers/graphemes';
import { USUAL_CLAIM } from './defaults';
import { isolated } from './isolated';
import {
	isSpelledOut,
	lettersOf,
	piecesOf,
	tokensOf,
	type LetterQuery,
	type WayTokens,
	type WordAnswer
} from './ways';

/** Counts of so many tokens are listed. */
const LISTED = 24;
/** Letters of the word that are repeated in a sentence. */
const QUOTED = 24;

/** The word as it stands in a sentence about it. */
export function quoted(word: string): string {
	const { texts } = graphemesOf(word.slice(0, 40 * QUOTED));
	const short = texts.slice(0, QUOTED).join('');
	return `“${isLoneMark(texts[0] ?? '') ? '◌' : ''}${isolated(short)}${texts.length > QUOTED ? '…' : ''}”`;
}

export function summaryWords(alone: WayTokens | null, sentence: WayTokens | null): string {
	if (!alone || !sentence) return '';
	return `${plural(alone.encoding.ids.length, 'token')} alone, ${formatCount(sentence.encoding.ids.length)} in a sentence`;
}

/** How long the word is for a reader: "10 letters". Spaces inside it count like everything else. */
export function sizeWords({ texts }: Graphemes): string {
	if (texts.some((text) => /^\s/.test(text)))
		return `${formatCount(texts.length)} characters with spaces`;
	return plural(texts.length, 'letter');
}

/**
 * How many of the letter stand in each token: "r: 1 · 0 · 2".
 * @param shown the letter as it is drawn
 */
export function letterWords(found: WayTokens, asked: LetterQuery, shown: string): string {
	const { perToken, cut } = lettersOf(found, asked);
	const lost = cut === 0 ? '' : `; ${formatCount(cut)} cut apart, whole in no token`;
	if (perToken.length === 1 && !found.way.isOneLetter)
		return `${isolated(shown)}: ${perToken[0]} in the one token, where no letter is visible${lost}`;
	const listed = [...perToken.subarray(0, LISTED)].join(' · ');
	return `${isolated(shown)}: ${listed}${perToken.length > LISTED ? ' …' : ''}${lost}`;
}

/**
 * Said where a tokenizer leaves out what it has no token for; or where it puts a space before every text,
 * which then is in the first token: the bare word begins with the same token as in a sentence.
 */
export function cardNote(alone: WayTokens | null, sentence: WayTokens | null): string | null {
	if (!alone || !sentence) return null;
	if (alone.lost > 0 || sentence.lost > 0) {
		const part = alone.lost > 0 ? 'the word' : '“The ”, with which the sentence begins,';
		return `It has no token for part of ${part} and leaves that out: a model would not get it at all.`;
	}
	if (alone.encoding.ids.length === 0) return null;
	const isSame = alone.encoding.ids[0] === sentence.encoding.ids[0];
	return isSame && alone.way.shown[0] !== ' '
		? 'A ▁ for the space is put before every text: the bare word begins with the same token as in a sentence.'
		: null;
}

/** What there is to say of a way to write the word; null where it is neither whole nor spelled out. */
export function wayNote(found: WayTokens): string | null {
	if (found.way.isOneLetter) return null;
	if (found.encoding.ids.length === 1) return 'one token: no letter is visible';
	return isSpelledOut(found) ? 'each letter in a token of its own' : null;
}

/** A tokenizer's name and its answer; null while that is awaited. */
export interface NamedAnswer {
	readonly name: string;
	readonly answer: WordAnswer | null;
}

/** What the answers say about the word in a sentence: the word as they know it, and what they make of it. */
export interface Headline {
	readonly word: string;
	readonly verdict: string;
}

/**
 * "is one id in 3 of 4 tokenizers; llama2 cuts it into 3". Answers may lag behind the word that is typed,
 * so the word is that of the first answer, and only answers about the same word count.
 */
export function headlineOf(answers: readonly NamedAnswer[]): Headline | null {
	const known = answers.flatMap(({ name, answer }) => {
		const sentence = answer && tokensOf(answer, 'sentence');
		const word = answer && tokensOf(answer, 'alone')?.way.text;
		return sentence && word !== null && word !== undefined
			? { name, word, count: sentence.encoding.ids.length }
			: [];
	});
	if (known.length === 0) return null;
	const [{ word }] = known;
	return { word, verdict: verdictWords(known.filter((other) => other.word === word)) };
}

function verdictWords(
	counts: readonly { readonly name: string; readonly count: number }[]
): string {
	const others = counts.filter(({ count }) => count !== 1);
	const [least, most] = [Math.min, Math.max].map((of) => of(...others.map(({ count }) => count)));
	const range =
		least === most ? formatCount(least) : `${formatCount(least)} to ${formatCount(most)}`;
	const all = counts.length;
	const every = all === 2 ? 'both tokenizers' : `all ${all} tokenizers`;
	const ones = all - others.length;
	if (all === 1)
		return ones === 1
			? `is one id in ${counts[0].name}`
			: `is cut into ${range} ids by ${counts[0].name}`;
	if (ones === all) return `is one id in ${every}`;
	if (ones === 0) return `is cut into ${range} ids by ${every}`;
	const cut =
		others.length === 1
			? `${others[0].name} cuts it into ${range}`
			: `the other ${others.length} cut it into ${range}`;
	return `is one id in ${ones} of ${all} tokenizers; ${cut}`;
}

/** Whether the tokens are what the usual explanation says. */
export const isUsualClaim = (found: WayTokens): boolean =>
	piecesOf(found).join('|') === USUAL_CLAIM.join('|');
