import { codePointsOf, union, type CodePointSet } from './code-point-set';

interface CaseTables {
	/** Code points with the same fold, by fold. */
	readonly groups: ReadonlyMap<number, readonly number[]>;
	/** Fold by code point. */
	readonly folds: ReadonlyMap<number, number>;
	/** Strings of several characters to which one character folds (`ss` for `ß`). */
	readonly expansions: ReadonlySet<string>;
	/** Code points that fold to several characters (`ß`). */
	readonly expanding: ReadonlySet<number>;
}

let tables: CaseTables | undefined;

/** Adds the other cases of all members to a set, including `ſ` for `s` and the Kelvin sign for `k`. */
export function withOtherCases(set: CodePointSet): CodePointSet {
	const { groups, folds } = (tables ??= buildTables());
	const others: [number, number][] = [];
	for (const code of codePointsOf(set)) {
		const fold = folds.get(code);
		if (fold === undefined) continue;
		for (const other of groups.get(fold) ?? []) others.push([other, other]);
	}
	return others.length === 0 ? set : union(set, others);
}

/**
 * Finds the first part of `literal` that a reference also matches against a single character (`ss` against
 * `ß`); `undefined` if there is none.
 */
export function foldingSequence(literal: string): string | undefined {
	const { expansions } = (tables ??= buildTables());
	const lower = [...literal].map((c) => c.toLowerCase()).join('');
	return [...expansions].find((expansion) => lower.includes(expansion));
}

/** Finds a member that folds to several characters (`ß`); `undefined` if there is none. */
export function expandingMember(set: CodePointSet): string | undefined {
	const { expanding } = (tables ??= buildTables());
	const code = [...expanding].find((code) =>
		set.some(([first, last]) => code >= first && code <= last)
	);
	return code === undefined ? undefined : String.fromCodePoint(code);
}

function buildTables(): CaseTables {
	const groups = new Map<number, number[]>();
	const expansions = new Set<string>();
	const expanding = new Set<number>();
	// All case pairs are below U+20000. The Turkish dotless i folds to itself only.
	for (let code = 0; code < 0x20000; code++) {
		if (code === 0x131 || (code >= 0xd800 && code < 0xe000)) continue;
		const character = String.fromCodePoint(code);
		const upper = character.toUpperCase();
		const lower = character.toLowerCase();
		if (upper === character && lower === character) continue;
		const full = [...upper].map((c) => c.toLowerCase()).join('');
		if ([...full].length > 1 || [...lower].length > 1) {
			expansions.add([...lower].length > 1 ? lower : full);
			expanding.add(code);
		}
		const simpleUpper = single(upper, character);
		const fold = single(simpleUpper.toLowerCase(), simpleUpper).codePointAt(0) ?? code;
		groups.set(fold, [...(groups.get(fold) ?? []), code]);
	}
	const folds = new Map<number, number>();
	for (const [fold, members] of groups) for (const code of members) folds.set(code, fold);
	return { groups, folds, expansions, expanding };
}

/** `text` if it is one character; `fallback` if not. */
function single(text: string, fallback: string): string {
	return [...text].length === 1 ? text : fallback;
}
