import { tokenStats } from '../../lib/analysis/token-stats';
import { DEFAULT_TOKENIZERS } from '../../lib/catalogue/entries';
import type { FirstPaintJson } from '../../lib/catalogue/first-paint';
import { FIRST_EXAMPLE } from '../../lib/content/examples';
import { createTokenizer, type TokenizerSpec } from '../../lib/engine';

/** The first example through the tokenizers that the page starts with. */
export function firstPaint(specOf: (id: string) => TokenizerSpec): FirstPaintJson {
	const { text } = FIRST_EXAMPLE;
	const results = DEFAULT_TOKENIZERS.map((id) => {
		const tokenizer = createTokenizer(specOf(id));
		const encoding = tokenizer.encode(text);
		return [
			id,
			{
				ids: Array.from(encoding.ids),
				byteStarts: Array.from(encoding.byteStarts),
				byteEnds: Array.from(encoding.byteEnds),
				kinds: Array.from(encoding.kinds ?? new Uint8Array(encoding.ids.length)),
				distinct: tokenStats(encoding).distinct,
				vocabularySize: tokenizer.vocabularySize
			}
		] as const;
	});
	return { text, results: Object.fromEntries(results) };
}
