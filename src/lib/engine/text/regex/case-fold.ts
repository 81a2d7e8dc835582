import { codePointsOf, union, type CodePointSet } from './code-point-set';

/** Code points by the fold that they share. */
let groups: Map<number, number[]> | undefined;
/** Fold by code point. */
let folds: Map<number, number> | undefined;
/** Strings of several characters to which one character folds (`ss` for `ß`). */
let expansions: Set<string> | undefined;
let expanding: Set<number> | undefined;

/** Adds the other cases of all members to a set, including `ſ` for `s` and the Kelvin sign for `k`. */
export function withOtherCases(set: CodePointSet): CodePointSet {
	const { groups, folds } = tables();
	const more: [number, number][] = [];
	for (const code of codePointsOf(set)) {
		const fold = folds.get(code);
		if (fold === undefined) continue;
		for (const other of groups.get(fold) ?? []) more.push([other, other]);
	}
	return more.length === 0 ? set : union(set, more);
}

/**
 * Finds the first part of `literal` that a reference also matches against a single character (`ss` against
 * `ß`); `undefined` if there is none.
 */
export function foldingSequence(literal: string): string | undefined {
	const lower = [...literal].map((c) => c.toLowerCase()).join('');
	return [...tables().expansions].find((expansion) => lower.includes(expansion));
}

/** Finds a member that folds to several characters (`ß`); `undefined` if there is none. */
export function expandingMember(set: CodePointSet): string | undefined {
	for (const code of tables().expanding) {
		if (set.some(([first, last]) => code >= first && code <= last)) {
			return String.fromCodePoint(code);
		}
	}
	return undefined;
}

function tables() {
	if (!groups || !folds || !expansions || !expanding) {
		const built = build();
		({ groups, folds, expansions, expanding } = built);
		return built;
	}
	return { groups, folds, expansions, expanding };
}

function build() {
	const byFold = new Map<number, number[]>();
	const sequences = new Set<string>();
	const sources = new Set<number>();
	// All case pairs are below U+20000; the Turkish dotless i folds to itself only.
	for (let code = 0; code < 0x20000; code++) {
		if (code === 0x131 || (code >= 0xd800 && code < 0xe000)) continue;
		const character = String.fromCodePoint(code);
		const upper = character.toUpperCase();
		const lower = character.toLowerCase();
		if (upper === character && lower === character) continue;
		const full = [...upper].map((c) => c.toLowerCase()).join('');
		if ([...full].length > 1 || [...lower].length > 1) {
			sequences.add([...lower].length > 1 ? lower : full);
			sources.add(code);
		}
		const fold = single(single(character, upper), single(character, upper).toLowerCase());
		const key = fold.codePointAt(0) ?? code;
		byFold.set(key, [...(byFold.get(key) ?? []), code]);
	}
	const byCode = new Map<number, number>();
	for (const [fold, members] of byFold) for (const code of members) byCode.set(code, fold);
	return { groups: byFold, folds: byCode, expansions: sequences, expanding: sources };
}

/** `changed` if it is one character; `character` if not. */
function single(character: string, changed: string): string {
	return [...changed].length === 1 ? changed : character;
}
