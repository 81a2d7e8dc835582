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
	IntBuffer
} from '../../engine/stages';
import { encodeUtf8 } from '../../engine/text';

const NEWLINE = 0x0a;

/**
 * Whether encoding in chunks (see encode-chunks.ts) is known to give the ids of the whole text. Trained, imported and
 * edited tokenizers may depend on text across a boundary, add a space to each chunk, or have a token that crosses it.
 */
export function isChunkable(spec: TokenizerSpec): boolean {
	const normalizers = normalizerSteps(spec.normalizer);
	const steps = preTokenizerSteps(spec.pre_tokenizer);
	if (!normalizers.every(keepsBoundaries)) return false;
	if (spec.added_tokens.some(({ lstrip, rstrip }) => lstrip || rstrip)) return false;
	if (spec.added_tokens.some((token) => mayCrossBoundary(token, normalizers.length > 0)))
		return false;
	if (!steps.every(isLocal)) return false;
	if (steps.some(splitsAtNewlines)) return true;
	const { unk_token, fuse_unk, byte_fallback, byte_level, ignore_merges } = spec.model;
	// A chunk may be a token that merging does not lead to.
	if (ignore_merges) return false;
	// Unknown characters on both sides of a boundary would become one token, and the text around dropped ones is adjacent.
	const knowsAll = byte_fallback || (byte_level && hasEveryByte(spec));
	if (spec.model.continuing_subword_prefix ?? spec.model.end_of_word_suffix) return false;
	if (!knowsAll && (unk_token === null || fuse_unk)) return false;
	return !hasTokenAcrossNewline(spec);
}

/** Whether a step leaves a newline between two letters as it is, and does not depend on what is across it. */
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

/** Whether a token may include a newline between letters, or depends on the letter after it. */
function mayCrossBoundary(
	{ content, normalized, single_word }: AddedTokenSpec,
	isRewritten: boolean
): boolean {
	if (ACROSS_NEWLINE.test(content)) return true;
	if (single_word && /^\n|\n$/.test(content)) return true;
	// A normalizer may have made the characters around a newline from letters.
	return normalized && isRewritten && /\n[^\n]|[^\n]\n/.test(content);
}

/** Matches a newline before a letter or a character beyond ASCII, which a boundary between chunks would split. */
const ACROSS_NEWLINE = /\n[A-Za-z\u0080-\uffff]/;

/** Whether a step splits by a known pattern or a single character, and prepends nothing to a text. */
function isLocal(step: PreTokenizerSpec): boolean {
	switch (step.type) {
		case 'ByteLevel':
			return !step.add_prefix_space;
		case 'Metaspace':
			return step.prepend_scheme === 'never';
		case 'Split':
			return 'Regex' in step.pattern
				? step.behavior === 'Isolated' && scannerFor(step.pattern.Regex) !== null
				: step.pattern.String.length === 1;
		case 'Punctuation':
			return step.behavior === 'Isolated';
		default:
			return step.type === 'Digits';
	}
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
	scanner(text, 0, text.length, ends);
	return ends.data.subarray(0, ends.length).includes(2);
}

function hasEveryByte({ model: { vocabulary } }: TokenizerSpec): boolean {
	const { bytes, ends } = vocabulary;
	const seen = new Set<number>();
	ends.forEach((end, id) => {
		const start = id === 0 ? 0 : ends[id - 1];
		if (end - start === 1) seen.add(bytes[start]);
	});
	return seen.size === 256;
}

/** Whether a token has a newline before a letter or a character beyond ASCII. */
function hasTokenAcrossNewline({ model: { vocabulary } }: TokenizerSpec): boolean {
	const { bytes, ends } = vocabulary;
	for (let id = 0, start = 0; id < vocabularySize(vocabulary); start = ends[id++]) {
		for (let at = start; at + 1 < ends[id]; at++) {
			if (bytes[at] === NEWLINE && isLetterOrMore(bytes[at + 1])) return true;
		}
	}
	return false;
}

/** Whether a byte is an ASCII letter or belongs to a character beyond ASCII. */
const isLetterOrMore = (byte: number): boolean =>
	byte >= 0x80 || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
