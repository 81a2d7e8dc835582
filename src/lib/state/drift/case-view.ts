import { quoted, quotedPair } from '../../drift/cases/quote';
import type { CaseInput, CaseTask, SideOutcome } from '../../drift/cases/types';
import { describeEdit } from '../../drift/edits/describe';
import type { DriftCase } from '../../content/drift/types';
import type { Encoding } from '../../engine';

/** Tokens of one side of a case, laid out as they spell themselves. */
export interface DrawnSide {
	readonly document: Uint8Array;
	readonly encoding: Encoding;
	/** One byte a token, 1 where the other side does not have it at the same place. */
	readonly differs: Uint8Array;
}

/** Both sides of a case; what both begin and end with is not marked. */
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

/** What a case puts in: a text, texts that are encoded one by one, or ids. */
export function inputWords(task: CaseTask): { readonly a: string; readonly b: string | null } {
	const words = (input: CaseInput | readonly number[]): string => {
		if (isIds(input)) return `${input.length === 1 ? 'id' : 'ids'} ${input.join(' ')}`;
		const parts = typeof input.text === 'string' ? [input.text] : input.text;
		const how = input.special === 'parse' ? ', special tokens recognised' : '';
		return `${parts.map(quoted).join(' + ')}${how}`;
	};
	const a = words(task.a);
	const b = 'b' in task && task.b ? words(task.b) : null;
	return { a, b: b === a ? null : b };
}

const isIds = (input: CaseInput | readonly number[]): input is readonly number[] =>
	Array.isArray(input);

/** What is read on both sides, in quotes; null where nothing is, or where both read the same. */
export function readsWords(
	a: SideOutcome,
	b: SideOutcome
): { readonly a: string | null; readonly b: string | null } {
	if (a.reads === b.reads) return { a: null, b: null };
	const [wordsA, wordsB] = quotedPair(a.reads ?? b.reads ?? '', b.reads ?? a.reads ?? '');
	return { a: a.reads === null ? null : wordsA, b: b.reads === null ? null : wordsB };
}

/** What makes B of A, behind the name of the stage. */
export function changeWords({ a, b, change }: DriftCase): string {
	if (b.library) return `in ${b.library.name}, run as it is`;
	const edits = change ?? b.edits ?? [];
	if (edits.length > 0) return edits.map(describeEdit).join(', ');
	return a.tokenizer === b.tokenizer
		? 'the same tokenizer on both sides'
		: `${b.tokenizer} instead of ${a.tokenizer}`;
}

/** Whether anything complained: what a case says of it, and what is to be seen beside it. */
export function errorWords({ severity }: DriftCase, b: SideOutcome | null): string {
	if (severity === 'loud') return 'It stops with an error.';
	return b !== null && b.error !== null
		? 'The lab stops with an error; where nothing looks, there is none.'
		: 'No error anywhere.';
}
