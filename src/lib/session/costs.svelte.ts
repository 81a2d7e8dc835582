import { findDescriptor } from '../tokenizers/catalogue';
import type { Model, Price } from '../tokenizers/catalogue/shared/descriptor';
import { kindOf, modelPresets, priceOfCalls, type ModelKind } from '../tokenizers/model-presets';
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
	/** Models that use the tokenizer, as {@link modelPresets} orders them. */
	readonly presets: readonly Model[];
	readonly #tokenizer: string;
	readonly #today: string;
	/** Costs of the other presets, made on request. */
	readonly #others = new Map<Model, ModelCost>();
	#preset = $state.raw<Model | null>(null);
	/** US dollars per million input tokens; `null` if unknown. */
	price = $state<number | null>(null);
	/** Tokens; `null` if unknown. */
	window = $state<number | null>(null);

	/** @param today ISO day. On it, a model may be retired, which is never the first preset. */
	constructor(tokenizer: string, today = new Date().toISOString().slice(0, 10)) {
		this.#tokenizer = tokenizer;
		this.#today = today;
		this.presets = modelPresets(findDescriptor(tokenizer)?.models ?? [], today);
		this.choose(this.#first?.name ?? '');
	}

	get #first(): Model | null {
		return this.presets.find((model) => this.kindOf(model) !== 'retired') ?? null;
	}

	/** The chosen model; `null` if none is, as where all are retired. */
	get preset(): Model | null {
		return this.#preset;
	}

	/** The price of the chosen model, if it was not edited. */
	get presetPrice(): Price | null {
		const price = this.#preset?.price;
		return price?.inputPerMillion === this.price ? (price ?? null) : null;
	}

	/** The same for each preset. */
	get all(): readonly ModelCost[] {
		return this.presets.map((preset) => {
			if (preset === this.#preset) return this;
			let other = this.#others.get(preset);
			if (!other) {
				other = new ModelCost(this.#tokenizer, this.#today);
				other.choose(preset.name);
				this.#others.set(preset, other);
			}
			return other;
		});
	}

	kindOf = (model: Model): ModelKind => kindOf(model, this.#today);

	/** Replaces price and window by those of a preset. */
	choose(model: string): void {
		this.#preset = this.presets.find(({ name }) => name === model) ?? null;
		this.price = this.#preset?.price?.inputPerMillion ?? null;
		this.window = this.#preset?.contextWindow?.value ?? null;
	}

	/** Model and figures that differ from the first preset. */
	get changes(): CostChanges {
		const { preset, price, window } = this;
		return {
			priceOf: preset && preset !== this.#first ? preset.name : null,
			price: price === (preset?.price?.inputPerMillion ?? null) ? null : (price ?? 'none'),
			window: window === (preset?.contextWindow?.value ?? null) ? null : (window ?? 'none')
		};
	}

	/** Applies changes to the first preset. @returns false if the model has no preset, which leaves the first */
	apply({ priceOf, price, window }: CostChanges): boolean {
		const isKnown = priceOf === null || this.presets.some(({ name }) => name === priceOf);
		this.choose((isKnown ? priceOf : null) ?? this.#first?.name ?? '');
		if (price !== null) this.price = price === 'none' ? null : price;
		if (window !== null) this.window = window === 'none' ? null : window;
		return isKnown;
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
