/** Trains and packs the two tokenizers of the worked story into `src/lib/generated`. */
import { gzipSync } from 'node:zlib';
import { trainedSpec, trainOn } from '../../lib/engine/train';
import { writePacked } from '../../lib/engine/packed';
import { DEMO_RULES, DEMO_TOKENIZERS } from '../../lib/tokenizers/catalogue/demo-tokenizers';
import { FACTBOOK, factbookDocuments } from '../corpora/factbook';
import { refresh, writeAtomic } from '../generated';

/** Packs what is missing or stale. */
export function packDemoTokenizers(): void {
	refresh(
		'demo-tokenizers.stamp',
		{
			packages: [FACTBOOK],
			sources: [
				'tools/drift',
				'tools/corpora',
				'lib/engine',
				'lib/tokenizers/catalogue/demo-tokenizers.ts'
			]
		},
		DEMO_TOKENIZERS.map(({ id }) => `${id}.bin`),
		() => {
			const book = factbookDocuments()
				.map(({ text }) => text)
				.join('');
			for (const { id, ties } of DEMO_TOKENIZERS) {
				const rules = { ...DEMO_RULES, ties };
				const spec = trainedSpec(trainOn(book, rules).training);
				writeAtomic(`${id}.bin`, gzipSync(writePacked(id, spec), { level: 9 }));
			}
		}
	);
}
