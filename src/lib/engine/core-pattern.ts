/** A pattern that the core (`model/core.ts`) can scan. */
export interface CorePattern {
	/** `true` for o200k's pattern, whose words depend on the case of their letters; `false` for cl100k's. */
	readonly isCased: boolean;
	/** A value of `Contractions`. */
	readonly contractions: number;
	/** Maximum number of digits in a pre-token. */
	readonly digits: number;
	/** Class flags of word characters in cl100k's pattern. */
	readonly word: number;
}
