/** Short texts drawn as tokens: an article in two languages, a word with suffixes, the user's texts. */
import type { Encoding } from '../../engine';
import { decodeUtf8, encodeUtf8 } from '../../engine/text';
import type { LanguageText } from '../../languages/types';
import type { TokenizerCalls } from '../../session/compare.svelte';
import { downloadLanguageTexts } from '../../session/downloads/language-texts';
import { WorkerQuery } from '../../session/worker-query.svelte';

export interface DrawnText {
	/** UTF-8 that the offsets of `encoding` refer to. */
	readonly document: Uint8Array;
	readonly encoding: Encoding;
}

/** One article in the baseline and in the chosen language. */
export interface ArticleInput {
	readonly tokenizer: string;
	readonly baseline: string;
	readonly chosen: string;
	/** From 1. */
	readonly article: number;
}

/**
 * Encodes short texts in one tokenizer. Inputs are the same if their fields are.
 * @param textsOf the texts of an input
 */
export const createDrawnTexts = <I extends { readonly tokenizer: string }>(
	{ encode }: Pick<TokenizerCalls, 'encode'>,
	textsOf: (input: I) => readonly string[] | Promise<readonly string[]>
): WorkerQuery<I, readonly DrawnText[]> =>
	new WorkerQuery<I, readonly DrawnText[]>(
		async (input) =>
			Promise.all(
				(await textsOf(input)).map(async (text) => {
					const document = encodeUtf8(text);
					const params = { tokenizer: input.tokenizer, text: document, special: 'text' } as const;
					return { document, encoding: (await encode(params)).encoding };
				})
			),
		{ policy: 'latest' }
	);

/** Downloads the same article in both languages. */
export async function articleTexts(
	{ baseline, chosen, article }: Pick<ArticleInput, 'baseline' | 'chosen' | 'article'>,
	download: typeof downloadLanguageTexts = downloadLanguageTexts
): Promise<readonly string[]> {
	const codes = [baseline, chosen];
	const texts = await download([...new Set(codes)]);
	return codes.map((code) => articleOf(texts.get(code) as LanguageText, article));
}

/** One article of the declaration, from 1, without the newline after it. */
export function articleOf({ text, partEnds }: LanguageText, article: number): string {
	const start = article === 1 ? 0 : partEnds[article - 2];
	return decodeUtf8(encodeUtf8(text).subarray(start, partEnds[article - 1])).replace(/\n$/, '');
}
