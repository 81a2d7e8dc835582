/** The words on a card, from what the state knows. */
import { describeProgress, formatCount } from '../../session/format';
import { findDescriptor } from '../../tokenizers/catalogue';
import { describeLibraryDifference } from '../../tokenizers/catalogue/library-differences';
import type { Card } from '../../session/card.svelte';
import type { TokenizingCalls } from '../../session/worker/tokenizing';

/** "+27 %", "fewest", or nothing where there is no one to compare with. */
export function differenceWords(count: number, all: readonly number[]): string {
	if (all.length < 2) return '';
	const fewest = Math.min(...all);
	if (count === fewest) return all.every((other) => other === count) ? 'the same' : 'fewest';
	if (fewest === 0) return '';
	const excess = ((count - fewest) / fewest) * 100;
	return excess < 0.5 ? '+<1 %' : `+${formatCount(Math.round(excess))} %`;
}

/** " into 48 to 61 tokens": how far apart the counts are. */
export function spreadWords(counts: readonly number[]): string {
	if (counts.length < 2) return '';
	const fewest = formatCount(Math.min(...counts));
	const most = formatCount(Math.max(...counts));
	return fewest === most ? ` into ${most} tokens each` : ` into ${fewest} to ${most} tokens`;
}

/** "+1 BOS" for a tokenizer whose model expects a token before the text. */
export function bosWords(tokenizer: string): { extra: string; title: string } | null {
	const bos = findDescriptor(tokenizer)?.bos;
	return bos
		? {
				extra: '+1 BOS',
				title: `The model expects ${bos} before the text; it is not counted here.`
			}
		: null;
}

/** What a card that waits is waiting for. */
export function progressWords(card: Card): string | null {
	if (card.status !== 'loading') return null;
	return card.progress ? describeProgress(card.progress) : null;
}

const MOST_NAMED = 5;

/** Ids that the tokenizer does not have, named. */
export function outOfRangeWords(card: Card): string | null {
	const drawn = card.drawn;
	if (!drawn || drawn.outOfRange.length === 0) return null;
	const named = drawn.outOfRange
		.slice(0, MOST_NAMED)
		.map(({ id, position }) => `${id} (at ${position + 1})`)
		.join(', ');
	const more = drawn.outOfRange.length - MOST_NAMED;
	const count = drawn.outOfRange.length;
	return `${count === 1 ? 'This id is' : 'These ids are'} out of range, the largest is ${drawn.vocabularySize - 1}: ${named}${more > 0 ? ` and ${formatCount(more)} more` : ''}`;
}

/** What a library says otherwise, or that it gave up; null when it agrees or has not answered. */
export function opinionWords(
	tokenizer: string,
	opinion: TokenizingCalls['check']['result'] | undefined
): string | null {
	const descriptor = findDescriptor(tokenizer);
	if (!descriptor || !opinion || opinion.verdict === 'agrees') return null;
	if (opinion.verdict === 'gave-up') return `Not checked. ${opinion.reason}`;
	const { byte, character, lab, library: theirs } = opinion.difference;
	const where =
		character === '' ? `at byte ${byte}` : `at byte ${byte}, ${nameCharacter(character)}`;
	return `${descriptor.library} says otherwise ${where}: ${theirs.join(' ')} where the lab has ${lab.join(' ')}. ${describeLibraryDifference(descriptor, character)}`;
}

/** `"é" (U+00E9)`; invisible characters by their number alone. */
function nameCharacter(character: string): string {
	const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
	return /[\p{C}\p{Z}\p{M}]/u.test(character) ? code : `"${character}" (${code})`;
}
