import type { Encoding, Tokenizer } from '../../engine';
import { FINGERPRINT_PROBES } from '../fingerprint/probes';
import { sameIds } from '../outputs';
import type { RoundTripFindings } from '../types';

/** A text under two tokenizers. */
export interface EncodedText {
	readonly text: string;
	/** Of its UTF-8. */
	readonly bytes: number;
	readonly a: Encoding;
	readonly b: Encoding;
}

export interface TokenizerPair {
	readonly a: Tokenizer;
	readonly b: Tokenizer;
}

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
	if (back === text.toWellFormed()) return { text: back, sameText: true, sameIds: true };
	const again = tokenizer.encode(back, { special }).ids;
	return { text: back, sameText: false, sameIds: sameIds(again, ids) };
}

const MAX_EXAMPLES = 5;

/** Takes the probes of the fingerprint through {@link returnTrip} on both sides. */
export function compareRoundTrips(a: Tokenizer, b: Tokenizer): RoundTripFindings {
	const examples: RoundTripFindings['examples'][number][] = [];
	let changedA = 0;
	let changedB = 0;
	let differing = 0;
	for (const input of FINGERPRINT_PROBES) {
		const tripA = returnTrip(a, input, a.encode(input).ids, 'text');
		const tripB = returnTrip(b, input, b.encode(input).ids, 'text');
		if (!tripA.sameText || !tripA.sameIds) changedA++;
		if (!tripB.sameText || !tripB.sameIds) changedB++;
		if (tripA.text === tripB.text && tripA.sameIds === tripB.sameIds) continue;
		differing++;
		if (examples.length < MAX_EXAMPLES) examples.push({ input, a: tripA.text, b: tripB.text });
	}
	return { tried: FINGERPRINT_PROBES.length, changedA, changedB, differing, examples };
}
