import type { Tokenizer } from '../../engine';

/** What ids read as, those that the tokenizer does not have standing as `⟨123⟩`. */
export interface ReadText {
	readonly text: string;
	/** How many there are of those. */
	readonly missing: number;
}

/** Decodes ids of another tokenizer, too: runs of known ids are decoded together. */
export function readIds(tokenizer: Tokenizer, ids: ArrayLike<number>): ReadText {
	try {
		return { text: tokenizer.decode(ids), missing: 0 };
	} catch (error) {
		if (!(error instanceof RangeError)) throw error;
		return readKnown(tokenizer, ids);
	}
}

function readKnown(tokenizer: Tokenizer, ids: ArrayLike<number>): ReadText {
	const known = new Map<number, boolean>();
	const has = (id: number): boolean => {
		let found = known.get(id);
		if (found === undefined) known.set(id, (found = hasToken(tokenizer, id)));
		return found;
	};
	let text = '';
	let missing = 0;
	let run: number[] = [];
	for (let i = 0; i < ids.length; i++) {
		if (has(ids[i])) {
			run.push(ids[i]);
			continue;
		}
		missing++;
		if (run.length > 0) text += tokenizer.decode(run);
		text += `⟨${ids[i]}⟩`;
		run = [];
	}
	return { text: run.length > 0 ? text + tokenizer.decode(run) : text, missing };
}

function hasToken(tokenizer: Tokenizer, id: number): boolean {
	try {
		tokenizer.tokenBytes(id);
		return true;
	} catch (error) {
		if (error instanceof RangeError) return false;
		throw error;
	}
}

/** Text → ids → text → ids. */
export interface ReturnTrip {
	/** What the ids decode to. */
	readonly text: string;
	readonly sameText: boolean;
	/** Whether that text has the same ids. */
	readonly sameIds: boolean;
}

/** @param ids of `text`, encoded with special tokens as `special` says */
export function returnTrip(
	tokenizer: Tokenizer,
	text: string,
	ids: Uint32Array,
	special: 'text' | 'parse'
): ReturnTrip {
	const back = readIds(tokenizer, ids).text;
	// Lone surrogates become U+FFFD on the way in.
	const sameText = back === text.toWellFormed();
	if (sameText) return { text: back, sameText, sameIds: true };
	const again = tokenizer.encode(back, { special }).ids;
	const sameIds = again.length === ids.length && again.every((id, i) => id === ids[i]);
	return { text: back, sameText, sameIds };
}
