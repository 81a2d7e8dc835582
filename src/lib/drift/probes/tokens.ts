/** Inputs that are made of the two vocabularies and the merges that differ. */
import { tokenAt, vocabularySize, type Tokenizer, type Vocabulary } from '../../engine';
import { concatenate } from '../../engine/stages';
import { decodeUtf8, firstInvalidUtf8 } from '../../engine/text';
import type { MergeChanges } from '../merges';
import { equalNumbers, seeded } from '../utilities';
import { spread } from './added-tokens';
import { textsAround } from './characters';

export const RANDOM_ROWS_OF_TOKENS = 24_000;
const SEED = 20260102;

/** Differences of two specs that decide which inputs are worth trying. */
export interface ProbePlan {
	readonly a: Tokenizer;
	readonly b: Tokenizer;
	/** The text of each token by id. */
	readonly textsA: Vocabulary;
	readonly textsB: Vocabulary;
	/** Ids in A, and in B, of tokens that the other side does not have at that id. */
	readonly changedA: Uint32Array;
	readonly changedB: Uint32Array;
	readonly merges: MergeChanges;
	/** Longest run that may be tried: a pattern that backtracks without end takes shorter ones only. */
	readonly longestRun: number;
	/** Fields that differ and may matter, as paths in tokenizer.json. */
	readonly fields: readonly string[];
	/** Whether fewer than half of the ids have the same tokens: then nearly every text comes out differently. */
	readonly areStrangers: boolean;
}

/** A token as text; `null` if its bytes are not UTF-8 by themselves. */
export function textOf(texts: Vocabulary, id: number): string | null {
	const bytes = tokenAt(texts, id);
	return firstInvalidUtf8(bytes) < 0 ? decodeUtf8(bytes) : null;
}

/** The bytes as text, or a few texts in which they occur if they are part of characters. */
function textsWith(bytes: Uint8Array): string[] {
	if (bytes.length === 0) return [];
	return firstInvalidUtf8(bytes) < 0 ? [decodeUtf8(bytes)] : textsAround(bytes, 6);
}

/** Fragments of characters take a search through all of Unicode each. */
const MAX_FRAGMENTS = 400;

export function* changedTokenProbes({
	textsA,
	textsB,
	changedA,
	changedB
}: ProbePlan): Generator<string> {
	let fragments = 0;
	for (const [texts, ids] of [
		[textsA, changedA],
		[textsB, changedB]
	] as const) {
		for (const id of spread([...ids], 20_000)) {
			if (id >= vocabularySize(texts)) continue;
			const bytes = tokenAt(texts, id);
			if (firstInvalidUtf8(bytes) >= 0 && fragments++ > MAX_FRAGMENTS) continue;
			for (const text of textsWith(bytes)) {
				yield* [text, ` ${text}`, `a${text}`, `${text}a`, text.trimStart()];
			}
		}
	}
}

/** Merges of which the neighbours are tried. */
const MAX_MERGES = 3000;

/** The pair of a changed merge, next to the tokens that it competes for. */
export function* mergeProbes({ merges, textsA, textsB }: ProbePlan): Generator<string> {
	for (const { side, left, right, rivals } of merges.changed.slice(0, MAX_MERGES)) {
		const texts = side === 'a' ? textsA : textsB;
		const pair = joinedText(texts, [left, right]);
		for (const text of pair) {
			yield* [text, `a${text}`, ` ${text}`, `${text}a`, `${text} ${text}`, text + text];
		}
		for (const rival of rivals) {
			const row = rival.side === 'before' ? [rival.id, left, right] : [left, right, rival.id];
			for (const text of joinedText(texts, row)) {
				yield* [text, ` ${text}`, `${text}${text}`];
			}
		}
	}
}

/** The tokens' bytes one after another as text, with what is missing of characters at the ends. */
function joinedText(texts: Vocabulary, ids: readonly number[]): string[] {
	return textsWith(concatenate(ids.map((id) => tokenAt(texts, id))));
}

/** Every token that is text, alone and where it may split. */
export function* tokenProbes({ textsA, textsB }: ProbePlan): Generator<string> {
	yield* tokenTexts(textsA);
	if (textsA !== textsB) {
		for (let id = 0; id < vocabularySize(textsB); id++) {
			// The same token at the same id was tried.
			if (id < vocabularySize(textsA) && equalNumbers(tokenAt(textsB, id), tokenAt(textsA, id)))
				continue;
			const text = textOf(textsB, id);
			if (text) yield text;
		}
	}
}

function* tokenTexts(texts: Vocabulary): Generator<string> {
	for (let id = 0; id < vocabularySize(texts); id++) {
		const text = tokenAt(texts, id).length < 2 ? null : textOf(texts, id);
		if (text === null) continue;
		yield text;
		yield text.startsWith(' ') ? `a${text.slice(1)}` : ` ${text}`;
	}
}

/** Tokens drawn at random, two to four in a row. */
export function* randomTokens({ textsA, textsB }: ProbePlan): Generator<string> {
	const below = seeded(SEED);
	for (let i = 0; i < RANDOM_ROWS_OF_TOKENS; i++) {
		let text = '';
		for (let left = 2 + below(3); left > 0; left--) {
			const texts = below(2) === 0 ? textsA : textsB;
			if (vocabularySize(texts) === 0) continue;
			text += textOf(texts, below(vocabularySize(texts))) ?? '';
		}
		yield text;
	}
}

/** Parts of tokens that are inserted at each place of a near miss. */
const INSERTED = 10;
const MAX_NEAR_MISSES = 200;

/**
 * Texts around inputs that only the stages treat differently. Two splits of a text give the same ids unless some
 * merge reaches across a boundary that one of them has, so parts of real tokens are put before and after every
 * character: those that follow it, or come before it, in a token.
 */
export function* insertedProbes(
	{ textsA }: ProbePlan,
	nearMisses: readonly string[]
): Generator<string> {
	const some = spread(nearMisses, MAX_NEAR_MISSES);
	const around = partsAround(textsA, new Set(some.flatMap((text) => Array.from(text))));
	for (const text of some) {
		const characters = Array.from(text);
		for (let at = 0; at <= characters.length; at++) {
			const [before, after] = [characters.slice(0, at).join(''), characters.slice(at).join('')];
			const inserted = [
				...(around.get(characters[at - 1] ?? '')?.after ?? []),
				...(around.get(characters[at] ?? '')?.before ?? [])
			];
			for (const part of inserted) yield before + part + after;
		}
	}
}

interface PartsAround {
	readonly before: string[];
	readonly after: string[];
}

/** By character what follows it, and what comes before it, in a few tokens. */
function partsAround(
	texts: Vocabulary,
	characters: ReadonlySet<string>
): ReadonlyMap<string, PartsAround> {
	const found = new Map<string, PartsAround>();
	for (const character of characters) found.set(character, { before: [], after: [] });
	const below = seeded(SEED + 1);
	const size = vocabularySize(texts);
	// A random order, so that the tokens are not all of the most frequent ones.
	for (let tries = 0; tries < Math.min(4 * size, 60_000); tries++) {
		const id = below(size);
		const { length } = tokenAt(texts, id);
		const text = length < 2 || length > 12 ? null : textOf(texts, id);
		if (text === null) continue;
		const token = Array.from(text);
		token.forEach((character, i) => {
			const parts = found.get(character);
			if (!parts) return;
			if (i > 0 && parts.before.length < INSERTED) parts.before.push(token.slice(0, i).join(''));
			if (i + 1 < token.length && parts.after.length < INSERTED) {
				parts.after.push(token.slice(i + 1).join(''));
			}
		});
	}
	return found;
}
