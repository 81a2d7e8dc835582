import { Tiktoken, type TiktokenBPE } from 'js-tiktoken/lite';
import {
	type DecodeOptions,
	type EncodeOptions,
	type Encoding,
	type PreTokenizerSpec,
	type TokenizerSpec,
	tokenAt
} from '../../engine';
import { alignTokens, type Section } from './align';
import { splitAtAddedTokens } from './sections';
import { ModelTokens } from './model-tokens';
import { RuntimeLimitError, type Runtime } from './types';

/**
 * js-tiktoken merges a piece in quadratic time or worse: 5,000 equal letters take about two seconds,
 * 20,000 half a minute. Pieces beyond this many units are refused instead.
 */
const MAX_PIECE_UNITS = 4096;

/** Runs a rank file with js-tiktoken. @throws Error when the spec is not one that a rank file can say. */
export class JsTiktoken implements Runtime {
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
		const sections = splitAtAddedTokens(wellFormed, this.#spec, special === 'parse');
		const normalized = sections.normalizedText;
		this.#refuseLongPieces(normalized);
		const ids = this.#tiktoken.encode(normalized, special === 'parse' ? 'all' : [], []);
		return alignTokens(ids, sections.sections satisfies readonly Section[], this.#table);
	}

	decode(ids: ArrayLike<number>, { skipSpecial = false }: DecodeOptions = {}): string {
		const special = new Set(skipSpecial ? this.#spec.added_tokens.map(({ id }) => id) : []);
		return this.#tiktoken.decode(Array.from(ids).filter((id) => !special.has(id)));
	}

	#refuseLongPieces(text: string): void {
		if (!hasLongRun(text, MAX_PIECE_UNITS)) return;
		for (const [piece] of text.matchAll(this.#pattern)) {
			if (piece.length <= MAX_PIECE_UNITS) continue;
			const excerpt = JSON.stringify(`${piece.slice(0, 12)}…`);
			throw new RuntimeLimitError(
				`js-tiktoken gave up: ${excerpt} is one piece of ${piece.length.toLocaleString('en')} characters without a break, and its time grows with the square of a piece's length (limit ${MAX_PIECE_UNITS.toLocaleString('en')}).`
			);
		}
	}
}

/** What js-tiktoken reads. @throws Error when the spec is not one that a rank file can say. */
export function rankFile(spec: TokenizerSpec): TiktokenBPE {
	const pattern = spelledOut(splitPattern(spec.pre_tokenizer));
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
 * JavaScript has no `(?i:…)`; js-tiktoken's own rank files spell the contractions out instead (and
 * so do not know that `ſ` is an `s`).
 */
function spelledOut(pattern: string | null): string | null {
	return (
		pattern?.replaceAll(
			"(?i:'s|'t|'re|'ve|'m|'ll|'d)",
			"('s|'S|'t|'T|'re|'rE|'Re|'RE|'ve|'vE|'Ve|'VE|'m|'M|'ll|'lL|'Ll|'LL|'d|'D)"
		) ?? null
	);
}

/** The regex of the one Split, or null. */
function splitPattern(spec: PreTokenizerSpec | null): string | null {
	if (spec?.type !== 'Sequence') return null;
	const splits = spec.pretokenizers.filter(({ type }) => type === 'Split');
	const [split] = splits;
	if (splits.length !== 1 || split.type !== 'Split') return null;
	return 'Regex' in split.pattern ? split.pattern.Regex : null;
}

/** The vocabulary as js-tiktoken reads it: lines of `! <first rank> <base64> …`, one a run of ids. */
function rankLines(spec: TokenizerSpec): string {
	const { vocabulary } = spec.model;
	const lines: string[] = [];
	let line: string[] = [];
	for (let id = 0; id < vocabulary.ends.length; id++) {
		const token = tokenAt(vocabulary, id);
		if (token.length === 0) {
			if (line.length > 0) lines.push(line.join(' '));
			line = [];
			continue;
		}
		if (line.length === 0) line = ['!', String(id)];
		line.push(btoa(String.fromCharCode(...token)));
	}
	if (line.length > 0) lines.push(line.join(' '));
	return lines.join('\n');
}

/** Whether more than `limit` units follow each other without a change between space and non-space. */
function hasLongRun(text: string, limit: number): boolean {
	let runStart = 0;
	let inSpace = false;
	for (let unit = 0; unit < text.length; unit++) {
		const space = text.charCodeAt(unit) <= 0x20;
		if (space !== inSpace) {
			inSpace = space;
			runStart = unit;
		} else if (unit - runStart >= limit) return true;
	}
	return false;
}
