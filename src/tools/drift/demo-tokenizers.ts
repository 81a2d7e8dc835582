import { DEMO_SIZE, DEMO_TOKENIZERS } from '../../lib/tokenizers/catalogue/demo-tokenizers';
import { DEFAULT_RULES } from '../../lib/session/training-rules';
import { trainedSpec, type TokenizerSpec } from '../../lib/engine';
import { factbookDocuments } from '../corpora/factbook';
import { trainOn } from '../training/train-on';

/** By id: the tokenizers that stand in the worked story. */
export function demoSpecs(): ReadonlyMap<string, TokenizerSpec> {
	const book = factbookDocuments()
		.map(({ text }) => text)
		.join('');
	return new Map(
		DEMO_TOKENIZERS.map(({ id, ties }) => {
			const rules = { ...DEFAULT_RULES, ties, vocabularySize: DEMO_SIZE };
			return [id, trainedSpec(trainOn(book, rules).training)];
		})
	);
}
