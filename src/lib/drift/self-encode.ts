import type { DecoderSpec, Tokenizer } from '../engine';
import { EXTRAS, createDecoder } from '../engine/stages';
import { firstInvalidUtf8 } from '../engine/text';
import { canonicalJson } from './config/stages';
import { specialIds, tokenString } from './token-texts';
import type { SelfEncodeFindings, SelfEncoding, VocabularyFindings } from './types';

/** Tokens between two reports of progress. */
const PROGRESS_STEP = 4096;

/**
 * Finds unreachable tokens of both sides, and those of B that A can produce. Yields the share that is done. Checks
 * ordinary tokens whose bytes are UTF-8 by themselves, because no text consists of another token alone.
 */
export function* compareSelfEncoding(
	a: Tokenizer,
	b: Tokenizer,
	{ sameIds, movedA, movedB }: Pick<VocabularyFindings, 'sameIds' | 'movedA' | 'movedB'>
): Generator<number, SelfEncodeFindings> {
	const ofA = yield* selfEncode(a, 0, null);
	const [first, second] = [a.spec.decoder, b.spec.decoder];
	const other = canonicalJson(first) === canonicalJson(second) ? null : first;
	const ofB = a === b ? ofA : yield* selfEncode(b, 0.5, other);
	const unreachableA = new Set(ofA.unreachable);
	const idInA = new Map<number, number>();
	sameIds.forEach((id) => idInA.set(id, id));
	movedB.forEach((id, i) => idInA.set(id, movedA[i]));
	const lost = ofB.unreachable.filter((id) => {
		const other = idInA.get(id);
		return other !== undefined && !unreachableA.has(other);
	});
	return { a: ofA, b: ofB, lost };
}

/**
 * @param share of the whole that is done before
 * @param other decoder whose text may also encode to a token: another check reports changes of the decoder
 */
function* selfEncode(
	tokenizer: Tokenizer,
	share: number,
	other: DecoderSpec | null
): Generator<number, SelfEncoding> {
	const { spec, vocabularySize } = tokenizer;
	const decodeOther = other && createDecoder(other, EXTRAS);
	const encodesTo = (text: string, id: number): boolean => {
		const { ids } = tokenizer.encode(text);
		return ids.length === 1 && ids[0] === id;
	};
	const { ends } = spec.model.vocabulary;
	const special = specialIds(spec);
	const unreachable: number[] = [];
	let tried = 0;
	for (let id = 0, start = 0; id < ends.length; start = ends[id++]) {
		if (id % PROGRESS_STEP === PROGRESS_STEP - 1) yield share + id / vocabularySize / 2;
		if (ends[id] === start || special.has(id)) continue;
		if (firstInvalidUtf8(tokenizer.tokenBytes(id)) >= 0) continue;
		tried++;
		if (encodesTo(tokenizer.decode([id]), id)) continue;
		const text = decodeOther?.([tokenString(spec, id) ?? '']).join('');
		if (text === undefined || !encodesTo(text, id)) unreachable.push(id);
	}
	return { tried, unreachable: Uint32Array.from(unreachable) };
}
