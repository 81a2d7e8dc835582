import type { SavedTokenizer, SavedTokenizers } from '../../session/saved-tokenizers.svelte';
import type { TrainedFileParams, TrainingWorkers } from '../../session/worker/training';
import { describeTrained } from './messages';
import type { Trained } from './train.svelte';

/** Saves the tokenizer of a training's first `merges` merges in this browser. */
export async function saveTrained(
	workers: Pick<TrainingWorkers, 'trainedFile'>,
	saved: SavedTokenizers,
	trained: Trained,
	merges: number,
	name: string
): Promise<SavedTokenizer> {
	const { vocabularySize, fingerprint, files } = await workers.trainedFile({
		...trained.run,
		merges,
		name,
		format: 'packed'
	});
	const summary = describeTrained(trained.rules, merges, trained.bytes);
	return saved.save({ name, vocabularySize, fingerprint, summary, file: files[0].bytes });
}

/**
 * Writes the tokenizer of a training's first `merges` merges as files, named by pattern and vocabulary size:
 * `bpe-gpt2-843.json`.
 */
export async function exportTrained(
	workers: Pick<TrainingWorkers, 'trainedFile'>,
	{ run, rules: { pattern } }: Trained,
	merges: number,
	format: TrainedFileParams['format']
): Promise<readonly { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }[]> {
	const name = `bpe-${typeof pattern === 'string' ? pattern : 'regex'}`;
	const { vocabularySize, files } = await workers.trainedFile({ ...run, merges, name, format });
	if (format === 'counts') return files;
	return files.map((file) => ({
		...file,
		name: `${name}-${vocabularySize}${file.name.slice(name.length)}`
	}));
}
