import type {
	DecoderSpec,
	NormalizerSpec,
	PreTokenizerSpec,
	Tokenizer,
	TokenizerSpec
} from '../../engine';
import {
	EXTRAS,
	createDecoder,
	createNormalizer,
	createPreTokenizer,
	GPT2_PATTERN,
	Pretokens
} from '../../engine/stages';
import { decodeUtf8, encodeUtf8 } from '../../engine/text';
import { leavesNoGap, normalRegex } from '../regex/normal-form';
import { tokenString } from '../token-texts';
import { orNull } from '../calls';

/** Stages that are sequences of steps. */
export type Stage = 'normalizer' | 'pre_tokenizer' | 'decoder';

export interface StageSpecs {
	readonly normalizer: NormalizerSpec;
	readonly pre_tokenizer: PreTokenizerSpec;
	readonly decoder: DecoderSpec;
}

type SimpleStep<S extends Stage> = Exclude<StageSpecs[S], { type: 'Sequence' }>;

/** A step and the path of its field in the file. */
export interface Step<S extends Stage> {
	readonly field: string;
	readonly spec: SimpleStep<S>;
}

const LIST_OF = {
	normalizer: 'normalizers',
	pre_tokenizer: 'pretokenizers',
	decoder: 'decoders'
} as const;

/** The steps of a stage in order, with nested sequences flattened. */
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

export function stageOf<S extends Stage>(
	stage: S,
	steps: readonly StageSpecs[S][]
): StageSpecs[S] | null {
	if (steps.length === 0) return null;
	if (steps.length === 1) return steps[0];
	return { type: 'Sequence', [LIST_OF[stage]]: steps } as unknown as StageSpecs[S];
}

/**
 * Normalizes steps, without the fields that don't affect ids or text, so that equivalent rules become equal:
 * - Regexes are in normal form, and a literal becomes the regex that matches it.
 * - `invert` is kept only if it has an effect. `Removed` with `invert` becomes `Isolated` if the pattern's matches
 *   leave no gap.
 * - A `ByteLevel` that splits but adds no prefix space becomes a `Split` and a `ByteLevel` that doesn't split.
 */
export function normalSteps<S extends Stage>(stage: S, steps: readonly StageSpecs[S][]): unknown[] {
	switch (stage) {
		case 'normalizer':
			return (steps as readonly NormalizerSpec[]).map(normalNormalizer);
		case 'pre_tokenizer':
			return (steps as readonly PreTokenizerSpec[]).flatMap(normalPreTokenizer);
		default:
			return (steps as readonly DecoderSpec[]).map(normalDecoder);
	}
}

function normalNormalizer(step: NormalizerSpec): unknown {
	if (step.type === 'Replace') return { ...step, pattern: normalPattern(step.pattern) };
	// `9.0` is the default, which files never state explicitly.
	if ('unicode' in step && step.unicode === '9.0') return { type: step.type };
	return step;
}

function normalPreTokenizer(step: PreTokenizerSpec): unknown[] {
	if (step.type === 'ByteLevel') {
		const { add_prefix_space, use_regex } = step;
		const mapped = { type: step.type, add_prefix_space, use_regex: false };
		// The prefix space is added before the text is split.
		if (!use_regex || add_prefix_space) return [{ ...mapped, use_regex }];
		const pattern = normalPattern({ Regex: GPT2_PATTERN });
		return [{ type: 'Split', pattern, behavior: 'Isolated', invert: false }, mapped];
	}
	if (step.type !== 'Split') return [step];
	const { behavior, invert } = step;
	const split = { ...step, pattern: normalPattern(step.pattern) };
	const isolates =
		behavior === 'Isolated' ||
		(behavior === 'Removed' &&
			invert &&
			'Regex' in step.pattern &&
			leavesNoGap(step.pattern.Regex));
	if (isolates) return [{ ...split, behavior: 'Isolated', invert: false }];
	return [behavior === 'Contiguous' ? { ...split, invert: false } : split];
}

function normalDecoder(step: DecoderSpec): unknown {
	switch (step.type) {
		case 'ByteLevel':
			return { type: step.type };
		case 'Metaspace':
			return { type: step.type, replacement: step.replacement, scheme: step.prepend_scheme };
		case 'Replace':
			return { ...step, pattern: normalPattern(step.pattern) };
		default:
			return step;
	}
}

function normalPattern(pattern: { readonly String: string } | { readonly Regex: string }): unknown {
	if ('String' in pattern) {
		if (pattern.String === '') return pattern;
		const parts = Array.from(pattern.String, (character) => {
			const code = character.codePointAt(0) ?? 0;
			return { type: 'set', set: [[code, code]] };
		});
		return JSON.stringify(parts.length === 1 ? parts[0] : { type: 'sequence', parts });
	}
	return orNull(() => normalRegex(pattern.Regex)) ?? pattern;
}

/** Runs a stage on an input and returns its output as texts that can be compared and displayed. */
export type StageRun = (input: string) => readonly string[];

/**
 * Runs one stage of a spec by itself. A normalizer returns one text, a pre-tokenizer returns pre-tokens, and a decoder
 * returns the text of the tokens that `base` encodes the input to.
 * @throws Error if a pattern can't be translated
 */
export function runStage(stage: Stage, spec: TokenizerSpec, base: Tokenizer): StageRun {
	switch (stage) {
		case 'normalizer':
			return runNormalizer(spec.normalizer);
		case 'pre_tokenizer':
			return runPreTokenizer(spec.pre_tokenizer);
		case 'decoder':
			return runDecoder(spec.decoder, base);
	}
}

function asText(input: string) {
	const bytes = encodeUtf8(input);
	return { bytes, start: 0, end: bytes.length, origin: null };
}

export function runNormalizer(spec: NormalizerSpec | null): StageRun {
	if (spec === null) return (input) => [input];
	const normalize = createNormalizer(spec, EXTRAS);
	return (input) => {
		const { bytes, start, end } = normalize(asText(input));
		return [decodeUtf8(bytes.subarray(start, end))];
	};
}

export function runPreTokenizer(spec: PreTokenizerSpec | null): StageRun {
	if (spec === null) return (input) => [input];
	const split = createPreTokenizer(spec, EXTRAS);
	const whole = new Pretokens();
	return (input) => {
		const text = asText(input);
		whole.reset(text, false).add(0, text.end);
		const { text: splitText, starts, ends } = split(whole);
		return Array.from({ length: starts.length }, (_, i) =>
			decodeUtf8(splitText.bytes.subarray(starts.data[i], ends.data[i]))
		);
	};
}

function runDecoder(spec: DecoderSpec | null, base: Tokenizer): StageRun {
	const decode = spec && createDecoder(spec, EXTRAS);
	return (input) => {
		const tokens = Array.from(base.encode(input).ids, (id) => tokenString(base.spec, id) ?? '');
		return [decode ? decode(tokens).join('') : tokens.join(' ')];
	};
}
