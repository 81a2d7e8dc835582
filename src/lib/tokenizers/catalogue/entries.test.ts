import { describe, expect, it } from 'vitest';
import { packedSpec, PACKED_IDS } from '../../../../tests/support/packed-tokenizers';
import { packageVersion } from '../../../tools/vocabularies/packages';
import { CATALOGUE, DEFAULT_TOKENIZERS, entryOf, findEntry, YOURS } from './entries';

describe('the catalogue', () => {
	it('has an entry for every packed vocabulary, each once, and no other', () => {
		expect(CATALOGUE.map(({ id }) => id).toSorted()).toEqual(PACKED_IDS.toSorted());
	});

	it('keeps families together', () => {
		const families = CATALOGUE.map(({ family }) => family);
		const starts = families.filter((family, i) => family !== families[i - 1]);
		expect(starts).toEqual([...new Set(families)]);
	});

	it('offers at first what it has', () => {
		expect(DEFAULT_TOKENIZERS.filter((id) => !findEntry(id))).toEqual([YOURS]);
	});

	it('links every licence over https', () => {
		for (const { id, licence } of CATALOGUE) {
			expect(URL.canParse(licence.url) && new URL(licence.url).protocol, id).toBe('https:');
			expect(licence.name, id).not.toBe('');
		}
	});
});

describe.each(CATALOGUE)('$id', ({ id, vocabularySize, kind, bos, source, preTokenizer }) => {
	const { model, added_tokens, normalizer } = packedSpec(id);

	it('has as many ids as the packed vocabulary: the largest + 1', () => {
		const added = added_tokens.map((token) => token.id + 1);
		expect(vocabularySize).toBe(Math.max(model.vocabulary.ends.length, ...added));
	});

	it('is of the kind that its model is', () => {
		expect(kind).toBe(model.byte_level ? 'byte-level BPE' : 'SentencePiece BPE');
		expect(model.byte_fallback).toBe(kind === 'SentencePiece BPE');
	});

	it('names its normalization', () => {
		const form = normalizer?.type;
		const named = form === 'NFC' || form === 'NFKC' ? form : null;
		expect(/NFK?C/.exec(preTokenizer)?.[0] ?? null).toBe(named);
	});

	it('expects a BOS that is one of its special tokens, or none', () => {
		const special = added_tokens.filter((token) => token.special).map(({ content }) => content);
		if (bos === null) expect(special).not.toContain('<s>');
		else expect(special).toContain(bos);
	});

	it('names the version of the package that is installed', () => {
		expect(source.version).toBe(packageVersion(source.package));
	});
});

describe('entryOf', () => {
	it('gives the entry of an id', () => {
		expect(entryOf('qwen3')).toBe(findEntry('qwen3'));
		expect(entryOf('qwen3').id).toBe('qwen3');
	});

	it('names the id that does not exist, and those that do', () => {
		expect(() => entryOf('gpt5')).toThrow(
			/^unknown tokenizer "gpt5"; the catalogue has gpt2, .*claude-legacy$/
		);
		expect(findEntry('__proto__')).toBeUndefined();
	});
});
