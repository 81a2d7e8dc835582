/** Draws a merge, and the tokens of the corpus after it, as an SVG for slides and papers. */
import type { Encoding } from '../../engine';
import { formatCount, formatTimes } from '../../session/format';
import { tokenPicture, type PictureSection } from '../../ui/picture/token-picture';
import type { MergeStep } from './merge-step';
import { describeMergePicture, describeWindow } from './messages';
import type { StepWindow } from './step-view';

interface PicturedStep {
	readonly step: number;
	/** `null` before the first. */
	readonly merge: MergeStep | null;
	/** Number of merges of the training. */
	readonly merges: number;
	/** Number of tokens of the corpus after the merge. */
	readonly tokensLeft: number;
	/** The part of the corpus in view; `null` if the corpus has no text. */
	readonly tokens: StepWindow | null;
	/** Bytes of the corpus in view, and its size. */
	readonly bytes: { readonly first: number; readonly last: number; readonly total: number } | null;
}

export function mergePicture(shown: PicturedStep): string {
	const { step, merge, tokens, bytes } = shown;
	return tokenPicture(describeMergePicture(shown), [
		...(merge ? [mergeSection(step, merge)] : []),
		...(tokens && bytes ? [corpusSection(tokens, describeWindow(bytes))] : [])
	]);
}

/** The pair and its product: `c + e → ce`. */
function mergeSection(step: number, { left, right, product, count }: MergeStep): PictureSection {
	const parts = [left, right, product];
	const byteEnds = new Uint32Array(parts.length);
	parts.forEach(({ bytes }, i) => (byteEnds[i] = (byteEnds[i - 1] ?? 0) + bytes.length));
	return {
		name: `merge ${formatCount(step)}`,
		note: formatTimes(count),
		document: Uint8Array.from(parts.flatMap(({ bytes }) => [...bytes])),
		encoding: {
			ids: Uint32Array.from(parts, ({ id }) => id),
			byteStarts: Uint32Array.from([0, ...byteEnds.subarray(0, -1)]),
			byteEnds
		},
		differs: null,
		framed: Uint8Array.of(0, 0, 1),
		signs: ['', '+', '→']
	};
}

const corpusSection = (
	{ document, encoding, boundaries }: StepWindow,
	name: string
): PictureSection => ({
	name,
	document,
	encoding,
	differs: null,
	framed: madeTokens(encoding, boundaries)
});

/** Marks the tokens that contain a removed boundary. Boundaries are in ascending order. */
function madeTokens({ byteStarts, byteEnds }: Encoding, boundaries: Uint32Array): Uint8Array {
	let next = 0;
	return Uint8Array.from(byteEnds, (end, i) => {
		while (boundaries[next] <= byteStarts[i]) next++;
		return Number(boundaries[next] < end);
	});
}
