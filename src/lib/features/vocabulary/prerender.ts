/** The beginning of a vocabulary and its figures, computed when the site is built. */
import type { PackedFiles } from '../../session/prerender';
import { createTable } from './classify';
import { summarize } from './summary';
import type { VocabularyTable } from './table';
import type { LoadedVocabulary } from './worker';

/** The tokenizer that the page starts with. */
const FIRST_TOKENIZER = 'o200k_base';
/** Tokens that are shown before the vocabulary is loaded. */
const FIRST_TOKENS = 24;

export interface PrerenderedVocabulary extends LoadedVocabulary {
	readonly tokenizer: string;
}

/** The table has only the first tokens; the summary is of all. */
export function prerenderVocabulary(packed: Pick<PackedFiles, 'spec'>): PrerenderedVocabulary {
	const spec = packed.spec(FIRST_TOKENIZER);
	const table = createTable(spec);
	return {
		tokenizer: FIRST_TOKENIZER,
		table: firstTokens(table, FIRST_TOKENS),
		summary: summarize(table, spec)
	};
}

function firstTokens({ vocabulary, kinds, scripts }: VocabularyTable, count: number) {
	const ends = vocabulary.ends.slice(0, count);
	return {
		vocabulary: { ends, bytes: vocabulary.bytes.slice(0, ends[count - 1]) },
		kinds: kinds.slice(0, count),
		scripts: scripts.slice(0, count)
	};
}
