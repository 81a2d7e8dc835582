import { BOS_CASES } from './bos-cases';
import { MERGE_CASES } from './merge-cases';
import { PRE_TOKENIZER_CASES } from './pre-tokenizer-cases';
import { READING_CASES } from './reading-cases';
import { REGEX_PORT_CASES } from './regex-port-cases';
import { SPACE_CASES } from './space-cases';
import { SPECIAL_TOKEN_CASES } from './special-token-cases';
import { TEXT_CASES } from './text-cases';
import { WHITE_SPACE_CASES } from './white-space-cases';
import type { CaseEvidence, CaseFamily, DriftCase } from './types';

export { DOCUMENTED_CASES } from './documented-cases';

/** Every case that is computed in the browser, in the order of the families. */
export const DRIFT_CASES: readonly DriftCase[] = [
	...PRE_TOKENIZER_CASES,
	...REGEX_PORT_CASES,
	...WHITE_SPACE_CASES,
	...MERGE_CASES,
	...SPACE_CASES,
	...BOS_CASES,
	...SPECIAL_TOKEN_CASES,
	...TEXT_CASES,
	...READING_CASES
];

/** What the cases of a family have in common. */
export const FAMILY_WORDS: Readonly<Record<CaseFamily, { name: string; look: string }>> = {
	'pre-tokenizer': {
		name: 'Text split differently',
		look: 'The text is split differently before any merge. Most of the costly bugs are here.'
	},
	merges: {
		name: 'Different merges or vocabulary',
		look: 'The pre-tokens are the same and become different tokens.'
	},
	'special-tokens': {
		name: 'Spaces, BOS and control tokens',
		look: 'What is put before, after and between texts.'
	},
	text: {
		name: 'Text rewritten, or not',
		look: 'Unicode has several ways to write a character, and a normalizer chooses one.'
	},
	reading: {
		name: 'Ids read back',
		look: 'Ids become text, meet another vocabulary, or are only counted.'
	}
};

/** The label of a case, and what it promises. */
export const EVIDENCE_WORDS: Readonly<Record<CaseEvidence, { label: string; meaning: string }>> = {
	'published-ids': {
		label: 'Published ids',
		meaning: 'the source prints ids, and they come out here'
	},
	mechanism: {
		label: 'The mechanism with our own ids',
		meaning: 'the source describes the bug, and we show it on a real vocabulary'
	},
	'found-here': {
		label: 'No public issue',
		meaning: 'we found it, and know of no report'
	}
};
