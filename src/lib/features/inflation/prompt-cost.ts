import { attentionCost, kvCacheBytes, pagesInWindow } from '../../languages/attention-cost';
import type { AttentionCost } from '../../languages/types';
import type { ModelCost } from '../../session/costs.svelte';
import type { ModelShapePreset } from './model-shapes';

export interface PromptCost extends AttentionCost {
	readonly tokens: number;
	/** Price in US dollars; `null` if unknown. */
	readonly price: number | null;
	/** Share of the context window; `null` if the window is unknown. */
	readonly windowShare: number | null;
	/** Pages of the declaration that fit in the window; `null` if the window is unknown. */
	readonly pages: number | null;
	readonly kvBytes: number;
}

export interface Pricing {
	readonly model: ModelCost;
	readonly preset: ModelShapePreset;
	/** Number of code points in the baseline language's declaration. */
	readonly baselineChars: number;
}

/**
 * Computes the cost of a prompt in one language.
 * @param declarationTokens tokens in the whole declaration in that language
 */
export const costOf = (
	tokens: number,
	declarationTokens: number,
	{ model, preset: { shape, format }, baselineChars }: Pricing
): PromptCost => ({
	...attentionCost(tokens, shape),
	tokens,
	price: model.priceOf(tokens),
	windowShare: model.shareOf(tokens),
	pages: model.window ? pagesInWindow(declarationTokens, model.window, baselineChars) : null,
	kvBytes: kvCacheBytes(tokens, shape, format.bytes)
});
