/** Computes a vocabulary's statistics and finds its noteworthy tokens when the site is built. */
import { runToEnd } from '../../drift/calls';
import { createTokenizer } from '../../engine';
import { VOCABULARY_FIELDS } from '../../session/documents/vocabulary';
import type { PackedFiles } from '../../session/prerender';
import { createTable } from './classify';
import { checkReach } from './reachability';
import {
	summarize,
	unreachableOf,
	type UnreachableTokens,
	type VocabularySummary
} from './summary';

export interface PrerenderedVocabulary {
	readonly tokenizer: string;
	readonly summary: VocabularySummary;
	readonly unreachable: UnreachableTokens;
}

export function prerenderVocabulary(packed: Pick<PackedFiles, 'spec'>): PrerenderedVocabulary {
	const tokenizer = VOCABULARY_FIELDS.tokenizer.default;
	const spec = packed.spec(tokenizer);
	const table = createTable(spec);
	const reaches = runToEnd(checkReach(createTokenizer(spec), table));
	return {
		tokenizer,
		summary: summarize(table, spec),
		unreachable: unreachableOf(table, reaches)
	};
}
