import { page, type Source, type TokenizerDescriptor } from './catalogue/shared/descriptor';

/** Price and context window of a model. */
export interface ModelPreset {
	readonly model: string;
	/** US dollars per million input tokens; `null` if no source states a price, as for most open weights. */
	readonly inputPerMillion: number | null;
	/** Tokens; `null` if no source states a window. */
	readonly contextWindow: number | null;
	/** Sources of the price and of the window, or the one of both. */
	readonly sources: readonly Source[];
}

/** Models that have a price or a window: first the default model, or else the first with a price; then in their order. */
export function modelPresets({
	models,
	defaultModel
}: Pick<TokenizerDescriptor, 'models' | 'defaultModel'>): ModelPreset[] {
	const presets = models
		.filter(({ price, contextWindow }) => price ?? contextWindow)
		.map(({ name, price, contextWindow }): ModelPreset => ({
			model: name,
			inputPerMillion: price?.inputPerMillion ?? null,
			contextWindow: contextWindow?.value ?? null,
			sources: distinctSources([price, contextWindow])
		}));
	const first =
		presets.find(({ model }) => model === defaultModel) ??
		presets.find(({ inputPerMillion }) => inputPerMillion !== null) ??
		presets.at(0);
	return first ? [first, ...presets.filter((preset) => preset !== first)] : [];
}

function distinctSources(facts: readonly (Source | undefined)[]): Source[] {
	const sources = facts.flatMap((fact) => (fact ? page(fact.source, fact.asOf) : []));
	return sources.filter(
		({ source }, at) => sources.findIndex((other) => other.source === source) === at
	);
}
