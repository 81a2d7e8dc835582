/** Draws the picture that the Strawberry page exports for slides. */
import { tokenPicture } from '../../ui/picture/token-picture';
import { FORM_NAMES, listIds, quoteWord } from './messages';
import { tokensFrom } from './variant-tokens';
import { WordVariant } from './variants';
import type { StrawberryWorkers } from './worker';

/**
 * Draws how every tokenizer splits each word. A single word is drawn on its own and after a space; several words are
 * drawn only after a space. Tokenizers that fail are left out.
 */
export async function drawSlide(
	words: readonly string[],
	tokenizers: readonly { readonly id: string; readonly name: string }[],
	workers: Pick<StrawberryWorkers, 'splitVariants'>
): Promise<string> {
	const forms = words.length === 1 ? (['alone', 'sentence'] as const) : (['sentence'] as const);
	const variants = words.map((word) => forms.map((form) => new WordVariant('typed', form, word)));
	const texts = variants.flat().map(({ text }) => text);
	const answers = await Promise.all(
		tokenizers.map(({ id, name }) =>
			workers.splitVariants({ tokenizer: id, texts }).then(
				(encodings) => [{ name, encodings }],
				() => []
			)
		)
	);
	const sections = variants.flatMap((ofWord) =>
		answers.flat().flatMap(({ name, encodings }) =>
			ofWord.map((variant) => {
				const at = variants.flat().indexOf(variant);
				const encoding = tokensFrom(encodings[at], variant.byteStart);
				const heading = `${name}, ${FORM_NAMES[variant.form]}: ${listIds(encoding.ids)}`;
				return { name: heading, document: variant.document(), encoding, differs: null };
			})
		)
	);
	return tokenPicture(`What a model gets for ${quoteWord(words.join(' '), 60)}`, sections);
}
