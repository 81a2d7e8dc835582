import { TokenKind, type Encoding } from '../../engine';
import { codePointName, decodeUtf8, encodeUtf8 } from '../../engine/text';
import type { Card } from '../../session/answers.svelte';
import {
	describeProgress,
	formatCount,
	formatList,
	formatProgress,
	formatRatio,
	formatShare,
	formatTimes,
	isolate,
	plural
} from '../../session/format';
import type { Drawn, TokenizingCalls } from '../../session/calls/tokenizing';
import { findDescriptor, libraryOf, LIVE_TOKENIZER } from '../../tokenizers/catalogue';
import {
	describeLibraryDifference,
	type UsableContext
} from '../../tokenizers/catalogue/shared/descriptor';
import { LIVE_NAME } from '../../session/tokenizers/known-tokenizers.svelte';
import type { Truncation } from './truncate';
import type { SecondOpinions } from './second-opinions.svelte';

/**
 * "The text below is 48 tokens for GPT-4o and 79 for GPT-4."
 * @param counts counts for the tokenizers that represent the whole text, each with the name of a model or of
 * the tokenizer; `null` while any count is pending
 * @param tokenizers number of selected tokenizers, not counting the live one
 */
export function describeComparison(
	counts: readonly { readonly name: string; readonly count: number }[] | null,
	tokenizers: number
): string {
	if (tokenizers === 0) return 'Choose a tokenizer to see the tokens that a model reads.';
	if (counts === null) return `Your text in ${plural(tokenizers, 'tokenizer')}`;
	if (counts.length === 0) return 'No tokenizer here has tokens for the whole text.';
	const sorted = counts.toSorted((a, b) => a.count - b.count);
	const [fewest, most] = [sorted[0], sorted[sorted.length - 1]];
	if (most.count === 0) return 'Type some text to see the tokens that a model reads.';
	const subject = `The text below is ${plural(fewest.count, 'token')}`;
	if (counts.length > 1 && fewest.count === most.count)
		return `${subject} for each of these ${counts.length} tokenizers.`;
	const others =
		counts.length > 1 ? ` and ${formatCount(most.count)} for ${isolate(most.name)}` : '';
	return `${subject} for ${isolate(fewest.name)}${others}.`;
}

/** "48 to 61 tokens"; "48 tokens" if all counts are equal. */
function describeRange(counts: readonly number[]): string {
	const [fewest, most] = [Math.min(...counts), Math.max(...counts)];
	return `${fewest === most ? '' : `${formatCount(fewest)} to `}${plural(most, 'token')}`;
}

/**
 * Title of a picture: "One text in 3 tokenizers: 37 to 86 tokens", or "6 ids in 4 tokenizers".
 * @param counts counts for the tokenizers that represent the whole text
 * @param ids number of ids if the input isn't text
 */
export function describePicture(
	tokenizers: number,
	counts: readonly number[],
	ids: number | null = null
): string {
	if (ids !== null) return `${plural(ids, 'id')} in ${plural(tokenizers, 'tokenizer')}`;
	const subject = `One text in ${plural(tokenizers, 'tokenizer')}`;
	return counts.length === 0 ? subject : `${subject}: ${describeRange(counts)}`;
}

/** "129 characters · 158 bytes", and anything unusual about the text. @param characters code points */
export function describeText(text: string, characters: number, bytes: number): string {
	const facts = [plural(characters, 'character'), plural(bytes, 'byte')];
	if (!text.isWellFormed()) facts.push('lone surrogates count as U+FFFD');
	if (text.startsWith('\ufeff')) facts.push('begins with a BOM, which is counted');
	if (text.includes('\r')) facts.push('has CR characters, which are counted');
	if (text.includes('\0')) facts.push('has NUL characters');
	return facts.join(' · ');
}

const MAX_NAMED_MODELS = 2;

/** "used by ChatGPT, GPT-5 and others"; `null` if no model is known to use the tokenizer. */
export function describeModels(tokenizer: string): string | null {
	const names = findDescriptor(tokenizer)?.models.map(({ name }) => name) ?? [];
	if (names.length === 0) return null;
	const named = names.slice(0, MAX_NAMED_MODELS);
	return `used by ${formatList(names.length > named.length ? [...named, 'others'] : named)}`;
}

/** Number of merges in the live tokenizer: "585 merges" or "7 of 585 merges". */
export const describeLiveMerges = (used: number, trained: number): string =>
	`${used === trained ? '' : `${formatCount(used)} of `}${plural(trained, 'merge')}`;

/**
 * "20 tokens = 84 characters, 64.1% of the text."
 * @param what the budget: "20 tokens"
 * @param truncation `null` if the whole text fits
 */
export function describeBudget(what: string, truncation: Truncation | null): string {
	if (truncation === null) return `${what}: the whole text fits.`;
	const { characters, share, split } = truncation;
	const amount = `${what} = ${plural(characters, 'character')}, ${formatShare(share)} of the text.`;
	if (split === null) return amount;
	return `${amount} The boundary splits “${isolate(split.character)}”: ${split.bytesBefore} of its ${split.bytes} bytes fit.`;
}

/** Label of the button that lists more or fewer models. @param models number of models that the button will show */
export const describeModelList = (models: number, isList: boolean): string =>
	`Show ${isList ? 'only' : 'all'} ${plural(models, 'model')}`;

/**
 * "Prices and context windows as stated by the models’ makers between 2026-06-30 and 2026-11-25. Each name links to
 * its source."
 */
export const describeDates = (first: string, last: string): string =>
	`Prices and context windows as stated by the models’ makers ${first === last ? `on ${first}` : `between ${first} and ${last}`}. Each name links to its source.`;

export function nameBudget(tokens: number, model: string | null): string {
	const amount = plural(tokens, 'token');
	return model === null ? amount : `${amount}, ${model}’s advertised context window`;
}

/** Says how much of a context window is usable: "Usable: about 8,000 tokens (gpt-4o in NoLiMa, 2025-02-07)." */
export const describeUsable = ({ tokens, benchmark, measured, asOf }: UsableContext): string =>
	`Usable: about ${plural(tokens, 'token')}, according to ${benchmark} (${measured ? `${measured}, ` : ''}${asOf.slice(0, 4)}).`;

export interface Remark {
	readonly label: string;
	readonly detail: string;
}

export const describeDroppingName = (name: string): string => `${name} (drops part of the text)`;

/**
 * Says how much of the text isn't covered by any token: "drops 12 of 158 bytes (7.6%)"; `null` if nothing is dropped.
 */
export function describeDropped({
	document,
	encoding: { droppedBytes = 0, removedBytes = 0 }
}: Pick<Drawn, 'document' | 'encoding'>): Remark | null {
	if (droppedBytes === 0) return null;
	const share = formatShare(droppedBytes / document.length);
	return {
		label: `drops ${formatCount(droppedBytes)} of ${plural(document.length, 'byte')} (${share})`,
		detail: `${describeCause(droppedBytes, removedBytes)}, so a model never sees it, and the count is too low to compare.`
	};
}

function describeCause(droppedBytes: number, removedBytes: number): string {
	const removes = 'Its normalizer or pre-tokenizer removes';
	if (removedBytes === 0) return 'It has no token for this part of the text';
	if (removedBytes === droppedBytes) return `${removes} this part of the text`;
	return `${removes} ${plural(removedBytes, 'byte')} of this part of the text and has no token for the rest`;
}

/**
 * Says whether the count includes the BOS token and whether the text already contains it; `null` if the model doesn't
 * expect a BOS token.
 */
export function describeBos(
	tokenizer: string,
	{ document, encoding }: Pick<Drawn, 'document' | 'encoding'>
): Remark | null {
	const bos = findDescriptor(tokenizer)?.bos;
	if (!bos) return null;
	const parsed = tokensSpelled(bos, document, encoding);
	if (parsed.length > 1)
		return {
			label: `${formatCount(parsed.length)} BOS tokens in the text`,
			detail: `The text contains ${bos} ${formatTimes(parsed.length)}. The model expects it once, before the text. If the model’s template adds another BOS, the model reads one more token.`
		};
	if (parsed[0] === 0)
		return {
			label: 'Text begins with BOS',
			detail: `The text begins with ${bos}, which is counted here. If the model’s template adds it again, the model reads two BOS tokens.`
		};
	const label = '1 start token (BOS) not counted';
	const expected = `The model expects ${bos} before the text. It is not counted here.`;
	if (parsed.length > 0)
		return { label, detail: `${expected} The text also contains it, but not at the start.` };
	const bytes = encodeUtf8(bos);
	if (!bytes.every((byte, i) => document[i] === byte)) return { label, detail: expected };
	const tokens = encoding.byteStarts.findIndex((start) => start >= bytes.length);
	const count = plural(tokens < 0 ? encoding.ids.length : tokens, 'token');
	return {
		label: `${label}, “${bos}” is ordinary text`,
		detail: `${expected} The text begins with these characters, but as ordinary text (${count}). If special tokens were parsed, the model would read two BOS tokens: this one and the one that its template adds.`
	};
}

/** Indices of the added tokens whose text is `content`, ignoring surrounding white space. */
function tokensSpelled(content: string, document: Uint8Array, encoding: Encoding): number[] {
	const { kinds, byteStarts, byteEnds } = encoding;
	const found: number[] = [];
	// This runs on every key press, and most texts have no added tokens, so it uses the fast `indexOf`.
	const next = (from: number) => kinds?.indexOf(TokenKind.special, from) ?? -1;
	for (let at = next(0); at >= 0; at = next(at + 1)) {
		const bytes = document.subarray(byteStarts[at], byteEnds[at]);
		// Most added tokens in a text are runs of white space, which are too short to equal `content`.
		if (bytes.length >= content.length && decodeUtf8(bytes).trim() === content) found.push(at);
	}
	return found;
}

/** "1.78 bytes per token · 31 distinct ids · vocabulary of 100,277 ids" */
export const describeTokens = ({
	document,
	encoding,
	distinct,
	vocabularySize
}: Pick<Drawn, 'document' | 'encoding' | 'distinct' | 'vocabularySize'>): string =>
	[
		`${formatRatio(document.length / encoding.ids.length)} bytes per token`,
		plural(distinct, 'distinct id'),
		`vocabulary of ${plural(vocabularySize, 'id')}`
	].join(' · ');

/** Describes what a card is waiting for; `null` if it isn't waiting. */
export const describeWaiting = ({
	status,
	progress
}: Pick<Card, 'status' | 'progress'>): string | null =>
	status === 'loading' && progress ? describeProgress(progress) : null;

const MAX_NAMED_IDS = 5;

/** Lists the ids that are out of range for the tokenizer; `null` if there are none. */
export function describeOutOfRange({ status, drawn }: Card): string | null {
	if (status !== 'ready' || !drawn || drawn.outOfRange.length === 0) return null;
	const named = drawn.outOfRange
		.slice(0, MAX_NAMED_IDS)
		.map(({ id, position }) => `${id} (position ${position + 1})`);
	const more = drawn.outOfRange.length - MAX_NAMED_IDS;
	const all = more > 0 ? [...named, `${formatCount(more)} more`] : named;
	return `Out of range (the largest id is ${drawn.vocabularySize - 1}): ${formatList(all)}.`;
}

/**
 * Says whether the tokenizer could have produced the current ids; `null` if there are no ids or if some are out of
 * range.
 */
export function describeFit({ status, drawn }: Card): string | null {
	if (status !== 'ready' || !drawn?.fit) return null;
	const { fit } = drawn;
	switch (fit.verdict) {
		case 'fits':
			return fit.reserved === null
				? 'Fits: encoding this text again gives the same ids.'
				: `Unlikely: encoding this text again gives the same ids, but ${fit.reserved} is a reserved token.`;
		case 'out-of-range':
			return null;
		case 'not-utf8':
			return `Does not fit: the bytes at position ${formatCount(fit.position + 1)} (marked) are not UTF-8.`;
		case 'other-ids': {
			const id = drawn.encoding.ids[fit.position];
			const [found, expected] = [
				id === undefined ? 'no id' : String(id),
				fit.expected === null ? 'no id' : String(fit.expected)
			];
			return `Does not match: at position ${formatCount(fit.position + 1)} (marked), the list has ${found}, but encoding this text again gives ${expected}.`;
		}
	}
}

/** 1 for the token that {@link describeFit} refers to, 0 for all others; `null` if there is no such token. */
export function markMisfit({ drawn }: Pick<Card, 'drawn'>): Uint8Array | null {
	if (!drawn?.fit || !('position' in drawn.fit)) return null;
	const marks = new Uint8Array(drawn.encoding.ids.length);
	marks[drawn.fit.position] = 1;
	return marks;
}

export const describeReplaced = (example: string): string =>
	`Replaced your text with the example “${example}”.`;

export const LIVE_CHOICE = {
	entry: {
		id: LIVE_TOKENIZER,
		name: LIVE_NAME,
		family: 'Trained here',
		kind: 'byte-level BPE (byte-pair encoding), trained in your browser on an example or on your text',
		preTokenizer:
			'Words, numbers and punctuation, each with the space before it. Merges until no pair occurs twice'
	},
	models: []
};

/** "js-tiktoken and transformers.js": the libraries that check these tokenizers. */
const nameLibraries = (tokenizers: readonly string[]): string =>
	formatList([...new Set(tokenizers.map(libraryOf))]);

/** "Do js-tiktoken and transformers.js, two other libraries, give the same ids?" */
export function describeCheckable(tokenizers: readonly string[]): string {
	const [does, other] =
		new Set(tokenizers.map(libraryOf)).size === 1
			? ['Does', 'another library']
			: ['Do', 'two other libraries'];
	return `${does} ${nameLibraries(tokenizers)}, ${other}, give the same ids?`;
}

/** The parts of {@link SecondOpinions} that the messages need. */
type Checks = Pick<SecondOpinions, 'input' | 'unchecked' | 'share' | 'with'>;

/** "Checking gemma3 with transformers.js (3 of 3): 40%" */
export function describeRunningCheck(
	{ input, unchecked, share }: Checks,
	nameOf: (tokenizer: string) => string
): string {
	const all = input?.tokenizers.length ?? 0;
	const [tokenizer] = unchecked;
	if (tokenizer === undefined) return '';
	const done = share === null ? '…' : `: ${formatProgress(share)}`;
	const position = all - unchecked.length + 1;
	return `Checking ${nameOf(tokenizer)} with ${libraryOf(tokenizer)} (${position} of ${all})${done}`;
}

/** "js-tiktoken and transformers.js give the same ids as this page."; empty if there are no answers. */
export function describeChecks(checks: Checks, nameOf: (tokenizer: string) => string): string {
	const [agreeing, differing, open] = (['agrees', 'differs', 'gave-up'] as const).map((verdict) =>
		checks.with(verdict)
	);
	const names = (tokenizers: readonly string[]) => formatList(tokenizers.map(nameOf));
	const give = (tokenizers: readonly string[]) =>
		`${nameLibraries(tokenizers)} ${new Set(tokenizers.map(libraryOf)).size === 1 ? 'gives' : 'give'}`;
	const isAll = agreeing.length === (checks.input?.tokenizers.length ?? 0);
	return [
		agreeing.length > 0 &&
			`${give(agreeing)} the same ids as this page${isAll ? '' : ` in ${names(agreeing)}`}.`,
		differing.length > 0 && `${give(differing)} different ids in ${names(differing)}.`,
		open.length > 0 && `No answer for ${names(open)}.`
	]
		.filter((part) => part !== false)
		.join(' ');
}

/** Says where a library's ids differ, or why the library didn't answer; `null` if it agrees or hasn't been asked. */
export function describeOpinion(
	tokenizer: string,
	opinion: TokenizingCalls['check']['result'] | undefined
): string | null {
	if (!opinion || opinion.verdict === 'agrees') return null;
	if (opinion.verdict === 'gave-up') return `Not checked. ${opinion.reason}`;
	const descriptor = findDescriptor(tokenizer);
	const { byte, character, lab, library } = opinion.difference;
	const at = character === '' ? `byte ${byte}` : `byte ${byte}, ${formatCharacter(character)}`;
	const reason = descriptor ? ` ${describeLibraryDifference(descriptor, character)}` : '';
	return `${libraryOf(tokenizer)} differs at ${at}: ${library.join(' ')} instead of ${lab.join(' ')}.${reason}`;
}

/** `"é" (U+00E9)`; for invisible characters, only the code point. */
function formatCharacter(character: string): string {
	const code = codePointName(character.codePointAt(0) ?? 0);
	return /[\p{C}\p{Z}\p{M}]/u.test(character) ? code : `"${character}" (${code})`;
}
