import { lowercaseAscii } from '../ascii';
import { withOtherCases } from './case-fold';
import { negatedIf, type CodePointSet } from './code-point-set';
import { CONTROL_ESCAPES } from './oniguruma-class';
import { propertySet, rustPropertySet, rustWordSet } from './properties';
import type { PatternReader } from './reader';

/**
 * Reads the escape of a character or a set after its backslash, inside or outside brackets. A property has the other
 * cases of its members if the pattern ignores case.
 */
export function readRustEscape(reader: PatternReader, ignoreCase: boolean): number | CodePointSet {
	const letter = reader.next();
	if (Object.hasOwn(CONTROL_ESCAPES, letter)) return CONTROL_ESCAPES[letter];
	const lower = lowercaseAscii(letter);
	const negated = letter !== lower;
	switch (lower) {
		case 'd':
			return negatedIf(negated, rustPropertySet('Nd') ?? []);
		case 's':
			return negatedIf(negated, rustPropertySet('White_Space') ?? []);
		case 'w':
			return negatedIf(negated, rustWordSet());
		case 'h':
			return negatedIf(negated, propertySet('XDigit') ?? []);
		case 'p': {
			const name = reader.take('{') ? reader.until('}') : reader.next();
			const set = rustPropertySet(name);
			if (!set) throw reader.error(`unknown property \\p{${name}}`);
			return negatedIf(negated, ignoreCase ? withOtherCases(set) : set);
		}
	}
	switch (letter) {
		case 'x':
			return hexadecimal(reader, 2);
		case 'u':
			return hexadecimal(reader, 4);
		case 'U':
			return hexadecimal(reader, 8);
	}
	if (!/^[ -~]$/.test(letter) || /[A-Za-z0-9]/.test(letter))
		throw reader.unsupported(`\\${letter}`);
	return letter.charCodeAt(0);
}

/** Reads the number of a character: so many digits, or up to eight in braces. */
function hexadecimal(reader: PatternReader, digits: number): number {
	const start = reader.at;
	let text = reader.run(/[0-9a-fA-F]/, digits);
	if (text.length < digits) {
		reader.at = start;
		text = reader.take('{') ? reader.until('}') : '';
	}
	const code = /^[0-9a-fA-F]{1,8}$/.test(text) ? parseInt(text, 16) : Infinity;
	if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) {
		throw reader.error(`"${text}" is not the hexadecimal number of a character`);
	}
	return code;
}
