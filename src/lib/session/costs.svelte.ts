import { findDescriptor } from '../tokenizers/catalogue';
import type { Model, Price } from '../tokenizers/catalogue/shared/descriptor';
import { kindOf, modelPresets, priceOfCalls, type ModelKind } from '../tokenizers/offered-models';

/** US dollars or tokens; `none` for a figure that was cleared. */
type Figure = number | 'none';

/** Models and figures that a visitor chose, by tokenizer. What is missing is that of the tokenizer's first model. */
export interface CostChanges {
	/** Name of the model. */
	priceOf: ReadonlyMap<string, string>;
	/** US dollars per million tokens. */
	price: ReadonlyMap<string, Figure>;
	/** Tokens. */
	window: ReadonlyMap<string, Figure>;
}

/** A copy of a map with an entry, or without it if the value is `null`. It is the same map without a key. */
export function withEntry<T>(map: ReadonlyMap<string, T>, key: string | null, value: T | null) {
	if (key === null) return map;
	const others = [...map].filter(([other]) => other !== key);
	return new Map(value === null ? others : [...others, [key, value]]);
}

/** Price and context window of one model, from a preset or edited. */
export class ModelCost {
	/** Models that use the tokenizer, as {@link modelPresets} orders them. */
	readonly presets: readonly Model[];
	readonly #tokenizer: string;
	readonly #changes: CostChanges;
	readonly #today: string;

	/** @param today ISO day. On it, a model may be retired, which is never the first preset. */
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

	/** The chosen model; `null` if none is, as where all are retired. */
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

	/** Tokens; `null` if unknown. */
	get window(): number | null {
		return this.#figure('window', this.preset?.contextWindow?.value);
	}
	set window(window: number | null) {
		this.#change('window', window, this.preset?.contextWindow?.value);
	}

	/** The price of the chosen model, if it was not edited. */
	get presetPrice(): Price | null {
		const price = this.preset?.price;
		return price?.inputPerMillion === this.price ? (price ?? null) : null;
	}

	kindOf = (model: Model): ModelKind => kindOf(model, this.#today);

	/** Replaces price and window by those of a preset. */
	choose(model: string): void {
		const chosen = model === this.#first?.name ? null : model;
		this.#changes.priceOf = withEntry(this.#changes.priceOf, this.#tokenizer, chosen);
		for (const of of ['price', 'window'] as const)
			this.#changes[of] = withEntry(this.#changes[of], this.#tokenizer, null);
	}

	/** Price of calls with some input tokens each, in US dollars; `null` if unknown. */
	priceOf(tokens: number, calls = 1): number | null {
		const { price, presetPrice } = this;
		if (price === null) return null;
		return priceOfCalls(presetPrice ?? { inputPerMillion: price }, tokens, calls);
	}

	/** Share of the context window that tokens take; `null` if the window is unknown. */
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

/** One {@link ModelCost} per tokenizer, kept until the lab is closed. */
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
