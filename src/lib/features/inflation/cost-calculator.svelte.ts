import { attentionCost, evenLength, kvCacheBytes, pagesInWindow } from '../../languages/costs';
import type { AttentionCost } from '../../languages/types';
import type { ModelCost } from '../../session/costs.svelte';
import { MODEL_SHAPES } from './model-shapes';

/** Cost of the same prompt in one language. */
export interface PromptCost extends AttentionCost {
	readonly tokens: number;
	/** US dollars; `null` if the price is unknown. */
	readonly price: number | null;
	/** Share of the context window; `null` if the window is unknown. */
	readonly windowShare: number | null;
	/** Pages of the declaration that fit in the window; `null` if the window is unknown. */
	readonly pages: number | null;
	readonly kvBytes: number;
}

export interface CostQuestion {
	/** Tokens in this language per baseline token. */
	readonly premium: number;
	/** Of the whole declaration, in the language. */
	readonly declarationTokens: number;
	/** Code points of the declaration in the baseline language. */
	readonly baselineChars: number;
	/** Price and context window. */
	readonly model: ModelCost;
}

interface CostSettings {
	/** Tokens of the prompt in the baseline language. */
	readonly prompt: number;
	/** Name of a shape. */
	readonly model: string;
}

/** Calculates the cost of a prompt for a model's shape, price and window. */
export class CostCalculator {
	readonly #settings: CostSettings;

	constructor(settings: CostSettings) {
		this.#settings = settings;
	}

	/** The chosen shape and its number format. */
	readonly preset = $derived.by(
		() => MODEL_SHAPES.find(({ name }) => name === this.#settings.model) ?? MODEL_SHAPES[0]
	);
	/** Tokens at which both parts of the work are equal. */
	readonly evenLength = $derived(evenLength(this.preset.shape));

	costOf({ premium, declarationTokens, baselineChars, model }: CostQuestion): PromptCost {
		const tokens = this.#settings.prompt * premium;
		const { window } = model;
		return {
			...attentionCost(tokens, this.preset.shape),
			tokens,
			price: model.priceOf(tokens),
			windowShare: model.shareOf(tokens),
			pages: window ? pagesInWindow(declarationTokens, window, baselineChars) : null,
			kvBytes: kvCacheBytes(tokens, this.preset.shape, this.preset.format.bytes)
		};
	}
}
