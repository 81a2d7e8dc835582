import type { BertNormalizerSpec, NormalizerSpec, PatternSpec } from '../spec';
import { BYTE_CHARACTERS } from '../structures/byte-level';
import { IntBuffer } from '../structures/arrays';
import { AlignedBuilder, beginsText, slice, type AlignedText } from '../text/aligned';
import type { Extras } from '../text/extras';
import { createMatcher } from '../text/pattern';
import { isCombiningMark, isControl, isNonspacingMark } from '../text/stage-classes';
import { codePointAt, encodeUtf8, sequenceLength } from '../text/utf8';
import { isWhiteSpace, skipWhiteSpace, skipWhiteSpaceBack } from '../text/unicode-classes';
import { createPrecompiled } from './precompiled';
import { createSentencePiece } from './sentencepiece';
import { createUnicodeNormalizer } from './unicode-forms';

/**
 * Rewrites a text and tracks the origin of every byte. Returns its argument if nothing changes; otherwise, the result
 * is valid until the next call.
 */
export type Normalizer = (text: AlignedText) => AlignedText;

/** Builds the normalizer of a spec. @throws Error if a pattern cannot be translated */
export function createNormalizer(spec: NormalizerSpec, extras: Extras): Normalizer {
	switch (spec.type) {
		case 'NFC':
		case 'NFD':
		case 'NFKC':
		case 'NFKD':
			return createUnicodeNormalizer(spec.type, spec.unicode ?? '9.0');
		case 'Lowercase':
			return createLowercaser(extras);
		case 'StripAccents':
			return createRewriter((code) => (isCombiningMark(code) ? '' : null));
		case 'Nmt':
			return createRewriter(nmtReplacement);
		case 'ByteLevel':
			return createByteWriter();
		case 'BertNormalizer':
			return inSequence(bertSteps(spec, extras));
		case 'Precompiled':
			return createPrecompiled(spec.precompiled_charsmap, extras);
		case 'SentencePiece':
			return createSentencePiece(spec);
		case 'Strip':
			return createStripper(spec.strip_left, spec.strip_right);
		case 'Replace':
			return createReplacer(spec.pattern, spec.content, extras);
		case 'Prepend':
			return createPrepender(spec.prepend);
		case 'Sequence':
			return inSequence(spec.normalizers.map((step) => createNormalizer(step, extras)));
	}
}

const inSequence =
	(steps: readonly Normalizer[]): Normalizer =>
	(text) =>
		steps.reduce((current, step) => step(current), text);

function createStripper(left: boolean, right: boolean): Normalizer {
	return (text) => {
		const { bytes, start, end } = text;
		const from = left ? skipWhiteSpace(bytes, start, end) : start;
		const to = right ? skipWhiteSpaceBack(bytes, from, end) : end;
		if (from === start && to === end) return text;
		return { ...slice(text, from, to), isFirst: beginsText(text) };
	};
}

/** Creates a normalizer that prepends a string to non-empty text. */
function createPrepender(prefix: string): Normalizer {
	const content = encodeUtf8(prefix);
	const builder = new AlignedBuilder();
	return (text) => {
		const { start, end } = text;
		if (start === end || content.length === 0) return text;
		builder.begin(text, end - start + content.length);
		builder.replace(content, start, start);
		return builder.finish();
	};
}

function createReplacer(pattern: PatternSpec, content: string, extras: Extras): Normalizer {
	const matcher = createMatcher(pattern, extras);
	const replacement = encodeUtf8(content);
	const matches = new IntBuffer(256);
	const builder = new AlignedBuilder();

	return (text) => {
		const { bytes, start, end } = text;
		// Empty text never changes, even if the pattern matches the empty string.
		if (start === end) return text;
		matches.clear();
		matcher.begin(end - start);
		matcher.findInBytes(bytes, start, end, matches);
		if (matches.length === 0) return text;
		const growth = (matches.length / 2) * replacement.length;
		builder.begin(text, end - start + growth);
		for (let i = 0; i < matches.length; i += 2) {
			const to = matches.data[i + 1];
			// As in the reference, aligns the content with the last replaced byte or, for an insertion, the byte before it.
			const before = beginsText(text) ? -1 : start;
			const referenceOrigin = to > start ? to - 1 : before;
			builder.replace(replacement, matches.data[i], to, referenceOrigin);
		}
		return builder.finish();
	};
}

/** Returns the text that replaces a character; `null` if the character doesn't change. */
type Replacement = (codePoint: number) => string | null;

function createRewriter(replacementOf: Replacement): Normalizer {
	const builder = new AlignedBuilder();
	return (text) => {
		const { bytes, start, end } = text;
		builder.begin(text);
		for (let at = start; at < end;) {
			const next = at + sequenceLength(bytes[at]);
			const replacement = replacementOf(codePointAt(bytes, at));
			if (replacement !== null) builder.replace(encodeUtf8(replacement), at, next);
			at = next;
		}
		return builder.finish();
	};
}

/** Lowercases each character independently of its context. */
const createLowercaser = ({ lowercaseOf }: Extras): Normalizer =>
	createRewriter((code) => lowercaseOf(code) ?? null);

/** Creates a normalizer that replaces each byte with its character in GPT-2's byte alphabet. */
function createByteWriter(): Normalizer {
	const builder = new AlignedBuilder();
	return (text) => {
		const { bytes, start, end } = text;
		builder.begin(text);
		for (let at = start; at < end; at++) builder.replace(BYTE_CHARACTERS[bytes[at]], at, at + 1);
		return builder.finish();
	};
}

/** Implements SentencePiece's Nmt rules, which remove some characters and replace others with spaces. */
function nmtReplacement(code: number): string | null {
	if (code < 0x80) {
		if (code === 0x09 || code === 0x0a || code === 0x0c || code === 0x0d) return ' ';
		return (code >= 0x01 && code <= 0x1f) || code === 0x7f ? '' : null;
	}
	if (code === 0x8f || code === 0x9f) return '';
	const becomesSpace =
		code === 0x1680 ||
		(code >= 0x200b && code <= 0x200f) ||
		code === 0x2028 ||
		code === 0x2029 ||
		code === 0x2581 ||
		code === 0xfeff ||
		code === 0xfffd;
	return becomesSpace ? ' ' : null;
}

function bertSteps(spec: BertNormalizerSpec, extras: Extras): Normalizer[] {
	const steps: Normalizer[] = [];
	if (spec.clean_text) steps.push(createRewriter(cleanReplacement));
	if (spec.handle_chinese_chars) {
		steps.push(
			createRewriter((code) => (isIdeograph(code) ? ` ${String.fromCodePoint(code)} ` : null))
		);
	}
	if (spec.strip_accents ?? spec.lowercase) {
		steps.push(
			createUnicodeNormalizer('NFD', '9.0'),
			createRewriter((code) => (isNonspacingMark(code) ? '' : null))
		);
	}
	if (spec.lowercase) steps.push(createLowercaser(extras));
	return steps;
}

function cleanReplacement(code: number): string | null {
	if (code === 0x20) return null;
	if (isWhiteSpace(code) && !isControl(code)) return ' ';
	return code === 0 || code === 0xfffd || isControl(code) ? '' : null;
}

/**
 * Whether a character is in one of the CJK blocks that BERT surrounds with spaces. Like the reference, omits U+2B820 to
 * U+2B91F.
 */
function isIdeograph(code: number): boolean {
	return (
		(code >= 0x4e00 && code <= 0x9fff) ||
		(code >= 0x3400 && code <= 0x4dbf) ||
		(code >= 0x20000 && code <= 0x2a6df) ||
		(code >= 0x2a700 && code <= 0x2b73f) ||
		(code >= 0x2b740 && code <= 0x2b81f) ||
		(code >= 0x2b920 && code <= 0x2ceaf) ||
		(code >= 0xf900 && code <= 0xfaff) ||
		(code >= 0x2f800 && code <= 0x2fa1f)
	);
}
