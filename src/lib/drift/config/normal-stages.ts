import type { DecoderSpec, NormalizerSpec, PreTokenizerSpec } from '../../engine';
import { GPT2_PATTERN } from '../../engine/stages';
import { leavesNoGap, normalRegex } from '../regex/normal-form';
import type { Stage, StageSpecs } from './steps';

/**
 * A step without what has no influence on ids and text, in a form that is the same for equal rules:
 * - regexes in normal form, a literal as the regex that matches it;
 * - `invert` only where the behavior asks about it; `Removed` with `invert` as `Isolated` if the pattern's
 *   matches leave no gap;
 * - offsets (`trim_offsets`) left out; a `ByteLevel` that splits as a split and a `ByteLevel` that does not.
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
	return step.type === 'Replace' ? { ...step, pattern: normalPattern(step.pattern) } : step;
}

function normalPreTokenizer(step: PreTokenizerSpec): unknown[] {
	if (step.type === 'ByteLevel') {
		const { add_prefix_space, use_regex } = step;
		const mapped = { type: step.type, add_prefix_space, use_regex: false };
		// A space that is put in front is there before the text is split.
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
	try {
		return normalRegex(pattern.Regex);
	} catch {
		return pattern;
	}
}
