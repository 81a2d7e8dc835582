/** Short texts drawn as tokens: a word with suffixes, the user's texts. */
import type { Encoding } from '../../engine';
import { encodeUtf8 } from '../../engine/text';
import type { TokenizerCalls } from '../../session/answers.svelte';
import { WorkerQuery } from '../../session/worker-query.svelte';

interface DrawnText {
	/** UTF-8 that the offsets of `encoding` refer to. */
	readonly document: Uint8Array;
	readonly encoding: Encoding;
}

/**
 * Encodes short texts in one tokenizer. Inputs are the same if their fields are.
 * @param textsOf the texts of an input
 */
export const createDrawnTexts = <I extends { readonly tokenizer: string }>(
	{ encode }: Pick<TokenizerCalls, 'encode'>,
	textsOf: (input: I) => readonly string[]
): WorkerQuery<I, readonly DrawnText[]> =>
	new WorkerQuery<I, readonly DrawnText[]>(
		(input) =>
			Promise.all(
				textsOf(input).map(async (text) => {
					const document = encodeUtf8(text);
					const params = { tokenizer: input.tokenizer, text: document, special: 'text' } as const;
					return { document, encoding: (await encode(params)).encoding };
				})
			),
		{ policy: 'latest' }
	);
