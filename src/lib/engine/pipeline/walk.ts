import { createFinder, type AddedTokenFinder, type AddedTokenPattern } from '../added/finder';
import { createNormalizer, type Normalizer } from '../normalize/normalizer';
import { createPreTokenizer, soleScanner } from '../pretokenize/pre-tokenizer';
import { Pretokens, type PreTokenizer, type Scanner } from '../pretokenize/pretokens';
import type { CorePattern } from '../core-pattern';
import type { AddedTokenSpec, TokenizerSpec } from '../spec';
import { ByteSource } from '../structures/byte-table';
import { IntBuffer } from '../structures/arrays';
import { TokenTrie } from '../structures/token-trie';
import { slice, type AlignedText } from '../text/aligned';
import type { Extras } from '../text/extras';
import { decodeUtf8, encodeUtf8 } from '../text/utf8';

/** Receives the added tokens and pre-tokens of a text, in order. */
export interface WalkVisitor {
	/** Called for an added token at bytes [from, to) of `text`. */
	added(token: AddedTokenSpec, text: AlignedText, from: number, to: number): void;
	/**
	 * Called before a section of the original text is split by a scanner for `pattern`. Returns the byte offset from
	 * which the visitor wants pre-tokens: the end of the section if it doesn't want any.
	 */
	section?(text: AlignedText, pattern: CorePattern): number;
	/**
	 * Called for one or more adjacent pre-tokens. The first pre-token begins at byte `start` of `text`, and
	 * `ends.data[from..to)` are the end bytes (exclusive).
	 */
	pretokens(text: AlignedText, start: number, ends: IntBuffer, from: number, to: number): void;
}

/** Which special tokens are recognised: none, all, or those listed by content. */
export type Recognised = 'text' | 'parse' | readonly string[];

/** Finders for added tokens in original and in normalized text; `null` if there are no such tokens. */
interface Finders {
	readonly raw: AddedTokenFinder | null;
	readonly normalized: AddedTokenFinder | null;
}

/**
 * Splits a text into added tokens and pre-tokens. Extracts added tokens from the original text, normalizes the sections
 * between them, extracts added tokens from the normalized text, and pre-tokenizes the rest.
 */
export class Walk {
	readonly #normalizer: Normalizer | null;
	/** Whether added tokens are matched in normalized text without normalizing their content. */
	readonly #keepsContents: boolean;
	readonly #preTokenizer: PreTokenizer | null;
	readonly #scanner: Scanner | null;
	/** Finders for the tokens that `special: 'text'` recognises. */
	readonly #textFinders: Finders;
	/** Finders for the tokens that `special: 'parse'` recognises; `null` until first used. */
	#parseFinders: Finders | null = null;
	readonly #createParseFinders: () => Finders;
	readonly #tokens: readonly AddedTokenSpec[];
	/** Special tokens rejected by the latest call to `refuse`. */
	#refused: {
		readonly key: string;
		readonly contents: readonly string[];
		readonly trie: TokenTrie;
	} | null = null;
	/** Finders for the latest list of special tokens to recognise. */
	#listed: { readonly key: string; readonly finders: Finders } | null = null;
	readonly #createListedFinders: (contents: ReadonlySet<string>) => Finders;
	readonly #ends = new IntBuffer(1 << 12);
	readonly #whole = new Pretokens();
	/** Buffers for the added tokens found. `normalized` is filled while `raw` is still being read. */
	readonly #found = { raw: new IntBuffer(64), normalized: new IntBuffer(64) };

	constructor(spec: TokenizerSpec, extras: Extras) {
		this.#normalizer = spec.normalizer && createNormalizer(spec.normalizer, extras);
		this.#keepsContents = spec.normalizer?.type === 'SentencePiece';
		this.#scanner = soleScanner(spec.pre_tokenizer);
		this.#preTokenizer =
			spec.pre_tokenizer && !this.#scanner ? createPreTokenizer(spec.pre_tokenizer, extras) : null;
		// If several tokens have the same content, the first one wins, so special tokens come first.
		const tokens = [...spec.added_tokens].sort((a, b) => Number(b.special) - Number(a.special));
		this.#tokens = tokens;
		// Accesses this extra now, so that `withExtras` loads it if it is missing. The finders for `parse` also need it,
		// but they are created too late for that.
		if (tokens.some((token) => token.single_word)) Reflect.get(extras, 'isWordCharacter');
		const special = new Set(tokens.filter((token) => token.special));
		this.#textFinders = this.#createFinders(tokens, special, extras);
		this.#createParseFinders = () => this.#createFinders(tokens, new Set(), extras);
		this.#createListedFinders = (contents) =>
			this.#createFinders(
				tokens.filter((token) => !token.special || contents.has(token.content)),
				new Set(),
				extras
			);
	}

	get isCorePattern(): boolean {
		return this.#scanner?.pattern !== undefined;
	}

	run(text: AlignedText, special: Recognised, visitor: WalkVisitor): void {
		const { raw, normalized } = this.#findersOf(special);
		extractAddedTokens(text, raw, this.#found.raw, visitor, (section) => {
			const rewritten = this.#normalizer ? this.#normalizer(section) : section;
			extractAddedTokens(rewritten, normalized, this.#found.normalized, visitor, (rest) =>
				this.#preTokenize(rest, visitor)
			);
		});
	}

	/**
	 * Checks that an original text doesn't contain any of these special tokens.
	 * @param contents `'all'` means every special token that is not recognised
	 * @throws Error for the first one found
	 */
	refuse(text: AlignedText, contents: 'all' | readonly string[], recognised: Recognised): void {
		const key = JSON.stringify([contents, recognised]);
		if (this.#refused?.key !== key) {
			const isRefused = ({ content, special }: AddedTokenSpec) =>
				contents === 'all'
					? special && recognised !== 'parse' && !recognised.includes(content)
					: contents.includes(content);
			const refused = this.#tokens.filter(isRefused).map(({ content }) => content);
			this.#refused = { key, contents: refused, trie: new TokenTrie(refused.map(encodeUtf8)) };
		}
		const found = this.#refused.trie.longestMatches(text.bytes, text.start, text.end);
		if (found.length === 0) return;
		const [at, token] = found.data.subarray(found.length - 2, found.length);
		throw new Error(
			`text: got the special token ${JSON.stringify(this.#refused.contents[token])} at byte ${at}, expected none that disallowedSpecial lists; remove it from the text, or list it in allowedSpecial`
		);
	}

	#findersOf(special: Recognised): Finders {
		if (special === 'text') return this.#textFinders;
		if (special === 'parse') return (this.#parseFinders ??= this.#createParseFinders());
		const key = JSON.stringify(special);
		if (this.#listed?.key !== key)
			this.#listed = { key, finders: this.#createListedFinders(new Set(special)) };
		return this.#listed.finders;
	}

	/** Returns the string to search for in normalized text to find an added token with the content `text`. */
	normalized(text: string): string {
		return decodeUtf8(this.#normalize(encodeUtf8(text)));
	}

	#createFinders(
		tokens: readonly AddedTokenSpec[],
		skipped: ReadonlySet<AddedTokenSpec>,
		extras: Extras
	): Finders {
		const rawTokens: AddedTokenPattern[] = [];
		const normalizedTokens: AddedTokenPattern[] = [];
		for (const token of tokens) {
			const content = encodeUtf8(token.content);
			if (!token.normalized) rawTokens.push({ token, content });
			else normalizedTokens.push({ token, content: this.#normalize(content) });
		}
		return {
			raw: createFinder(rawTokens, extras, skipped),
			normalized: createFinder(normalizedTokens, extras, skipped)
		};
	}

	#normalize(content: Uint8Array): Uint8Array {
		if (!this.#normalizer || this.#keepsContents) return content;
		const text = { bytes: content, start: 0, end: content.length, origin: null };
		const { bytes, start, end } = this.#normalizer(text);
		return bytes.slice(start, end);
	}

	/** Splits a section of normalized text into pre-tokens. */
	#preTokenize(text: AlignedText, visitor: WalkVisitor): void {
		const { bytes, start, end } = text;
		if (start === end) return;
		const ends = this.#ends;
		ends.clear();
		if (this.#scanner) {
			const { pattern } = this.#scanner;
			const isOriginal = text.origin === null;
			const from = (isOriginal && pattern && visitor.section?.(text, pattern)) || start;
			if (from === end) return;
			this.#scanner(new ByteSource(bytes), from, end, ends);
			visitor.pretokens(text, from, ends, 0, ends.length);
			ends.recycle();
		} else if (!this.#preTokenizer) {
			ends.push(end);
			visitor.pretokens(text, start, ends, 0, 1);
		} else {
			this.#whole.reset(text, false).add(start, end);
			const pretokens = this.#preTokenizer(this.#whole);
			const { length } = pretokens.starts;
			for (let from = 0; from < length;) {
				let to = from + 1;
				while (to < length && pretokens.starts.data[to] === pretokens.ends.data[to - 1]) to++;
				visitor.pretokens(pretokens.text, pretokens.starts.data[from], pretokens.ends, from, to);
				from = to;
			}
		}
	}
}

/** Reports the added tokens of a text to `visitor`, and the sections between them to `visitSection`. */
function extractAddedTokens(
	text: AlignedText,
	finder: AddedTokenFinder | null,
	found: IntBuffer,
	visitor: WalkVisitor,
	visitSection: (section: AlignedText) => void
): void {
	if (!finder) {
		visitSection(text);
		return;
	}
	found.clear();
	finder.find(text, found);
	let at = text.start;
	for (let i = 0; i < found.length; i += 3) {
		const from = found.data[i + 1];
		const to = found.data[i + 2];
		if (at < from) visitSection(slice(text, at, from));
		visitor.added(finder.tokens[found.data[i]], text, from, to);
		at = to;
	}
	if (at < text.end) visitSection(slice(text, at, text.end));
}
