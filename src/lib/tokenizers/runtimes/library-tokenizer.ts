import type { PreTrainedTokenizer } from '@xenova/transformers/src/tokenizers.js';
import { TokenKind, type DecodeOptions, type EncodeOptions, type Encoding } from '../../engine';
import { byteLength, decodeUtf8, encodeUtf8 } from '../../engine/text';
import type { DecodedIds } from '../decode-ids';
import { type LibraryFile, type LibraryModel } from '../files/library-file';
import { parseLibraryJson, type LibraryAddedToken } from '../files/library-json';
import { createNormalizer, createTransformersTokenizer, META } from './library-stages';
import { PretokenWalk } from './pretoken-walk';
import type { VocabularyRuntime } from './runtime';
import { SectionLayout } from './section-layout';

/** Pre-tokens after which other work may run: a few milliseconds. */
const PRETOKENS_PER_STEP = 1024;

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
		this.#library = createTransformersTokenizer(json, config);
		this.vocabularySize = this.#library.model.vocab.length;
		this.#continuation =
			json.model.type === 'WordPiece' ? String(json.model.continuing_subword_prefix) : null;
		this.#added = json.added_tokens;
		this.#addedById = new Map(json.added_tokens.map((token) => [token.id, token]));
		this.#idOfAdded = new Map(json.added_tokens.map(({ content, id }) => [content, id]));
		const { remove_space } = this.#library;
		const lowercases = this.#library.do_lowercase_and_remove_accent === true;
		const normalize = createNormalizer(json.normalizer);
		this.#layout = new SectionLayout((text) => {
			// As the library does before its normalizer.
			let normalized = remove_space ? text.trim().split(/\s+/).join(' ') : text;
			if (lowercases) normalized = normalized.toLowerCase().replace(/[\u0300-\u036f]/g, '');
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
		builder.removedBytes += laidOut.removedBytes;
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
			builder.removedBytes += walk.find(pretoken);
			for (const [id, units] of this.#tokensOf(pretoken)) {
				const [start, end] = walk.take(units);
				const isUnknown = id === model.unk_token_id;
				if (isUnknown) builder.unknownBytes += end - start;
				// The library makes one token of adjacent unknown ones, in the whole section.
				if (isUnknown && isAfterUnknown && model.fuse_unk) builder.extend(end);
				else builder.add(id, start, end, isUnknown ? TokenKind.unknown : TokenKind.ordinary);
				isAfterUnknown = isUnknown;
			}
		}
		builder.removedBytes += walk.end();
	}

	/** Ids of a pre-token, each with the number of its UTF-16 code units that it covers. */
	#tokensOf(pretoken: string): [id: number, units: number][] {
		const { model } = this.#library;
		const pieces = model.encode([pretoken]);
		const unknown = Number(model.unk_token_id);
		const idOf = (piece: string): number => model.tokens_to_ids.get(piece) ?? unknown;
		if (this.#continuation === null) return pieces.map((piece) => [idOf(piece), piece.length]);
		// An unknown word is one token.
		if (pieces.length === 1) return [[idOf(pieces[0]), pretoken.length]];
		const { length } = this.#continuation;
		return pieces.map((piece, i) => [idOf(piece), piece.length - (i > 0 ? length : 0)]);
	}
}

/** Collects tokens with their spans. */
class SpanBuilder {
	removedBytes = 0;
	unknownBytes = 0;
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
			droppedBytes: this.removedBytes + this.unknownBytes || undefined,
			removedBytes: this.removedBytes || undefined
		};
	}
}
