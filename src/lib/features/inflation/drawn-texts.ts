import type { Encoding } from '../../engine';
import { encodeUtf8 } from '../../engine/text';
import type { TokenizerCalls } from '../../session/compare.svelte';
import { WorkerQuery } from '../../session/worker-query.svelte';

export interface DrawnText {
	/** UTF-8 that the offsets of `encoding` refer to. */
	readonly document: Uint8Array;
	readonly encoding: Encoding;
}

/** Texts to draw under one tokenizer. */
export interface DrawingInput {
	readonly tokenizer: string;
	/** Identifies the texts: equal keys name equal texts. */
	readonly key: string;
	readonly texts: () => readonly string[] | Promise<readonly string[]>;
}

/** A few short texts as tokens. */
export type DrawnTexts = WorkerQuery<DrawingInput, readonly DrawnText[]>;

export const createDrawnTexts = (calls: Pick<TokenizerCalls, 'encode'>): DrawnTexts =>
	new WorkerQuery<DrawingInput, readonly DrawnText[]>(
		async ({ tokenizer, texts }) =>
			Promise.all(
				(await texts()).map(async (text) => {
					const document = encodeUtf8(text);
					const params = { tokenizer, text: document, special: 'text' } as const;
					return { document, encoding: (await calls.encode(params)).encoding };
				})
			),
		{
			policy: 'latest',
			isSame: (a, b) => a.tokenizer === b.tokenizer && a.key === b.key
		}
	);
