import { tokenStats } from '../../lib/tokenizers/token-stats';
import { DEFAULT_TOKENIZERS, YOURS } from '../../lib/tokenizers/catalogue/entries';
import type { FirstPaintJson } from '../../lib/session/prerendered/first-paint';
import { FIRST_EXAMPLE } from '../../lib/session/examples';
import { YOURS_RULES } from '../../lib/session/training-rules';
import { createTokenizer, trainedSpec, type TokenizerSpec } from '../../lib/engine';
import { trainOn } from '../training/train-on';

/** The first example through the tokenizers that the page starts with, one trained on it among them. */
export function firstPaint(specOf: (id: string) => TokenizerSpec): FirstPaintJson {
	const { text } = FIRST_EXAMPLE;
	const { training } = trainOn(text, YOURS_RULES);
	const results = DEFAULT_TOKENIZERS.map((id) => {
		const tokenizer = createTokenizer(id === YOURS ? trainedSpec(training) : specOf(id));
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
	return { text, merges: training.products.length, results: Object.fromEntries(results) };
}
