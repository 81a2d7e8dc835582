import {
	vocabularySize,
	type AddedTokenSpec,
	type PreTokenizerSpec,
	type TokenizerSpec
} from '../../engine';
import {
	GPT2_PATTERN,
	scannerFor,
	normalizerSteps,
	preTokenizerSteps,
	ByteSource,
	IntBuffer,
	tokenTableOf
} from '../../engine/stages';
import { decodeUtf8, encodeUtf8 } from '../../engine/text';

const NEWLINE = 0x0a;

/**
 * Whether encoding in chunks (see encode-chunks.ts) is known to give the same ids as encoding the whole text. This
 * isn't certain for trained, imported and edited tokenizers: a token may cross a boundary or depend on the text beyond
 * it, and a normalizer may add a space to each chunk.
 */
export function isChunkable(spec: TokenizerSpec): boolean {
	const normalizers = normalizerSteps(spec.normalizer);
	const steps = preTokenizerSteps(spec.pre_tokenizer);
	if (!normalizers.every(keepsBoundaries)) return false;
	// An `lstrip` token that begins with a letter would strip the newline before the letter.
	if (spec.added_tokens.some(({ lstrip, content }) => lstrip && /^\p{L}/u.test(content)))
		return false;
	if (spec.added_tokens.some((token) => mayCrossBoundary(token, normalizers.length > 0)))
		return false;
	if (!steps.every(isLocal)) return false;
	// ByteLevel turns white space into letters, so a later step would find no white space.
	if (steps.slice(0, -1).some(({ type }) => type === 'ByteLevel')) return false;
	if (steps.some(splitsAtNewlines)) return true;
	const { unk_token, fuse_unk, byte_fallback, byte_level, ignore_merges } = spec.model;
	// A chunk might equal a token that merging doesn't produce.
	if (ignore_merges) return false;
	// Unknown characters on both sides of a boundary would become one token, and dropping characters would make the
	// text around them adjacent.
	const knowsAll = byte_fallback || (byte_level && hasEveryByte(spec));
	if (spec.model.continuing_subword_prefix ?? spec.model.end_of_word_suffix) return false;
	if (!knowsAll && (unk_token === null || fuse_unk)) return false;
	return !hasTokenAcrossNewline(spec);
}

/**
 * Whether text can also be split before a space that follows a non-white-space character, without changing the ids.
 * This requires patterns that never put such a space inside a pre-token, and a normalizer that doesn't rewrite spaces.
 */
export function splitsBeforeSpaces(spec: TokenizerSpec): boolean {
	const steps = preTokenizerSteps(spec.pre_tokenizer);
	if (!isChunkable(spec) || !steps.some(splitsAtNewlines)) return false;
	if (!normalizerSteps(spec.normalizer).every(({ type }) => type === 'NFC' || type === 'NFD'))
		return false;
	const depends = ({ content, single_word, rstrip }: AddedTokenSpec) =>
		single_word || rstrip || /\S /.test(content);
	if (spec.added_tokens.some(depends)) return false;
	return steps.every(
		(step) => step.type === 'ByteLevel' || step.type === 'Digits' || isKnownSplit(step)
	);
}

/**
 * Whether text can be split before a space between two letters. This requires a normalizer that writes the space as `▁`
 * and a vocabulary in which no token has `▁` after a letter.
 * @returns `kept` if the space begins the next part, `left out` if the normalizer prepends a `▁` to the next part
 * instead, or `null` if such a split isn't safe
 */
export function spaceBetweenLetters(spec: TokenizerSpec): 'kept' | 'left out' | null {
	const steps = normalizerSteps(spec.normalizer);
	const prepends = steps[0]?.type === 'Prepend' && steps[0].prepend === '▁';
	const [replace, ...others] = prepends ? steps.slice(1) : steps;
	if (replace?.type !== 'Replace' || replace.content !== '▁' || others.length > 0) return null;
	if (!('String' in replace.pattern) || replace.pattern.String !== ' ') return null;
	// The replacement leaves no spaces, so a Split at spaces has no effect.
	if (!preTokenizerSteps(spec.pre_tokenizer).every(isSplitAtSpaces)) return null;
	const isSafe = ({ content, lstrip, rstrip, single_word }: AddedTokenSpec) =>
		!lstrip && !rstrip && !single_word && !/\p{L}[ ▁]|^\p{L}|\p{L}$/u.test(content);
	const { byte_fallback, ignore_merges, vocabulary } = spec.model;
	if (!byte_fallback || ignore_merges || !spec.added_tokens.every(isSafe)) return null;
	if (spec.model.continuing_subword_prefix ?? spec.model.end_of_word_suffix) return null;
	if (hasTokenAcross(vocabulary, encodeUtf8('▁'), isLetterOrMore)) return null;
	return prepends ? 'left out' : 'kept';
}

/**
 * Whether a newline after a letter or a non-ASCII character never shares a token with other characters and never
 * directly follows an added token. After an added token, a normalizer might prepend something to the newline.
 */
export function isNewlineAlone({ added_tokens, model: { vocabulary } }: TokenizerSpec): boolean {
	const { bytes, ends } = vocabulary;
	for (let id = 0, start = 0; id < ends.length; start = ends[id++])
		if (ends[id] - start > 1 && bytes.subarray(start, ends[id]).includes(NEWLINE)) return false;
	return added_tokens.every(({ content }) => !/\n|[\p{L}\u{80}-\u{10ffff}]$/u.test(content));
}

/**
 * Whether every byte of a text is sure to end up in a token: no stage removes bytes, and the model has a token for each
 * byte.
 */
export function keepsEveryByte(spec: TokenizerSpec): boolean {
	const { byte_level, byte_fallback, continuing_subword_prefix, end_of_word_suffix } = spec.model;
	if (continuing_subword_prefix ?? end_of_word_suffix) return false;
	const keepsText = normalizerSteps(spec.normalizer).every(
		(step) =>
			step.type === 'NFC' ||
			step.type === 'NFD' ||
			step.type === 'Prepend' ||
			(step.type === 'Replace' && 'String' in step.pattern && step.content === '▁')
	);
	const splitsOnly = preTokenizerSteps(spec.pre_tokenizer).every(
		(step) =>
			step.type === 'ByteLevel' ||
			step.type === 'Digits' ||
			(step.type === 'Split' && step.behavior !== 'Removed')
	);
	if (!keepsText || !splitsOnly) return false;
	return byte_fallback ? hasEveryFallback(spec) : byte_level && hasEveryByte(spec);
}

const isSplitAtSpaces = (step: PreTokenizerSpec): boolean =>
	step.type === 'Split' && 'String' in step.pattern && step.pattern.String === ' ';

/** Whether a step keeps a newline between two letters, and normalizes the text on each side independently. */
function keepsBoundaries(step: ReturnType<typeof normalizerSteps>[number]): boolean {
	switch (step.type) {
		case 'NFC':
		case 'NFD':
		case 'NFKC':
		case 'NFKD':
		case 'Lowercase':
		case 'StripAccents':
			return true;
		case 'Replace':
			return 'String' in step.pattern && /^[^\n\p{L}]+$/u.test(step.pattern.String);
		default:
			return false;
	}
}

/** Whether an added token may include a newline between letters, or depend on the letter after the newline. */
function mayCrossBoundary(
	{ content, normalized, single_word }: AddedTokenSpec,
	isRewritten: boolean
): boolean {
	if (ACROSS_NEWLINE.test(content)) return true;
	if (single_word && /^\n|\n$/.test(content)) return true;
	// The characters around the newline may have been letters before normalization.
	return normalized && isRewritten && /\n[^\n]|[^\n]\n/.test(content);
}

/** Matches a newline before a letter or a non-ASCII character, where text may be divided into chunks. */
const ACROSS_NEWLINE = /\n[A-Za-z\u0080-\uffff]/;

/** Whether a step splits at a known pattern or a single character, and doesn't prepend anything. */
function isLocal(step: PreTokenizerSpec): boolean {
	switch (step.type) {
		case 'ByteLevel':
			return !step.add_prefix_space;
		case 'Metaspace':
			return step.prepend_scheme === 'never';
		case 'Split':
			return 'Regex' in step.pattern ? isKnownSplit(step) : step.pattern.String.length === 1;
		case 'Punctuation':
			return step.behavior === 'Isolated';
		default:
			return step.type === 'Digits';
	}
}

/** Whether a step splits at a known pattern, and either keeps or drops all text between matches. */
function isKnownSplit(step: PreTokenizerSpec): boolean {
	if (step.type !== 'Split' || !('Regex' in step.pattern)) return false;
	const { Regex: regex } = step.pattern;
	if (step.behavior !== 'Isolated' && !(step.behavior === 'Removed' && step.invert)) return false;
	return scannerFor(regex) !== null;
}

function splitsAtNewlines(step: PreTokenizerSpec): boolean {
	const regex =
		step.type === 'Split' && 'Regex' in step.pattern
			? step.pattern.Regex
			: step.type === 'ByteLevel' && step.use_regex
				? GPT2_PATTERN
				: null;
	const scanner = regex === null ? null : scannerFor(regex);
	if (!scanner) return false;
	const text = encodeUtf8('a\na');
	const ends = new IntBuffer(4);
	scanner(new ByteSource(text), 0, text.length, ends);
	return ends.data.subarray(0, ends.length).includes(2);
}

const hasEveryByte = ({ model: { vocabulary } }: TokenizerSpec): boolean =>
	!tokenTableOf(vocabulary).byteIds.includes(-1);

function hasEveryFallback({ model: { vocabulary } }: TokenizerSpec): boolean {
	const { bytes, ends } = vocabulary;
	let found = 0;
	for (let id = 0, start = 0; id < ends.length; start = ends[id++]) {
		if (ends[id] - start !== BYTE_TOKEN_LENGTH) continue;
		if (/^<0x[\dA-F]{2}>$/.test(decodeUtf8(bytes.subarray(start, ends[id])))) found++;
	}
	return found === 256;
}

/** Length in bytes of a byte token such as `<0xE2>`. */
const BYTE_TOKEN_LENGTH = 6;

/** Whether a token contains a newline before a letter, or before bytes that may be part of a letter. */
function hasTokenAcrossNewline({ model: { vocabulary } }: TokenizerSpec): boolean {
	const { bytes, ends } = vocabulary;
	for (let id = 0, start = 0; id < vocabularySize(vocabulary); start = ends[id++]) {
		for (let at = start; at + 1 < ends[id]; at++) {
			if (bytes[at] !== NEWLINE || !isLetterOrMore(bytes[at + 1])) continue;
			if (/^[\p{L}\ufffd]/u.test(decodeUtf8(bytes.subarray(at + 1, ends[id])))) return true;
		}
	}
	return false;
}

/**
 * Whether any token contains `separator` after a byte that satisfies `isBefore`. Ignores a separator that directly
 * follows another one.
 */
function hasTokenAcross(
	{ bytes, ends }: TokenizerSpec['model']['vocabulary'],
	separator: Uint8Array,
	isBefore: (byte: number) => boolean
): boolean {
	const isAt = (at: number) => separator.every((byte, i) => bytes[at + i] === byte);
	const { length } = separator;
	for (let id = 0, start = 0; id < ends.length; start = ends[id++]) {
		for (let at = start + 1; at + length <= ends[id]; at++) {
			if (!isBefore(bytes[at - 1]) || !isAt(at)) continue;
			if (at - length < start || !isAt(at - length)) return true;
		}
	}
	return false;
}

/** Whether a byte is an ASCII letter or part of a non-ASCII character. */
const isLetterOrMore = (byte: number): boolean =>
	byte >= 0x80 || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
