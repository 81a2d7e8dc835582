import { issues } from './sources';
import type { DocumentedCase } from './types';

/** Public cases that need a vocabulary or a language that the lab does not run. */
export const DOCUMENTED_CASES: readonly DocumentedCase[] = [
	{
		slug: 'unicode-tables-of-go',
		family: 'pre-tokenizer',
		claim: 'A port to Go split “’RE” after the R, and newer letters otherwise.',
		story:
			'A regex compiled to Go joined two alternatives into one set of letters, and Go’s Unicode tables are of another version than the reference’s.',
		year: 2026,
		sources: issues('tiktoken-go/tokenizer', 23, 24),
		damage: null,
		severity: 'silent',
		missing: 'It needs the Go library.'
	},
	{
		slug: 'full-width-spaces-in-java',
		family: 'pre-tokenizer',
		claim: 'A port to Java did not take full-width spaces for white space.',
		story: 'Java’s \\s is ASCII unless it is told otherwise.',
		year: 2023,
		sources: issues('jtokkit', 33),
		damage: null,
		severity: 'silent',
		missing: 'It needs the Java library.'
	},
	{
		slug: 'clip-cannot-reach-its-words',
		family: 'merges',
		claim: 'CLIP’s tokenizer could not reach 1,138 of 34,483 words of its vocabulary.',
		story:
			'Contractions such as “should’ve” are tokens of the vocabulary; one implementation splits them apart first.',
		year: 2023,
		sources: issues('transformers', 27961, 22166),
		damage: null,
		severity: 'silent',
		missing: 'CLIP’s vocabulary is not in the catalogue.'
	},
	{
		slug: 'whisper-v3-moved-by-one',
		family: 'special-tokens',
		claim: 'Whisper v3 has one more language, so the id for “transcribe” now means “translate”.',
		story: 'A token in the middle moved all control tokens after it by one: 50359 became 50360.',
		year: 2023,
		sources: issues('faster-whisper', 835),
		damage: null,
		severity: 'silent',
		missing: 'Whisper’s vocabulary is not in the catalogue.'
	}
];
