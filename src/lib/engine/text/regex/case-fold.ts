import { FOLDED_GROUPS, FOLDED_PAIRS, FOLDED_STRINGS } from '../unicode-properties-data';
import { intersection, setOf, union, type CodePointSet } from './code-point-set';

interface CaseTables {
	/** For each code point, all code points that equal it when case is ignored, including itself. */
	readonly groups: ReadonlyMap<number, readonly number[]>;
	/** All code points in `groups`. */
	readonly cased: CodePointSet;
	/** Strings of several characters that Oniguruma treats as equal to a single character (`ss` for `ß`). */
	readonly strings: ReadonlySet<string>;
	/** Code points that equal one of `strings` (`ß`, `ẞ`). */
	readonly expanding: CodePointSet;
}

let tables: CaseTables | undefined;

/** Adds the other case variants of every member to a set, including `ſ` for `s` and the Kelvin sign for `k`. */
export function withOtherCases(set: CodePointSet): CodePointSet {
	const { groups, cased } = (tables ??= buildTables());
	const others: [number, number][] = [];
	for (const [first, last] of intersection(set, cased)) {
		for (let code = first; code <= last; code++) {
			for (const other of groups.get(code) ?? []) others.push([other, other]);
		}
	}
	return others.length === 0 ? set : union(set, others);
}

/**
 * Finds a string that Oniguruma treats as equal to a single character (such as `ss` for `ß`) and that `literal`
 * contains if case is ignored; `undefined` if there is none.
 */
export function foldingSequence(literal: string): string | undefined {
	if (literal.length < 2) return undefined;
	const { groups, strings } = (tables ??= buildTables());
	const fold = (text: string) =>
		Array.from(text, (character) => {
			const code = character.codePointAt(0) ?? 0;
			return String.fromCodePoint(groups.get(code)?.[0] ?? code);
		}).join('');
	const folded = fold(literal);
	return [...strings].find((string) => folded.includes(fold(string)));
}

/**
 * Finds a member that Oniguruma treats as equal to a character sequence (such as `ß`); `undefined` if there is none.
 */
export function expandingMember(set: CodePointSet): string | undefined {
	const { expanding } = (tables ??= buildTables());
	const [range] = intersection(expanding, set);
	return range && String.fromCodePoint(range[0]);
}

function buildTables(): CaseTables {
	const groups = new Map<number, readonly number[]>();
	const add = (group: readonly number[]) => {
		for (const code of group) groups.set(code, group);
	};
	const numbers = (text: string) => text.split('.').map((digits) => parseInt(digits, 36));
	for (const run of FOLDED_PAIRS.split(' ')) {
		const [first, distance, count, step] = numbers(run);
		for (let i = 0; i < count; i++) add([first + i * step, first + i * step + distance]);
	}
	for (const group of FOLDED_GROUPS.split(' ')) add(numbers(group));
	const strings = new Set<string>();
	const expanding: [number, number][] = [];
	for (const pair of FOLDED_STRINGS.split(',')) {
		const [character, string] = pair.split(' ');
		strings.add(string);
		const code = character.codePointAt(0) ?? 0;
		for (const equal of groups.get(code) ?? [code]) expanding.push([equal, equal]);
	}
	return {
		groups,
		cased: setOf(Array.from(groups.keys(), (code) => [code, code])),
		strings,
		expanding: setOf(expanding)
	};
}
