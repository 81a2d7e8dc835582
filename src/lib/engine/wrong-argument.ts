import type { TokenizerSpec } from './spec';

/**
 * Creates the error for an argument of the wrong type. The message includes the argument's name, its value and what was
 * expected.
 */
export const wrongArgument = (name: string, got: unknown, expected: string): TypeError =>
	new TypeError(`${name}: got ${describe(got)}, expected ${expected}`);

/** @throws TypeError for anything that isn't a spec, such as a tokenizer or parsed JSON */
export function checkSpec(spec: TokenizerSpec): void {
	const { model } = (spec ?? {}) as Partial<TokenizerSpec>;
	if (typeof model !== 'object' || !('vocabulary' in model))
		throw wrongArgument('spec', spec, 'a TokenizerSpec, such as parseTokenizerJson returns');
}

const MAX_SHOWN_UNITS = 60;

/** Describes a value for an error message in at most 60 UTF-16 code units. */
export function describe(value: unknown): string {
	if (value === undefined) return 'nothing';
	if (Array.isArray(value)) return `an array of ${value.length}`;
	if (typeof value === 'object' && value !== null) return 'an object';
	if (typeof value === 'bigint') return 'a BigInt';
	// The string may be a whole file.
	const shown = typeof value === 'string' ? value.slice(0, MAX_SHOWN_UNITS) : value;
	const json = JSON.stringify(shown) ?? typeof value;
	return json.length > MAX_SHOWN_UNITS ? `${json.slice(0, MAX_SHOWN_UNITS - 3)}…` : json;
}
