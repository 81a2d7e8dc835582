/** User-facing strings of the Compare page. */
import type { Card } from '../../session/compare.svelte';
import { describeProgress, formatCount, formatList, plural } from '../../session/format';
import type { TokenizingCalls } from '../../session/worker/tokenizing';
import { findDescriptor, LIVE_TOKENIZER } from '../../tokenizers/catalogue';
import { describeLibraryDifference } from '../../tokenizers/catalogue/library-differences';
import { LIVE_NAME } from '../../session/known-tokenizers.svelte';
import { CHECKED_UNITS, type SecondOpinions } from './second-opinions.svelte';

/**
 * "The same text in 3 tokenizers: 48 to 61 tokens." The live tokenizer is not counted.
 * @param counts of all tokenizers; `null` while one of them has not answered the current text
 */
export function describeComparison(tokenizers: number, counts: readonly number[] | null): string {
	if (tokenizers === 0) return 'The text in tokenizers that you choose.';
	const subject = `The same text in ${plural(tokenizers, 'tokenizer')}`;
	if (counts === null || counts.length < 2) return `${subject}.`;
	const fewest = Math.min(...counts);
	const most = Math.max(...counts);
	return fewest === most
		? `${subject}: ${plural(most, 'token')} each.`
		: `${subject}: ${formatCount(fewest)} to ${plural(most, 'token')}.`;
}

/** "129 characters · 158 bytes", and what is unusual about the text. @param characters code points */
export function describeText(text: string, characters: number, bytes: number): string {
	const facts = [plural(characters, 'character'), plural(bytes, 'byte')];
	if (!text.isWellFormed()) facts.push('lone surrogates count as U+FFFD');
	if (text.startsWith('\ufeff')) facts.push('begins with a BOM (counted)');
	if (text.includes('\r')) facts.push('has CR line endings (counted)');
	if (text.includes('\0')) facts.push('has NUL characters');
	return facts.join(' · ');
}

/** "40 ids in 3 tokenizers." */
export const describeIds = (ids: number, tokenizers: number): string =>
	`${plural(ids, 'id')} in ${plural(tokenizers, 'tokenizer')}.`;

/** Says why the live tokenizer is hidden in a comparison of ids. */
export const LIVE_HAS_NO_IDS =
	'The live tokenizer is hidden: it is trained in this page, so no log has its ids.';

/** "+27 %", "fewest" or "all equal"; empty if there is nothing to compare with. */
export function describeExcess(count: number, all: readonly number[]): string {
	if (all.length < 2) return '';
	const fewest = Math.min(...all);
	if (count === fewest) return all.every((other) => other === count) ? 'all equal' : 'fewest';
	if (fewest === 0) return '';
	const excess = ((count - fewest) / fewest) * 100;
	return excess < 0.5 ? '+<1 %' : `+${formatCount(Math.round(excess))} %`;
}

/** "+1 BOS" for a tokenizer whose model expects a token before the text. */
export function describeBos(tokenizer: string): { extra: string; title: string } | null {
	const bos = findDescriptor(tokenizer)?.bos;
	if (!bos) return null;
	return {
		extra: '+1 BOS',
		title: `The model expects ${bos} before the text. It is not counted here.`
	};
}

/** Describes what a card is waiting for; `null` if it is not waiting. */
export const describeWaiting = ({ status, progress }: Card): string | null =>
	status === 'loading' && progress ? describeProgress(progress) : null;

const MAX_NAMED_IDS = 5;

/** Names the ids that the tokenizer does not have; `null` if it has all of them. */
export function describeOutOfRange({ drawn }: Card): string | null {
	if (!drawn || drawn.outOfRange.length === 0) return null;
	const named = drawn.outOfRange
		.slice(0, MAX_NAMED_IDS)
		.map(({ id, position }) => `${id} (position ${position + 1})`);
	const more = drawn.outOfRange.length - MAX_NAMED_IDS;
	const all = more > 0 ? [...named, `${formatCount(more)} more`] : named;
	return `Out of range (the largest id is ${drawn.vocabularySize - 1}): ${formatList(all)}.`;
}

/** Says why a part of a list is not an id. */
export function describeInvalidId(part: string): string {
	const shown = quote(part);
	if (/^[-−]100$/.test(part))
		return `${shown} is negative. In training labels, -100 marks a position to ignore.`;
	if (/^[-−]\d+$/.test(part)) return `${shown} is negative. Ids begin at 0.`;
	if (/^0x[\da-f]+$/i.test(part))
		return `${shown} is hexadecimal. Write ids in decimal (${BigInt(part)}).`;
	if (/^(\.{3,}|…)$/.test(part))
		return `${shown}: some ids are missing here, because the printed list was shortened.`;
	if (/^[-−+]?(\d+\.\d*|\.\d+|\d+(\.\d*)?e[-+]?\d+)$/i.test(part))
		return `${shown} is a decimal number. Ids are whole numbers.`;
	return `${shown} is not a number.`;
}

export const describeLargeId = (part: string, max: number): string =>
	`${quote(part)} is above ${formatCount(max)}, the largest id.`;

export const describeSkipped = (part: string): string => `Skipped ${quote(part)}.`;

const MAX_SKIPPED = 4;

/** A sentence about skipped parts, with a space in front; empty if there are none. */
const listSkipped = (parts: readonly string[]): string =>
	parts.length === 0
		? ''
		: ` Skipped ${parts.slice(0, MAX_SKIPPED).map(quote).join(', ')}${parts.length > MAX_SKIPPED ? ', …' : ''}.`;

export const describeFoundLabel = (label: string, skipped: readonly string[]): string =>
	`Read the numbers labelled ${quote(label)}.${listSkipped(skipped)}`;

export const describeFoundList = (skipped: readonly string[]): string =>
	`Read the list in brackets.${listSkipped(skipped)}`;

export const describeNoList = (skipped: readonly string[]): string =>
	`Found no list of ids. Paste one such as [9906, 1917], or a line such as token_id=9906.${listSkipped(skipped)}`;

export const describeQuotedTexts = (count: number): string =>
	`Skipped ${plural(count, 'quoted text')}.`;

export const describeSplitNumber = (part: string): string =>
	`A comma separates ids: “${part}” was read as two.`;

const MAX_QUOTED_UNITS = 40;

/** Quotes a part of the input, shortened if it is long. */
function quote(text: string): string {
	if (text.length <= MAX_QUOTED_UNITS) return `“${text}”`;
	const start = text
		.slice(0, MAX_QUOTED_UNITS)
		.toWellFormed()
		.replace(/\ufffd$/, '');
	return `“${start}…”`;
}

/** Entry of the live tokenizer in a picker. */
export const LIVE_CHOICE = {
	entry: {
		id: LIVE_TOKENIZER,
		name: LIVE_NAME,
		family: 'Trained here',
		kind: 'byte-level BPE, trained in this page on an example or on your text',
		preTokenizer:
			'Words, numbers and punctuation, each with the space before it. Merges until no pair occurs twice'
	},
	models: []
};

/** Describes how far the libraries' check of the text has got. */
export function describeChecks({
	asked,
	answered,
	agreeing,
	unanswered,
	isPartial
}: Pick<SecondOpinions, 'asked' | 'answered' | 'agreeing' | 'unanswered' | 'isPartial'>): string {
	if (answered < asked) return 'checking with js-tiktoken and transformers.js …';
	const failed = unanswered > 0 ? `, ${unanswered} not checked` : '';
	const part = isPartial ? ` (first ${formatCount(CHECKED_UNITS)} characters)` : '';
	return `checked with js-tiktoken and transformers.js: ${agreeing} of ${asked} agree${failed}${part}`;
}

/** Says where a library's ids differ, or why it did not answer; `null` if it agrees or is still being asked. */
export function describeOpinion(
	tokenizer: string,
	opinion: TokenizingCalls['check']['result'] | undefined
): string | null {
	const descriptor = findDescriptor(tokenizer);
	if (!descriptor || !opinion || opinion.verdict === 'agrees') return null;
	if (opinion.verdict === 'gave-up') return `Not checked. ${opinion.reason}`;
	const { byte, character, lab, library } = opinion.difference;
	const at = character === '' ? `byte ${byte}` : `byte ${byte}, ${formatCharacter(character)}`;
	return `${descriptor.library} differs at ${at}: ${library.join(' ')} instead of ${lab.join(' ')}. ${describeLibraryDifference(descriptor, character)}`;
}

/** `"é" (U+00E9)`; only the number for invisible characters. */
function formatCharacter(character: string): string {
	const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
	return /[\p{C}\p{Z}\p{M}]/u.test(character) ? code : `"${character}" (${code})`;
}
