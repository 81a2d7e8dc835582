import type { PreTokenizerSpec } from '../spec';
import { preTokenizerSteps } from '../stage-steps';
import { createByteLevel } from './byte-level';
import { createMetaspace } from './metaspace';
import { GPT2_PATTERN } from './patterns';
import type { PreTokenizer, Scanner } from './pretokens';
import { scannerForSequence } from './scanners';
import {
	matchLengths,
	matchPunctuation,
	matchScripts,
	matchWhiteSpace,
	matchWords
} from './characters';
import { createMatcherSplit, createSplit } from './split';

/** Rust's `char::is_numeric` in Hugging Face's library: \p{N} plus the numbers that Unicode 17 added. */
const RUST_NUMERIC = '[\\p{N}\\x{11de0}-\\x{11de9}\\x{16ff4}-\\x{16ff6}]';

/** Builds the pre-tokenizer of a spec. @throws Error if it cannot be run exactly */
export function createPreTokenizer(spec: PreTokenizerSpec): PreTokenizer {
	const types = preTokenizerSteps(spec).map(({ type }) => type);
	if (types.includes('ByteLevel') && types.lastIndexOf('Metaspace') > types.indexOf('ByteLevel')) {
		throw new Error(
			'pre_tokenizer: got Metaspace after ByteLevel, which would add a character outside the byte alphabet; ' +
				'expected Metaspace before it, or alone'
		);
	}
	return inSequence(preTokenizerSteps(spec).map(createStep));
}

const inSequence = (steps: readonly PreTokenizer[]): PreTokenizer =>
	steps.length === 1
		? steps[0]
		: (pretokens) => steps.reduce((current, step) => step(current), pretokens);

function createStep(spec: ReturnType<typeof preTokenizerSteps>[number]): PreTokenizer {
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
		case 'Punctuation':
			return createMatcherSplit(matchPunctuation(), spec.behavior, false);
		case 'WhitespaceSplit':
			return createMatcherSplit(matchWhiteSpace(), 'Removed', false);
		case 'BertPreTokenizer':
			return inSequence([
				createMatcherSplit(matchWhiteSpace(), 'Removed', false),
				createMatcherSplit(matchPunctuation(), 'Isolated', false)
			]);
		case 'Whitespace':
			return createMatcherSplit(matchWords(), 'Removed', true);
		case 'CharDelimiterSplit':
			return createSplit({ String: spec.delimiter }, 'Removed', false);
		case 'FixedLength':
			return createMatcherSplit(matchLengths(spec.length), 'Isolated', false);
		case 'UnicodeScripts':
			return createMatcherSplit(matchScripts(), 'Removed', true);
	}
}

/**
 * Finds the scanner that is equivalent to a whole pre-tokenizer, which must be a sequence of known patterns with
 * at most one ByteLevel, at the end; `null` if there is none. The fast path of nearly all byte-level tokenizers.
 */
export function soleScanner(spec: PreTokenizerSpec | null): Scanner | null {
	const steps = spec?.type === 'Sequence' ? spec.pretokenizers : spec ? [spec] : [];
	const patterns: string[] = [];
	let isByteLevel = false;
	for (const step of steps) {
		if (step.type === 'ByteLevel' && !step.add_prefix_space && !isByteLevel) {
			if (step.use_regex) patterns.push(GPT2_PATTERN);
			isByteLevel = true;
		} else if (step.type === 'Split' && step.behavior === 'Isolated' && !isByteLevel) {
			if (!('Regex' in step.pattern)) return null;
			patterns.push(step.pattern.Regex);
		} else {
			return null;
		}
	}
	return scannerForSequence(patterns);
}
