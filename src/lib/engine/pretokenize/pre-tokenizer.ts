import type { PreTokenizerSpec } from '../spec';
import { createByteLevel } from './byte-level';
import { createMetaspace } from './metaspace';
import { GPT2_PATTERN } from './patterns';
import type { PreTokenizer } from './pretokens';
import { scannerForSequence } from './scanners';
import { createSplit } from './split';
import type { Scanner } from './types';

/** Rust's `char::is_numeric` in Hugging Face's library: \p{N} with the additions of Unicode 17. */
const RUST_NUMERIC = '[\\p{N}\\x{11de0}-\\x{11de9}\\x{16ff4}-\\x{16ff6}]';

/** Builds the pre-tokenizer of a spec. @throws Error if a pattern cannot be translated */
export function createPreTokenizer(spec: PreTokenizerSpec): PreTokenizer {
	switch (spec.type) {
		case 'ByteLevel':
			return createByteLevel(spec.add_prefix_space, spec.use_regex);
		case 'Split':
			return createSplit(spec.pattern, spec.behavior, spec.invert);
		case 'Metaspace':
			return createMetaspace(spec.replacement, spec.prepend_scheme, spec.split);
		case 'Digits':
			return createSplit(
				{ Regex: RUST_NUMERIC },
				spec.individual_digits ? 'Isolated' : 'Contiguous',
				false
			);
		case 'Sequence': {
			const steps = spec.pretokenizers.map(createPreTokenizer);
			return (pretokens) => steps.reduce((current, step) => step(current), pretokens);
		}
	}
}

/**
 * The scanner that is equivalent to a pre-tokenizer of known patterns in sequence, with ByteLevel last;
 * `null` for any other. This is the fast path of nearly every byte-level tokenizer.
 */
export function soleScanner(spec: PreTokenizerSpec | null): Scanner | null {
	const steps = spec?.type === 'Sequence' ? spec.pretokenizers : spec ? [spec] : [];
	const patterns: string[] = [];
	let spelled = false;
	for (const step of steps) {
		if (step.type === 'ByteLevel' && !step.add_prefix_space && !spelled) {
			if (step.use_regex) patterns.push(GPT2_PATTERN);
			spelled = true;
		} else if (step.type === 'Split' && step.behavior === 'Isolated' && !spelled) {
			if (!('Regex' in step.pattern)) return null;
			patterns.push(step.pattern.Regex);
		} else {
			return null;
		}
	}
	return scannerForSequence(patterns);
}
