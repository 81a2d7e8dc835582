/** User-facing strings of the Compare page. */
import { TokenKind, type Encoding } from '../../engine';
import { codePointName, decodeUtf8, encodeUtf8 } from '../../engine/text';
import type { Card, Drawn } from '../../session/answer-card.svelte';
import {
	describeProgress,
	formatChoice,
	formatCount,
	formatList,
	formatShare,
	formatTimes,
	isolate,
	plural
} from '../../session/format';
import type { TokenizingCalls } from '../../session/calls/tokenizing';
import { CATALOGUE, findDescriptor, libraryOf, LIVE_TOKENIZER } from '../../tokenizers/catalogue';
import {
	describeLibraryDifference,
	LIBRARY_VERSIONS,
	type UsableContext
} from '../../tokenizers/catalogue/shared/descriptor';
import { LIVE_NAME } from '../../session/tokenizers/known-tokenizers.svelte';
import type { Truncation } from './budget';
import type { SecondOpinions } from './second-opinions.svelte';

/** Numbers of the tokenizers on Compare. */
interface ComparedTokenizers {
	/** Those that have tokens for the whole text, without the live one. */
	readonly tokenizers: number;
	/** Those that drop part of the text. */
	readonly dropping?: number;
	readonly hasLive?: boolean;
}

/**
 * "The same text in 3 tokenizers: 48 to 61 tokens. Also in a small one trained in this page."
 * @param counts of the tokenizers that have tokens for the whole text; `null` while one has not answered
 */
export function describeComparison(
	counts: readonly number[] | null,
	{ tokenizers, dropping = 0, hasLive = false }: ComparedTokenizers
): string {
	const [single, several] = tokenizers > 0 ? ['one', ''] : ['a tokenizer', ' tokenizers'];
	const others = [
		...(dropping === 1 ? [`in ${single} that drops part of it`] : []),
		...(dropping > 1 ? [`in ${dropping}${several} that drop part of it`] : []),
		...(hasLive ? ['in a small one trained in this page'] : [])
	];
	if (tokenizers === 0 && dropping > 0) return `The text ${formatList(others)}.`;
	if (tokenizers === 0)
		return hasLive ? 'The text in the live tokenizer.' : 'The text in tokenizers that you choose.';
	const subject = `The same text in ${plural(tokenizers, 'tokenizer')}`;
	const more = others.length > 0 ? ` Also ${formatList(others)}.` : '';
	if (counts === null || counts.length < 2) return `${subject}.${more}`;
	const each = counts.every((count) => count === counts[0]) ? ' each' : '';
	return `${subject}: ${describeRange(counts)}${each}.${more}`;
}

/** "48 to 61 tokens"; "48 tokens" if all counts are equal. */
function describeRange(counts: readonly number[]): string {
	const [fewest, most] = [Math.min(...counts), Math.max(...counts)];
	return `${fewest === most ? '' : `${formatCount(fewest)} to `}${plural(most, 'token')}`;
}

/**
 * Title of a picture: "One text in 3 tokenizers: 37 to 86 tokens", or "6 ids in 4 tokenizers".
 * @param counts of those that have tokens for the whole text
 * @param ids number of ids that were given instead of a text
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

const MAX_NAMED_MODELS = 3;

/** "ChatGPT, GPT-5, GPT-4o …": models that use a tokenizer; `null` if none is known. */
export function describeModels(tokenizer: string): string | null {
	const names = findDescriptor(tokenizer)?.models.map(({ name }) => name) ?? [];
	if (names.length === 0) return null;
	const more = names.length > MAX_NAMED_MODELS ? ' …' : '';
	return `${names.slice(0, MAX_NAMED_MODELS).join(', ')}${more}`;
}

/** Says how many merges of the live tokenizer are used. */
export const describeLiveMerges = (used: number, trained: number): string =>
	used === trained
		? `all ${plural(trained, 'merge')}`
		: `${formatCount(used)} of ${plural(trained, 'merge')}`;

/**
 * "20 tokens = 84 characters, 64 % of the text."
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

/** Label of the button that lists all models, or one per tokenizer. @param isList whether all are listed */
export const describeModelList = (isList: boolean, models: number): string =>
	isList ? 'Show one model per tokenizer' : `Show all ${plural(models, 'model')}`;

/** Names a budget of this many tokens, which may be the window of a model. */
export function nameBudget(tokens: number, model: string | null): string {
	const amount = plural(tokens, 'token');
	return model === null ? amount : `${amount}, ${model}’s advertised window`;
}

/** Says how much of a window is usable: "Usable: about 8,000 tokens (gpt-4o in NoLiMa, 2025-02-07)." */
export const describeUsable = ({ tokens, benchmark, measured, asOf }: UsableContext): string =>
	`Usable: about ${plural(tokens, 'token')}, says ${benchmark} (${measured ? `${measured}, ` : ''}${asOf.slice(0, 4)}).`;

/** Says why the live tokenizer is hidden in a comparison of ids. */
export const LIVE_HAS_NO_IDS =
	'The live tokenizer is hidden: it is trained in this page, so no log has its ids.';

/** "+27 % over the fewest", "fewest" or "all equal"; empty if there is nothing to compare with. */
export function describeExcess(count: number, all: readonly number[]): string {
	if (all.length < 2) return '';
	const fewest = Math.min(...all);
	if (count === fewest) return all.every((other) => other === count) ? 'all equal' : 'fewest';
	if (fewest === 0) return '';
	const excess = ((count - fewest) / fewest) * 100;
	return `+${excess < 0.5 ? '<1' : formatCount(Math.round(excess))} % over the fewest`;
}

/** Label of a note, and its explanation. */
export interface Remark {
	readonly label: string;
	readonly detail: string;
}

/** "mine (drops part of the text)" */
export const describeDroppingName = (name: string): string => `${name} (drops part of the text)`;

/** Says how much of the text is in no token: "drops 12 of 158 bytes (7.6 %)"; `null` if nothing. */
export function describeDropped({
	document,
	encoding: { droppedBytes = 0, removedBytes = 0 }
}: Pick<Drawn, 'document' | 'encoding'>): Remark | null {
	if (droppedBytes === 0) return null;
	const share = formatShare(droppedBytes / document.length);
	return {
		label: `drops ${formatCount(droppedBytes)} of ${plural(document.length, 'byte')} (${share})`,
		detail: `${describeCause(droppedBytes, removedBytes)}, so a model never sees it, and the count is too low to compare. It never counts as the fewest.`
	};
}

function describeCause(droppedBytes: number, removedBytes: number): string {
	const removes = 'Its normalizer or pre-tokenizer removes';
	if (removedBytes === 0) return 'It has no token for this part of the text';
	if (removedBytes === droppedBytes) return `${removes} this part of the text`;
	return `${removes} ${plural(removedBytes, 'byte')} of this part of the text, and it has no token for the rest of it`;
}

/**
 * Says what the count leaves out before the text, and whether the text has a BOS of its own; `null` if the model expects
 * none.
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
			label: `${formatCount(parsed.length)} BOS in the text`,
			detail: `The text contains ${bos} ${formatTimes(parsed.length)}. The model expects it once, before the text. If its template adds another, there is one more.`
		};
	if (parsed[0] === 0)
		return {
			label: 'BOS is in the text',
			detail: `The text begins with ${bos}, which is counted here. If the model’s template adds it again, the model reads two.`
		};
	const label = '1 start token (BOS) not counted';
	const expected = `The model expects ${bos} before the text. It is not counted here.`;
	if (parsed.length > 0)
		return { label, detail: `${expected} The text contains it too, after its start.` };
	const bytes = encodeUtf8(bos);
	if (!bytes.every((byte, i) => document[i] === byte)) return { label, detail: expected };
	const tokens = encoding.byteStarts.findIndex((start) => start >= bytes.length);
	const count = plural(tokens < 0 ? encoding.ids.length : tokens, 'token');
	return {
		label: `${label}, “${bos}” is text`,
		detail: `${expected} The text begins with the same characters, as ordinary text (${count}). If they were parsed, the model would read two: this one and the one that its template adds.`
	};
}

/** Indices of the added tokens that are spelled like this, apart from white space around them. */
function tokensSpelled(content: string, document: Uint8Array, encoding: Encoding): number[] {
	const { kinds, byteStarts, byteEnds } = encoding;
	const found: number[] = [];
	// Searched natively: with every key press, and most texts have none.
	const next = (from: number) => kinds?.indexOf(TokenKind.special, from) ?? -1;
	for (let at = next(0); at >= 0; at = next(at + 1)) {
		const bytes = document.subarray(byteStarts[at], byteEnds[at]);
		// Most are runs of white space, and too short.
		if (bytes.length >= content.length && decodeUtf8(bytes).trim() === content) found.push(at);
	}
	return found;
}

/** Describes what a card is waiting for; `null` if it is not waiting. */
export const describeWaiting = ({
	status,
	progress
}: Pick<Card, 'status' | 'progress'>): string | null =>
	status === 'loading' && progress ? describeProgress(progress) : null;

const MAX_NAMED_IDS = 5;

/** Names the ids that the tokenizer does not have; `null` if it has all of the current ones. */
export function describeOutOfRange({ status, drawn }: Card): string | null {
	if (status !== 'ready' || !drawn || drawn.outOfRange.length === 0) return null;
	const named = drawn.outOfRange
		.slice(0, MAX_NAMED_IDS)
		.map(({ id, position }) => `${id} (position ${position + 1})`);
	const more = drawn.outOfRange.length - MAX_NAMED_IDS;
	const all = more > 0 ? [...named, `${formatCount(more)} more`] : named;
	return `Out of range (the largest id is ${drawn.vocabularySize - 1}): ${formatList(all)}.`;
}

/** Says whether the current ids can be the tokenizer's output; `null` if there are none, or some are out of range. */
export function describeFit({ status, drawn }: Card): string | null {
	if (status !== 'ready' || !drawn?.fit) return null;
	const { fit } = drawn;
	switch (fit.verdict) {
		case 'fits':
			return fit.reserved === null
				? 'Fits: encoding this text again gives the same ids.'
				: `Hardly fits: encoding this text again gives the same ids, but ${fit.reserved} is a reserved token.`;
		case 'out-of-range':
			return null;
		case 'not-utf8':
			return `Does not fit: the bytes are not UTF-8 at position ${formatCount(fit.position + 1)}.`;
		case 'other-ids':
			return `Does not fit: encoding this text again gives other ids from position ${formatCount(fit.position + 1)} on.`;
	}
}

/** Below this many ids, a list fits many tokenizers by chance. */
const MIN_TELLING_IDS = 5;

/** The ids in one tokenizer. */
interface FitAnswer {
	readonly tokenizer: string;
	readonly name: string;
	/** `null` if the tokenizer failed. */
	readonly drawn: Pick<Drawn, 'document' | 'fit'> | null;
}

/** Says which of the chosen tokenizers the ids fit, and why. @param answers of all of them */
export function describeFits(ids: Uint32Array, answers: readonly FitAnswer[]): string {
	const answered = answers.filter(({ drawn }) => drawn?.fit);
	if (answered.length === 0) return '';
	const possible = answered.filter(({ drawn }) => drawn?.fit?.verdict === 'fits');
	const likely = possible.filter(
		({ drawn }) => drawn?.fit?.verdict === 'fits' && drawn.fit.reserved === null
	);
	const fitting = likely.length > 0 ? likely : possible;
	const names = formatList(fitting.map(({ name }) => name));
	const chance = ids.length < MIN_TELLING_IDS ? ' A list this short can fit by chance.' : '';
	if (fitting.length === 0) {
		const verdict =
			answered.length === 1
				? `do not fit ${answered[0].name}`
				: `fit none of these ${answered.length} tokenizers`;
		return `These ids ${verdict}.${describeOthers(ids, answers)} A model can also generate ids that its tokenizer would not choose.`;
	}
	if (fitting.length === 1) {
		const only = answered.length > 1 ? ` only, of ${answered.length} tokenizers` : '';
		return `These ids fit ${names}${only}: it has all of them, their bytes are valid UTF-8, and encoding the text again gives the same ids.${chance}`;
	}
	const [first, ...others] = fitting.map(({ drawn }) => drawn?.document ?? new Uint8Array());
	const isSameText = others.every(
		(text) => text.length === first.length && text.every((byte, i) => byte === first[i])
	);
	return isSameText
		? `These ids fit ${names}, which decode them to the same text. The ids do not tell them apart.${chance}`
		: `These ids fit ${names}, which decode them to different texts. The text that makes sense shows which one made them.${chance}`;
}

/** Names tokenizers that were not chosen and have ids as large as the largest one; empty if there are none. */
function describeOthers(ids: Uint32Array, answers: readonly FitAnswer[]): string {
	const largest = ids.reduce((max, id) => Math.max(max, id), 0);
	const possible = CATALOGUE.filter(
		({ id, vocabularySize }) =>
			vocabularySize > largest && answers.every(({ tokenizer }) => tokenizer !== id)
	);
	if (possible.length === 0) return '';
	const names = formatChoice(possible.map(({ id }) => id));
	return ` By the largest id, ${formatCount(largest)}, they can be from ${names}.`;
}

/** Placeholder until the page knows which tokenizers the ids fit. */
export const FITS_PENDING = 'Looking for the tokenizer that the ids fit …';

/** Says that an example is shown in place of the visitor's text. */
export const describeReplaced = (example: string): string =>
	`Replaced your text by the example “${example}”.`;

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
	if (text.length <= MAX_QUOTED_UNITS) return `“${isolate(text)}”`;
	const start = text
		.slice(0, MAX_QUOTED_UNITS)
		.toWellFormed()
		.replace(/\ufffd$/, '');
	return `“${isolate(start)}…”`;
}

/** Entry of the live tokenizer in a picker. */
export const LIVE_CHOICE = {
	entry: {
		id: LIVE_TOKENIZER,
		name: LIVE_NAME,
		family: 'Trained here',
		kind: 'byte-level BPE (byte-pair encoding), trained in this page on an example or on your text',
		preTokenizer:
			'Words, numbers and punctuation, each with the space before it. Merges until no pair occurs twice'
	},
	models: []
};

/** "js-tiktoken 1.0.21 and transformers.js 2.17.2": the libraries that check some tokenizers. */
const nameLibraries = (tokenizers: readonly string[], isVersioned = false): string =>
	formatList(
		[...new Set(tokenizers.map(libraryOf))].map((library) =>
			isVersioned ? `${library} ${LIBRARY_VERSIONS[library]}` : library
		)
	);

/** Label of the button that starts the check of these tokenizers. */
export const describeCheckButton = (tokenizers: readonly string[]): string =>
	`Check with ${nameLibraries(tokenizers)}`;

/** Answers of the libraries, as far as a sentence about them needs. */
type Checks = Pick<SecondOpinions, 'input' | 'unchecked' | 'share' | 'with'>;

/** "Checking gemma3 with transformers.js (3 of 3): 40 %" */
export function describeRunningCheck(
	{ input, unchecked, share }: Checks,
	nameOf: (tokenizer: string) => string
): string {
	const all = input?.tokenizers.length ?? 0;
	const [tokenizer] = unchecked;
	if (tokenizer === undefined) return '';
	const done = share === null ? ' …' : `: ${Math.round(share * 100)} %`;
	const position = all - unchecked.length + 1;
	return `Checking ${nameOf(tokenizer)} with ${libraryOf(tokenizer)} (${position} of ${all})${done}`;
}

/** "Checked by js-tiktoken 1.0.21 on the whole text (158 bytes): the same ids in gpt2."; `null` without an answer. */
export function describeChecks(
	checks: Checks,
	nameOf: (tokenizer: string) => string
): string | null {
	const [agreeing, differing, open] = (['agrees', 'differs', 'gave-up'] as const).map((verdict) =>
		checks.with(verdict)
	);
	const answered = [...agreeing, ...differing];
	const bytes = plural(checks.input?.document.length ?? 0, 'byte');
	const names = (tokenizers: readonly string[]) => formatList(tokenizers.map(nameOf));
	const missing = open.length > 0 ? `No answer for ${names(open)}.` : '';
	if (answered.length === 0) return missing || null;
	const results = [
		agreeing.length > 0 && `the same ids in ${names(agreeing)}`,
		differing.length > 0 && `different ids in ${names(differing)}`
	].filter((part) => part !== false);
	return `Checked by ${nameLibraries(answered, true)} on the whole text (${bytes}): ${results.join(', ')}. ${missing}`.trim();
}

/** Says where a library's ids differ, or why it did not answer; `null` if it agrees or was not asked. */
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

/** `"é" (U+00E9)`; only the number for invisible characters. */
function formatCharacter(character: string): string {
	const code = codePointName(character.codePointAt(0) ?? 0);
	return /[\p{C}\p{Z}\p{M}]/u.test(character) ? code : `"${character}" (${code})`;
}
