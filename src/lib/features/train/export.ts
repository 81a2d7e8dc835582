import type { TrainingRules } from '../../engine/train';
import type { SavedTokenizer, SavedTokenizers } from '../../session/saved-tokenizers.svelte';
import type { TrainingWorkers } from '../../session/worker/training';
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
	const { vocabularySize, files } = await workers.trainedFile({
		...trained.run,
		merges,
		name,
		format: 'packed'
	});
	const summary = describeTrained(trained.rules, merges, trained.bytes);
	return saved.save({ name, vocabularySize, summary, file: files[0].bytes });
}

/** File name, without extension, of letters, digits and hyphens. */
export const fileName = ({ pattern, vocabularySize }: TrainingRules): string =>
	`bpe-${typeof pattern === 'string' ? pattern : 'regex'}-${vocabularySize}`;
