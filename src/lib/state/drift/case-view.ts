import type { CaseInput, CaseTask, SideOutcome } from '../../analysis/cases/types';
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
	const words = (input: CaseInput | readonly number[]): string =>
		isIds(input)
			? `ids ${input.join(' ')}`
			: (typeof input.text === 'string' ? [input.text] : input.text)
					.map((text) => JSON.stringify(text))
					.join(' + ');
	const a = words(task.a);
	const b = 'b' in task && task.b ? words(task.b) : null;
	return { a, b: b === a ? null : b };
}

const isIds = (input: CaseInput | readonly number[]): input is readonly number[] =>
	Array.isArray(input);
