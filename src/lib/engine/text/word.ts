import { wordSet } from './regex/properties';

let members: Uint8Array | undefined;

/**
 * Whether a code point is `\w` in Rust's regex crate (Alphabetic, marks, decimal numbers, connector
 * punctuation, join controls): what a `single_word` added token may not touch.
 */
export function isWordCharacter(codePoint: number): boolean {
	members ??= build();
	return members[codePoint] === 1;
}

function build(): Uint8Array {
	const table = new Uint8Array(0x110000);
	table.fill(1, 0x200c, 0x200e);
	for (const [first, last] of wordSet()) table.fill(1, first, last + 1);
	return table;
}
