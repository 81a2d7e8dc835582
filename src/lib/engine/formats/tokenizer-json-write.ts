import type { AddedTokenSpec, BpeModelSpec, TokenizerSpec } from '../spec';
import { toByteLevel } from '../structures/byte-level';
import { tokenAt, vocabularySize } from '../structures/vocabulary';
import { decodeUtf8 } from '../text/utf8';
import { resolveAddedTokens } from './added-tokens';
import { mergesFromRanks } from './merges-from-ranks';
import { sentencePieceDecoder, approximateSteps } from './sentencepiece-steps';
import { checkSpec } from '../wrong-argument';

/** The object of a tokenizer.json, ready for `JSON.stringify`. */
export type TokenizerJson = ReturnType<typeof writeTokenizerJson>;

/**
 * Writes a spec as tokenizer.json. Writes explicit merges even if ranks imply them. The vocabulary also
 * includes the added tokens that would otherwise be read with different ids.
 * @throws Error if two ids would be written as the same string
 */
export function writeTokenizerJson(original: TokenizerSpec) {
	checkSpec(original);
	const spec = withoutSentencePiece(original);
	const { model } = spec;
	const strings = tokenStrings(model);
	const vocab = vocabularyEntries(strings, spec.added_tokens);
	const pairs = model.merges?.pairs ?? mergesFromRanks(model.vocabulary);
	const merges: [string, string][] = [];
	for (let i = 0; i < pairs.length; i += 2) {
		merges.push([strings.get(pairs[i]) ?? '', strings.get(pairs[i + 1]) ?? '']);
	}
	return {
		version: '1.0' as const,
		truncation: null,
		padding: null,
		added_tokens: [...spec.added_tokens].sort((a, b) => a.id - b.id),
		normalizer: spec.normalizer,
		pre_tokenizer: spec.pre_tokenizer,
		post_processor: spec.post_processor,
		decoder: spec.decoder,
		model: {
			type: 'BPE' as const,
			dropout: null,
			unk_token: model.unk_token,
			continuing_subword_prefix: model.continuing_subword_prefix ?? null,
			end_of_word_suffix: model.end_of_word_suffix ?? null,
			fuse_unk: model.fuse_unk,
			byte_fallback: model.byte_fallback,
			ignore_merges: model.ignore_merges,
			// Unlike assignment, this also creates an own property for `__proto__`.
			vocab: Object.fromEntries(vocab),
			merges
		}
	};
}

/** Replaces SentencePiece's own normalizer and decoder with approximations. */
function withoutSentencePiece(spec: TokenizerSpec): TokenizerSpec {
	const { normalizer, decoder } = spec;
	const [first] = decoder?.type === 'Sequence' ? decoder.decoders : [];
	const written =
		first?.type === 'SentencePiece'
			? { ...spec, decoder: sentencePieceDecoder(first.add_dummy_prefix) }
			: spec;
	if (normalizer?.type !== 'SentencePiece') return written;
	// With `normalized: true`, Hugging Face's library would normalize the contents, which might add a space or remove
	// everything.
	const added_tokens = spec.added_tokens.map((token) => ({ ...token, normalized: false }));
	return { ...written, normalizer: approximateSteps(normalizer), added_tokens };
}

function tokenStrings(model: BpeModelSpec): Map<number, string> {
	const strings = new Map<number, string>();
	for (let id = 0; id < vocabularySize(model.vocabulary); id++) {
		const bytes = tokenAt(model.vocabulary, id);
		if (bytes.length > 0)
			strings.set(id, model.byte_level ? toByteLevel(bytes) : decodeUtf8(bytes));
	}
	for (const { id, content } of model.foreign_tokens ?? []) strings.set(id, content);
	return strings;
}

/** Lists the entries of `model.vocab` in order of id, including added tokens that would otherwise get different ids. */
function vocabularyEntries(
	strings: ReadonlyMap<number, string>,
	added: readonly AddedTokenSpec[]
): Map<string, number> {
	const size = [...strings.keys()].reduce((largest, id) => Math.max(largest, id + 1), 0);
	// First tries to leave out all added tokens, then to include those whose ids are below `size`, then to include all.
	// Stops as soon as every added token would be read with its own id.
	for (const limit of [0, size, Infinity]) {
		const entries = new Map<string, number>();
		const all = new Map(strings);
		for (const { id, content } of added) if (id < limit && !all.has(id)) all.set(id, content);
		for (const [id, string] of [...all].sort(([a], [b]) => a - b)) {
			const other = entries.get(string);
			if (other !== undefined) {
				throw new Error(
					`tokenizer.json: got ${JSON.stringify(string)} for both ids ${other} and ${id}, expected different strings`
				);
			}
			entries.set(string, id);
		}
		const sorted = [...added].sort((a, b) => a.id - b.id);
		const read = resolveAddedTokens(sorted, entries.size, (content) => entries.get(content));
		const ids = new Map(read.map((token) => [token.content, token.id]));
		if (sorted.every((token) => ids.get(token.content) === token.id)) return entries;
	}
	throw new Error(
		'tokenizer.json: got an added token with the content of a different id, expected one that no other token has'
	);
}

/**
 * Writes a spec as the text of a tokenizer.json. Merges are written as `"a b"`, the only form that transformers.js 2
 * and versions of Hugging Face's library before 0.20 can read, unless a token contains a space or looks like the header
 * of a merges.txt. In that case, all merges are written as pairs.
 * @throws Error under the same conditions as {@link writeTokenizerJson}
 */
export function tokenizerJsonText(spec: TokenizerSpec): string {
	const json = writeTokenizerJson(spec);
	const { merges } = json.model;
	const plain = merges.every(
		([left, right]) => !left.startsWith('#version') && !left.includes(' ') && !right.includes(' ')
	);
	const written = plain ? merges.map((pair) => pair.join(' ')) : merges;
	return `${JSON.stringify({ ...json, model: { ...json.model, merges: written } }, null, 2)}\n`;
}
