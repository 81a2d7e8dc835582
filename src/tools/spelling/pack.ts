/** Writes the word that the Strawberry page starts with into `src/lib/generated`. */
import { toTypedJson } from '../../lib/tokenizers/typed-json';
import { refresh, writeWhole } from '../generated';
import { packedSpec, PACKAGES } from '../vocabularies/pack';
import { firstWord } from './first-word';

/** Encodes it where it is missing or stale; the vocabularies must have been packed. */
export function packFirstWord(): void {
	refresh(
		'first-word.stamp',
		{
			packages: PACKAGES,
			sources: [
				'tools/spelling',
				'tools/vocabularies',
				'lib/engine',
				'lib/features/strawberry',
				'lib/tokenizers/catalogue/entries.ts',
				'lib/tokenizers/typed-json.ts',
				'lib/features/strawberry/defaults.ts'
			]
		},
		['first-word.json'],
		() => writeWhole('first-word.json', toTypedJson(firstWord(packedSpec)))
	);
}
