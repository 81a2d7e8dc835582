import type { SavedTokenizer } from '../../session/tokenizers/saved-tokenizer';
import type { SavedTokenizers } from '../../session/tokenizers/saved-tokenizers.svelte';
import type { TokenizerExport } from '../../ui/saved/export-tokenizer';
import type { TrainedFileParams, TrainingWorkers } from '../../session/calls/training';
import { describeTrained } from './messages';
import type { Trained } from './train.svelte';

export async function saveTrained(
	workers: Pick<TrainingWorkers, 'trainedFile'>,
	saved: SavedTokenizers,
	trained: Trained,
	name: string
): Promise<SavedTokenizer> {
	const merges = trained.training.products.length;
	const { vocabularySize, fingerprint, files } = await workers.trainedFile({
		...trained.run,
		merges,
		name,
		format: 'packed'
	});
	const summary = describeTrained(trained.rules, merges, trained.bytes);
	const known = { name, vocabularySize, fingerprint, summary };
	return saved.save({ ...known, file: files[0].bytes });
}

/** Writes a trained tokenizer to a file named after its pattern and vocabulary size: `bpe-gpt2-843`. */
export async function exportTrained(
	workers: Pick<TrainingWorkers, 'trainedFile'>,
	{ run, rules: { pattern }, training }: Trained,
	format: TrainedFileParams['format']
): Promise<TokenizerExport> {
	const name = `bpe-${typeof pattern === 'string' ? pattern : 'regex'}`;
	const merges = training.products.length;
	const written = await workers.trainedFile({ ...run, merges, name, format });
	return { ...written, name: format === 'counts' ? name : `${name}-${written.vocabularySize}` };
}
