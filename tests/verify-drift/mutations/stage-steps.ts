import type { Mutation, Stage, TokenizerJson } from '../types';

export type StageName = 'normalizer' | 'pre_tokenizer' | 'post_processor' | 'decoder';

const STEPS: Readonly<Record<StageName, string>> = {
	normalizer: 'normalizers',
	pre_tokenizer: 'pretokenizers',
	post_processor: 'processors',
	decoder: 'decoders'
};

/** The steps of a stage, those of a Sequence or the stage itself. */
export function stepsOf(file: TokenizerJson, name: StageName): readonly Stage[] {
	const stage = file[name];
	if (!stage) return [];
	return stage.type === 'Sequence' ? (stage[STEPS[name]] as readonly Stage[]) : [stage];
}

/** The file with other steps. No step is `null`, and a single one is in a Sequence only if it was before. */
export function withSteps(
	file: TokenizerJson,
	name: StageName,
	steps: readonly Stage[]
): TokenizerJson {
	const alone = file[name]?.type !== 'Sequence';
	if (steps.length === 0) return { ...file, [name]: null };
	if (steps.length === 1 && alone) return { ...file, [name]: steps[0] };
	return { ...file, [name]: { type: 'Sequence', [STEPS[name]]: steps } };
}

export const sequenceOf = (name: StageName, steps: readonly Stage[]): Stage => ({
	type: 'Sequence',
	[STEPS[name]]: steps
});

export const split = (pattern: object, behavior = 'Isolated', invert = false): Stage => ({
	type: 'Split',
	pattern,
	behavior,
	invert
});

export const replace = (pattern: object, content: string): Stage => ({
	type: 'Replace',
	pattern,
	content
});

export const byteLevel = (fields: object = {}): Stage => ({
	type: 'ByteLevel',
	add_prefix_space: false,
	trim_offsets: true,
	use_regex: true,
	...fields
});

export const metaspace = (fields: object = {}): Stage => ({
	type: 'Metaspace',
	replacement: '▁',
	prepend_scheme: 'always',
	split: true,
	...fields
});

/** A mutation of the JSON value. */
export function change(
	className: string,
	name: string,
	changed: () => object,
	probes?: readonly string[]
): Mutation {
	const base = { class: className, name, apply: () => JSON.stringify(changed()) };
	return probes ? { ...base, probes } : base;
}

/** A mutation of the JSON text. */
export const textChange = (className: string, name: string, apply: () => string): Mutation => ({
	class: className,
	name,
	apply
});

/** Fields of a step changed one by one. */
export const withField = (step: Stage, field: string, value: unknown): Stage => ({
	...step,
	[field]: value
});

export const withoutField = (step: object, field: string): object =>
	Object.fromEntries(Object.entries(step).filter(([name]) => name !== field));
