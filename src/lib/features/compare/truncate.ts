/** Computes how much of a text is covered by its first tokens. */
import type { Encoding } from '../../engine';
import { countCharsOfUtf8, decodeUtf8 } from '../../engine/text';
import type { Model, UsableContext } from '../../tokenizers/catalogue/shared/descriptor';

/** How much of a text its first tokens cover. */
export interface Truncation {
	/** Number of complete code points in the tokens. */
	readonly characters: number;
	/** `characters` as a share of the text's code points. */
	readonly share: number;
	/** The code point that the end of the last token splits; `null` if the token ends between code points. */
	readonly split: {
		readonly character: string;
		readonly bytesBefore: number;
		readonly bytes: number;
	} | null;
}

const isContinuation = (byte: number | undefined) => byte !== undefined && (byte & 0xc0) === 0x80;

/** Truncates UTF-8 text to a number of tokens; `null` if the text has no more tokens than that. */
export function truncate(
	document: Uint8Array,
	{ ids, byteEnds }: Pick<Encoding, 'ids' | 'byteEnds'>,
	tokens: number
): Truncation | null {
	if (ids.length <= tokens) return null;
	const end = tokens === 0 ? 0 : byteEnds[tokens - 1];
	let start = end;
	while (start > 0 && isContinuation(document[start])) start--;
	let next = end;
	while (isContinuation(document[next])) next++;
	const characters = countCharsOfUtf8(document.subarray(0, start));
	return {
		characters,
		share: characters / countCharsOfUtf8(document),
		split:
			start === end
				? null
				: {
						character: decodeUtf8(document.subarray(start, next)),
						bytesBefore: end - start,
						bytes: next - start
					}
	};
}

/** Finds the benchmark that has results for the largest number of these models; in a tie, the newer benchmark. */
export function commonBenchmark(models: readonly (Model | null)[]): UsableContext['benchmark'] {
	const measuredBy = (name: UsableContext['benchmark']) =>
		models.filter((model) => model?.usable?.some(({ benchmark }) => benchmark === name)).length;
	return measuredBy('RULER') > measuredBy('NoLiMa') ? 'RULER' : 'NoLiMa';
}
