import { tokenAt, vocabularySize, type Vocabulary } from '../../engine';
import type { PartCharacters } from '../regex/strings';
import { completer, partNumbers, type Complete } from './characters';
import { insertedProbes, type ProbePlan } from './tokens';
import { seeded } from '../sampling';

/** An input for which a stage gives different results on the two sides, although the ids are the same. */
export interface NearMiss {
	readonly text: string;
	/** UTF-16 offsets of the boundaries that only one side has; `null` if the stage changes the text. */
	readonly boundaries: readonly number[] | null;
}

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

/**
 * Takes each near miss in which only one side finds a boundary near the end, and appends a character from every part of
 * Unicode in turn (see `partsOf`).
 */
function* longerProbes(
	parts: readonly PartCharacters[],
	nearMisses: readonly NearMiss[]
): Generator<string> {
	const partOf = partNumbers(parts);
	const seen = new Set<string>();
	for (const { text, boundaries } of nearMisses) {
		if (!boundaries?.some((boundary) => boundary >= text.length - 2)) continue;
		const ending = Array.from(text).slice(-4).map(partOf.ofText).join(' ');
		if (seen.has(ending)) continue;
		if (seen.add(ending).size > MAX_LONGER) return;
		for (const { characters } of parts) yield text + characters[0];
	}
}

const MAX_BOUNDARIES = 800;
/**
 * Maximum number of boundaries to try whose neighbouring characters, two on each side, are from the same parts of
 * Unicode.
 */
const MAX_ALIKE = 4;
const MAX_CROSSINGS = 16;
const MAX_TOKEN_BYTES = 16;
const SEED = 20260103;

/** Groups of inputs derived from near misses, starting with those most likely to reveal a difference. */
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
 * Two different splits of a text produce the same ids unless a merge crosses a boundary found in only one of them. This
 * generator therefore replaces the two characters around such a boundary with text from inside a single token. The new
 * characters next to the boundary belong to the same parts of Unicode as the characters they replace, so each
 * tokenizer's pattern splits the new text as it split the old text.
 */
function* crossingProbes(
	{ a, textsA, textsB }: ProbePlan,
	parts: readonly PartCharacters[],
	nearMisses: readonly NearMiss[]
): Generator<string> {
	const partOf = partNumbers(parts);
	const boundaries = differentBoundaries(nearMisses, partOf);
	const crossings = new Map(boundaries.map(({ key }) => [key, createCrossings()]));
	for (const texts of textsA === textsB ? [textsA] : [textsA, textsB]) {
		collectCrossings(texts, partOf, completer(partOf.of, a), crossings);
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
	/** Number of characters before the boundary. At least one more character follows it. */
	readonly at: number;
	/** Identifies the two parts of Unicode that contain the characters before and after the boundary. */
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

/** For each token that crosses a boundary: the last character before the boundary, and the token's text after it. */
interface Crossings {
	readonly list: { readonly left: string; readonly right: string }[];
	/** Adds a token to the list or ignores it, so that the list remains a random sample. */
	readonly add: (left: string, right: string, below: (limit: number) => number) => void;
}

function createCrossings(): Crossings {
	const list: { left: string; right: string }[] = [];
	let seen = 0;
	return {
		list,
		add(left, right, below) {
			const at = seen++ < MAX_CROSSINGS ? list.length : below(seen);
			if (at < MAX_CROSSINGS) list[at] = { left, right };
		}
	};
}

function collectCrossings(
	texts: Vocabulary,
	partOf: PartNumbers,
	complete: Complete,
	crossings: ReadonlyMap<number, Crossings>
): void {
	const below = seeded(SEED);
	for (let id = 0; id < vocabularySize(texts); id++) {
		const bytes = tokenAt(texts, id);
		if (bytes.length < 2 || bytes.length > MAX_TOKEN_BYTES) continue;
		for (const text of complete(bytes)) {
			const characters = Array.from(text);
			const parts = characters.map(partOf.ofText);
			for (let at = 1; at < characters.length; at++) {
				const found = crossings.get(keyOf(parts[at - 1], parts[at], partOf.count));
				found?.add(characters[at - 1], characters.slice(at).join(''), below);
			}
		}
	}
}
