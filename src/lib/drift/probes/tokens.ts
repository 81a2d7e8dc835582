/** Generates inputs from the two vocabularies and the merges that differ. */
import { tokenAt, vocabularySize, type Tokenizer, type Vocabulary } from '../../engine';
import { concatenate } from '../../engine/stages';
import { decodeUtf8, firstInvalidUtf8 } from '../../engine/text';
import type { ChangedMerge } from '../merges';
import type { Complete } from './characters';
import { equalNumbers } from '../equal';
import { seeded, spread } from '../sampling';

export const RANDOM_TOKEN_TEXTS = 24_000;
const SEED = 20260102;

/** Differences between two specs that determine which inputs are worth trying. */
export interface ProbePlan {
	readonly a: Tokenizer;
	readonly b: Tokenizer;
	readonly textsA: Vocabulary;
	readonly textsB: Vocabulary;
	/** Ids of A's tokens that have a different id in B, or none. */
	readonly changedA: Uint32Array;
	readonly changedB: Uint32Array;
	readonly changedMerges: readonly ChangedMerge[];
	/** Length of the longest run of a repeated string to try; Infinity unless a pattern backtracks excessively. */
	readonly longestRun: number;
	/** Differing fields that may matter, as paths in tokenizer.json. */
	readonly fields: readonly string[];
	/**
	 * Whether fewer than half of the smaller vocabulary's tokens have the same ids on both sides. If so, nearly every
	 * text encodes to different ids.
	 */
	readonly areUnrelated: boolean;
}

/** Text of a token; `null` if its bytes alone aren't valid UTF-8. */
export function textOf(texts: Vocabulary, id: number): string | null {
	const bytes = tokenAt(texts, id);
	return firstInvalidUtf8(bytes) < 0 ? decodeUtf8(bytes) : null;
}

const MAX_FRAGMENTS = 400;

export function* changedTokenProbes(
	{ textsA, textsB, changedA, changedB }: ProbePlan,
	complete: Complete
): Generator<string> {
	let fragments = 0;
	for (const [texts, ids] of [
		[textsA, changedA],
		[textsB, changedB]
	] as const) {
		for (const id of spread([...ids], 20_000)) {
			if (id >= vocabularySize(texts)) continue;
			const bytes = tokenAt(texts, id);
			if (firstInvalidUtf8(bytes) >= 0 && fragments++ > MAX_FRAGMENTS) continue;
			for (const text of complete(bytes)) {
				yield* [text, ` ${text}`, `a${text}`, `${text}a`, text.trimStart()];
			}
		}
	}
}

const MAX_MERGES = 3000;

/** The two tokens of each changed merge, alone and next to tokens whose merges compete with it. */
export function* mergeProbes(
	{ changedMerges, textsA, textsB }: ProbePlan,
	complete: Complete
): Generator<string> {
	for (const { side, left, right, competitors } of changedMerges.slice(0, MAX_MERGES)) {
		const texts = side === 'a' ? textsA : textsB;
		const joined = (...ids: number[]) => complete(concatenate(ids.map((id) => tokenAt(texts, id))));
		for (const text of joined(left, right)) {
			yield* [text, `a${text}`, ` ${text}`, `${text}a`, `${text} ${text}`, text + text];
		}
		for (const competitor of competitors) {
			const row =
				competitor.side === 'before'
					? joined(competitor.id, left, right)
					: joined(left, right, competitor.id);
			for (const text of row) {
				yield* [text, ` ${text}`, `${text}${text}`];
			}
		}
	}
}

/**
 * Every token that is valid UTF-8, alone and after a space or a letter; also every other token that contains parts of
 * several characters.
 */
export function* tokenProbes({ textsA, textsB }: ProbePlan, complete: Complete): Generator<string> {
	for (let id = 0; id < vocabularySize(textsA); id++) {
		const bytes = tokenAt(textsA, id);
		const text = bytes.length < 2 ? '' : textOf(textsA, id);
		if (text === null) yield* joiningTexts(bytes, complete);
		if (!text) continue;
		yield text;
		yield text.startsWith(' ') ? `a${text.slice(1)}` : ` ${text}`;
	}
	if (textsA === textsB) return;
	for (let id = 0; id < vocabularySize(textsB); id++) {
		const bytes = tokenAt(textsB, id);
		if (id < vocabularySize(textsA) && equalNumbers(bytes, tokenAt(textsA, id))) continue;
		const text = textOf(textsB, id);
		if (text === null) yield* joiningTexts(bytes, complete);
		else if (text) yield text;
	}
}

/** Texts that contain a token made of parts of several characters. Yields nothing for a fragment of one character. */
function* joiningTexts(bytes: Uint8Array, complete: Complete): Generator<string> {
	if (!bytes.some((byte, i) => i > 0 && (byte & 0xc0) !== 0x80)) return;
	for (const text of complete(bytes)) yield* [text, ` ${text}`, `a${text}`, `${text}a`];
}

/** Two to four random tokens in a row. */
export function* randomTokens({ textsA, textsB }: ProbePlan): Generator<string> {
	const below = seeded(SEED);
	for (let i = 0; i < RANDOM_TOKEN_TEXTS; i++) {
		let text = '';
		for (let left = 2 + below(3); left > 0; left--) {
			const texts = below(2) === 0 ? textsA : textsB;
			if (vocabularySize(texts) === 0) continue;
			text += textOf(texts, below(vocabularySize(texts))) ?? '';
		}
		yield text;
	}
}

/** Maximum number of token parts to insert before and after each character. */
const MAX_INSERTED = 10;
const MAX_NEAR_MISSES = 200;

/** Inserts parts of tokens into near misses: next to each character, text that precedes or follows it in some token. */
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

/** For each character, what precedes and follows it in a few tokens. */
function partsAround(
	texts: Vocabulary,
	characters: ReadonlySet<string>
): ReadonlyMap<string, PartsAround> {
	const found = new Map<string, PartsAround>();
	for (const character of characters) found.set(character, { before: [], after: [] });
	const below = seeded(SEED + 1);
	const size = vocabularySize(texts);
	// Chosen at random, because tokens with low ids are the most frequent ones.
	for (let tries = 0; tries < Math.min(4 * size, 60_000); tries++) {
		const id = below(size);
		const { length } = tokenAt(texts, id);
		const text = length < 2 || length > 12 ? null : textOf(texts, id);
		if (text === null) continue;
		const token = Array.from(text);
		token.forEach((character, i) => {
			const parts = found.get(character);
			if (!parts) return;
			if (i > 0 && parts.before.length < MAX_INSERTED)
				parts.before.push(token.slice(0, i).join(''));
			if (i + 1 < token.length && parts.after.length < MAX_INSERTED) {
				parts.after.push(token.slice(i + 1).join(''));
			}
		});
	}
	return found;
}
