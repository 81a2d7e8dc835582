import { expect, it } from 'vitest';
import { packedFile, packedSpec } from '../../../../tests/support/packed-tokenizers';
import { serve } from '../../../../tests/support/serve';
import { createTokenizer, parseTokenizerJson } from '../../engine';
import { gunzipSync } from 'node:zlib';
import { decodeUtf8 } from '../../engine/text';
import type { TokenizerFormat } from '../../tokenizers/files/write';

/** Calls answered by a worker that has the built-in tokenizers. */
function connect() {
	const asked: string[] = [];
	const { call, send } = serve((id) => {
		asked.push(id);
		return Promise.resolve(packedSpec(id));
	});
	const write = (format: TokenizerFormat, choice: { tokenizer: string; savedFile?: Uint8Array }) =>
		call('writeTokenizer', { ...choice, format });
	return { asked, write, send };
}

const namesOf = ({ files }: { readonly files: readonly { readonly name: string }[] }) =>
	files.map(({ name }) => name);

it('names what each format cannot hold, and gives the files in the same answer', async () => {
	const { write } = connect();
	const choice = { tokenizer: 'cl100k_base' };
	const json = await write('tokenizer.json', choice);
	expect([namesOf(json), json.losses]).toEqual([['tokenizer.json'], []]);
	// Its ranks match a built-in tokenizer, which supplies the pattern and the special tokens.
	const ranks = await write('tiktoken', choice);
	expect([namesOf(ranks), ranks.losses]).toEqual([['tokenizer.tiktoken'], []]);
	const pair = await write('vocab-merges', choice);
	expect(namesOf(pair)).toEqual(['vocab.json', 'merges.txt']);
	expect(pair.losses).toHaveLength(2);
	expect(pair.losses[0]).toMatch(/^the pattern \//);
});

it('writes a saved tokenizer, and recognises its ranks by those of the catalogue', async () => {
	const { write, asked } = connect();
	const choice = { tokenizer: 'own-1', savedFile: new Uint8Array(gunzipSync(packedFile('gpt2'))) };
	const { files, losses } = await write('tokenizer.json', choice);
	const read = createTokenizer(parseTokenizerJson(JSON.parse(decodeUtf8(files[0].bytes))));
	const text = 'The tokenizer’s ids, 12345 of them.';
	expect(read.encode(text).ids).toEqual(createTokenizer(packedSpec('gpt2')).encode(text).ids);
	expect([losses, asked]).toEqual([[], []]);
	expect((await write('tiktoken', choice)).losses).toEqual([]);
	expect(asked).toEqual(['gpt2']);
});

it('rejects in words if a format cannot express the ids', async () => {
	const { send } = connect();
	const answer = await send('writeTokenizer', { tokenizer: 'llama2', format: 'tiktoken' });
	expect(answer).toMatchObject({
		type: 'error',
		message: expect.stringContaining('expected a byte-level vocabulary') as string
	});
});
