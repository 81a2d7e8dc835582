/** A pattern that the core (`model/core.ts`) scans, too. */
export interface CorePattern {
	/** Whether it is o200k's, whose words depend on the case of their letters; else it is cl100k's. */
	readonly isCased: boolean;
	/** How contractions are matched, as in `Contractions`. */
	readonly contractions: number;
	/** Maximum number of digits in a pre-token. */
	readonly digits: number;
	/** Class flags of what a word of cl100k's pattern consists of. */
	readonly word: number;
}
