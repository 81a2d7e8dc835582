import { describe, expect, it } from 'vitest';
import { serve } from '../../../../tests/support/serve';
import { TIKTOKEN_RANKS, TOKENIZER_JSON } from '../../../../tests/support/native-tokenizers';
import { packedSpec, packedTokenizer } from '../../../../tests/support/packed-tokenizers';
import { sized } from '../../../../tests/support/size';
import { trainOn } from '../../../../tests/support/training';
import { trainedTokens } from '../../engine/train';
import { decodeUtf8 } from '../../engine/text';
import { describeToken, describeTrained, type TokenTree } from './token-details';

const text = ({ token }: TokenTree) => decodeUtf8(token.bytes);

/** Every 97th id of a vocabulary. */
const sampled = (size: number) => Array.from({ length: Math.floor(size / 97) }, (_, i) => 97 * i);

it('gives tokens of cl100k_base their tiktoken rank, which is the id, as the rank of their last merge', () => {
	const tokenizer = packedTokenizer('cl100k_base');
	const [, , ...ranked] = TIKTOKEN_RANKS.cl100k_base().bpe_ranks.split('\n')[0].split(' ');
	for (const token of sampled(ranked.length)) {
		const { bytes, tree } = describeToken(tokenizer, token);
		expect(btoa(String.fromCharCode(...bytes))).toBe(ranked[token]);
		expect(tree === null ? null : tree.merge).toBe(bytes.length === 1 ? null : token);
	}
});

const LISTED = Object.keys(TOKENIZER_JSON).filter((id) => packedSpec(id).model.merges !== null);

describe.each(sized(LISTED.slice(0, 2), LISTED))('tokens of %s', (id) => {
	it('have the index of their merge in the file', () => {
		const { model } = TOKENIZER_JSON[id]() as {
			model: { vocab: Record<string, number>; merges: (string | [string, string])[] };
		};
		const names = new Map(Object.entries(model.vocab).map(([name, token]) => [token, name]));
		const ranks = new Map(
			model.merges.map((pair, rank) => [Array.isArray(pair) ? pair.join(' ') : pair, rank])
		);
		const tokenizer = packedTokenizer(id);
		let merged = 0;
		for (const token of sampled(Object.keys(model.vocab).length)) {
			if (!names.has(token) || token >= tokenizer.vocabularySize) continue;
			const { tree } = describeToken(tokenizer, token);
			if (!tree?.parts) continue;
			merged++;
			const [left, right] = tree.parts.map((part) => names.get(part.token.id));
			expect(tree.merge, `token ${token}`).toBe(ranks.get(`${left} ${right}`));
			expect(`${left}${right}`).toBe(names.get(token));
		}
		expect(merged).toBeGreaterThan(200);
	});
});

/** Rank and product of each merge in a tree, ordered by rank. */
function mergesOf({ merge, token, parts }: TokenTree): [rank: number, product: number][] {
	const own: [number, number][] = parts ? [[merge ?? 0, token.id]] : [];
	return [...own, ...(parts?.flatMap(mergesOf) ?? [])].sort(([a], [b]) => a - b);
}

it('has the merges that the tokenizer makes', () => {
	const tokenizer = packedTokenizer('llama3');
	for (const word of [' strawberry', ' Australia', ' international', '========']) {
		const ids = [...tokenizer.encode(word).ids];
		expect(ids, word).toHaveLength(1);
		const { tree } = describeToken(tokenizer, ids[0]);
		const [traced] = tokenizer.trace(word);
		if (!tree || traced.kind === 'added') throw new Error('no merges');
		expect(mergesOf(tree)).toEqual(
			Array.from(traced.ranks, (rank, i) => [rank, traced.products[i]]).sort(([a], [b]) => a - b)
		);
	}
});

it('has no tree for a byte, an added token and a token that no merges lead to', () => {
	const gemma = packedTokenizer('gemma3');
	const special = packedSpec('gemma3').added_tokens.find(({ content }) => content === '<bos>');
	expect(describeToken(gemma, special?.id ?? -1).tree).toBeNull();
	expect(describeToken(packedTokenizer('cl100k_base'), 0).tree).toBeNull();
	expect(() => describeToken(gemma, 1e9)).toThrow(RangeError);
});

it('describes a trained token by the numbers of its merges', () => {
	const training = trainOn('abababab', { alphabet: 'bytes', minFrequency: 2 });
	const list = { ...trainedTokens(training), merges: training.merges };
	const { bytes, tree, counts } = describeTrained(list, 257);
	expect([decodeUtf8(bytes), counts, tree?.merge]).toEqual(['abab', 'merge', 2]);
	expect(tree?.parts?.map(text)).toEqual(['ab', 'ab']);
	expect(describeTrained(list, 97)).toMatchObject({ tree: null });
});

it('counts all merges of a token whose tree is truncated', () => {
	// Tokens a, aa, aaa, …: each merge appends an a.
	const merges = 200;
	const list = {
		vocabulary: {
			bytes: new Uint8Array(((merges + 1) * (merges + 2)) / 2).fill(97),
			ends: Uint32Array.from({ length: merges + 1 }, (_, id) => ((id + 1) * (id + 2)) / 2)
		},
		producingMerge: Int32Array.from({ length: merges + 1 }, (_, id) => id - 1),
		merges: Uint32Array.from({ length: 2 * merges }, (_, i) => (i % 2 === 0 ? i / 2 : 0))
	};
	const details = describeTrained(list, merges);
	expect(details.merges).toBe(200);
	expect(details.tree && mergesOf(details.tree)).toHaveLength(63);
	expect(describeTrained(list, 0).merges).toBe(0);
	const tokenizer = packedTokenizer('cl100k_base');
	const [spaces] = tokenizer.encode(' '.repeat(79)).ids;
	expect(describeToken(tokenizer, spaces)).toMatchObject({ merges: 78 });
});

it('is answered by the worker of the tokenizer, with its edits', async () => {
	const { call, send } = serve();
	const { bytes, tree } = await call('describe', { tokenizer: 'gpt2', id: 99 });
	expect([[...bytes], tree]).toEqual([[99], null]);
	const unknown = await send('describe', { tokenizer: 'gpt2', id: 1e9 });
	expect(unknown).toMatchObject({ type: 'error' });
});
