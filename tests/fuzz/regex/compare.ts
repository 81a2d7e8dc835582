/** Compares the two regex dialects with the native libraries, on generated patterns and texts. */
import { createRequire } from 'node:module';
import { IntBuffer } from '../../../src/lib/engine/structures/arrays';
import type { Matcher } from '../../../src/lib/engine/text/pattern';
import { compileRegex } from '../../../src/lib/engine/text/regex/matcher';
import { translateRustRegex } from '../../../src/lib/engine/text/regex/rust-to-oniguruma';
import { decodeUtf8, encodeUtf8 } from '../../../src/lib/engine/text/utf8';
import { nativeStages } from '../../support/native-stages';
import { randomFrom } from '../../support/random-texts';
import { split } from '../../support/spec-parts';
import type { Batch } from '../batch';
import { patternGenerator } from './patterns';

export const DIALECTS = ['oniguruma', 'rust'] as const;
export type Dialect = (typeof DIALECTS)[number];

const TEXTS_PER_PATTERN = 4;

/** Compares `count` generated patterns with the reference for a dialect. */
export function comparePatterns(dialect: Dialect, count: number, seed: number): Batch {
	const counts: Record<string, number> = {};
	const failures: string[] = [];
	const next = patternGenerator(dialect, randomFrom(seed));
	for (let i = 0; i < count; i++) {
		const { pattern, texts } = next(TEXTS_PER_PATTERN);
		const { outcome, failure } = comparePattern(dialect, pattern, texts);
		counts[outcome] = (counts[outcome] ?? 0) + 1;
		if (failure) failures.push(failure);
	}
	return { counts, failures };
}

/** Compares one pattern with the reference for its dialect. `failure` describes the difference. */
export function comparePattern(
	dialect: Dialect,
	pattern: string,
	texts: readonly string[]
): { readonly outcome: string; readonly failure?: string } {
	const ours = attempt(() => compile(dialect, pattern));
	// The reference aborts the process when a pattern backtracks too much, and tiktoken hangs after an empty match.
	const asked = texts.filter((text) => {
		const parts = typeof ours === 'string' ? '' : attempt(() => matchedParts(ours, text));
		return typeof parts !== 'string' && !(dialect === 'rust' && parts.includes(''));
	});
	const theirs = attempt(() => REFERENCES[dialect](pattern, asked));
	const shown = JSON.stringify(pattern);
	if (typeof ours === 'string') {
		return { outcome: typeof theirs === 'string' ? 'both refuse' : 'refused' };
	}
	if (typeof theirs === 'string') {
		return {
			outcome: 'only the reference refuses',
			failure: `${shown}: the reference refuses it: ${theirs}`
		};
	}
	for (const text of asked) {
		const expected = theirs(text);
		if (expected === null) continue;
		const found = JSON.stringify(matchedParts(ours, text).filter((part) => part !== ''));
		if (found === JSON.stringify(expected)) continue;
		// tiktoken's search may skip a match. Oniguruma may match a text differently alone than in a batch.
		const alone =
			dialect === 'rust'
				? withoutSearch(pattern, text)
				: REFERENCES[dialect](pattern, [text])(text);
		if (found === JSON.stringify(alone)) return { outcome: 'the reference contradicts itself' };
		return {
			outcome: 'different',
			failure: `${shown} on ${JSON.stringify(text)}: ${found}, expected ${JSON.stringify(expected)}`
		};
	}
	return { outcome: 'equal' };
}

const compile = (dialect: Dialect, pattern: string): Matcher =>
	compileRegex(dialect === 'rust' ? translateRustRegex(pattern).regex : pattern);

function attempt<T extends object>(run: () => T): T | string {
	try {
		return run();
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}

/** Substrings of a text that match a pattern. */
function matchedParts(matcher: Matcher, text: string): string[] {
	const bytes = encodeUtf8(text);
	const matches = new IntBuffer();
	matcher.begin(bytes.length);
	matcher.findInBytes(bytes, 0, bytes.length, matches);
	const parts: string[] = [];
	for (let i = 0; i < matches.length; i += 2) {
		parts.push(decodeUtf8(bytes.subarray(matches.data[i], matches.data[i + 1])));
	}
	return parts;
}

/** Returns a reference's matches in a text; `null` if the reference fails on the text. */
type Reference = (text: string) => readonly string[] | null;

const require = createRequire(import.meta.url);

interface NativeTiktoken {
	encode_ordinary(text: string): Uint32Array;
	free(): void;
}
/**
 * Number of rejected patterns after which tiktoken is loaded again, because each of them leaks part of its WebAssembly
 * stack.
 */
const MAX_REFUSALS = 200;
let refusals = 0;

function createTiktoken(ranks: string, pattern: string): NativeTiktoken {
	if (refusals >= MAX_REFUSALS) {
		refusals = 0;
		for (const path of Object.keys(require.cache)) {
			if (/[\\/]tiktoken[\\/]/.test(path)) Reflect.deleteProperty(require.cache, path);
		}
	}
	const { Tiktoken } = require('tiktoken') as {
		Tiktoken: new (ranks: string, special: object, pattern: string) => NativeTiktoken;
	};
	try {
		return new Tiktoken(ranks, {}, pattern);
	} catch (cause) {
		refusals++;
		throw cause;
	}
}

const REFERENCES: Readonly<
	Record<Dialect, (pattern: string, texts: readonly string[]) => Reference>
> = { oniguruma: tokenizers, rust: tiktoken };

/** Hugging Face's library. With `Removed` and `invert`, the library keeps only the matches. */
function tokenizers(pattern: string): Reference {
	const pre_tokenizer = split({ Regex: pattern }, 'Removed', true);
	const preTokenizer = nativeStages({ pre_tokenizer }).getPreTokenizer();
	return (text) => {
		const pieces = attempt(() => preTokenizer?.preTokenizeString(text) ?? []);
		return typeof pieces === 'string' ? null : pieces.map(([piece]) => piece);
	};
}

/** A tiktoken encoding with a token for every substring of every text, so that each match is a single token. */
function tiktoken(pattern: string, texts: readonly string[]): Reference {
	const parts = new Set(Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte)));
	for (const text of texts) {
		const bytes = String.fromCharCode(...encodeUtf8(text));
		for (let start = 0; start < bytes.length; start++) {
			for (let end = start + 2; end <= bytes.length; end++) parts.add(bytes.slice(start, end));
		}
	}
	const tokens = [...parts];
	const lines = tokens.map((token, rank) => `${btoa(token)} ${rank}`);
	const encoding = createTiktoken(lines.join('\n'), pattern);
	const answers = new Map(
		texts.map((text) => [
			text,
			Array.from(encoding.encode_ordinary(text), (id) => decode(tokens[id]))
		])
	);
	encoding.free();
	return (text) => answers.get(text) ?? null;
}

/**
 * Returns the matches that tiktoken would find if it tried the pattern at every position. Usually, it first searches
 * for a suffix that all alternatives share, which makes it miss matches: `bcc+|c` finds c twice in bcc.
 */
const withoutSearch = (pattern: string, text: string): readonly string[] | null =>
	tiktoken(`(?=)(?:${pattern})`, [text])(text);

const decode = (bytes: string): string =>
	decodeUtf8(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
