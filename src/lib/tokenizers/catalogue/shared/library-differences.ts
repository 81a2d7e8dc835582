import type { TokenizerDescriptor } from './descriptor';

/** A reason for differences between a library's ids and the reference's. The lab follows the reference. */
export interface LibraryDifference {
	/** Characters where the ids begin to differ. */
	readonly characters: readonly string[];
	readonly reason: string;
	/** Names of the texts in `tests/oracle/inputs.json` that show the difference. */
	readonly oracleInputs: readonly string[];
}

/** Difference for patterns with `\s`. */
export const WHITE_SPACE: LibraryDifference = {
	characters: ['\u0085', '\ufeff'],
	reason:
		'JavaScript’s \\s differs from the reference’s: it excludes U+0085 and includes U+FEFF. The lab is right.',
	oracleInputs: ['nel', 'rand-ws']
};

/** Difference for patterns with `(?i:'s|…)`. */
export const LONG_S: LibraryDifference = {
	characters: ['\u017f'],
	reason:
		'In the reference (?i:s) also matches ſ. JavaScript’s spelled-out pattern does not. The lab is right.',
	oracleInputs: []
};

/** Difference for added tokens that are looked for in the normalized text, as Gemma 2's runs of `▁`. */
export const NORMALIZED_RUNS: LibraryDifference = {
	characters: [' '],
	reason:
		'transformers.js looks for runs of spaces before it writes spaces as ▁, and misses them. The lab is right.',
	oracleInputs: ['space-lead', 'space-multi', 'rand-ws']
};

/**
 * Describes the probable reason for a difference.
 * @param character where the ids begin to differ; empty at the end of the text
 */
export function describeLibraryDifference(
	{ library, libraryDifferences }: TokenizerDescriptor,
	character: string
): string {
	const known = libraryDifferences.find(({ characters }) => characters.includes(character));
	if (known) return known.reason;
	return library === 'transformers.js'
		? 'The lab’s ids are checked against the native tokenizers library. transformers.js differs from it on rare white space, newer letters and overlapping added tokens.'
		: 'The lab’s ids are checked against the native tiktoken. js-tiktoken differs from it on rare white space and newer letters.';
}
