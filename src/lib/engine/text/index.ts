/** UTF-8, escapes, alignment with the original text, and regular expressions as in the reference libraries. */
export {
	encodeUtf8,
	decodeUtf8,
	splitsPair,
	byteLength,
	countChars,
	countCharsOfUtf8,
	describeInvalidUtf8,
	firstInvalidUtf8,
	haveSameBytes,
	sequenceLength
} from './utf8';
export { concatenate } from '../structures/arrays';
export { byteHex, byteToken, codePointName, escapeRegex, hexOf } from './ascii';
export { originEnd, originStart, slice, type AlignedText } from './aligned';
export { setOf, union, complement, intersection, type CodePointSet } from './regex/code-point-set';
export { propertySet, scriptSets } from './regex/properties';
export { parseRegex } from './regex/oniguruma';
export { coversEverything } from './regex/coverage';
export type { RegexNode } from './regex/syntax';
export { findInText, type Matcher } from './pattern';
export { compileRegex } from './regex/matcher';
export { formatCount, formatRatio, formatShare, plural, reasonOf } from './words';
