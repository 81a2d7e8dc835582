import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { packedTokenizer } from '../../../../tests/support/packed-tokenizers';
import { Measurer } from '../../languages/measure';
import { ownText } from '../../languages/own-text';
import { EDITION, keyOfTokenizer, measureKey } from './measure-key';

const texts = '/_app/immutable/assets/all.b_YRK6ne.bin';
const vocabulary = '/lab/_app/immutable/assets/gpt2.Xm874qzK.bin';

it('names the texts and the vocabulary by the hashes of their files', async () => {
	const key = await measureKey({ vocabulary, texts, file: undefined });
	expect(key).toBe(`${EDITION} all.b_YRK6ne.bin gpt2.Xm874qzK.bin`);
});

it('names a tokenizer of one’s own by the hash of all that is in it, not by its id', async () => {
	const key = (file: Uint8Array) => measureKey({ vocabulary: undefined, texts, file });
	const hash = createHash('sha256').update('spec').digest('hex');
	expect(await key(new TextEncoder().encode('spec'))).toBe(`${EDITION} all.b_YRK6ne.bin ${hash}`);
	expect(await key(new TextEncoder().encode('spec2'))).not.toContain(hash);
});

it('has no key where names have no hash, or nothing is known of the tokenizer', async () => {
	// As the development server, and these tests, have them.
	expect(await keyOfTokenizer('gpt2', undefined)).toBeNull();
	expect(await measureKey({ vocabulary, texts: '/all.bin', file: undefined })).toBeNull();
	expect(await measureKey({ vocabulary: undefined, texts, file: undefined })).toBeNull();
});

it('means the same under one edition', () => {
	const tokenizer = packedTokenizer('gpt2');
	const text = 'Zoë’s fine house – één 😀';
	const measure = new Measurer(tokenizer).measure(ownText(text), tokenizer.encode(text));
	// Z, o, ë, two bytes of ’ and its third, s, fine, house, –, é, én, three bytes of 😀 and its fourth.
	// What is counted otherwise is another edition: raise it, then write its measure here.
	expect([EDITION, measure]).toEqual([
		1,
		{
			tokens: 13,
			bytes: 34,
			chars: 24,
			words: 4,
			oneTokenWords: 2,
			fallbackBytes: 2,
			droppedBytes: 0
		}
	]);
});
