import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { nativeLibrary as native } from '../support/native-library';
import { HUGGING_FACE, TIKTOKEN_RANKS } from '../support/native-tokenizers';
import { packedTokenizer } from '../support/packed-tokenizers';

const require = createRequire(import.meta.url);

/** Ids that have a token, in order. */
function idsOf(tokenizer: ReturnType<typeof packedTokenizer>): number[] {
	return Array.from({ length: tokenizer.vocabularySize }, (_, id) => id).filter((id) => {
		try {
			tokenizer.tokenBytes(id);
			return true;
		} catch {
			return false;
		}
	});
}

describe.each(Object.keys(TIKTOKEN_RANKS))('every token of %s', (id) => {
	it('has the bytes and the encoding of native tiktoken', () => {
		const { Tiktoken } = require('tiktoken');
		const { bpe_ranks, special_tokens, pat_str } = TIKTOKEN_RANKS[id]();
		const reference = new Tiktoken(bpe_ranks, special_tokens, pat_str);
		const ours = packedTokenizer(id);
		let unreachable = 0;
		let expectedUnreachable = 0;
		for (const token of idsOf(ours)) {
			const bytes = ours.tokenBytes(token);
			const expected: Uint8Array = reference.decode_single_token_bytes(token);
			if (Buffer.compare(bytes, expected) !== 0) expect([...bytes]).toEqual([...expected]);
			const text = ours.decode([token]);
			const encoded = ours.encode(text).ids;
			if (encoded.length !== 1 || encoded[0] !== token) unreachable++;
			const input = id === 'claude-legacy' ? text.normalize('NFKC') : text;
			const there: Uint32Array = reference.encode_ordinary(input);
			if (there.length !== 1 || there[0] !== token) expectedUnreachable++;
			if (encoded.join() !== there.join()) expect([...encoded], text).toEqual([...there]);
		}
		expect(unreachable).toBe(expectedUnreachable);
		console.log(`${id}: ${unreachable} tokens fail the self-encode check`);
		reference.free();
	});
});

describe.skipIf(!native).each(Object.keys(HUGGING_FACE))('every token of %s', (id) => {
	it('decodes and encodes as in the native library', async () => {
		if (!native) return;
		const ours = packedTokenizer(id);
		const reference = native.Tokenizer.fromString(JSON.stringify(HUGGING_FACE[id]()));
		const ids = idsOf(ours);
		expect(Object.keys(reference.getVocab(true)).length).toBe(ids.length);
		const rows = ids.map((token) => [token]);
		const texts = await reference.decodeBatch(rows, false);
		const skipped = await reference.decodeBatch(rows, true);
		const encodings = await reference.encodeBatch(texts, { addSpecialTokens: false });
		let unreachable = 0;
		let expectedUnreachable = 0;
		ids.forEach((token, i) => {
			const text = ours.decode([token]);
			if (text !== texts[i]) expect(text, `token ${token}`).toBe(texts[i]);
			const without = ours.decode([token], { skipSpecial: true });
			if (without !== skipped[i]) expect(without, `token ${token}`).toBe(skipped[i]);
			const encoded = ours.encode(text, { special: 'parse' }).ids;
			const there = encodings[i].getIds();
			if (encoded.join() !== there.join()) expect([...encoded], text).toEqual(there);
			if (encoded.length !== 1 || encoded[0] !== token) unreachable++;
			if (there.length !== 1 || there[0] !== token) expectedUnreachable++;
		});
		expect(unreachable).toBe(expectedUnreachable);
		console.log(`${id}: ${unreachable} tokens fail the self-encode check`);
	});
});
