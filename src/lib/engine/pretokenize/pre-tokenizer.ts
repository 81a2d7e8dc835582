import { type PreTokenizerSpec, preTokenizerSteps } from '../spec';
import { createByteLevel } from './byte-level';
import { createMetaspace } from './metaspace';
import type { Extras } from '../text/extras';
import { GPT2_PATTERN } from './patterns';
import type { PreTokenizer, Scanner } from './pretokens';
import { scannerForSequence, scannerForSplit } from './scanners';
import {
	matchLengths,
	matchNumbers,
	matchPunctuation,
	matchScripts,
	matchWhiteSpace,
	matchWords
} from './characters';
import { createMatcherSplit, createScannerSplit, createSplit } from './split';

/** Builds the pre-tokenizer of a spec. @throws Error if it cannot be reproduced exactly */
export function createPreTokenizer(spec: PreTokenizerSpec, extras: Extras): PreTokenizer {
	const steps = preTokenizerSteps(spec);
	const types = steps.map(({ type }) => type);
	const byteLevel = types.indexOf('ByteLevel');
	if (byteLevel >= 0 && types.lastIndexOf('Metaspace') > byteLevel) {
		throw new Error(
			'pre_tokenizer: got Metaspace after ByteLevel, which would add a character outside the byte alphabet; ' +
				'expected Metaspace before it, or alone'
		);
	}
	return inSequence(
		steps.map((step, i) => createStep(step, byteLevel >= 0 && i > byteLevel, extras))
	);
}

const inSequence = (steps: readonly PreTokenizer[]): PreTokenizer =>
	steps.length === 1
		? steps[0]
		: (pretokens) => steps.reduce((current, step) => step(current), pretokens);

/** @param isByteLevel whether the step sees text in the byte alphabet, which scanners cannot read */
function createStep(
	spec: ReturnType<typeof preTokenizerSteps>[number],
	isByteLevel: boolean,
	extras: Extras
): PreTokenizer {
	switch (spec.type) {
		case 'ByteLevel':
			return createByteLevel(spec.add_prefix_space, spec.use_regex);
		case 'Split': {
			const scanner = isByteLevel ? null : scannerForSplit(spec);
			if (scanner) return createScannerSplit(scanner);
			return createSplit(spec.pattern, spec.behavior, spec.invert, extras);
		}
		case 'Metaspace':
			return createMetaspace(spec.replacement, spec.prepend_scheme, spec.split);
		case 'Digits':
			return createMatcherSplit(
				matchNumbers(),
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
			return createMatcherSplit(matchWords(extras), 'Removed', true);
		case 'CharDelimiterSplit':
			return createSplit({ String: spec.delimiter }, 'Removed', false, extras);
		case 'FixedLength':
			return createMatcherSplit(matchLengths(spec.length), 'Isolated', false);
		case 'UnicodeScripts':
			return createMatcherSplit(matchScripts(extras), 'Removed', true);
	}
}

/**
 * Finds a scanner that is equivalent to a whole pre-tokenizer; `null` if there is none. The pre-tokenizer must be a
 * sequence of known patterns, optionally followed by one ByteLevel step. This is the fast path for nearly all
 * byte-level tokenizers.
 */
export function soleScanner(spec: PreTokenizerSpec | null): Scanner | null {
	const steps = spec?.type === 'Sequence' ? spec.pretokenizers : spec ? [spec] : [];
	const patterns: string[] = [];
	let isByteLevel = false;
	for (const step of steps) {
		if (step.type === 'ByteLevel' && !step.add_prefix_space && !isByteLevel) {
			if (step.use_regex) patterns.push(GPT2_PATTERN);
			isByteLevel = true;
		} else if (step.type === 'Split' && 'Regex' in step.pattern && !isByteLevel) {
			if (!scannerForSplit(step)) return null;
			patterns.push(step.pattern.Regex);
		} else {
			return null;
		}
	}
	return scannerForSequence(patterns);
}
