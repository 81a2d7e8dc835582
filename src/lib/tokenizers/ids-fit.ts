import type { DecoderSpec, Encoding, TokenizerSpec } from '../engine';
import { decodeUtf8, firstInvalidUtf8 } from '../engine/text';
import { encodeInChunks } from './chunks/encode-chunks';
import { decodeIds, type DecodedIds } from './decode-ids';
import type { EngineRuntime } from './runtimes/engine';

/** Whether a list of ids can be a tokenizer's output, and the first evidence that it is not. */
export type IdsFit =
	/**
	 * All ids exist, their bytes are UTF-8, and encoding the decoded text gives the same ids.
	 * @property reserved a token among them that the vocabulary keeps for later use, so that hardly any text has it
	 */
	| { readonly verdict: 'fits'; readonly reserved: string | null }
	| { readonly verdict: 'out-of-range' }
	/** @property position index of the id whose bytes are not UTF-8 */
	| { readonly verdict: 'not-utf8'; readonly position: number }
	/** @property position index of the first id that encoding the decoded text does not give */
	| { readonly verdict: 'other-ids'; readonly position: number };

/** Names of tokens that vocabularies keep for later use: `<unused98>`, `<|reserved_special_token_5|>`, `<SPECIAL_20>`. */
const RESERVED = /^<\W*(unused|reserved|special_|place\W?holder|extra_id)/i;

/**
 * Decodes ids and encodes the text again. The text is encoded as a whole with its special tokens and, because a chat
 * template adds special tokens between separately encoded texts, in parts without them. Yields the share done, from 0 to 1.
 * @param decoded the ids decoded token by token
 * @param target length of the chunks of a long text, as in `chunkText`
 */
export function* checkIds(
	lab: EngineRuntime,
	ids: Uint32Array,
	decoded: Pick<DecodedIds, 'document' | 'encoding' | 'outOfRange'>,
	target?: number
): Generator<number, IdsFit> {
	if (decoded.outOfRange.length > 0) return { verdict: 'out-of-range' };
	const invalid = firstInvalidUtf8(decoded.document);
	if (invalid >= 0) return { verdict: 'not-utf8', position: tokenAt(decoded.encoding, invalid) };
	const { spec } = lab.tokenizer;
	const fits: IdsFit = { verdict: 'fits', reserved: reservedToken(ids, spec) };
	const differenceFrom = function* (part: Uint32Array, special: 'text' | 'parse') {
		const text = lab.decode(part);
		const { ids: again } = yield* encodeInChunks(lab, spec, text, { special }, target);
		const position = firstDifference(part, again);
		if (position < 0) return position;
		for (const other of otherTexts(lab, part, text)) {
			const { ids } = yield* encodeInChunks(lab, spec, other, { special }, target);
			if (firstDifference(part, ids) < 0) return -1;
		}
		return position;
	};
	const position = yield* differenceFrom(ids, 'parse');
	if (position < 0) return fits;
	for (const part of partsBetweenSpecials(ids, spec)) {
		if ((yield* differenceFrom(part, 'text')) >= 0) return { verdict: 'other-ids', position };
	}
	return fits;
}

/** Texts that ids may come from, apart from the decoded one. */
function* otherTexts(lab: EngineRuntime, ids: Uint32Array, decoded: string): Generator<string> {
	const { tokenizer } = lab;
	if (dropsSpace(tokenizer.spec.decoder)) yield ` ${decoded}`;
	// Some byte-level vocabularies have added tokens that decode to other bytes than those of their content.
	const represented = decodeUtf8(decodeIds(tokenizer, ids).document);
	if (represented !== decoded) yield represented;
}

/** Whether decoding drops a space before the text, which InternLM2's does although encoding adds none. */
const dropsSpace = (decoder: DecoderSpec | null): boolean =>
	decoder?.type === 'Sequence' ? decoder.decoders.some(dropsSpace) : decoder?.type === 'Strip';

/** Content of the first reserved token; `null` if there is none. */
function reservedToken(ids: Uint32Array, { added_tokens }: TokenizerSpec): string | null {
	const reserved = new Map(
		added_tokens
			.filter(({ content }) => RESERVED.test(content))
			.map(({ id, content }) => [id, content])
	);
	const first = ids.find((id) => reserved.has(id));
	return first === undefined ? null : (reserved.get(first) ?? null);
}

/** Index of the token that contains a byte. */
const tokenAt = ({ byteEnds }: Encoding, byte: number): number =>
	byteEnds.findIndex((end) => end > byte);

/** Index of the first id that differs; -1 if all are equal. */
function firstDifference(a: Uint32Array, b: Uint32Array): number {
	const shared = Math.min(a.length, b.length);
	for (let i = 0; i < shared; i++) if (a[i] !== b[i]) return i;
	return a.length === b.length ? -1 : shared;
}

/** The ids between special tokens. */
function* partsBetweenSpecials(
	ids: Uint32Array,
	{ added_tokens }: TokenizerSpec
): Generator<Uint32Array> {
	const specials = new Set(added_tokens.filter(({ special }) => special).map(({ id }) => id));
	let start = 0;
	for (let i = 0; i <= ids.length; i++) {
		if (i < ids.length && !specials.has(ids[i])) continue;
		if (i > start) yield ids.subarray(start, i);
		start = i + 1;
	}
}
