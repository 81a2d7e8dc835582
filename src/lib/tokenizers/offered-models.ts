import { page, type Model, type Price, type Source } from './catalogue/shared/descriptor';

/** Kinds of models, in the order in which they're offered. */
const KINDS = ['chat', 'embedding', 'retired'] as const;
export type ModelKind = (typeof KINDS)[number];

/** @param today ISO day */
export function kindOf({ retired, isEmbedding }: Model, today: string): ModelKind {
	if (retired && retired.value <= today) return 'retired';
	return isEmbedding ? 'embedding' : 'chat';
}

/**
 * Models that have a price or a context window: chat models, then embedding models, then retired models. Within a kind,
 * the lowest price comes first, then the newest release.
 */
export function modelPresets(models: readonly Model[], today: string): Model[] {
	const rank = (model: Model) => KINDS.indexOf(kindOf(model, today));
	const priceOf = ({ price }: Model) => price?.inputPerMillion ?? Number.MAX_VALUE;
	const dateOf = ({ released }: Model) => Date.parse(released?.value ?? '1970');
	return models
		.filter(({ price, contextWindow }) => price ?? contextWindow)
		.sort((a, b) => rank(a) - rank(b) || priceOf(a) - priceOf(b) || dateOf(b) - dateOf(a));
}

/** Price in US dollars for calls with `tokens` input tokens each. */
export function priceOfCalls(
	{ inputPerMillion, above }: Omit<Price, keyof Source>,
	tokens: number,
	calls = 1
): number {
	const rate = above && tokens > above.tokens ? above.inputPerMillion : inputPerMillion;
	return (tokens * calls * rate) / 1e6;
}

/** Sources of the price and the context window, without duplicates. */
export function presetSources({ price, contextWindow }: Model): Source[] {
	const sources = [price, contextWindow].flatMap((fact) =>
		fact ? page(fact.source, fact.asOf) : []
	);
	return sources.filter(
		({ source }, at) => sources.findIndex((other) => other.source === source) === at
	);
}
