/** Writes what the Drift pages show before any script has run into `src/lib/generated`. */
import { gzipSync } from 'node:zlib';
import { DEMO_TOKENIZERS } from '../../lib/tokenizers/catalogue/demo-tokenizers';
import { toTypedJson } from '../../lib/tokenizers/typed-json';
import { writePacked } from '../../lib/engine/formats/packed';
import { FACTBOOK } from '../corpora/factbook';
import { refresh, refreshLater, writeWhole } from '../generated';
import { PACKAGES, packedSpec } from '../vocabularies/pack';
import { demoSpecs } from './demo-tokenizers';
import { firstDiff } from './first-diff';
import { firstGallery } from './first-gallery';
import { firstStory } from './first-story';

/** What all of it is made by. */
const MAKERS = ['tools/drift', 'lib/engine', 'lib/tokenizers/typed-json.ts'];

/** Makes what is missing or stale. */
export async function packDrift(): Promise<void> {
	packStory();
	packGallery();
	await refreshLater(
		'first-diff.stamp',
		{
			packages: PACKAGES,
			sources: [...MAKERS, 'lib/drift', 'lib/session/examples.ts']
		},
		['first-diff.json'],
		async () => writeWhole('first-diff.json', toTypedJson(await firstDiff(packedSpec)))
	);
}

function packStory(): void {
	refresh(
		'first-story.stamp',
		{
			packages: [FACTBOOK],
			sources: [
				...MAKERS,
				'tools/corpora',
				'tools/training',
				'lib/languages',
				'lib/drift',
				'lib/tokenizers/catalogue/demo-tokenizers.ts',
				'lib/session/training-rules.ts'
			]
		},
		['first-story.json', ...DEMO_TOKENIZERS.map(({ id }) => `${id}.bin`)],
		() => {
			const specs = demoSpecs();
			for (const [id, spec] of specs) {
				writeWhole(`${id}.bin`, gzipSync(writePacked(id, spec), { level: 9 }));
			}
			writeWhole('first-story.json', toTypedJson(firstStory(specs)));
		}
	);
}

function packGallery(): void {
	refresh(
		'first-gallery.stamp',
		{
			packages: PACKAGES,
			sources: [...MAKERS, 'lib/drift', 'lib/features/drift/cases']
		},
		['first-gallery.json'],
		() => writeWhole('first-gallery.json', toTypedJson(firstGallery(packedSpec)))
	);
}
