import { LOWERCASE_PAIRS, LOWERCASE_STRINGS } from './unicode-lowercase-data';

let lowercase: ReadonlyMap<number, string> | undefined;

/**
 * Lowercase of a single character, as in Rust's `char::to_lowercase`, which Hugging Face's library uses: no final
 * sigma, and `İ` becomes two characters. `undefined` if the character doesn't change.
 */
export function lowercaseOf(codePoint: number): string | undefined {
	lowercase ??= buildLowercase();
	return lowercase.get(codePoint);
}

function buildLowercase(): ReadonlyMap<number, string> {
	const map = new Map<number, string>();
	const parse = (digits: string) => parseInt(digits, 36);
	for (const run of LOWERCASE_PAIRS.split(' ')) {
		const [first, distance, count, step] = run.split('.').map(parse);
		for (let i = 0; i < count; i++) {
			const code = first + i * step;
			map.set(code, String.fromCodePoint(code + distance));
		}
	}
	for (const pair of LOWERCASE_STRINGS.split(',')) {
		const [code, ...characters] = pair.split(' ').map(parse);
		map.set(code, String.fromCodePoint(...characters));
	}
	return map;
}
