import { Tiktoken, type TiktokenBPE } from 'js-tiktoken/lite';
import {
	type DecodeOptions,
	type EncodeOptions,
	type Encoding,
	type PreTokenizerSpec,
	type TokenizerSpec,
	tokenAt
} from '../../engine';
import { encodeBase64 } from '../../engine/stages';
import { alignTokens, ModelTokens, RuntimeLimitError } from './align';
import { splitAtAddedTokens } from './sections';

/**
 * Maximum length of a pre-token in UTF-16 code units. js-tiktoken merges in quadratic time or worse: 20,000 identical
 * letters take half a minute.
 */
const MAX_PRETOKEN_UNITS = 4096;

/** A `Runtime` that runs a spec with js-tiktoken. @throws Error if a rank file can't express the spec */
export class JsTiktoken {
	readonly name = 'js-tiktoken';
	readonly #spec: TokenizerSpec;
	readonly #tiktoken: Tiktoken;
	readonly #table: ModelTokens;
	readonly #pattern: RegExp;

	constructor(spec: TokenizerSpec) {
		const file = rankFile(spec);
		this.#spec = spec;
		this.#table = new ModelTokens(spec);
		this.#pattern = new RegExp(file.pat_str, 'ug');
		this.#tiktoken = new Tiktoken(file);
	}

	encode(text: string, { special = 'text' }: EncodeOptions = {}): Encoding {
		const wellFormed = text.toWellFormed();
		const parse = special === 'parse';
		const { sections, normalizedText } = splitAtAddedTokens(wellFormed, this.#spec, parse, {
			normalizesFirst: true
		});
		this.#refuseLongPretokens(normalizedText);
		const ids = this.#tiktoken.encode(normalizedText, parse ? 'all' : [], []);
		return alignTokens(ids, sections, this.#table);
	}

	decode(ids: ArrayLike<number>, { skipSpecial = false }: DecodeOptions = {}): string {
		const special = new Set(skipSpecial ? this.#spec.added_tokens.map(({ id }) => id) : []);
		return this.#tiktoken.decode(Array.from(ids).filter((id) => !special.has(id)));
	}

	/** @throws RuntimeLimitError that quotes the pre-token */
	#refuseLongPretokens(text: string): void {
		for (const [pretoken] of text.matchAll(this.#pattern)) {
			if (pretoken.length <= MAX_PRETOKEN_UNITS) continue;
			const excerpt = JSON.stringify(`${pretoken.slice(0, 12)}…`);
			const length = pretoken.length.toLocaleString('en');
			const limit = MAX_PRETOKEN_UNITS.toLocaleString('en');
			throw new RuntimeLimitError(
				`js-tiktoken gave up: ${excerpt} is a pre-token of ${length} characters, expected at most ${limit}, because its time grows with the square of the length. Try text with line breaks.`
			);
		}
	}
}

/** Converts a spec to a js-tiktoken rank file. @throws Error if a rank file can't express it */
export function rankFile(spec: TokenizerSpec): TiktokenBPE {
	const split = splitPattern(spec.pre_tokenizer);
	const pattern = split === null ? null : expandContractions(split);
	if (pattern === null || !spec.model.byte_level || spec.model.merges !== null) {
		throw new Error(
			'js-tiktoken runs rank files only: expected one Split by a regex, byte-level tokens and merging by rank'
		);
	}
	return {
		pat_str: pattern,
		bpe_ranks: rankLines(spec),
		special_tokens: Object.fromEntries(spec.added_tokens.map(({ content, id }) => [content, id]))
	};
}

/**
 * Replaces `(?i:…)`, which older JavaScript engines don't support, with both cases of each letter, as in js-tiktoken's
 * own rank files. Unlike the original, the result doesn't match `ſ` as `s`.
 */
export const expandContractions = (pattern: string): string =>
	pattern.replaceAll(
		"(?i:'s|'t|'re|'ve|'m|'ll|'d)",
		"('s|'S|'t|'T|'re|'rE|'Re|'RE|'ve|'vE|'Ve|'VE|'m|'M|'ll|'lL|'Ll|'LL|'d|'D)"
	);

/** Regex of the Split stage; `null` unless there is exactly one such stage. */
function splitPattern(spec: PreTokenizerSpec | null): string | null {
	if (spec?.type !== 'Sequence') return null;
	const splits = spec.pretokenizers.filter(({ type }) => type === 'Split');
	const [split] = splits;
	if (splits.length !== 1 || split.type !== 'Split') return null;
	return 'Regex' in split.pattern ? split.pattern.Regex : null;
}

/** Writes the vocabulary as lines of `! <rank> <base64>`. */
function rankLines({ model: { vocabulary } }: TokenizerSpec): string {
	const lines: string[] = [];
	for (let id = 0; id < vocabulary.ends.length; id++) {
		const token = tokenAt(vocabulary, id);
		if (token.length > 0) lines.push(`! ${id} ${encodeBase64(token)}`);
	}
	return lines.join('\n');
}
