import { BOS_CASES } from './bos-cases';
import { MERGE_CASES } from './merge-cases';
import { PRE_TOKENIZER_CASES } from './pre-tokenizer-cases';
import { READING_CASES } from './reading-cases';
import { REGEX_PORT_CASES } from './regex-port-cases';
import { SPACE_CASES } from './space-cases';
import { SPECIAL_TOKEN_CASES } from './special-token-cases';
import { TEXT_CASES } from './text-cases';
import type { DriftCase } from './types';

/** All cases computed in the browser, in page order. */
export const DRIFT_CASES: readonly DriftCase[] = [
	...PRE_TOKENIZER_CASES,
	...REGEX_PORT_CASES,
	...MERGE_CASES,
	...SPACE_CASES,
	...BOS_CASES,
	...SPECIAL_TOKEN_CASES,
	...TEXT_CASES,
	...READING_CASES
];
