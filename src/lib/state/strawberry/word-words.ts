/** What is found about a word, in words. */
import { graphemesOf, isLoneMark } from '../../analysis/spelling/graphemes';
import { USUAL_CLAIM } from '../../content/strawberry';
import { isSpelledOut, lettersOf, piecesOf, type Asked, type WayTokens } from './ways';

const tokens = (count: number): string =>
	`${count.toLocaleString('en')} ${count === 1 ? 'token' : 'tokens'}`;
/** Counts of so many tokens are listed. */
const LISTED = 24;
/** Letters of the word that are repeated in a sentence. */
const QUOTED = 24;

/** The word as it stands in a sentence about it. */
export function quoted(word: string): string {
	const { texts } = graphemesOf(word.slice(0, 40 * QUOTED));
	const short = texts.slice(0, QUOTED).join('');
	return `“${isLoneMark(texts[0] ?? '') ? '◌' : ''}${short}${texts.length > QUOTED ? '…' : ''}”`;
}

export function summaryWords(alone: WayTokens | null, sentence: WayTokens | null): string {
	if (!alone || !sentence) return '';
	return `${tokens(alone.encoding.ids.length)} alone, ${sentence.encoding.ids.length.toLocaleString('en')} in a sentence`;
}

/** How many of the letter stand in each token: "r: 1 · 0 · 2". */
export function letterWords(found: WayTokens, asked: Asked): string {
	const { perToken, cut } = lettersOf(found, asked);
	const lost = cut === 0 ? '' : `; ${cut.toLocaleString('en')} cut apart, whole in no token`;
	if (perToken.length === 1 && !isOneLetter(found))
		return `${asked.letter}: ${perToken[0]} in the one token, where no letter is visible${lost}`;
	const listed = [...perToken.subarray(0, LISTED)].join(' · ');
	return `${asked.letter}: ${listed}${perToken.length > LISTED ? ' …' : ''}${lost}`;
}

/**
 * Said where a tokenizer puts a space before every text, which then is in the first token: the bare word
 * begins with the same token as in a sentence.
 */
export function prefixNote(alone: WayTokens | null, sentence: WayTokens | null): string | null {
	if (!alone || !sentence || alone.encoding.ids.length === 0) return null;
	const isSame = alone.encoding.ids[0] === sentence.encoding.ids[0];
	return isSame && alone.way.shown[0] !== ' '
		? 'A ▁ for the space is put before every text: the bare word begins with the same token as in a sentence.'
		: null;
}

/** Whether a token of it may be a letter itself; the space before it is none. */
const isOneLetter = ({ way }: WayTokens): boolean =>
	graphemesOf(way.shown.trim()).texts.length === 1;

/** What there is to say of a way to write the word; null where it is neither whole nor spelled out. */
export function wayNote(found: WayTokens): string | null {
	if (isOneLetter(found)) return null;
	if (found.encoding.ids.length === 1) return 'one token: no letter is visible';
	return isSpelledOut(found) ? 'each letter in a token of its own' : null;
}

/** A tokenizer's name and its tokens of the word in a sentence; null while they are awaited. */
export interface SentenceCount {
	readonly name: string;
	readonly count: number | null;
}

/** "True here: 3 of 4 tokenizers; llama2 cuts it into 3." */
export function verdictWords(counts: readonly SentenceCount[]): string {
	const known = counts.filter(({ count }) => count !== null);
	const others = known.filter(({ count }) => count !== 1);
	if (known.length === 0) return '';
	const verdict = `True here: ${known.length - others.length} of ${known.length} ${known.length === 1 ? 'tokenizer' : 'tokenizers'}`;
	const listed = others
		.slice(0, 3)
		.map(({ name, count }) => `${name} into ${count?.toLocaleString('en')}`);
	if (listed.length === 0) return `${verdict}.`;
	const more = others.length > listed.length ? ` and ${others.length - listed.length} more` : '';
	return `${verdict}; cut by ${listed.join(', ')}${more}.`;
}

/** Whether the tokens are what the usual explanation says. */
export const isUsualClaim = (found: WayTokens): boolean =>
	piecesOf(found).join('|') === USUAL_CLAIM.join('|');
