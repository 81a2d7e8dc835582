/** Worker calls of the vocabulary page: types, routes and handlers. */
import type { Tokenizer } from '../../engine';
import {
	runSteps,
	type LoadedTokenizers,
	type TokenizerChoice
} from '../../session/calls/tokenizing';
import type { Handlers } from '../../workers/job';
import type { Routes } from '../../workers/pool';
import { createTable } from './classify';
import { checkReach } from './reachability';
import { summarize, type VocabularySummary } from './summary';
import type { VocabularyTable } from './table';

export interface LoadedVocabulary {
	readonly table: VocabularyTable;
	readonly summary: VocabularySummary;
}

export interface VocabularyCalls {
	vocabulary: { params: TokenizerChoice; result: LoadedVocabulary };
	/** Determines which tokens a text can encode to. Returns an index in `REACHES` for each id. */
	reach: { params: TokenizerChoice; result: Uint8Array };
}

export const VOCABULARY_ROUTES: Routes<VocabularyCalls> = {
	vocabulary: 'pinned',
	reach: 'pinned'
};

export function createVocabularyHandlers(tokenizers: LoadedTokenizers): Handlers<VocabularyCalls> {
	const tables = new WeakMap<Tokenizer, VocabularyTable>();
	const tableOf = (tokenizer: Tokenizer): VocabularyTable => {
		let table = tables.get(tokenizer);
		if (!table) tables.set(tokenizer, (table = createTable(tokenizer.spec)));
		return table;
	};
	return {
		async vocabulary(params, job) {
			const { tokenizer } = await tokenizers.engine(params, job);
			return job.exclusive(() => {
				const table = tableOf(tokenizer);
				// Post a copy rather than transferring the table, because the worker keeps it.
				return { result: { table, summary: summarize(table, tokenizer.spec) } };
			});
		},

		async reach(params, job) {
			const { tokenizer } = await tokenizers.engine(params, job);
			return job.exclusive(async () => {
				const result = await runSteps(job, checkReach(tokenizer, tableOf(tokenizer)));
				return { result, transfer: [result] };
			});
		}
	};
}
