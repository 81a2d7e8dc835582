import { encodeUtf8 } from '../../engine/text';
import {
	buildVocabulary,
	listOfPairs,
	type MergeList,
	type PostProcessorSpec,
	type TemplatePiece,
	type Vocabulary
} from '../../engine';

/** Maximum number of code units to hash when looking up every way to split pieces in two. Gemma needs 16 million. */
const MAX_WORK = 1 << 28;

/**
 * Derives merges from the scores of a SentencePiece vocabulary, in the order of Hugging Face's converter: every split
 * of a piece into two pieces, sorted by descending score of the whole piece, then descending length of the left piece,
 * then of the right piece, then by the order of the pieces.
 * @param isProduct whether merges may produce the piece with that id
 * @returns two ids per merge
 * @throws Error if the pieces are longer than in any tokenizer
 */
export function mergesFromScores(
	pieces: readonly string[],
	scores: ArrayLike<number>,
	isProduct: (id: number) => boolean
): MergeList {
	const work = pieces.reduce((sum, { length }) => sum + length * length, 0);
	if (work > MAX_WORK) {
		const longest = pieces.reduce((most, { length }) => Math.max(most, length), 0);
		throw new Error(
			`got pieces of up to ${longest} characters, expected shorter ones; the file may be damaged, so download it again`
		);
	}
	const ids = new Map(pieces.map((piece, id) => [piece, id]));
	const merges: { left: number; right: number; score: number; at: number }[] = [];
	pieces.forEach((piece, id) => {
		if (!isProduct(id)) return;
		const splits: [number, number][] = [];
		for (let at = 1; at < piece.length; at++) {
			if ((piece.charCodeAt(at) & 0xfc00) === 0xdc00) continue;
			const left = ids.get(piece.slice(0, at));
			const right = left === undefined ? undefined : ids.get(piece.slice(at));
			if (left !== undefined && right !== undefined) splits.push([left, right]);
		}
		splits.sort(([a, b], [c, d]) => a - c || b - d);
		for (const [left, right] of splits) {
			merges.push({ left, right, score: scores[id], at: merges.length });
		}
	});
	const lengths = pieces.map((piece) =>
		/^[\0-\uFFFF]*$/.test(piece) ? piece.length : [...piece].length
	);
	merges.sort(
		(a, b) =>
			b.score - a.score ||
			lengths[b.left] - lengths[a.left] ||
			lengths[b.right] - lengths[a.right] ||
			a.at - b.at
	);
	return listOfPairs(Uint32Array.from(merges.flatMap(({ left, right }) => [left, right])));
}

/** First piece that occurs twice; `undefined` if there is none. */
export function firstRepeated(pieces: readonly string[]): string | undefined {
	const seen = new Set<string>();
	return pieces.find((piece) => seen.size === seen.add(piece).size);
}

/** Builds a vocabulary from strings, in order of id. */
export const stringVocabulary = (pieces: readonly string[]): Vocabulary =>
	buildVocabulary(pieces.map(encodeUtf8));

/** Template that adds BOS before the text and EOS after it; `null` if the tokenizer adds neither. */
export function bosTemplate(
	tokens: readonly string[],
	{ bos, eos }: { readonly bos: number | null; readonly eos: number | null }
): PostProcessorSpec | null {
	if (bos === null && eos === null) return null;
	const around = (id: 'A' | 'B', type_id: number): TemplatePiece[] => [
		...piece(bos, type_id),
		{ Sequence: { id, type_id } },
		...piece(eos, type_id)
	];
	const piece = (id: number | null, type_id: number): TemplatePiece[] =>
		id === null ? [] : [{ SpecialToken: { id: tokens[id], type_id } }];
	const used = [bos, eos].filter((id): id is number => id !== null);
	return {
		type: 'TemplateProcessing',
		single: around('A', 0),
		pair: [...around('A', 0), ...around('B', 1)],
		special_tokens: Object.fromEntries(
			used.map((id) => [tokens[id], { id: tokens[id], ids: [id], tokens: [tokens[id]] }])
		)
	};
}
