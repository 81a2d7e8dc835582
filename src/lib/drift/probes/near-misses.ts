/** Inputs around near misses: inputs that only a stage treats differently. */
import { tokenAt, vocabularySize, type Vocabulary } from '../../engine';
import { decodeUtf8, encodeUtf8, firstInvalidUtf8, type CodePointSet } from '../../engine/text';
import type { PartCharacters } from '../regex/strings';
import { seeded } from '../utilities';
import { incompleteStart, partNumbers } from './characters';
import { insertedProbes, type ProbePlan } from './tokens';

/** An input that a stage splits differently on the two sides, although the ids are the same. */
export interface NearMiss {
	readonly text: string;
	/** UTF-16 offsets of the boundaries that only one side has; `null` if the stage changes the text. */
	readonly boundaries: readonly number[] | null;
}

/** @param a output of the stage for the text on one side */
export function nearMissOf(
	text: string,
	a: readonly string[],
	b: readonly string[]
): NearMiss | null {
	const [ends, others] = [endsOf(a), endsOf(b)];
	if (a.join('') !== text || b.join('') !== text) {
		return a.join('\0') === b.join('\0') ? null : { text, boundaries: null };
	}
	const boundaries = onlyInOne(ends, others);
	return boundaries.length === 0 ? null : { text, boundaries };
}

/** Numbers that are in only one of two sets. */
export const onlyInOne = (a: ReadonlySet<number>, b: ReadonlySet<number>): number[] => [
	...[...a].filter((number) => !b.has(number)),
	...[...b].filter((number) => !a.has(number))
];

function endsOf(pieces: readonly string[]): Set<number> {
	const ends = new Set<number>();
	let end = 0;
	for (const { length } of pieces) ends.add((end += length));
	return ends;
}

const MAX_LONGER = 200;

/** Near misses that end soon after a boundary that only one side has, each followed by a character of every part. */
function* longerProbes(
	parts: readonly PartCharacters[],
	nearMisses: readonly NearMiss[]
): Generator<string> {
	const partOf = partNumbers(parts);
	const seen = new Set<string>();
	for (const { text, boundaries } of nearMisses) {
		if (!boundaries || (boundaries.at(-1) ?? 0) < text.length - 2) continue;
		const ending = Array.from(text).slice(-4).map(partOf.ofText).join(' ');
		if (seen.has(ending)) continue;
		if (seen.add(ending).size > MAX_LONGER) return;
		for (const { characters } of parts) yield text + characters[0];
	}
}

const MAX_BOUNDARIES = 800;
/** Tried boundaries whose neighbours are of the same parts of Unicode. */
const MAX_ALIKE = 4;
const MAX_CROSSINGS = 16;
const MAX_TOKEN_BYTES = 16;
const SEED = 20260103;

/** Groups of inputs around near misses, the most effective first. */
export const nearMissGroups = (
	plan: ProbePlan,
	parts: readonly PartCharacters[],
	nearMisses: readonly NearMiss[]
): (() => Generator<string>)[] => [
	() => longerProbes(parts, [...nearMisses]),
	() => crossingProbes(plan, parts, nearMisses),
	() =>
		insertedProbes(
			plan,
			nearMisses.map(({ text }) => text)
		)
];

/**
 * Two splits of a text give the same ids unless a merge crosses a boundary that only one of them has. So the
 * characters at such a boundary are replaced by others of the same parts of Unicode, which are split the same way,
 * and which a token of the vocabulary joins.
 */
function* crossingProbes(
	{ textsA, textsB }: ProbePlan,
	parts: readonly PartCharacters[],
	nearMisses: readonly NearMiss[]
): Generator<string> {
	const partOf = partNumbers(parts);
	const boundaries = differentBoundaries(nearMisses, partOf);
	const crossings = new Map(
		boundaries.map(({ key }) => [key, createCrossings(parts[key % parts.length].part)])
	);
	for (const texts of textsA === textsB ? [textsA] : [textsA, textsB]) {
		collectCrossings(texts, partOf, parts.length, crossings);
	}
	for (const { characters, at, key } of boundaries) {
		const before = characters.slice(0, at - 1).join('');
		const after = characters.slice(at + 1).join('');
		for (const { left, right } of crossings.get(key)?.list ?? []) {
			yield before + left + right + after;
			yield before + left + right;
		}
	}
}

interface Boundary {
	readonly characters: readonly string[];
	/** Number of characters before it. At least one character follows. */
	readonly at: number;
	/** Parts of the characters on both sides, as one number. */
	readonly key: number;
}

function differentBoundaries(nearMisses: readonly NearMiss[], partOf: PartNumbers): Boundary[] {
	const found: Boundary[] = [];
	const alike = new Map<string, number>();
	for (const { text, boundaries } of nearMisses) {
		const characters = Array.from(text);
		const parts = characters.map(partOf.ofText);
		let unit = 0;
		for (let at = 1; at < characters.length; at++) {
			unit += characters[at - 1].length;
			if (boundaries && !boundaries.includes(unit)) continue;
			const around = parts.slice(Math.max(0, at - 2), at + 2).join(' ');
			const seen = alike.get(around) ?? 0;
			if (seen >= MAX_ALIKE) continue;
			alike.set(around, seen + 1);
			found.push({ characters, at, key: keyOf(parts[at - 1], parts[at], partOf.count) });
			if (found.length >= MAX_BOUNDARIES) return found;
		}
	}
	return found;
}

type PartNumbers = ReturnType<typeof partNumbers>;

const keyOf = (left: number, right: number, count: number): number => left * count + right;

/** Characters on both sides of a boundary that some token joins: one on the left, the rest of the token on the right. */
interface Crossings {
	readonly list: { readonly left: string; readonly right: string }[];
	/** Finds a character of the right part whose UTF-8 begins with these bytes. */
	readonly beginningWith: (bytes: Uint8Array) => string | undefined;
	/** Adds a crossing, so that a few random ones remain. */
	readonly add: (left: string, right: string, below: (limit: number) => number) => void;
}

function createCrossings(rightPart: CodePointSet): Crossings {
	const list: { left: string; right: string }[] = [];
	let beginnings: ReadonlyMap<string, string> | null = null;
	let seen = 0;
	return {
		list,
		beginningWith: (bytes) => (beginnings ??= beginningsOf(rightPart)).get(bytes.join(' ')),
		add(left, right, below) {
			const at = seen++ < MAX_CROSSINGS ? list.length : below(seen);
			if (at < MAX_CROSSINGS) list[at] = { left, right };
		}
	};
}

/** Characters of the set by the first bytes of their UTF-8, which are not all of it. */
function beginningsOf(set: CodePointSet): ReadonlyMap<string, string> {
	const found = new Map<string, string>();
	for (const [first, last] of set) {
		// The last byte of a sequence has six bits: the beginnings of 64 code points are the same.
		for (let code = first; code <= last; code = (code | 63) + 1) {
			if (code < 0x80 || (code >= 0xd800 && code < 0xe000)) continue;
			const character = String.fromCodePoint(code);
			const bytes = encodeUtf8(character);
			for (let length = 1; length < bytes.length; length++) {
				const beginning = bytes.subarray(0, length).join(' ');
				if (!found.has(beginning)) found.set(beginning, character);
			}
		}
	}
	return found;
}

/** Collects the characters that tokens join across boundaries. */
function collectCrossings(
	texts: Vocabulary,
	partOf: PartNumbers,
	count: number,
	crossings: ReadonlyMap<number, Crossings>
): void {
	const below = seeded(SEED);
	for (let id = 0; id < vocabularySize(texts); id++) {
		const bytes = tokenAt(texts, id);
		if (bytes.length < 2 || bytes.length > MAX_TOKEN_BYTES) continue;
		const end = incompleteStart(bytes);
		if (end === 0 || firstInvalidUtf8(bytes.subarray(0, end)) >= 0) continue;
		const characters = Array.from(decodeUtf8(bytes.subarray(0, end)));
		const parts = characters.map(partOf.ofText);
		for (let at = 1; at < characters.length; at++) {
			const found = crossings.get(keyOf(parts[at - 1], parts[at], count));
			found?.add(characters[at - 1], characters.slice(at).join(''), below);
		}
		if (end === bytes.length) continue;
		const beginning = bytes.subarray(end);
		const left = characters[characters.length - 1];
		for (let part = 0; part < count; part++) {
			const found = crossings.get(keyOf(parts[parts.length - 1], part, count));
			const right = found?.beginningWith(beginning);
			if (right !== undefined) found?.add(left, right, below);
		}
	}
}
