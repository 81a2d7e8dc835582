import { findDescriptor } from '../tokenizers/catalogue';
import type { Model, Price } from '../tokenizers/catalogue/shared/descriptor';
import { kindOf, modelPresets, priceOfCalls, type ModelKind } from '../tokenizers/offered-models';

/** Price in US dollars or window in tokens; `none` if the visitor cleared the field. */
type Figure = number | 'none';

/** Models, prices and context windows chosen by the visitor, keyed by tokenizer. */
export interface CostChanges {
	priceOf: ReadonlyMap<string, string>;
	/** US dollars per million tokens. */
	price: ReadonlyMap<string, Figure>;
	/** Context window in tokens. */
	window: ReadonlyMap<string, Figure>;
}

/**
 * Copies a map, setting the entry or, if the value is `null`, removing it. Returns the map itself if the key is `null`.
 */
export function withEntry<T>(map: ReadonlyMap<string, T>, key: string | null, value: T | null) {
	if (key === null) return map;
	const others = [...map].filter(([other]) => other !== key);
	return new Map(value === null ? others : [...others, [key, value]]);
}

/** Price and context window of one model, either from a preset or edited by the visitor. */
export class ModelCost {
	/** Models that use the tokenizer, ordered by {@link modelPresets}. */
	readonly presets: readonly Model[];
	readonly #tokenizer: string;
	readonly #changes: CostChanges;
	readonly #today: string;

	/** @param today ISO date. A model retired by this date is never the first preset. */
	constructor(
		tokenizer: string,
		changes: CostChanges,
		today = new Date().toISOString().slice(0, 10)
	) {
		this.#tokenizer = tokenizer;
		this.#changes = changes;
		this.#today = today;
		this.presets = modelPresets(findDescriptor(tokenizer)?.models ?? [], today);
	}

	get #first(): Model | null {
		return this.presets.find((model) => this.kindOf(model) !== 'retired') ?? null;
	}

	/** The selected model; `null` if there is none, for example because all are retired. */
	get preset(): Model | null {
		const chosen = this.#changes.priceOf.get(this.#tokenizer);
		if (chosen === undefined) return this.#first;
		return this.presets.find(({ name }) => name === chosen) ?? null;
	}

	/** US dollars per million input tokens; `null` if unknown. */
	get price(): number | null {
		return this.#figure('price', this.preset?.price?.inputPerMillion);
	}
	set price(price: number | null) {
		this.#change('price', price, this.preset?.price?.inputPerMillion);
	}

	/** Size of the context window in tokens; `null` if unknown. */
	get window(): number | null {
		return this.#figure('window', this.preset?.contextWindow?.value);
	}
	set window(window: number | null) {
		this.#change('window', window, this.preset?.contextWindow?.value);
	}

	/** The selected model's price; `null` if unknown or edited. */
	get presetPrice(): Price | null {
		const price = this.preset?.price;
		return price?.inputPerMillion === this.price ? (price ?? null) : null;
	}

	kindOf = (model: Model): ModelKind => kindOf(model, this.#today);

	/** Selects a preset and discards edits to its price and window. */
	choose(model: string): void {
		const chosen = model === this.#first?.name ? null : model;
		this.#changes.priceOf = withEntry(this.#changes.priceOf, this.#tokenizer, chosen);
		for (const of of ['price', 'window'] as const)
			this.#changes[of] = withEntry(this.#changes[of], this.#tokenizer, null);
	}

	/** Price in US dollars for a number of calls with `tokens` input tokens each; `null` if unknown. */
	priceOf(tokens: number, calls = 1): number | null {
		const { price, presetPrice } = this;
		if (price === null) return null;
		return priceOfCalls(presetPrice ?? { inputPerMillion: price }, tokens, calls);
	}

	/** Share of the context window that the tokens take up; `null` if the window is unknown. */
	shareOf(tokens: number): number | null {
		return this.window === null || this.window <= 0 ? null : tokens / this.window;
	}

	#figure(of: 'price' | 'window', preset: number | undefined): number | null {
		const figure = this.#changes[of].get(this.#tokenizer) ?? preset ?? null;
		return figure === 'none' ? null : figure;
	}

	#change(of: 'price' | 'window', figure: number | null, preset: number | undefined): void {
		const isPreset = figure === (preset ?? null);
		this.#changes[of] = withEntry(
			this.#changes[of],
			this.#tokenizer,
			isPreset ? null : (figure ?? 'none')
		);
	}
}

/** One {@link ModelCost} per tokenizer, kept for the whole visit. */
export class Costs implements CostChanges {
	priceOf = $state.raw<CostChanges['priceOf']>(new Map());
	price = $state.raw<CostChanges['price']>(new Map());
	window = $state.raw<CostChanges['window']>(new Map());
	readonly #byTokenizer = new Map<string, ModelCost>();

	of(tokenizer: string): ModelCost {
		let cost = this.#byTokenizer.get(tokenizer);
		if (!cost) this.#byTokenizer.set(tokenizer, (cost = new ModelCost(tokenizer, this)));
		return cost;
	}
}
