import {
	createTokenizer,
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
	preTokenizerSteps
} from '../engine/stages';
import { encodeUtf8, firstInvalidUtf8 } from '../engine/text';
import { canonicalJson } from './config/stages';
import { equalSpecs } from './equal-specs';
import { modelTexts, namedTokens, specialIds, tokenString, tokenTableOf } from './token-texts';
import type { SelfEncodeFindings, SelfEncoding, VocabularyFindings } from './types';
import { orNull } from './utilities';

/** Tokens between two reports of progress, which are encoded together. */
const PROGRESS_STEP = 4096;

/**
 * Finds unreachable tokens of both sides, and those of B that A can produce. Yields the share that is done. Checks
 * ordinary tokens whose bytes are UTF-8 by themselves, because no text consists of another token alone.
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
 * @param share of the whole that is done before
 * @param other decoder whose text may also encode to a token: another check reports changes of the decoder
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
	const special = specialIds(spec);
	const findOwn = findWholeTokens(spec) ?? findTokensJointly(spec);
	const unreachable: number[] = [];
	let tried = 0;
	for (let first = 0; first < ends.length; first += PROGRESS_STEP) {
		if (first > 0) yield share + first / vocabularySize / 2;
		const last = Math.min(first + PROGRESS_STEP, ends.length);
		const isOwn = findOwn?.(first, last);
		for (let id = first; id < last; id++) {
			if (ends[id] === (id === 0 ? 0 : ends[id - 1]) || special.has(id)) continue;
			if (isOwn?.[id - first] !== 1 && firstInvalidUtf8(tokenizer.tokenBytes(id)) >= 0) continue;
			tried++;
			if (isOwn?.[id - first] === 1 || encodesTo(tokenizer.decode([id]), id)) continue;
			const text = decodeOther?.([tokenString(spec, id) ?? '']).join('');
			if (text === undefined || !encodesTo(text, id)) unreachable.push(id);
		}
	}
	return { tried, unreachable: Uint32Array.from(unreachable) };
}

/**
 * Finds tokens of [first, last) whose text encodes to them alone: 1 for each, 0 for those that may do so or not. Takes a
 * fraction of the time of encoding each.
 */
type FindOwnTexts = (first: number, last: number) => Uint8Array;

/** For models that take a pre-token that is a token: the pre-tokenizer only has to keep its text whole. `null` for others. */
function findWholeTokens(spec: TokenizerSpec): FindOwnTexts | null {
	const { model, normalizer, pre_tokenizer, decoder, added_tokens } = spec;
	const takesWhole =
		(model.merges === null || model.ignore_merges) &&
		(model.continuing_subword_prefix ?? model.end_of_word_suffix ?? '') === '';
	if (!takesWhole || !model.byte_level || !hasTokenTexts(decoder, true)) return null;
	// Special tokens are not recognised.
	if (normalizer !== null || !added_tokens.every(({ special }) => special)) return null;
	if (!preTokenizerSteps(pre_tokenizer).every(isLocalPreTokenizer)) return null;
	const split = pre_tokenizer && createPreTokenizer(pre_tokenizer, EXTRAS);
	const table = tokenTableOf(model.vocabulary);
	const named = namedTokens(spec);
	const tokens = new Pretokens();
	return (first, last) => {
		const isOwn = new Uint8Array(last - first);
		const { bytes } = table.source;
		tokens.reset({ bytes, start: 0, end: bytes.length, origin: null }, false);
		for (let id = first; id < last; id++) {
			const [start, end] = [table.startOf(id), table.endOf(id)];
			if (!named.has(id) && isUtf8(bytes, start, end)) tokens.add(start, end);
		}
		const { starts, ends, text } = split ? split(tokens) : tokens;
		if (text.bytes !== bytes) return isOwn;
		for (let i = 0, id = first; i < starts.length; i++) {
			const [start, end] = [starts.data[i], ends.data[i]];
			while (table.endOf(id) <= start) id++;
			const isWhole = table.startOf(id) === start && table.endOf(id) === end;
			if (isWhole && table.idOf(table.source, start, end) === id) isOwn[id - first] = 1;
		}
		return isOwn;
	};
}

/** A noncharacter: it composes with nothing, and is no white space and no part of a word. */
const SEPARATOR = '\u{10ffff}';
const SEPARATOR_UTF8 = encodeUtf8(SEPARATOR);

/** Encodes the texts at once, with separators. `null` if a stage may treat a text between them differently than alone. */
function findTokensJointly(spec: TokenizerSpec): FindOwnTexts | null {
	const { model, normalizer, pre_tokenizer, decoder, added_tokens } = spec;
	const steps = preTokenizerSteps(pre_tokenizer);
	const canJoin =
		hasTokenTexts(decoder, model.byte_level) &&
		normalizerSteps(normalizer).every(isLocalNormalizer) &&
		steps.every(isLocalPreTokenizer) &&
		!JSON.stringify([normalizer, added_tokens]).includes(SEPARATOR);
	const { bytes, ends } = modelTexts(spec);
	if (!canJoin || includesBytes(bytes, SEPARATOR_UTF8)) return null;
	const isolate: PreTokenizerSpec = {
		type: 'Split',
		pattern: { String: SEPARATOR },
		behavior: 'Removed',
		invert: false
	};
	const tokenizer = createTokenizer({
		...spec,
		pre_tokenizer: { type: 'Sequence', pretokenizers: [isolate, ...steps] },
		post_processor: null
	});
	const named = namedTokens(spec);
	const startOf = (id: number) => (id === 0 ? 0 : ends[id - 1]);
	return (first, last) => {
		const isOwn = new Uint8Array(last - first);
		const size = ends[last - 1] - startOf(first) + (last - first) * SEPARATOR_UTF8.length;
		const joined = new Uint8Array(size);
		/** By token, where its text begins in the joined ones. */
		const starts = new Int32Array(last - first + 1);
		let length = 0;
		for (let id = first; id < last; id++) {
			starts[id - first] = length;
			const [start, end] = [startOf(id), ends[id]];
			if (start === end || named.has(id) || isSpelledByte(model.vocabulary, id)) continue;
			if (!isUtf8(bytes, start, end)) continue;
			for (let at = start; at < end;) joined[length++] = bytes[at++];
			for (let i = 0; i < SEPARATOR_UTF8.length;) joined[length++] = SEPARATOR_UTF8[i++];
		}
		starts[last - first] = length;
		// Joined texts may take more work than a regular expression is allowed.
		const encoding = orNull(() => tokenizer.encode(joined.subarray(0, length)));
		if (encoding === null) return isOwn;
		const { ids, byteStarts } = encoding;
		for (let i = 0, at = 0; i < isOwn.length; i++) {
			const from = at;
			while (at < ids.length && byteStarts[at] < starts[i + 1]) at++;
			if (at === from + 1 && ids[from] === first + i) isOwn[i] = 1;
		}
		return isOwn;
	};
}

/** Whether a token begins as those that stand for a byte (`<0x0A>`), which decoders may read differently in a text. */
function isSpelledByte({ bytes, ends }: Vocabulary, id: number): boolean {
	const start = id === 0 ? 0 : ends[id - 1];
	return ends[id] - start >= 3 && bytes[start] === 0x3c && bytes[start + 1] === 0x30;
}

/** Whether decoding a single token gives its bytes in text. */
function hasTokenTexts(decoder: DecoderSpec | null, isByteLevel: boolean): boolean {
	const steps = decoder?.type === 'Sequence' ? decoder.decoders : decoder ? [decoder] : [];
	if (isByteLevel) return steps.length === 1 && steps[0].type === 'ByteLevel';
	return steps.every(
		({ type }) => type === 'Replace' || type === 'ByteFallback' || type === 'Fuse'
	);
}

/** Whether a step rewrites a text between separators as it does alone. */
function isLocalNormalizer(step: NormalizerSpec): boolean {
	if (step.type === 'Replace') return 'String' in step.pattern && step.pattern.String !== '';
	return ['NFC', 'NFD', 'NFKC', 'NFKD'].includes(step.type);
}

/** Whether a step splits each pre-token wherever it is in the text. */
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

function includesBytes(bytes: Uint8Array, sought: Uint8Array): boolean {
	for (let at = bytes.indexOf(sought[0]); at >= 0; at = bytes.indexOf(sought[0], at + 1)) {
		if (sought.every((byte, i) => bytes[at + i] === byte)) return true;
	}
	return false;
}
