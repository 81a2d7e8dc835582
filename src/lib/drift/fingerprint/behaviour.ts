import type { Tokenizer } from '../../engine';
import { templateLayers } from '../special-tokens';
import { PROBE_TEXTS } from './texts';
import { reasonOf } from '../../engine/text';

/** Output of a tokenizer for each of the {@link PROBE_TEXTS}, one line per text. */
export const textLines = (tokenizer: Tokenizer): string[] =>
	PROBE_TEXTS.map((text) => textLine(tokenizer, text));

/**
 * The ids with special tokens recognised and the template around them, and their text without special tokens; the ids with
 * special tokens as text, and the text of these.
 */
function textLine(tokenizer: Tokenizer, text: string): string {
	return orMessage(() => {
		const { ids } = tokenizer.encode(text, { special: 'parse', addSpecialTokens: true });
		const plain = tokenizer.encode(text).ids;
		return [
			ids.join(' '),
			plain.join(' '),
			JSON.stringify(tokenizer.decode(ids, { skipSpecial: true })),
			JSON.stringify(tokenizer.decode(plain))
		].join('|');
	});
}

/** The ids that a tokenizer adds to one text and to a pair. */
export const templateText = ({ spec: { post_processor } }: Tokenizer): string =>
	JSON.stringify([
		templateLayers(post_processor, 'single'),
		templateLayers(post_processor, 'pair')
	]);

const orMessage = (work: () => string): string => {
	try {
		return work();
	} catch (error) {
		return `error: ${reasonOf(error)}`;
	}
};
