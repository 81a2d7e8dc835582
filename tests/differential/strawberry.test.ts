import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { encodingOf, joinEncodings } from '../../src/lib/features/strawberry/joined-encodings';
import { variantsOf } from '../../src/lib/features/strawberry/variants';
import { tokensAfter, wordMergesOf } from '../../src/lib/features/strawberry/word-merges';
import { CATALOGUE } from '../../src/lib/tokenizers/catalogue';
import { prerenderWord } from '../../src/lib/features/strawberry/prerender';
import { OTHER_WORDS } from '../../src/lib/features/strawberry/other-words';
import { encodeUtf8 } from '../../src/lib/engine/text/utf8';
import { nativeIds } from '../support/native-ids';
import { TIKTOKEN_RANKS, TOKENIZER_JSON, nativeFile } from '../support/native-tokenizers';
import { packedSpec, packedTokenizer } from '../support/packed-tokenizers';

const FIRST_WORD_DATA = prerenderWord({ spec: packedSpec });

const require = createRequire(import.meta.url);

/** Words of the page and a few more, in all variants. */
const TEXTS = [
	...OTHER_WORDS.map(({ word }) => word),
	'mississippi',
	'berry',
	'bookkeeper',
	'a',
	'\u0301',
	'Straw Berry'
].flatMap((word) => variantsOf(word).map(({ text }) => text));

/** Tokenizers that a reference program runs from its own files. */
const REFERENCES = [...Object.keys(TIKTOKEN_RANKS), ...Object.keys(TOKENIZER_JSON)];

describe('words in all variants', () => {
	it('make more than 1,500 rows of variant and tokenizer', () => {
		expect(TEXTS.length * REFERENCES.length).toBeGreaterThan(1500);
	});

	it.each(REFERENCES)(
		'are split by %s as by the reference, and so are their last merge steps',
		async (id) => {
			const reference = nativeIds(require, id, nativeFile(id));
			const tokenizer = packedTokenizer(id);
			const expected = await Promise.all(TEXTS.map(reference));
			// All texts at once, as in a worker's answer.
			const answer = joinEncodings(TEXTS.map((text) => tokenizer.encode(text)));
			TEXTS.forEach((text, i) => {
				expect([...encodingOf(answer, i).ids], JSON.stringify(text)).toEqual(expected[i]);
				const merges = wordMergesOf(encodeUtf8(text), tokenizer.trace(text));
				const last = tokensAfter(merges, merges.steps.length);
				expect([...last.ids], `merges of ${JSON.stringify(text)}`).toEqual(expected[i]);
			});
		}
	);

	it('are split by o200k_harmony as by o200k_base', () => {
		for (const text of TEXTS) {
			const { ids } = packedTokenizer('o200k_base').encode(text);
			expect(packedTokenizer('o200k_harmony').encode(text).ids).toEqual(ids);
		}
	});
});

describe('the first paint', () => {
	const variants = variantsOf(FIRST_WORD_DATA.word);

	it('has the word for every tokenizer of the catalogue', () => {
		expect(Object.keys(FIRST_WORD_DATA.encodings)).toEqual(CATALOGUE.map(({ id }) => id));
	});

	it.each(REFERENCES)('equals the reference for %s', async (id) => {
		const reference = nativeIds(require, id, nativeFile(id));
		for (const [i, { text }] of variants.entries()) {
			const shown = encodingOf(FIRST_WORD_DATA.encodings[id], i);
			expect([...shown.ids], JSON.stringify(text)).toEqual(await reference(text));
		}
	});
});
