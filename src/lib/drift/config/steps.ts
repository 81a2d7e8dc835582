import type { DecoderSpec, NormalizerSpec, PreTokenizerSpec, TokenizerSpec } from '../../engine';

/** Stages that are rows of steps. */
export type Stage = 'normalizer' | 'pre_tokenizer' | 'decoder';

export interface StageSpecs {
	readonly normalizer: NormalizerSpec;
	readonly pre_tokenizer: PreTokenizerSpec;
	readonly decoder: DecoderSpec;
}

type SimpleStep<S extends Stage> = Exclude<StageSpecs[S], { type: 'Sequence' }>;

/** A step with the path of its field in the file. */
export interface Step<S extends Stage> {
	readonly field: string;
	readonly spec: SimpleStep<S>;
}

const LIST_OF = {
	normalizer: 'normalizers',
	pre_tokenizer: 'pretokenizers',
	decoder: 'decoders'
} as const;

/** The steps of a stage in order: sequences within each other, or of one step or none, say no more than that. */
export function stepsOf<S extends Stage>(spec: TokenizerSpec, stage: S): Step<S>[] {
	const steps: Step<S>[] = [];
	const list = LIST_OF[stage];
	const walk = (step: StageSpecs[S], field: string): void => {
		if (step.type === 'Sequence') {
			const inner = (step as unknown as Record<string, readonly StageSpecs[S][]>)[list];
			inner.forEach((one, i) => walk(one, `${field}.${list}[${i}]`));
		} else {
			steps.push({ field, spec: step as SimpleStep<S> });
		}
	};
	const whole = spec[stage] as StageSpecs[S] | null;
	if (whole !== null) walk(whole, stage);
	return steps;
}

/** A stage of these steps. */
export function stageOf<S extends Stage>(
	stage: S,
	steps: readonly StageSpecs[S][]
): StageSpecs[S] | null {
	if (steps.length === 0) return null;
	if (steps.length === 1) return steps[0];
	return { type: 'Sequence', [LIST_OF[stage]]: steps } as unknown as StageSpecs[S];
}

/** JSON with the fields of every object in the order of their names: two spellings of one value are equal. */
export function canonicalJson(value: unknown): string {
	return JSON.stringify(value, (_, inner: unknown) =>
		typeof inner === 'object' && inner !== null && !Array.isArray(inner)
			? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
			: inner
	);
}
