import type { Matcher } from './pattern';

/**
 * Code and tables that few tokenizers need, about as large as the rest of the engine. A page loads them when a tokenizer
 * asks for them (`withExtras`). A stage reads its extras when it is built, never later.
 */
export interface Extras {
	/**
	 * Creates the matcher of a regular expression in Oniguruma's syntax.
	 * @throws Error if it is invalid, not supported or too large
	 */
	readonly compileRegex: (regex: string) => Matcher;
	/** Whether a code point is `\w` in Rust's regex crate. */
	readonly isWordCharacter: (codePoint: number) => boolean;
	/** Number of the script that UnicodeScripts reads a character as; 0 for one that goes with any script. */
	readonly scriptOf: (codePoint: number) => number;
	/** Lowercase of a character by itself; `undefined` if it stays. */
	readonly lowercaseOf: (codePoint: number) => string | undefined;
	/** Exclusive last byte of the grapheme that begins at byte `at` of UTF-8 that ends at `end`. */
	readonly graphemeEnd: (bytes: Uint8Array, at: number, end: number) => number;
}

/** Thrown by {@link ABSENT_EXTRAS}. */
export class ExtrasNeeded extends Error {
	override readonly name = 'ExtrasNeeded';
}

/** The extras of a tokenizer that needs none. @throws ExtrasNeeded when one is read */
export const ABSENT_EXTRAS: Extras = new Proxy({} as Extras, {
	get() {
		throw new ExtrasNeeded(
			'this tokenizer needs extras, which are not loaded; build it in withExtras'
		);
	}
});
