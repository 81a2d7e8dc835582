import { NoTokenError, type Encoder, type Tokenizer } from '../../engine';
import { ByteSource, concatenate, tokenTableOf, type TokenTable } from '../../engine/stages';
import { byteToken, decodeUtf8, encodeUtf8 } from '../../engine/text';
import type { CaseProgram } from './evaluate';
import type { CaseSide, ModelVariant } from './types';
import { orNull } from '../calls';

/** Runs a side that no library runs, with its variant of the model if it has one. */
export const createSideProgram = ({ variant }: CaseSide, tokenizer: Tokenizer): CaseProgram =>
	variant
		? { ...programOf(tokenizer), encode: createVariantEncoder(tokenizer, variant) }
		: programOf(tokenizer);

/** A tokenizer as a side of a case. */
const programOf = (tokenizer: Tokenizer): CaseProgram => ({
	encode: (text, { special, bos }) => [
		...tokenizer.encode(text, { special, addSpecialTokens: bos }).ids
	],
	decode: (ids) => tokenizer.decode(ids),
	tokenBytes: (id) => bytesOrNone(tokenizer, id)
});

/** Bytes of a token; empty for an id without one. */
export const bytesOrNone = (tokenizer: Encoder, id: number): Uint8Array =>
	orNull(() => tokenizer.tokenBytes(id), NoTokenError) ?? new Uint8Array();

/** Adjacent bytes of a pre-token. */
interface Symbol {
	readonly bytes: Uint8Array;
	/** Id of the token with exactly these bytes; -1 if there is none. */
	readonly id: number;
}

/** Rank of joining two adjacent symbols, lowest first; -1 if they never join. */
type JoinRank = (left: Symbol, right: Symbol) => number;

/**
 * Encodes like a tokenizer, except for one rule of its BPE. Time is quadratic in the length of a pre-token, which is
 * fine for short inputs.
 * @throws Error for grapheme clusters in a byte-level vocabulary, whose symbols are bytes
 */
export function createVariantEncoder(
	tokenizer: Tokenizer,
	variant: ModelVariant
): CaseProgram['encode'] {
	const { vocabulary, byte_level: isByteLevel } = tokenizer.spec.model;
	if (variant === 'grapheme-clusters' && isByteLevel) {
		throw new Error('grapheme clusters: got a byte-level vocabulary, expected one of characters');
	}
	const table = tokenTableOf(vocabulary);
	const symbolOf = (bytes: Uint8Array): Symbol => ({
		bytes,
		id: table.idOf(new ByteSource(bytes), 0, bytes.length)
	});
	const rankOf: JoinRank =
		variant === 'leftmost-pair'
			? (left, right) => (symbolOf(concatenate([left.bytes, right.bytes])).id < 0 ? -1 : 0)
			: (left, right) => tokenizer.mergeRank(left.id, right.id);

	function encodePreToken(preToken: Uint8Array): number[] {
		const symbols = symbolsOf(preToken, variant, isByteLevel).map(symbolOf);
		for (let at = bestPair(symbols, rankOf); at >= 0; at = bestPair(symbols, rankOf)) {
			const [left, right] = [symbols[at], symbols[at + 1]];
			symbols.splice(at, 2, symbolOf(concatenate([left.bytes, right.bytes])));
		}
		return symbols.flatMap(({ bytes, id }) => (id < 0 ? fallbackIds(table, bytes) : [id]));
	}

	return (text, { special, bos }) => [
		// The post-processor's tokens for an empty text: the BOS.
		...(bos ? tokenizer.encode('', { addSpecialTokens: true }).ids : []),
		...tokenizer
			.trace(text, { special })
			.flatMap((part) => (part.kind === 'added' ? [part.id] : encodePreToken(part.bytes)))
	];
}

/** Symbols that merging starts from: bytes, characters or grapheme clusters. */
function symbolsOf(
	preToken: Uint8Array,
	variant: ModelVariant,
	isByteLevel: boolean
): Uint8Array[] {
	if (isByteLevel) return Array.from(preToken, (byte) => Uint8Array.of(byte));
	const text = decodeUtf8(preToken);
	const parts =
		variant === 'grapheme-clusters'
			? Array.from(graphemes.segment(text), ({ segment }) => segment)
			: Array.from(text);
	return parts.map(encodeUtf8);
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Index of the pair with the lowest rank, the leftmost of equals; -1 if no pair joins. */
function bestPair(symbols: readonly Symbol[], rankOf: JoinRank): number {
	let best = -1;
	let bestRank = Infinity;
	for (let at = 0; at + 1 < symbols.length; at++) {
		const [left, right] = [symbols[at], symbols[at + 1]];
		if (left.id < 0 || right.id < 0) continue;
		const rank = rankOf(left, right);
		if (rank >= 0 && rank < bestRank) [best, bestRank] = [at, rank];
	}
	return best;
}

/** The ids of `<0x00>` to `<0xFF>` for bytes without a token. @throws Error if the vocabulary lacks one */
const fallbackIds = (table: TokenTable, bytes: Uint8Array): number[] =>
	Array.from(bytes, (byte) => {
		const token = byteToken(byte);
		const id = table.idOfString(token);
		if (id < 0) throw new Error(`byte fallback: the vocabulary has no ${token}`);
		return id;
	});
