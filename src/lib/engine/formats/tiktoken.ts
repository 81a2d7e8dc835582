import type { AddedTokenSpec, NormalizerSpec, PreTokenizerSpec, TokenizerSpec } from '../spec';
import { buildVocabulary } from '../structures/vocabulary';
import { scannerFor } from '../pretokenize/scanners';
import { translateRustRegex } from '../text/regex/rust-to-oniguruma';
import { createSpecialToken } from './added-tokens';
import { decodeBase64 } from '../text/base64';
import { plural } from '../text/words';
import { describe } from '../wrong-argument';

/** The largest published tokenizers have about 300,000 ids. */
const MAX_ID = (1 << 22) - 1;

/** A tiktoken encoding in the format of the js-tiktoken npm package. */
export interface TiktokenRanks {
	/**
	 * Lines in the form `! first token token …`, with base64 tokens and consecutive ranks starting at `first`, or in the
	 * form `token rank`, as in OpenAI's .tiktoken files.
	 */
	readonly bpe_ranks: string;
	readonly pat_str: string;
	readonly special_tokens: Readonly<Record<string, number>>;
}

export interface TiktokenOptions {
	/** Number to add to ranks to get ids (1000 in Tekken). Not added to the ids of special tokens. Default 0. */
	readonly offset?: number;
	/**
	 * Normalizer that users of the encoding apply first (NFKC in claude-legacy). Special tokens are then matched in
	 * normalized text.
	 */
	readonly normalizer?: NormalizerSpec | null;
}

/**
 * Builds a spec from tiktoken's ranks. The rank of a merge is the id of its product, and a pre-token that is a token is
 * not merged. The pattern is translated from the syntax of Rust's regex crates to that of tokenizer.json.
 * @throws Error that identifies the invalid line, special token or part of the pattern
 */
export function specFromTiktoken(
	ranks: TiktokenRanks,
	{ offset = 0, normalizer = null }: TiktokenOptions = {}
): TokenizerSpec {
	const contents = parseRanks(ranks.bpe_ranks, offset);
	const byteLevel = {
		type: 'ByteLevel',
		add_prefix_space: false,
		trim_offsets: false,
		use_regex: false
	} as const;
	return {
		normalizer,
		pre_tokenizer: {
			type: 'Sequence',
			pretokenizers: [createSplit(ranks.pat_str), byteLevel]
		},
		model: {
			type: 'BPE',
			vocabulary: buildVocabulary(contents),
			byte_level: true,
			merges: null,
			unk_token: null,
			fuse_unk: false,
			byte_fallback: false,
			ignore_merges: false
		},
		post_processor: null,
		decoder: byteLevel,
		added_tokens: specialTokens(ranks.special_tokens, normalizer !== null)
	};
}

/**
 * Creates a Split that is equivalent to tiktoken's pattern. tiktoken drops unmatched text, which `Isolated` would keep.
 */
function createSplit(pattern: string): PreTokenizerSpec {
	const { regex, coversEverything } = translateRustRegex(pattern);
	// A pattern with a scanner has the same matches in both dialects, even where the syntax differs (`\s++$`).
	const isKnown = coversEverything && scannerFor(pattern) !== null;
	return {
		type: 'Split',
		pattern: { Regex: isKnown ? pattern : regex },
		behavior: coversEverything ? 'Isolated' : 'Removed',
		invert: !coversEverything
	};
}

function parseRanks(text: string, offset: number): (Uint8Array | undefined)[] {
	const contents: (Uint8Array | undefined)[] = [];
	const seen = new Set<string>();
	const add = (base64: string, rank: number, line: number, word: string) => {
		const fail = (found: string, expected: string) =>
			new Error(`ranks line ${line}: got ${found}, expected ${expected}`);
		const bytes = decodeBase64(base64);
		if (!bytes || bytes.length === 0) throw fail(describe(base64), 'base64');
		const id = rank + offset;
		if (!Number.isInteger(rank) || rank < 0 || id > MAX_ID) {
			throw fail(
				`rank ${Number.isNaN(rank) ? describe(word) : rank}`,
				`a whole number from 0 to ${MAX_ID - offset}`
			);
		}
		if (contents[id]) throw fail(`rank ${rank} again`, 'each rank once');
		if (seen.size === seen.add(base64).size) {
			throw fail(`the token ${describe(base64)} again`, 'each token once');
		}
		contents[id] = bytes;
	};
	text.split('\n').forEach((line, i) => {
		const words = line.trim().split(' ');
		if (words[0] === '') return;
		if (words[0] === '!') {
			words.slice(2).forEach((word, j) => add(word, parseRank(words[1]) + j, i + 1, words[1]));
		} else if (words.length === 2) {
			add(words[0], parseRank(words[1]), i + 1, words[1]);
		} else {
			throw new Error(
				`ranks line ${i + 1}: got ${plural(words.length, 'word')}, expected a token and its rank`
			);
		}
	});
	if (contents.length === 0) throw new Error('got no ranks, expected at least one');
	return contents;
}

/** Parses a whole number; NaN for anything but decimal digits. */
const parseRank = (word: string): number => (/^\d+$/.test(word) ? Number(word) : NaN);

function specialTokens(
	tokens: Readonly<Record<string, number>>,
	normalized: boolean
): AddedTokenSpec[] {
	return Object.entries(tokens)
		.map(([content, id]) => {
			if (!Number.isInteger(id) || id < 0 || id > MAX_ID) {
				throw new Error(
					`special_tokens[${describe(content)}]: got ${describe(id)}, expected a whole number from 0 to ${MAX_ID}`
				);
			}
			return { ...createSpecialToken(id, content), normalized };
		})
		.sort((a, b) => a.id - b.id);
}
