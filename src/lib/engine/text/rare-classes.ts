import type { CodePointSet } from './regex/code-point-set';
import { scriptSets, wordSet } from './regex/properties';
import { unassignedInUnicode9 } from './unicode-9';

/** Character classes with large tables that few tokenizers need. */

let wordTable: Uint8Array | undefined;

/**
 * Whether a code point matches `\w` in Rust's regex crate: alphabetic, a mark, a decimal number, connector punctuation
 * or a join control.
 */
export function isWordCharacter(codePoint: number): boolean {
	wordTable ??= buildWordTable();
	return wordTable[codePoint] === 1;
}

function buildWordTable(): Uint8Array {
	const table = new Uint8Array(0x110000);
	table.fill(1, 0x200c, 0x200e);
	for (const [first, last] of wordSet()) table.fill(1, first, last + 1);
	return table;
}

let scriptTable: Uint8Array | undefined;

/**
 * Script that UnicodeScripts assigns to a character, as a number; 0 for characters that can join any script: the space
 * and code points that Unicode 9 does not assign.
 */
export function scriptOf(codePoint: number): number {
	scriptTable ??= buildScripts();
	return scriptTable[codePoint];
}

function buildScripts(): Uint8Array {
	const table = new Uint8Array(0x110000);
	const sets = new Map(scriptSets());
	const script = (name: string) => [...sets.keys()].indexOf(name) + 1;
	const read = (set: CodePointSet, as: number) => {
		for (const [first, last] of set) table.fill(as, first, last + 1);
	};
	for (const [name, set] of sets) read(set, script(name));
	// Kana count as Han, and so does the prolonged sound mark U+30FC.
	for (const name of ['Hiragana', 'Katakana']) read(sets.get(name) ?? [], script('Hani'));
	table[0x30fc] = script('Hani');
	// These characters moved to a different script after Unicode 9.
	table[0x589] = table[0x61c] = script('Common');
	table[0x953] = table[0x954] = script('Devanagari');
	read(unassignedInUnicode9(), 0);
	table[0x20] = 0;
	return table;
}
