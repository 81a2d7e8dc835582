/**
 * The first example, encoded when the lab was built, so that the page shows finished tokens before
 * any script or vocabulary has arrived. Made by tools/vocabularies/first-paint.ts.
 */
import type { Encoding } from '../../engine';
import data from '../../generated/first-paint.json';

export interface FirstPaint {
	readonly text: string;
	/** Merges of the tokenizer that was trained on the text. */
	readonly merges: number;
	readonly results: ReadonlyMap<
		string,
		{ readonly encoding: Encoding; readonly distinct: number; readonly vocabularySize: number }
	>;
}

/** The shape of the generated file. */
export interface FirstPaintJson {
	readonly text: string;
	readonly merges: number;
	readonly results: Readonly<
		Record<
			string,
			{
				readonly ids: readonly number[];
				readonly byteStarts: readonly number[];
				readonly byteEnds: readonly number[];
				readonly kinds: readonly number[];
				readonly distinct: number;
				readonly vocabularySize: number;
			}
		>
	>;
}

function revive({ text, merges, results }: FirstPaintJson): FirstPaint {
	return {
		text,
		merges,
		results: new Map(
			Object.entries(results).map(([id, result]) => [
				id,
				{
					encoding: {
						ids: Uint32Array.from(result.ids),
						byteStarts: Uint32Array.from(result.byteStarts),
						byteEnds: Uint32Array.from(result.byteEnds),
						kinds: Uint8Array.from(result.kinds)
					},
					distinct: result.distinct,
					vocabularySize: result.vocabularySize
				}
			])
		)
	};
}

export const FIRST_PAINT: FirstPaint = revive(data);
