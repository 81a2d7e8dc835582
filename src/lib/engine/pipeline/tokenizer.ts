import type { DecodeOptions, EncodeOptions, Encoder, Encoding } from '../encoding';
import { createBpeModel } from '../model/bpe';
import { mergeTrees, type MergeNode } from '../model/merge-tree';
import type { BpeModel } from '../model/types';
import { createPostProcessor, type PostProcessor } from '../postprocess/post-processor';
import type { BpeModelSpec, TokenizerSpec } from '../spec';
import { vocabularySize } from '../structures/vocabulary';
import { Utf8Buffer } from '../text/utf8';
import { EncodingBuilder, makeOffsetsMonotonic } from './encode';
import { TokenContents } from './token-content';
import { TraceBuilder, type MergeTrace } from './trace';
import { Walk } from './walk';

/** A tokenizer that knows where each token came from and can trace its merges. */
export interface Tokenizer extends Encoder {
	readonly spec: TokenizerSpec;
	/** Largest id + 1, added tokens included. */
	readonly vocabularySize: number;
	/** @param text a string or its UTF-8, which must be well-formed */
	encode(text: string | Uint8Array, options?: EncodeOptions): Encoding;
	/** Traces the merges of a text in order, per pre-token. Options as in `encode`; no tokens are added. */
	trace(text: string, options?: Pick<EncodeOptions, 'special'>): MergeTrace;
	/**
	 * Merge trees of a token's bytes: one, of the token itself, if merging leads to it; several, or one of
	 * another id, if it does not; none for a token that is only an added one.
	 * @throws RangeError for an id without a token
	 */
	mergeTrees(id: number): readonly MergeNode[];
	/**
	 * Rank of merging two tokens of the model's vocabulary that are adjacent in a pre-token, smaller ranks
	 * first; -1 if no merge joins them.
	 */
	mergeRank(left: number, right: number): number;
}

/**
 * Builds a tokenizer.
 * @throws Error that names the field if the spec asks for something that cannot be done exactly (a pattern
 * without a counterpart, an unknown token without an entry)
 */
export function createTokenizer(spec: TokenizerSpec): Tokenizer {
	return new PipelineTokenizer(spec);
}

class PipelineTokenizer implements Tokenizer {
	readonly spec: TokenizerSpec;
	readonly #model: BpeModel;
	readonly #walk: Walk;
	readonly #contents: TokenContents;
	readonly #builder: EncodingBuilder;
	readonly #postProcessor: PostProcessor | null;
	readonly #overlaps: boolean;
	readonly #utf8 = new Utf8Buffer();

	constructor(spec: TokenizerSpec) {
		this.spec = spec;
		this.#model = modelOf(spec.model);
		this.#walk = new Walk(spec);
		this.#contents = new TokenContents(spec, (text) => this.#walk.normalized(text));
		const { unk_token, byte_fallback } = dropUnreachableUnkToken(spec.model);
		this.#builder = new EncodingBuilder(this.#model, unk_token !== null || byte_fallback);
		this.#postProcessor = spec.post_processor && createPostProcessor(spec.post_processor);
		this.#overlaps = spec.added_tokens.some((token) => token.rstrip);
	}

	get vocabularySize(): number {
		return this.#contents.size;
	}

	encode(text: string | Uint8Array, options: EncodeOptions = {}): Encoding {
		const { bytes, length } =
			typeof text === 'string' ? this.#utf8.encode(text) : { bytes: text, length: text.length };
		const original = { bytes, start: 0, end: length, origin: null };
		this.#builder.begin(original);
		this.#walk.run(original, options.special ?? 'text', this.#builder);
		let encoding = this.#builder.finish();
		if (this.#overlaps) encoding = makeOffsetsMonotonic(encoding);
		if (!this.#postProcessor) return encoding;
		const addSpecialTokens = options.addSpecialTokens ?? false;
		return this.#postProcessor(encoding, { bytes, length, addSpecialTokens });
	}

	decode(ids: ArrayLike<number>, options: DecodeOptions = {}): string {
		return this.#contents.decode(ids, options.skipSpecial ?? false);
	}

	tokenBytes(id: number): Uint8Array {
		return this.#contents.bytes(id);
	}

	trace(text: string, options: Pick<EncodeOptions, 'special'> = {}): MergeTrace {
		const { bytes, length } = this.#utf8.encode(text);
		const builder = new TraceBuilder(this.#model);
		const original = { bytes, start: 0, end: length, origin: null };
		this.#walk.run(original, options.special ?? 'text', builder);
		return builder.trace;
	}

	mergeTrees(id: number): readonly MergeNode[] {
		const bytes = this.#contents.modelBytes(id);
		return bytes.length === 0 ? [] : mergeTrees(this.#model, bytes);
	}

	mergeRank(left: number, right: number): number {
		return this.#model.mergeRank(left, right);
	}
}

const models = new WeakMap<BpeModelSpec, BpeModel>();

/** The model of a spec. Tokenizers that differ only in other stages share it, tables and cache included. */
function modelOf(spec: BpeModelSpec): BpeModel {
	let model = models.get(spec);
	if (!model) models.set(spec, (model = createBpeModel(dropUnreachableUnkToken(spec))));
	return model;
}

/**
 * Drops the unknown token of a byte-level vocabulary with all 256 bytes, which never needs it. Files name
 * it all the same, and often keep it out of the vocabulary.
 */
function dropUnreachableUnkToken(model: BpeModelSpec): BpeModelSpec {
	if (model.unk_token === null || !model.byte_level) return model;
	const { bytes, ends } = model.vocabulary;
	const seen = new Set<number>();
	for (let id = 0, start = 0; id < vocabularySize(model.vocabulary); start = ends[id++]) {
		if (ends[id] - start === 1) seen.add(bytes[start]);
	}
	return seen.size === 256 ? { ...model, unk_token: null } : model;
}
