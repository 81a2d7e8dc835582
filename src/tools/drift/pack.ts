/** Writes what the Drift pages show before any script has run into `src/lib/catalogue/generated`. */
import { toTypedJson } from '../../lib/catalogue/typed-json';
import { refreshLater, writeWhole } from '../generated';
import { PACKAGES, packedSpec } from '../vocabularies/pack';
import { firstDiff } from './first-diff';

const SOURCES = [
	'tools/drift',
	'tools/vocabularies',
	'lib/engine',
	'lib/analysis',
	'lib/content/examples.ts'
];

/** Compares where it is missing or stale. */
export async function packDrift(): Promise<void> {
	await refreshLater(
		'first-diff.stamp',
		{ packages: PACKAGES, sources: SOURCES },
		['first-diff.json'],
		async () => writeWhole('first-diff.json', toTypedJson(await firstDiff(packedSpec)))
	);
}
