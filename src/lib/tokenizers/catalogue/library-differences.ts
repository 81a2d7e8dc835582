/** Why a library's ids differ from the reference's, where it is known. The lab follows the reference. */
const JS_WHITE_SPACE =
	'JavaScript’s \\s is not the reference’s: it leaves out U+0085 and takes in U+FEFF. The lab is right.';

const BY_CHARACTER: Readonly<Record<string, string>> = {
	'\u0085': JS_WHITE_SPACE,
	'\ufeff': JS_WHITE_SPACE,
	'\u017f':
		'In the reference (?i:s) also matches ſ; JavaScript’s spelled-out pattern does not. The lab is right.'
};

/** @param character where the two part; empty at the end of the text */
export function explainDifference(
	library: 'js-tiktoken' | 'transformers.js',
	character: string
): string {
	const known = BY_CHARACTER[character];
	if (known) return known;
	return library === 'transformers.js'
		? 'The lab’s ids are held to the native tokenizers library; transformers.js differs from it on rare white space, newer letters and overlapping added tokens.'
		: 'The lab’s ids are held to the native tiktoken; js-tiktoken differs from it on rare white space and newer letters.';
}
