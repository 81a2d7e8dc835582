import { quote, quotePair } from '../../../drift/format';
import type { CaseInput, CaseTask, SideOutcome } from '../../../drift/cases/types';
import { describeEdit } from '../../../drift/edits/messages';
import { OWN_TEST, type CaseFigure, type DriftCase } from '../cases/types';
import type { Encoding } from '../../../engine';

/** Tokens of one side of a case, laid out as they spell themselves. */
export interface DrawnSide {
	readonly document: Uint8Array;
	readonly encoding: Encoding;
	/** One byte per token, 1 if the other side does not have it in the same place. */
	readonly differs: Uint8Array;
}

/** Both sides of a case. Tokens that both begin or end with are not marked as different. */
export function drawnSides(a: SideOutcome, b: SideOutcome): { a: DrawnSide; b: DrawnSide } {
	const idsA = a.tokens.map(({ id }) => id);
	const idsB = b.tokens.map(({ id }) => id);
	const shorter = Math.min(idsA.length, idsB.length);
	let before = 0;
	while (before < shorter && idsA[before] === idsB[before]) before++;
	let after = 0;
	while (
		after < shorter - before &&
		idsA[idsA.length - 1 - after] === idsB[idsB.length - 1 - after]
	)
		after++;
	return { a: drawn(a, before, after), b: drawn(b, before, after) };
}

function drawn({ tokens }: SideOutcome, before: number, after: number): DrawnSide {
	const document = new Uint8Array(tokens.reduce((sum, { bytes }) => sum + bytes.length, 0));
	const byteStarts = new Uint32Array(tokens.length);
	const byteEnds = new Uint32Array(tokens.length);
	let at = 0;
	tokens.forEach(({ bytes }, token) => {
		document.set(bytes, at);
		byteStarts[token] = at;
		byteEnds[token] = at += bytes.length;
	});
	return {
		document,
		encoding: { ids: Uint32Array.from(tokens, ({ id }) => id), byteStarts, byteEnds },
		differs: Uint8Array.from(tokens, (_, token) =>
			token >= before && token < tokens.length - after ? 1 : 0
		)
	};
}

/** Describes the input of a case: a text, texts that are encoded one by one, or ids. */
export function describeInput(task: CaseTask): { readonly a: string; readonly b: string | null } {
	const words = (input: CaseInput | readonly number[]): string => {
		if (isIds(input)) return `${input.length === 1 ? 'id' : 'ids'} ${input.join(' ')}`;
		const parts = typeof input.text === 'string' ? [input.text] : input.text;
		const how = input.special === 'parse' ? ', special tokens recognised' : '';
		return `${parts.map((part) => quote(part, Infinity)).join(' + ')}${how}`;
	};
	const a = words(task.a);
	const b = 'b' in task && task.b ? words(task.b) : null;
	return { a, b: b === a ? null : b };
}

const isIds = (input: CaseInput | readonly number[]): input is readonly number[] =>
	Array.isArray(input);

/** What both sides read, in quotes; null for a side that reads nothing, or if both read the same. */
export function describeReads(
	a: SideOutcome,
	b: SideOutcome
): { readonly a: string | null; readonly b: string | null } {
	if (a.reads === b.reads) return { a: null, b: null };
	const [wordsA, wordsB] = quotePair(a.reads ?? b.reads ?? '', b.reads ?? a.reads ?? '');
	return { a: a.reads === null ? null : wordsA, b: b.reads === null ? null : wordsB };
}

/** Describes what turns A into B, after the name of the stage. */
export function describeChange({ a, b, change }: DriftCase): string {
	if (b.library) return `in ${b.library.name}, run as it is`;
	if (b.variant) return VARIANTS[b.variant];
	const edits = change ?? b.edits ?? [];
	if (edits.length > 0) return edits.map(describeEdit).join(', ');
	return a.tokenizer === b.tokenizer
		? 'the same tokenizer on both sides'
		: `${b.tokenizer} instead of ${a.tokenizer}`;
}

const VARIANTS = {
	'leftmost-pair': 'joins the leftmost pair instead of the one with the lowest rank',
	'grapheme-clusters': 'starts from grapheme clusters instead of characters'
} as const;

/** Says whether anything complained: at the source, and in the lab's own run of B. */
export function describeError({ severity }: DriftCase, b: SideOutcome | null): string {
	if (severity === 'loud') return 'It stops with an error.';
	if (severity === 'warned') return 'It logged a warning and went on.';
	return b !== null && b.error !== null
		? 'The lab stops with an error. A program that does not check has none.'
		: 'No error anywhere.';
}

/** Says where a figure is found: `llama.cpp#6936, comment of 29 April 2024`. */
export const describePlace = ({ source, where }: Omit<CaseFigure, 'text'>): string =>
	source === OWN_TEST ? `our own count, held by ${where}` : `${source}, ${where}`;
