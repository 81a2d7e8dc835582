import {
	type DecoderSpec,
	type NormalizerSpec,
	type PreTokenizerSpec,
	type Tokenizer,
	type TokenizerSpec,
	type Vocabulary
} from '../engine';
import {
	createDecoder,
	createPreTokenizer,
	EXTRAS,
	normalizerSteps,
	Pretokens,
	preTokenizerSteps,
	tokenTableOf,
	TokenTrie
} from '../engine/stages';
import { decodeUtf8, encodeUtf8, firstInvalidUtf8 } from '../engine/text';
import { namedTokens, repeatedTokens, specialIds, tokenString } from './token-texts';
import type { SelfEncodeFindings, SelfEncoding, VocabularyFindings } from './types';
import { canonicalJson, equalSpecs } from './equal';

/** Number of tokens to check between progress reports. */
const PROGRESS_STEP = 4096;

/**
 * Finds the unreachable tokens of both sides, and those that A can produce but B can't. Yields the fraction completed.
 * Checks only ordinary tokens whose bytes are valid UTF-8, because the bytes of other tokens aren't text on their own.
 */
export function* compareSelfEncoding(
	a: Tokenizer,
	b: Tokenizer,
	{ sameIds, movedA, movedB }: Pick<VocabularyFindings, 'sameIds' | 'movedA' | 'movedB'>
): Generator<number, SelfEncodeFindings> {
	const ofA = yield* selfEncode(a, 0, null);
	const [first, second] = [a.spec.decoder, b.spec.decoder];
	const other = canonicalJson(first) === canonicalJson(second) ? null : first;
	const ofB = equalSpecs(a.spec, b.spec) ? ofA : yield* selfEncode(b, 0.5, other);
	const unreachableA = new Set(ofA.unreachable);
	const unreachableB = new Set(ofB.unreachable);
	const lost: number[] = [];
	const compare = (idA: number, idB: number) => {
		if (unreachableB.has(idB) && !unreachableA.has(idA)) lost.push(idB);
	};
	sameIds.forEach((id) => compare(id, id));
	movedB.forEach((id, i) => compare(movedA[i], id));
	return { a: ofA, b: ofB, lost: Uint32Array.from(lost).sort() };
}

/**
 * @param share fraction of the total work completed before this call
 * @param other decoder of the other side. A token also counts as reachable if this decoder turns it into text that
 * encodes back to the token. A different check reports decoder changes.
 */
function* selfEncode(
	tokenizer: Tokenizer,
	share: number,
	other: DecoderSpec | null
): Generator<number, SelfEncoding> {
	const { spec, vocabularySize } = tokenizer;
	const decodeOther = other && createDecoder(other, EXTRAS);
	const encodesTo = (text: string, id: number): boolean => {
		const { ids } = tokenizer.encode(text);
		return ids.length === 1 && ids[0] === id;
	};
	const { ends } = spec.model.vocabulary;
	const isSpecial = idMask(specialIds(spec), ends.length);
	const findOwn = findOwnTexts(tokenizer);
	const unreachable: number[] = [];
	let tried = 0;
	for (let first = 0; first < ends.length; first += PROGRESS_STEP) {
		if (first > 0) yield share + first / vocabularySize / 2;
		const last = Math.min(first + PROGRESS_STEP, ends.length);
		const isOwn = findOwn?.(first, last);
		for (let id = first; id < last; id++) {
			if (ends[id] === (id === 0 ? 0 : ends[id - 1]) || isSpecial[id] === 1) continue;
			if (isOwn?.[id - first] !== 1 && firstInvalidUtf8(tokenizer.tokenBytes(id)) >= 0) continue;
			tried++;
			if (isOwn?.[id - first] === 1 || encodesTo(tokenizer.decode([id]), id)) continue;
			const text = decodeOther?.([tokenString(spec, id) ?? '']).join('');
			if (text === undefined || !encodesTo(text, id)) unreachable.push(id);
		}
	}
	return { tried, unreachable: Uint32Array.from(unreachable) };
}

function idMask(ids: Iterable<number>, size: number): Uint8Array {
	const mask = new Uint8Array(size);
	for (const id of ids) if (id < size) mask[id] = 1;
	return mask;
}

/**
 * For each token in [first, last), 1 if its text is known to encode to the token itself; 0 if this isn't known. Much
 * faster than encoding each token.
 */
type FindOwnTexts = (first: number, last: number) => Uint8Array;

/**
 * Creates a fast check. A token's text encodes to the token if no stage splits or changes the text and if the model
 * either encodes a whole pre-token as a single token where possible or is known to merge the token's bytes into the
 * token. Returns `null` for affixes and for stages that the check doesn't support.
 */
function findOwnTexts(tokenizer: Tokenizer): FindOwnTexts | null {
	const { spec } = tokenizer;
	const { model, pre_tokenizer, decoder } = spec;
	if (model.continuing_subword_prefix || model.end_of_word_suffix) return null;
	if (!hasTokenTexts(decoder, model.byte_level)) return null;
	if (!preTokenizerSteps(pre_tokenizer).every(isLocalPreTokenizer)) return null;
	const isKept = createIsKept(spec);
	if (!isKept) return null;
	const isOwnInModel = model.merges === null || model.ignore_merges ? null : tokenizer.ownTokens();
	const split = pre_tokenizer && createPreTokenizer(pre_tokenizer, EXTRAS);
	const table = tokenTableOf(model.vocabulary);
	const repeated = repeatedTokens(model.vocabulary);
	const isNamed = idMask(namedTokens(spec).keys(), table.size);
	const tokens = new Pretokens();
	return (first, last) => {
		const isOwn = new Uint8Array(last - first);
		const { bytes } = table.source;
		tokens.reset({ bytes, start: 0, end: bytes.length, origin: null }, false);
		for (let id = first; id < last; id++) {
			const [start, end] = [table.startOf(id), table.endOf(id)];
			if (isOwnInModel?.[id] === 0 || isNamed[id] === 1 || isSpelledByte(model.vocabulary, id))
				continue;
			const isText = start < end && (!model.byte_level || isUtf8(bytes, start, end));
			if (isText && isKept(bytes, start, end)) tokens.add(start, end);
		}
		const { starts, ends, text } = split ? split(tokens) : tokens;
		if (text.bytes !== bytes) return isOwn;
		for (let i = 0, id = first; i < starts.length; i++) {
			const [start, end] = [starts.data[i], ends.data[i]];
			while (table.endOf(id) <= start) id++;
			if (table.startOf(id) !== start || table.endOf(id) !== end) continue;
			if (isOwnInModel || !repeated.has(id)) isOwn[id - first] = 1;
		}
		return isOwn;
	};
}

/**
 * Creates a check for whether a token's text normalizes to its bytes in the vocabulary and doesn't contain an added
 * token. `null` for a normalizer that does more than write spaces as ▁ and apply Unicode normalization forms.
 */
function createIsKept({
	model: { vocabulary },
	normalizer,
	decoder,
	added_tokens
}: TokenizerSpec): ((bytes: Uint8Array, start: number, end: number) => boolean) | null {
	const steps = normalizerSteps(normalizer);
	const forms = steps.flatMap(({ type }) => (UNICODE_FORMS.includes(type) ? [type] : []));
	const others = steps.filter(({ type }) => !UNICODE_FORMS.includes(type));
	const read = decoderSteps(decoder).filter(({ type }) => type === 'Replace');
	const hasSpaces = others.length + read.length > 0;
	if (hasSpaces && !(replacesOnly(others, ' ', '▁') && replacesOnly(read, '▁', ' '))) return null;
	if (hasSpaces && vocabulary.bytes.includes(SPACE)) return null;
	const isNormal = (text: string) => forms.every((form) => text.normalize(form) === text);
	// Special tokens are irrelevant, because the check reads them as ordinary text.
	const added = added_tokens.filter(({ special }) => !special).map(({ content }) => content);
	if (!added.every((content) => isNormal(content) && !(hasSpaces && content.includes(' '))))
		return null;
	const trie = new TokenTrie(added.map((content) => encodeUtf8(content)));
	return (bytes, start, end) => {
		if (trie.longestMatches(bytes, start, end).length > 0) return false;
		return forms.length === 0 || isNormal(decodeUtf8(bytes.subarray(start, end)));
	};
}

const UNICODE_FORMS: readonly string[] = ['NFC', 'NFD', 'NFKC', 'NFKD'];
const SPACE = 0x20;

const replacesOnly = (
	steps: readonly (NormalizerSpec | DecoderSpec)[],
	sought: string,
	replacement: string
): boolean =>
	steps.length === 1 &&
	steps[0].type === 'Replace' &&
	'String' in steps[0].pattern &&
	steps[0].pattern.String === sought &&
	steps[0].content === replacement;

/**
 * Whether a token starts like a byte token (`<0x0A>`). Decoders may handle such tokens differently within text.
 */
function isSpelledByte({ bytes, ends }: Vocabulary, id: number): boolean {
	const start = id === 0 ? 0 : ends[id - 1];
	return ends[id] - start >= 3 && bytes[start] === 0x3c && bytes[start + 1] === 0x30;
}

function decoderSteps(decoder: DecoderSpec | null): readonly DecoderSpec[] {
	if (decoder === null) return [];
	return decoder.type === 'Sequence' ? decoder.decoders : [decoder];
}

/** Whether a token decodes to the same bytes on its own as within text. */
function hasTokenTexts(decoder: DecoderSpec | null, isByteLevel: boolean): boolean {
	const steps = decoderSteps(decoder);
	if (isByteLevel) return steps.length === 1 && steps[0].type === 'ByteLevel';
	return steps.every(
		({ type }) => type === 'Replace' || type === 'ByteFallback' || type === 'Fuse'
	);
}

/** Whether a step splits a pre-token the same way wherever it occurs in the text. */
function isLocalPreTokenizer(step: PreTokenizerSpec): boolean {
	if (step.type === 'ByteLevel') return !step.add_prefix_space;
	return ['Split', 'Digits', 'Punctuation', 'WhitespaceSplit'].includes(step.type);
}

function isUtf8(bytes: Uint8Array, start: number, end: number): boolean {
	for (let at = start; at < end; at++) {
		if (bytes[at] >= 0x80) return firstInvalidUtf8(bytes.subarray(at, end)) < 0;
	}
	return true;
}
