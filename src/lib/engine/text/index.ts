/** Text by its UTF-8 and its alignment, and regular expressions as the references read them. */
export {
	Utf8Buffer,
	encodeUtf8,
	decodeUtf8,
	sequenceLength,
	codePointAt,
	previousStart,
	isHighSurrogate,
	isLowSurrogate,
	splitsPair,
	byteLength,
	countChars,
	countCharsOfUtf8,
	firstInvalidUtf8
} from './utf8';
export { slice, originStart, AlignedBuilder, type AlignedText, type Origin } from './aligned';
export { isWhiteSpace, skipWhiteSpace, skipWhiteSpaceBack } from './white-space';
export {
	setOf,
	union,
	complement,
	intersection,
	codePointsOf,
	toClass,
	type CodePointSet
} from './regex/code-point-set';
export { propertySet } from './regex/properties';
export { parseRegex, wordCharacters, type RegexNode, type RegexAnchor } from './regex/syntax';
export { translateRegex } from './regex/translate';
