import { PreTrainedTokenizer } from '@xenova/transformers/src/tokenizers.js';
import { TokenKind, type DecodeOptions, type EncodeOptions, type Encoding } from '../../engine';
import { byteLength, decodeUtf8, encodeUtf8 } from '../../engine/text';
import type { DecodedIds } from '../decode-ids';
import {
	parseLibraryJson,
	type LibraryAddedToken,
	type LibraryFile,
	type LibraryJson,
	type LibraryModel
} from '../files/library-file';
import { AlignmentError } from './align';
import { LIBRARY_VERSIONS } from './library-versions';
import type { VocabularyRuntime } from './runtime';
import { SectionLayout, type LaidOutText } from './section-layout';

/** Pre-tokens after which other work may run: a few milliseconds. */
const PRETOKENS_PER_STEP = 1024;

/** SentencePiece's `▁`, which stands for a space. */
const META = '▁';

/**
 * Runs a WordPiece or Unigram tokenizer.json with @xenova/transformers, for tokenizers whose model the engine lacks. Its ids
 * are not always those of Hugging Face's native library (see `inexact-figures.json`). These changes are made to the library:
 * - Fields that it knows only by older names (`prepend_scheme`, `split` of Metaspace) are rewritten for it.
 * - Added tokens are found longest first, and special tokens only if they are parsed.
 * - Its stages run one by one, because it returns no offsets. NFD, which it lacks, is JavaScript's.
 */
export class LibraryTokenizer implements VocabularyRuntime {
	readonly name = 'transformers.js';
	readonly model: LibraryModel;
	/** Largest id + 1. */
	readonly vocabularySize: number;
	readonly #library: PreTrainedTokenizer;
	readonly #layout: SectionLayout;
	/** Begins the tokens of a WordPiece model that continue a word; `null` in a Unigram model. */
	readonly #continuation: string | null;
	readonly #added: readonly LibraryAddedToken[];
	readonly #addedById: ReadonlyMap<number, LibraryAddedToken>;
	readonly #idOfAdded: ReadonlyMap<string, number>;
	readonly #patterns = new Map<boolean, RegExp | null>();

	/** @throws Error in one line if the library cannot run the files */
	constructor({ tokenizer, config }: Pick<LibraryFile, 'tokenizer' | 'config'>) {
		const json = parseLibraryJson(tokenizer);
		if (!json) throw new Error('got no WordPiece or Unigram tokenizer.json, expected one');
		this.model = json.model.type;
		this.#library = createLibraryTokenizer(json, config);
		this.vocabularySize = this.#library.model.vocab.length;
		this.#continuation =
			json.model.type === 'WordPiece' ? String(json.model.continuing_subword_prefix) : null;
		this.#added = json.added_tokens;
		this.#addedById = new Map(json.added_tokens.map((token) => [token.id, token]));
		this.#idOfAdded = new Map(json.added_tokens.map(({ content, id }) => [content, id]));
		const { remove_space, do_lowercase_and_remove_accent } = this.#library;
		const normalize = runInWords(() => createNormalizer(json.normalizer));
		this.#layout = new SectionLayout((text) => {
			// As the library does before its normalizer.
			let normalized = remove_space ? text.trim().split(/\s+/).join(' ') : text;
			if (do_lowercase_and_remove_accent)
				normalized = normalized.toLowerCase().replace(/[\u0300-\u036f]/g, '');
			return normalize(normalized);
		});
	}

	/**
	 * @param text a string or its UTF-8
	 * @throws AlignmentError if the spans of the tokens cannot be found
	 */
	encode(text: string | Uint8Array, options?: EncodeOptions): Encoding {
		const steps = this.encodeInSteps(text, options);
		for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
	}

	/** Encodes as {@link encode}. Yields the share that is done, from 0 to 1. */
	*encodeInSteps(
		text: string | Uint8Array,
		{ special = 'text' }: EncodeOptions = {}
	): Generator<number, Encoding> {
		const wellFormed = typeof text === 'string' ? text.toWellFormed() : decodeUtf8(text);
		const { length } = wellFormed;
		const builder = new SpanBuilder();
		let unit = 0;
		let byte = 0;
		let section = 0;
		const pattern = this.#patternOf(special === 'parse');
		const matches = pattern ? [...wellFormed.matchAll(pattern)] : [];
		for (const match of [...matches, null]) {
			const end = match?.index ?? length;
			if (end > unit) {
				const steps = this.#encodeSection(wellFormed.slice(unit, end), byte, section++, builder);
				for (const share of steps) yield (unit + share * (end - unit)) / length;
			}
			byte += byteLength(wellFormed, unit, end);
			if (!match) break;
			// The spaces that a token strips are part of it, as in the native library.
			const content = match.slice(1).find((group) => group !== undefined) ?? '';
			const start = byte;
			byte += byteLength(match[0]);
			builder.add(this.#idOfAdded.get(content) ?? -1, start, byte, TokenKind.special);
			unit = end + match[0].length;
			section++;
		}
		return builder.take();
	}

	decode(ids: ArrayLike<number>, { skipSpecial = false }: DecodeOptions = {}): string {
		const list = Array.from(ids);
		for (const id of list) this.#check(id);
		// The library refuses an empty list.
		if (list.length === 0) return '';
		return this.#library.decode(list, { skip_special_tokens: skipSpecial });
	}

	/** @throws RangeError for an id out of range */
	tokenBytes(id: number): Uint8Array {
		this.#check(id);
		const token = this.#library.model.vocab[id] ?? '';
		return encodeUtf8(this.#addedById.has(id) ? token : this.#contentOf(token));
	}

	/** Spells ids token by token. The words of a WordPiece model, which have no spaces of their own, get one between them. */
	spell(ids: Uint32Array): DecodedIds {
		const outOfRange: { id: number; position: number }[] = [];
		const builder = new SpanBuilder();
		const parts: Uint8Array[] = [];
		let byte = 0;
		ids.forEach((id, position) => {
			if (!this.#has(id)) {
				outOfRange.push({ id, position });
				return;
			}
			const bytes = this.tokenBytes(id);
			const isNewWord =
				this.#continuation !== null &&
				byte > 0 &&
				!this.#library.model.vocab[id].startsWith(this.#continuation);
			if (isNewWord) {
				parts.push(encodeUtf8(' '));
				byte++;
			}
			parts.push(bytes);
			const isSpecial = this.#addedById.get(id)?.special === true;
			builder.add(
				id,
				byte,
				byte + bytes.length,
				isSpecial ? TokenKind.special : TokenKind.ordinary
			);
			byte += bytes.length;
		});
		const document = new Uint8Array(byte);
		let at = 0;
		for (const part of parts) {
			document.set(part, at);
			at += part.length;
		}
		return { document, encoding: builder.take(), outOfRange, vocabularySize: this.vocabularySize };
	}

	#has(id: number): boolean {
		return typeof this.#library.model.vocab[id] === 'string';
	}

	#check(id: number): void {
		if (!this.#has(id))
			throw new RangeError(`got id ${id}, expected one below ${this.vocabularySize}`);
	}

	/** Text that a token represents. */
	#contentOf(token: string): string {
		if (this.#continuation === null) return token.replaceAll(META, ' ');
		return this.#continuation !== '' && token.startsWith(this.#continuation)
			? token.slice(this.#continuation.length)
			: token;
	}

	/** Regex of the added tokens to recognise, in one group for each way of stripping spaces; `null` if there are none. */
	#patternOf(parse: boolean): RegExp | null {
		const known = this.#patterns.get(parse);
		if (known !== undefined) return known;
		const tokens = this.#added
			.filter(({ special }) => parse || !special)
			.toSorted((a, b) => b.content.length - a.content.length);
		const alternatives = [true, false].flatMap((lstrip) =>
			[true, false].flatMap((rstrip) => {
				const contents = tokens
					.filter((token) => token.lstrip === lstrip && token.rstrip === rstrip)
					.map(({ content }) => content.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
				if (contents.length === 0) return [];
				return [`${lstrip ? '\\s*' : ''}(${contents.join('|')})${rstrip ? '\\s*' : ''}`];
			})
		);
		const pattern = alternatives.length > 0 ? new RegExp(alternatives.join('|'), 'g') : null;
		this.#patterns.set(parse, pattern);
		return pattern;
	}

	/** Encodes a text between added tokens. Yields the share that is done. */
	*#encodeSection(
		text: string,
		byte: number,
		section: number,
		builder: SpanBuilder
	): Generator<number, void> {
		const laidOut = this.#layout.lay(text, byte);
		builder.droppedBytes += laidOut.removedBytes;
		if (laidOut.text === '') return;
		// The library's type lacks the `null` that it has without a pre-tokenizer.
		const split = this.#library.pre_tokenizer as unknown as
			((text: string, options: object) => string[]) | null;
		const pretokens = split ? split(laidOut.text, { section_index: section }) : [laidOut.text];
		const { model } = this.#library;
		const walk = new PretokenWalk(laidOut);
		let isAfterUnknown = false;
		for (const [i, pretoken] of pretokens.entries()) {
			if (i % PRETOKENS_PER_STEP === 0) yield i / pretokens.length;
			builder.droppedBytes += walk.find(pretoken);
			for (const [id, units] of this.#tokensOf(pretoken)) {
				const [start, end] = walk.take(units);
				const isUnknown = id === model.unk_token_id;
				if (isUnknown) builder.droppedBytes += end - start;
				// The library makes one token of adjacent unknown ones, in the whole section.
				if (isUnknown && isAfterUnknown && model.fuse_unk) builder.extend(end);
				else builder.add(id, start, end, isUnknown ? TokenKind.unknown : TokenKind.ordinary);
				isAfterUnknown = isUnknown;
			}
		}
		builder.droppedBytes += walk.end();
	}

	/** Ids of a pre-token, each with the number of its UTF-16 code units that it covers. */
	#tokensOf(pretoken: string): [id: number, units: number][] {
		const { model } = this.#library;
		const pieces = model.encode([pretoken]);
		const idOf = (piece: string): number => model.tokens_to_ids.get(piece) ?? model.unk_token_id;
		if (this.#continuation === null) return pieces.map((piece) => [idOf(piece), piece.length]);
		// An unknown word is one token.
		if (pieces.length === 1) return [[idOf(pieces[0]), pretoken.length]];
		const { length } = this.#continuation;
		return pieces.map((piece, i) => [idOf(piece), piece.length - (i > 0 ? length : 0)]);
	}
}

/** Finds the pre-tokens of a section in its normalized text, in order. */
class PretokenWalk {
	readonly #laidOut: LaidOutText;
	/** Code unit of the normalized text. */
	#at = 0;
	/** Code units of the pre-token that are not in the text: a `▁` that the pre-tokenizer puts before it. */
	#added = 0;

	constructor(laidOut: LaidOutText) {
		this.#laidOut = laidOut;
	}

	/**
	 * Moves to a pre-token.
	 * @returns number of bytes before it, other than white space, that the pre-tokenizer removes
	 * @throws AlignmentError if the text does not have it
	 */
	find(pretoken: string): number {
		const { text } = this.#laidOut;
		const from = this.#at;
		for (; this.#at <= text.length; this.#at++) {
			this.#added = 0;
			if (isAt(text, this.#at, pretoken, 0)) return this.#removedSince(from);
			if (!pretoken.startsWith(META)) continue;
			this.#added = META.length;
			if (isAt(text, this.#at, pretoken, META.length)) return this.#removedSince(from);
		}
		this.#at = from;
		throw new AlignmentError(
			`transformers.js splits the text from byte ${this.#position()} on in a way that cannot be followed, so its tokens cannot be laid out`
		);
	}

	/** Bytes [start, end) of the next code units of the pre-token. */
	take(units: number): [start: number, end: number] {
		const { byteStarts, byteEnds } = this.#laidOut;
		const added = Math.min(units, this.#added);
		this.#added -= added;
		const count = units - added;
		if (count === 0) return [this.#position(), this.#position()];
		const start = byteStarts[this.#at];
		this.#at += count;
		return [start, byteEnds[this.#at - 1]];
	}

	/** Bytes after the last pre-token, other than white space, that the pre-tokenizer removes. */
	end(): number {
		const from = this.#at;
		this.#at = this.#laidOut.text.length;
		return this.#removedSince(from);
	}

	#removedSince(from: number): number {
		const { text, byteStarts, byteEnds } = this.#laidOut;
		let bytes = 0;
		for (let unit = from; unit < this.#at; unit++)
			if (/\S/.test(text[unit])) bytes += byteEnds[unit] - byteStarts[unit];
		return bytes;
	}

	/** Byte at which the next character of the normalized text begins. */
	#position(): number {
		const { byteStarts, byteEnds } = this.#laidOut;
		return byteStarts[this.#at] ?? byteEnds.at(-1) ?? 0;
	}
}

/** Whether a text has a pre-token from code unit `from` of it on. A `▁` may be a space of the text. */
function isAt(text: string, at: number, pretoken: string, from: number): boolean {
	if (at + pretoken.length - from > text.length) return false;
	for (let i = from; i < pretoken.length; i++) {
		const unit = text[at + i - from];
		if (unit !== pretoken[i] && !(unit === ' ' && pretoken[i] === META)) return false;
	}
	return true;
}

/** Collects tokens with their spans. */
class SpanBuilder {
	droppedBytes = 0;
	readonly #ids: number[] = [];
	readonly #starts: number[] = [];
	readonly #ends: number[] = [];
	readonly #kinds: number[] = [];

	add(id: number, start: number, end: number, kind: TokenKind): void {
		this.#ids.push(id);
		this.#starts.push(start);
		this.#ends.push(end);
		this.#kinds.push(kind);
	}

	/** Makes the last token end at a later byte. */
	extend(end: number): void {
		this.#ends[this.#ends.length - 1] = end;
	}

	take(): Encoding {
		return {
			ids: Uint32Array.from(this.#ids),
			byteStarts: Uint32Array.from(this.#starts),
			byteEnds: Uint32Array.from(this.#ends),
			kinds: Uint8Array.from(this.#kinds),
			...(this.droppedBytes > 0 && { droppedBytes: this.droppedBytes })
		};
	}
}

/** @throws Error in one line for a stage that the library lacks */
function createLibraryTokenizer(json: LibraryJson, config: string | null): PreTrainedTokenizer {
	const settings = config === null ? {} : (JSON.parse(config) as Record<string, unknown>);
	const adapted = {
		...json,
		normalizer: null,
		pre_tokenizer: adaptPreTokenizer(json.pre_tokenizer),
		post_processor: null,
		decoder: adaptDecoder(json.decoder)
	};
	// The other settings concern inputs of a model, not a text.
	const { remove_space, do_lowercase_and_remove_accent, eos_token } = settings;
	return runInWords(
		() =>
			new PreTrainedTokenizer(adapted, {
				remove_space,
				do_lowercase_and_remove_accent,
				eos_token: contentOfToken(eos_token),
				clean_up_tokenization_spaces: false
			})
	);
}

function runInWords<T>(create: () => T): T {
	try {
		return create();
	} catch (cause) {
		const reason = cause instanceof Error ? cause.message : String(cause);
		throw new Error(
			`transformers.js ${LIBRARY_VERSIONS['transformers.js']} cannot run the tokenizer: ${reason}`,
			{ cause }
		);
	}
}

type Normalize = (text: string) => string;

/** Creates the library's normalizer, step by step. */
function createNormalizer(stage: unknown): Normalize {
	if (!isStage(stage)) return (text) => text;
	if (stage.type === 'NFD') return (text) => text.normalize('NFD');
	if (stage.type === 'Sequence' && stage.normalizers) {
		const steps = stage.normalizers.map(createNormalizer);
		return (text) => steps.reduce((normalized, step) => step(normalized), text);
	}
	// The library only exports whole tokenizers.
	const model = { type: 'WordPiece', vocab: { '': 0 }, unk_token: '' };
	const { normalizer } = new PreTrainedTokenizer(
		{
			normalizer: stage,
			pre_tokenizer: null,
			model,
			post_processor: null,
			decoder: null,
			added_tokens: []
		},
		{}
	);
	return normalizer as unknown as Normalize;
}

const contentOfToken = (token: unknown): unknown =>
	typeof token === 'object' && token !== null && 'content' in token ? token.content : token;

interface Stage {
	readonly type: string;
	readonly normalizers?: readonly Stage[];
	readonly pretokenizers?: readonly Stage[];
	readonly decoders?: readonly Stage[];
	readonly prepend_scheme?: string;
	readonly add_prefix_space?: boolean;
	readonly split?: boolean;
}

const isStage = (value: unknown): value is Stage => typeof value === 'object' && value !== null;

/** Writes a Metaspace as the library's version reads it: the prefix by its older name, and the split as a stage of its own. */
function adaptPreTokenizer(stage: unknown): unknown {
	if (!isStage(stage)) return null;
	if (stage.pretokenizers)
		return { ...stage, pretokenizers: stage.pretokenizers.map(adaptPreTokenizer) };
	if (stage.type !== 'Metaspace') return stage;
	const metaspace = withPrefix(stage);
	if (stage.split === false) return metaspace;
	const split = { type: 'Split', pattern: { Regex: `${META}[^${META}]*|[^${META}]+` } };
	return { type: 'Sequence', pretokenizers: [metaspace, split] };
}

function adaptDecoder(stage: unknown): unknown {
	if (!isStage(stage)) return null;
	if (stage.decoders) return { ...stage, decoders: stage.decoders.map(adaptDecoder) };
	return stage.type === 'Metaspace' ? withPrefix(stage) : stage;
}

function withPrefix(stage: Stage): Stage {
	const { prepend_scheme, add_prefix_space = prepend_scheme !== 'never' } = stage;
	return { ...stage, add_prefix_space };
}
