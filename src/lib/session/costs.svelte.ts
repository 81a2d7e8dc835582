import { findDescriptor } from '../tokenizers/catalogue';
import type { PricePreset } from '../tokenizers/catalogue/descriptor';
import type { CostLink } from './links/compare';

/** Price and context window of one model, from a preset or edited. */
export class ModelCost {
	/** Presets of the models that use the tokenizer, the default first. */
	readonly presets: readonly PricePreset[];
	#preset = $state.raw<PricePreset | null>(null);
	/** US dollars per million input tokens; `null` if unknown. */
	price = $state<number | null>(null);
	/** Tokens; `null` if unknown. */
	window = $state<number | null>(null);

	constructor(tokenizer: string) {
		this.presets = findDescriptor(tokenizer)?.prices ?? [];
		if (this.presets.length > 0) this.choose(this.presets[0].model);
	}

	get preset(): PricePreset | null {
		return this.#preset;
	}

	/** Replaces price and window by those of a preset. */
	choose(model: string): void {
		this.#preset = this.presets.find((preset) => preset.model === model) ?? null;
		this.price = this.#preset?.inputPerMillion ?? null;
		this.window = this.#preset?.contextWindow ?? null;
	}

	/** Price of input tokens in US dollars; `null` if unknown. */
	priceOf(tokens: number): number | null {
		return this.price === null ? null : (tokens * this.price) / 1e6;
	}

	/** Share of the context window that tokens take; `null` if the window is unknown. */
	shareOf(tokens: number): number | null {
		return this.window === null || this.window <= 0 ? null : tokens / this.window;
	}
}

/** One {@link ModelCost} per tokenizer, kept until the lab is closed. */
export class Costs {
	readonly #byTokenizer = new Map<string, ModelCost>();

	of(tokenizer: string): ModelCost {
		let cost = this.#byTokenizer.get(tokenizer);
		if (!cost) this.#byTokenizer.set(tokenizer, (cost = new ModelCost(tokenizer)));
		return cost;
	}

	/** Collects what differs from the presets, as a link holds it. A cleared figure is `none`. */
	linkOf(tokenizers: readonly string[]): CostLink {
		const link = { priceOf: new Map(), price: new Map(), window: new Map() };
		for (const id of tokenizers) {
			const { preset, presets, price, window } = this.of(id);
			if (preset && preset !== presets[0]) link.priceOf.set(id, preset.model);
			if (price !== (preset?.inputPerMillion ?? null)) link.price.set(id, price ?? 'none');
			if (window !== (preset?.contextWindow ?? null)) link.window.set(id, window ?? 'none');
		}
		return link;
	}

	/**
	 * Applies what a link holds, and presets to everything else.
	 * @returns tokenizers with a model that has no preset
	 */
	take({ priceOf, price, window }: CostLink): readonly string[] {
		for (const id of [...priceOf.keys(), ...price.keys(), ...window.keys()]) this.of(id);
		const unknown: string[] = [];
		for (const [id, cost] of this.#byTokenizer) {
			const model = priceOf.get(id) ?? cost.presets[0]?.model;
			if (cost.presets.some((preset) => preset.model === model)) cost.choose(model);
			else if (model !== undefined) unknown.push(id);
			const [givenPrice, givenWindow] = [price.get(id), window.get(id)];
			if (givenPrice !== undefined) cost.price = givenPrice === 'none' ? null : givenPrice;
			if (givenWindow !== undefined) cost.window = givenWindow === 'none' ? null : givenWindow;
		}
		return unknown;
	}
}
