import type { CorePattern } from '../core-pattern';
import type { DecodeStream } from '../decode/stream';
import type { DecodeOptions, EncodeOptions, Encoder, Encoding } from '../encoding';
import { BpeModel } from '../model/bpe';
import { mergeTrees, type MergeNode } from '../model/merge-tree';
import { createPostProcessor, trimsSpans } from '../postprocess/post-processor';
import { TrimmedSpans } from '../postprocess/trimmed-spans';
import type { BpeModelSpec, TokenizerSpec } from '../spec';
import type { Extras } from '../text/extras';
import type { IntBuffer } from '../structures/arrays';
import type { AlignedText } from '../text/aligned';
import { Utf8Buffer } from '../text/utf8';
import { checkSpec, wrongArgument } from '../wrong-argument';
import { EncodingBuilder, makeOffsetsMonotonic } from './encode';
import { TokenContents } from './token-content';
import { TraceBuilder, type MergeTrace } from './trace';
import { Walk, type Recognised, type WalkVisitor } from './walk';

/** An encoder that also provides token spans and merge traces. */
export interface Tokenizer extends Encoder {
	readonly spec: TokenizerSpec;
	/** Largest id + 1, including added tokens. */
	readonly vocabularySize: number;
	/** @param text a string or its UTF-8, which must be well-formed */
	encode(text: string | Uint8Array, options?: EncodeOptions): Encoding;
	/**
	 * Counts the tokens of a text. Takes less time and memory than `encode`.
	 * @param text a string or its UTF-8, which must be well-formed
	 */
	count(text: string | Uint8Array, options?: Omit<EncodeOptions, 'wholeSpans'>): number;
	/**
	 * Id of a token; `undefined` if there is no such token.
	 * @param token the token's string in tokenizer.json, such as `Ġthe` or `▁the`, or its bytes in the vocabulary
	 */
	tokenToId(token: string | Uint8Array): number | undefined;
	/** String of a token in tokenizer.json; `undefined` if there is no token with this id. */
	idToToken(id: number): string | undefined;
	/** Decodes ids as they arrive, for example while a model generates them. */
	decodeStream(options?: DecodeOptions): DecodeStream;
	/** Traces the merges in each pre-token of a text, in order. The post-processor doesn't run. */
	trace(text: string, options?: Pick<EncodeOptions, 'special'>): MergeTrace;
	/**
	 * Merge trees that result from encoding a token's bytes. If merging produces the token, there is a single tree with
	 * its id; otherwise, there are several trees, or one with a different id. A token that is only in `added_tokens`
	 * has none.
	 * @throws RangeError for an id without a token
	 */
	mergeTrees(id: number): readonly MergeNode[];
	/**
	 * For each id in the model's vocabulary, 1 if the token's bytes are known to merge into the token; 0 if this isn't
	 * known. This is much faster than merging the bytes of every token.
	 */
	ownTokens(): Uint8Array;
	/**
	 * Rank of the merge of two adjacent tokens in the model's vocabulary; -1 if they do not merge. Lower ranks go first.
	 */
	mergeRank(left: number, right: number): number;
}

/**
 * Builds a tokenizer with the extras from `withExtras`.
 * @throws Error if the spec cannot be reproduced exactly, for example because of a regular expression with a
 * backreference
 */
export function buildTokenizer(spec: TokenizerSpec, extras: Extras): Tokenizer {
	checkSpec(spec);
	const walk = new Walk(spec, extras);
	const contents = new TokenContents(spec, (text) => walk.normalized(text), extras);
	const model = modelOf(spec.model);
	const trimmed = trimsSpans(spec.post_processor) ? new TrimmedSpans(spec.model.byte_level) : null;
	const builder = new EncodingBuilder(model, trimmed, walk.isCorePattern);
	const postProcessor = spec.post_processor && createPostProcessor(spec.post_processor);
	const mayOverlap = spec.added_tokens.some((token) => token.rstrip);
	const utf8 = new Utf8Buffer();
	const read = (text: unknown): AlignedText => {
		if (typeof text !== 'string' && !(text instanceof Uint8Array))
			throw wrongArgument('text', text, 'a string or its UTF-8 as a Uint8Array');
		const { bytes, length } =
			typeof text === 'string' ? utf8.encode(text) : { bytes: text, length: text.length };
		return { bytes, start: 0, end: length, origin: null };
	};
	/** @throws Error if the text contains a disallowed special token */
	const recognisedIn = (text: AlignedText, options: EncodeOptions): Recognised => {
		const { special = 'text', allowedSpecial, disallowedSpecial = [] } = options;
		checkSpecial(special);
		checkContents('allowedSpecial', allowedSpecial ?? []);
		checkContents('disallowedSpecial', disallowedSpecial);
		const recognised = allowedSpecial === 'all' ? 'parse' : (allowedSpecial ?? special);
		if (disallowedSpecial.length > 0) walk.refuse(text, disallowedSpecial, recognised);
		return recognised;
	};
	const tokenizer: Tokenizer = {
		spec,
		vocabularySize: contents.size,
		encode(text, options = {}) {
			const { addSpecialTokens = false, wholeSpans = false } = options;
			const original = read(text);
			const { bytes, end: length } = original;
			const special = recognisedIn(original, options);
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
		count(text, options = {}) {
			const original = read(text);
			const special = recognisedIn(original, options);
			model.prepareFor(original.end, walk.isCorePattern);
			const tally = new Tally(model);
			walk.run(original, special, tally);
			return options.addSpecialTokens
				? tally.tokens + tokenizer.encode('', { addSpecialTokens: true }).ids.length
				: tally.tokens;
		},
		tokenToId: (token) => contents.id(token),
		idToToken: (id) => contents.stringOf(id),
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
	return tokenizer;
}

class Tally implements WalkVisitor {
	tokens = 0;
	readonly #model: BpeModel;

	constructor(model: BpeModel) {
		this.#model = model;
	}

	added(): void {
		this.tokens++;
	}

	section({ bytes, start, end }: AlignedText, pattern: CorePattern): number {
		const [stop, tokens] = this.#model.countText(bytes, start, end, pattern);
		this.tokens += tokens;
		return stop;
	}

	pretokens(
		{ bytes }: AlignedText,
		start: number,
		ends: IntBuffer,
		from: number,
		to: number
	): void {
		this.tokens += this.#model.countPretokens(bytes, start, ends, from, to);
	}
}

function checkContents(name: string, contents: unknown): void {
	if (contents === 'all') return;
	if (!Array.isArray(contents) || !contents.every((content) => typeof content === 'string'))
		throw wrongArgument(name, contents, '"all" or a list of special tokens as strings');
}

function checkSpecial(special: 'text' | 'parse'): void {
	if (special !== 'text' && special !== 'parse')
		throw wrongArgument('special', special, '"text" or "parse"');
}

const models = new WeakMap<BpeModelSpec, BpeModel>();

/** Creates or reuses the model for a spec. Tokenizers that differ only in other stages share a model. */
function modelOf(spec: BpeModelSpec): BpeModel {
	let model = models.get(spec);
	if (!model) models.set(spec, (model = new BpeModel(spec)));
	return model;
}
