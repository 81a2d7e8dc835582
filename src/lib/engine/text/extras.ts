import type { CompileRegex } from './pattern';

/**
 * Code and tables that few tokenizers need. They are about as large as the rest of the engine, so {@link withExtras}
 * loads them on demand. A stage reads its extras only while it is being built.
 */
export interface Extras {
	readonly compileRegex: CompileRegex;
	/** Whether a code point matches `\w` in Rust's regex crate. */
	readonly isWordCharacter: (codePoint: number) => boolean;
	/** Script that UnicodeScripts assigns to a character, as a number; 0 if the character can join any script. */
	readonly scriptOf: (codePoint: number) => number;
	/** Lowercase form of a single character; `undefined` if it doesn't change. */
	readonly lowercaseOf: (codePoint: number) => string | undefined;
	/** End byte (exclusive) of the grapheme that starts at byte `at`, in UTF-8 that ends at `end`. */
	readonly graphemeEnd: (bytes: Uint8Array, at: number, end: number) => number;
}

/** Thrown by {@link ABSENT_EXTRAS}. */
export class ExtrasNeeded extends Error {
	override readonly name = 'ExtrasNeeded';
}

/** Stands in for the extras if they aren't loaded. @throws ExtrasNeeded when any of the extras is accessed */
export const ABSENT_EXTRAS: Extras = new Proxy({} as Extras, {
	get() {
		throw new ExtrasNeeded(
			"this tokenizer needs extras, which aren't loaded; build it in withExtras"
		);
	}
});

/**
 * Builds a tokenizer or stage. If that turns out to need extras, loads the extras and builds it again.
 * @param make builds the tokenizer or stage; called once or twice
 * @throws Error if `make` throws or the extras cannot be fetched
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
