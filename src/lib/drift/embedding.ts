import { tokenAt, vocabularySize, type TokenizerSpec, type Vocabulary } from '../engine';
import { joined, tokenTableOf } from '../engine/stages';
import { decodeUtf8 } from '../engine/text';
import type { EmbeddingFindings } from './types';

/**
 * Compares B's ids with the rows of the model's embedding.
 * @param tokensA the text of each of A's tokens by id (see `tokenTexts`); `tokensB` likewise for B
 * @param rows row count of the model's embedding; `null` for the default
 */
export function checkEmbedding(
	tokensA: Vocabulary,
	tokensB: Vocabulary,
	b: TokenizerSpec,
	rows: number | null,
	defaultRows: number
): EmbeddingFindings {
	const sizeA = tokensA.ends.length;
	const sizeB = tokensB.ends.length;
	const limit = rows ?? defaultRows;
	const outside: number[] = [];
	const padding: number[] = [];
	for (let id = 0; id < sizeB; id++) {
		if (!hasToken(tokensB, id)) continue;
		if (id >= limit) outside.push(id);
		else if (!hasToken(tokensA, id)) padding.push(id);
	}
	const isProducible = producibleIn(b, [...outside, ...padding]);
	const [out, padded] = [outside.filter(isProducible), padding.filter(isProducible)];
	return {
		rows: limit,
		defaultRows,
		sizeA,
		sizeB,
		outOfRange: out.length,
		inPadding: padded.length,
		unreachable: outside.length + padding.length - out.length - padded.length,
		firstId: out[0] ?? padded[0] ?? null,
		state: out.length > 0 ? 'out-of-range' : padded.length > 0 ? 'padding' : 'in-range'
	};
}

/**
 * If B has more new tokens than this, encoding can produce nearly all of them, so searching the merges for the few
 * exceptions isn't worth the time.
 */
const MAX_NEW_TOKENS = 5000;

/**
 * Returns a test for ids that encoding can produce: those of added tokens, single symbols, products of merges,
 * single-byte entries and the unknown token, or all ids if whole pre-tokens can become tokens.
 */
function producibleIn(
	{ model, added_tokens }: TokenizerSpec,
	newIds: readonly number[]
): (id: number) => boolean {
	const { merges, vocabulary } = model;
	const isFew = newIds.length > 0 && newIds.length <= MAX_NEW_TOKENS;
	if (!isFew || merges === null || model.ignore_merges) return () => true;
	const producible = new Set(added_tokens.map(({ id }) => id));
	for (const id of newIds) {
		if (id >= vocabularySize(vocabulary)) continue;
		const bytes = tokenAt(vocabulary, id);
		if (model.byte_level ? bytes.length === 1 : isSymbol(decodeUtf8(bytes), model.unk_token)) {
			producible.add(id);
		}
	}
	const tokens = tokenTableOf(vocabulary);
	const { pairs } = merges;
	for (let at = 0; at < pairs.length; at += 2)
		producible.add(tokens.idOf(...joined(tokens, pairs[at], pairs[at + 1])));
	return (id) => producible.has(id);
}

const isSymbol = (token: string, unknown: string | null): boolean =>
	token === unknown || /^<0x[0-9A-F]{2}>$/.test(token) || Array.from(token).length === 1;

function hasToken({ ends }: Vocabulary, id: number): boolean {
	return id < ends.length && ends[id] > (id === 0 ? 0 : ends[id - 1]);
}
