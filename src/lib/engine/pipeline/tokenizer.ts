import type { DecodeStream } from '../decode/stream';
import type { DecodeOptions, EncodeOptions, Encoder, Encoding } from '../encoding';
import { BpeModel } from '../model/bpe';
import { mergeTrees, type MergeNode } from '../model/merge-tree';
import { createPostProcessor, trimsSpans } from '../postprocess/post-processor';
import { TrimmedSpans } from '../postprocess/trimmed-spans';
import type { BpeModelSpec, TokenizerSpec } from '../spec';
import type { Extras } from '../text/extras';
import { Utf8Buffer } from '../text/utf8';
import { checkSpec, wrongArgument } from '../wrong-argument';
import { EncodingBuilder, makeOffsetsMonotonic } from './encode';
import { TokenContents } from './token-content';
import { TraceBuilder, type MergeTrace } from './trace';
import { Walk } from './walk';

/** A tokenizer with the spans of its tokens and the trace of its merges. */
export interface Tokenizer extends Encoder {
	readonly spec: TokenizerSpec;
	/** Largest id + 1, added tokens included. */
	readonly vocabularySize: number;
	/** @param text a string or its UTF-8, which must be well-formed */
	encode(text: string | Uint8Array, options?: EncodeOptions): Encoding;
	/** Decodes ids as they arrive, such as those that a model is generating. */
	decodeStream(options?: DecodeOptions): DecodeStream;
	/** Traces the merges of each pre-token of a text in order. Adds no special tokens. */
	trace(text: string, options?: Pick<EncodeOptions, 'special'>): MergeTrace;
	/**
	 * Merge trees of a token's bytes: one with the token's id if merging leads to it; several, or one with
	 * another id, if it does not; none for a token that only `added_tokens` defines.
	 * @throws RangeError for an id without a token
	 */
	mergeTrees(id: number): readonly MergeNode[];
	/**
	 * By id in the model's vocabulary, 1 for a token that merging its own bytes leads to; 0 for one that it may lead to or
	 * not. Takes a fraction of the time of merging them.
	 */
	ownTokens(): Uint8Array;
	/**
	 * Rank of the merge of two adjacent tokens of the model's vocabulary, lower ranks first; -1 if no merge
	 * joins them.
	 */
	mergeRank(left: number, right: number): number;
}

/**
 * Builds a tokenizer with the extras that `withExtras` passes.
 * @throws Error if the spec cannot be run exactly, such as a regular expression with a back-reference
 */
export function buildTokenizer(spec: TokenizerSpec, extras: Extras): Tokenizer {
	checkSpec(spec);
	const walk = new Walk(spec, extras);
	const contents = new TokenContents(spec, (text) => walk.normalized(text), extras);
	const model = modelOf(spec.model);
	const trimmed = trimsSpans(spec.post_processor) ? new TrimmedSpans(spec.model.byte_level) : null;
	const builder = new EncodingBuilder(model, trimmed);
	const postProcessor = spec.post_processor && createPostProcessor(spec.post_processor);
	const mayOverlap = spec.added_tokens.some((token) => token.rstrip);
	const utf8 = new Utf8Buffer();
	return {
		spec,
		vocabularySize: contents.size,
		encode(text, { special = 'text', addSpecialTokens = false, wholeSpans = false } = {}) {
			if (typeof text !== 'string' && !(text instanceof Uint8Array))
				throw wrongArgument('text', text, 'a string or its UTF-8 as a Uint8Array');
			checkSpecial(special);
			const { bytes, length } =
				typeof text === 'string' ? utf8.encode(text) : { bytes: text, length: text.length };
			const original = { bytes, start: 0, end: length, origin: null };
			builder.begin(original);
			trimmed?.begin(wholeSpans ? null : bytes);
			walk.run(original, special, builder);
			let encoding = builder.finish();
			if (mayOverlap) encoding = makeOffsetsMonotonic(encoding);
			return postProcessor
				? postProcessor(encoding, {
						bytes,
						length,
						addSpecialTokens,
						trimmed: wholeSpans ? null : trimmed
					})
				: encoding;
		},
		decode: (ids, { skipSpecial = false } = {}) => contents.decode(ids, skipSpecial),
		decodeStream: ({ skipSpecial = false } = {}) => contents.decodeStream(skipSpecial),
		tokenBytes: (id) => contents.bytes(id),
		trace(text, { special = 'text' } = {}) {
			if (typeof text !== 'string') throw wrongArgument('text', text, 'a string');
			checkSpecial(special);
			const { bytes, length } = utf8.encode(text);
			const traceBuilder = new TraceBuilder(model);
			walk.run({ bytes, start: 0, end: length, origin: null }, special, traceBuilder);
			return traceBuilder.trace;
		},
		mergeTrees(id) {
			const bytes = contents.modelBytes(id);
			return bytes.length === 0 ? [] : mergeTrees(model, bytes);
		},
		ownTokens: () => model.ownTokens(),
		mergeRank: (left, right) => model.mergeRank(left, right)
	};
}

function checkSpecial(special: 'text' | 'parse'): void {
	if (special !== 'text' && special !== 'parse')
		throw wrongArgument('special', special, '"text" or "parse"');
}

const models = new WeakMap<BpeModelSpec, BpeModel>();

/** Creates or reuses the model of a spec. Tokenizers that differ only in other stages share tables and cache. */
function modelOf(spec: BpeModelSpec): BpeModel {
	let model = models.get(spec);
	if (!model) models.set(spec, (model = new BpeModel(spec)));
	return model;
}
