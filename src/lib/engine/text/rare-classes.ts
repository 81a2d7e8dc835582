import { wordSet } from './regex/properties';
import { SCRIPT_RUNS } from './unicode-scripts-data';

/** Classes of characters with large tables, which few tokenizers need. */

let wordTable: Uint8Array | undefined;

/**
 * Whether a code point is `\w` in Rust's regex crate: alphabetic, a mark, a decimal number, connector
 * punctuation or a join control.
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

/** Number of the script that UnicodeScripts reads a character as; 0 for one that goes with any script. */
export function scriptOf(codePoint: number): number {
	scriptTable ??= buildScripts();
	return scriptTable[codePoint];
}

function buildScripts(): Uint8Array {
	const table = new Uint8Array(0x110000);
	let code = 0;
	for (const run of SCRIPT_RUNS.split(' ')) {
		const [length, script = '0'] = run.split('.');
		const end = code + parseInt(length, 36);
		table.fill(parseInt(script, 36), code, end);
		code = end;
	}
	return table;
}
