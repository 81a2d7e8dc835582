/** What becomes of a trained tokenizer: kept in this browser, or saved as a file. */
import { formatCount, plural } from '../../session/format';
import type { TrainingRules } from '../../engine/train';
import type { TrainedFileParams } from '../../session/worker/training';
import type { SavedTokenizer, SavedTokenizers } from '../../session/saved-tokenizers.svelte';
import type { Trained } from './train.svelte';
import type { TrainingWorkers } from '../../session/worker/training';

type FileWorker = Pick<TrainingWorkers, 'trainedFile'>;

/** "GPT-2 pattern, 412 merges; trained in this browser on 8,287 bytes." */
export function summaryOf(trained: Trained, merges: number, rules: string): string {
	return `${rules}, ${plural(merges, 'merge')}; trained in this browser on ${formatCount(trained.bytes)} bytes.`;
}

/**
 * Keeps the tokenizer of the first `merges` merges under a name.
 * @param rules the rules in words
 */
export async function keep(
	workers: FileWorker,
	own: SavedTokenizers,
	trained: Trained,
	merges: number,
	name: string,
	rules: string
): Promise<SavedTokenizer> {
	const { vocabularySize, files } = await workers.trainedFile({
		...trained.run,
		merges,
		name,
		format: 'packed'
	});
	const summary = summaryOf(trained, merges, rules);
	return own.save({ name, vocabularySize, summary, file: files[0].bytes });
}

/** What a trained tokenizer can be saved as. */
export const EXPORTS: readonly {
	readonly format: TrainedFileParams['format'];
	readonly name: string;
	readonly note: string;
}[] = [
	{
		format: 'tokenizer.json',
		name: 'tokenizer.json',
		note: 'For Hugging Face tokenizers and transformers.js, with pattern and special tokens'
	},
	{
		format: 'tiktoken',
		name: '.tiktoken',
		note: 'Ranks for tiktoken; pattern and special tokens are given in code'
	},
	{
		format: 'vocab-merges',
		name: 'vocab.json and merges.txt',
		note: 'The two files of GPT-2'
	},
	{
		format: 'counts',
		name: 'Pre-token counts as TSV',
		note: 'To train on again, here or with bpe-lab train --counts'
	}
];

/** A name for files: of letters, digits and hyphens. */
export function fileName({ pattern, vocabularySize }: TrainingRules): string {
	return `bpe-${typeof pattern === 'string' ? pattern : 'regex'}-${vocabularySize}`;
}
