import { expect, it } from 'vitest';
import { packedSpec } from '../../../../tests/support/packed-tokenizers';
import { addedToken } from '../../../../tests/support/spec-parts';
import type { TokenizerSpec } from '../spec';
import { writeCharsmap } from '../../../tools/charsmap.mjs';
import { encodeBase64 } from './base64';
import { EXTRAS } from './all-extras';
import { ABSENT_EXTRAS, type Extras, withExtras } from './extras';
import { createTokenizer } from '../pipeline/create-tokenizer';
import { buildTokenizer } from '../pipeline/tokenizer';

const TEXT = "It's 12 words,\nВ двух строках: ½ “ß”… 한국어 <end>";
const base = packedSpec('gpt2');
const END = addedToken(50_257, '<end>', { single_word: true, special: false });

it.each<[string, Partial<TokenizerSpec>]>([
	[
		'a pattern without a scanner',
		{
			pre_tokenizer: {
				type: 'Split',
				pattern: { Regex: '\\w+|\\W' },
				behavior: 'Isolated',
				invert: false
			}
		}
	],
	['Whitespace', { pre_tokenizer: { type: 'Whitespace' } }],
	['Lowercase', { normalizer: { type: 'Lowercase' } }],
	[
		'Precompiled',
		{
			normalizer: {
				type: 'Precompiled',
				precompiled_charsmap: encodeBase64(writeCharsmap([['½', '1/2']]))
			}
		}
	],
	['UnicodeScripts', { pre_tokenizer: { type: 'UnicodeScripts' } }],
	[
		'a normalizer with a pattern',
		{ normalizer: { type: 'Replace', pattern: { Regex: '\\d+' }, content: '0' } }
	],
	[
		'a decoder with a pattern',
		{ decoder: { type: 'Replace', pattern: { Regex: '\\s' }, content: '_' } }
	],
	['an added token that is a single word', { added_tokens: [END] }]
])('loads them for %s', async (_, change) => {
	const spec = { ...base, ...change };
	const used: Extras[] = [];
	const built = await withExtras((extras) => {
		used.push(extras);
		return buildTokenizer(spec, extras);
	});
	expect(used.map((extras) => extras === EXTRAS)).toEqual([false, true]);
	const expected = createTokenizer(spec).encode(TEXT);
	expect(built.encode(TEXT)).toEqual(expected);
	expect(built.decode(expected.ids)).toBe(createTokenizer(spec).decode(expected.ids));
});

// A page with one of these tokenizers loads neither regular expressions nor their tables.
it.each(['cl100k_base', 'qwen3', 'llama2', 'gemma3'])('loads none for %s', (id) => {
	const built = buildTokenizer(packedSpec(id), ABSENT_EXTRAS);
	expect(built.encode(TEXT)).toEqual(createTokenizer(packedSpec(id)).encode(TEXT));
});

it('passes on why a tokenizer cannot be built', async () => {
	const pattern = { Regex: '(a)\\1' };
	const normalizer = { type: 'Replace', pattern, content: '' } as const;
	const built = withExtras((extras) => buildTokenizer({ ...base, normalizer }, extras));
	await expect(built).rejects.toThrow(/^regular expression/);
});
