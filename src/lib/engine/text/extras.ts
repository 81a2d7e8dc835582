import type { CompileRegex } from './pattern';

/**
 * Code and tables that few tokenizers need, about as large as the rest of the engine. A page loads them when a tokenizer
 * asks for them (`withExtras`). A stage reads its extras when it is built, never later.
 */
export interface Extras {
	readonly compileRegex: CompileRegex;
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

/**
 * Builds a tokenizer or a stage without extras. If it needs them, loads them and builds it again. Most tokenizers need
 * none, and then nothing is loaded.
 * @param make builds it; called once or twice
 * @throws Error as `make`, or if the code cannot be fetched
 */
export async function withExtras<T>(make: (extras: Extras) => T): Promise<T> {
	try {
		return make(ABSENT_EXTRAS);
	} catch (error) {
		if (!(error instanceof ExtrasNeeded)) throw error;
	}
	const { EXTRAS } = await import('./all-extras');
	return make(EXTRAS);
}
