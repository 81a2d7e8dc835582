import { findDescriptor } from '../tokenizers/catalogue';
import type { Model, UsableContext } from '../tokenizers/catalogue/shared/descriptor';
import { modelPresets, type ModelPreset } from '../tokenizers/model-presets';
import type { CostLink } from './links/compare';

/** Model and figures that differ from a tokenizer's first preset; `null` for those that do not. */
interface CostChanges {
	/** Name of the model. */
	readonly priceOf: string | null;
	/** US dollars per million tokens; `none` if cleared. */
	readonly price: number | 'none' | null;
	/** Tokens; `none` if cleared. */
	readonly window: number | 'none' | null;
}

/** Price and context window of one model, from a preset or edited. */
export class ModelCost {
	/** Presets of the models that use the tokenizer, the default first. */
	readonly presets: readonly ModelPreset[];
	readonly #models: readonly Model[];
	#preset = $state.raw<ModelPreset | null>(null);
	/** US dollars per million input tokens; `null` if unknown. */
	price = $state<number | null>(null);
	/** Tokens; `null` if unknown. */
	window = $state<number | null>(null);

	constructor(tokenizer: string) {
		const descriptor = findDescriptor(tokenizer);
		this.#models = descriptor?.models ?? [];
		this.presets = descriptor ? modelPresets(descriptor) : [];
		if (this.presets.length > 0) this.choose(this.presets[0].model);
	}

	get preset(): ModelPreset | null {
		return this.#preset;
	}

	/** How much of the model's window a benchmark found to be usable; `null` if none is known. */
	get usable(): UsableContext | null {
		const model = this.#models.find(({ name }) => name === this.#preset?.model);
		return model?.usable ?? null;
	}

	/** Replaces price and window by those of a preset. */
	choose(model: string): void {
		this.#preset = this.presets.find((preset) => preset.model === model) ?? null;
		this.price = this.#preset?.inputPerMillion ?? null;
		this.window = this.#preset?.contextWindow ?? null;
	}

	/** Model and figures that differ from the first preset. */
	get changes(): CostChanges {
		const { preset, presets, price, window } = this;
		return {
			priceOf: preset && preset !== presets[0] ? preset.model : null,
			price: price === (preset?.inputPerMillion ?? null) ? null : (price ?? 'none'),
			window: window === (preset?.contextWindow ?? null) ? null : (window ?? 'none')
		};
	}

	/** Applies changes to the first preset. @returns false if the model has no preset, which leaves the first */
	apply({ priceOf, price, window }: CostChanges): boolean {
		const isKnown = priceOf === null || this.presets.some(({ model }) => model === priceOf);
		this.choose((isKnown ? priceOf : null) ?? this.presets.at(0)?.model ?? '');
		if (price !== null) this.price = price === 'none' ? null : price;
		if (window !== null) this.window = window === 'none' ? null : window;
		return isKnown;
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

	/** Changes of some tokenizers, as a link holds them. */
	linkOf(tokenizers: readonly string[]): CostLink {
		const changesOf = <K extends keyof CostChanges>(field: K) =>
			new Map(
				tokenizers.flatMap((id): [string, NonNullable<CostChanges[K]>][] => {
					const value = this.of(id).changes[field];
					return value === null ? [] : [[id, value]];
				})
			);
		return {
			priceOf: changesOf('priceOf'),
			price: changesOf('price'),
			window: changesOf('window')
		};
	}

	/**
	 * Applies the changes of a link, and first presets to everything else.
	 * @returns tokenizers with a model that has no preset
	 */
	take({ priceOf, price, window }: CostLink): readonly string[] {
		const named = [...priceOf.keys(), ...price.keys(), ...window.keys()];
		return [...new Set([...this.#byTokenizer.keys(), ...named])].filter(
			(id) =>
				!this.of(id).apply({
					priceOf: priceOf.get(id) ?? null,
					price: price.get(id) ?? null,
					window: window.get(id) ?? null
				})
		);
	}
}
