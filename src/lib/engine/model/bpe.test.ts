import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sized } from '../../../../tests/support/size';
import { FALLBACK_BYTES, mergesAmong, vocabOf } from '../../../../tests/support/spec-parts';
import { TokenKind } from '../encoding';
import type { BpeModelSpec } from '../spec';
import { IntBuffer } from '../structures/arrays';
import { listOfPairs } from '../structures/merge-list';
import { buildVocabulary } from '../structures/vocabulary';
import { BpeModel, MAX_UNSPLIT_BYTES } from './bpe';
import { mergeTrees, type MergeNode } from './merge-tree';
import { TokenBuffers } from './types';

const { Tokenizer } = createRequire(import.meta.url)('tokenizers');
const utf8 = (text: string) => new TextEncoder().encode(text);

/** Encodes one pre-token: ids, ends in the pre-token, kinds. */
function encode(model: BpeModel, pretoken: Uint8Array) {
	// The pre-token is in the middle of a buffer, after another one.
	const bytes = Uint8Array.of(0x61, ...pretoken, 0x61);
	const pretokenEnds = new IntBuffer(2);
	pretokenEnds.push(1 + pretoken.length);
	const [ids, ends, kinds, dropped] = Array.from({ length: 4 }, () => new IntBuffer(1));
	model.prepareFor(bytes.length);
	model.encodePretokens(bytes, 1, pretokenEnds, 0, 1, new TokenBuffers(ids, ends, kinds, dropped));
	return {
		ids: [...ids.toArray()],
		ends: Array.from(ends.toArray(), (end) => end - 1),
		kinds: [...kinds.toArray()]
	};
}

/** tiktoken's `_byte_pair_merge` and Hugging Face's `merge_all` in their simplest form. */
function mergePlainly(
	symbols: string[],
	rankOf: (left: string, right: string) => number
): string[] {
	for (;;) {
		let best = Infinity;
		let at = -1;
		for (let i = 0; i + 1 < symbols.length; i++) {
			const rank = rankOf(symbols[i], symbols[i + 1]);
			if (rank < best) [best, at] = [rank, i];
		}
		if (at < 0) return symbols;
		symbols.splice(at, 2, symbols[at] + symbols[at + 1]);
	}
}

const PLAIN: Omit<BpeModelSpec, 'vocabulary'> = {
	type: 'BPE',
	byte_level: true,
	merges: null,
	unk_token: null,
	fuse_unk: false,
	byte_fallback: false,
	ignore_merges: false
};

/** Random strings of up to six letters from an alphabet of three, in an order that training would never produce. */
const anyVocabulary = fc
	.uniqueArray(fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 2, maxLength: 6 }), {
		maxLength: 60
	})
	.map((tokens) => ['c', 'a', 'b', ...tokens]);

const longText = fc.oneof(
	fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 400 }),
	fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 70 }),
	fc
		.tuple(
			fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 5 }),
			fc.nat(150)
		)
		.map(([unit, times]) => unit.repeat(times))
);

/** A vocabulary with merges of its tokens in any order; all products are entries. */
const anyMerges = anyVocabulary.chain((tokens) =>
	fc.shuffledSubarray(mergesAmong(tokens)).map((merges) => ({ tokens, merges }))
);

/** Writes bytes as a string with one letter each. */
const letters = (bytes: Uint8Array) => String.fromCharCode(...bytes);
const bytesOf = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const EVERY_BYTE = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte));

/** UTF-8 of text in several scripts, sometimes without its first or last byte. */
const anyBytes = fc
	.tuple(
		fc.string({
			unit: fc.constantFrom('a', ' ', 'é', '中', '文', '中文 ', 'か', '😀'),
			maxLength: 30
		}),
		fc.nat(3),
		fc.nat(3)
	)
	.map(([text, first, last]) =>
		letters(utf8(text)).slice(first === 0 ? 1 : 0, last === 0 ? -1 : undefined)
	);

/**
 * Characters and strings of them, the first two bytes of each, and bytes that join the end of one character to the
 * start of the next.
 */
const CHARACTER_PARTS = ['é', '中', '文', '中文', '文中', '文 ', ' 文', 'é中'].flatMap((text) => {
	const whole = letters(utf8(text));
	return [whole, whole.slice(0, 2), ...(text === '中文' ? [whole.slice(2, 4)] : [])];
});

/** A vocabulary of all bytes and of byte strings that may start and end within characters, in any order. */
const byteMerges = fc
	.tuple(
		fc.array(fc.tuple(anyBytes, fc.nat(40), fc.integer({ min: 2, max: 9 })), { maxLength: 40 }),
		fc.shuffledSubarray(CHARACTER_PARTS, { minLength: 9 })
	)
	.map(([slices, parts]) => {
		const sliced = slices.map(([text, from, length]) => text.slice(from, from + length));
		const all = [...parts, ...sliced].filter((token) => token.length > 1);
		const tokens = [...new Set([...EVERY_BYTE, ...all])];
		const merges = tokens.flatMap((token) =>
			[1, token.length - 1]
				.map((at) => [token.slice(0, at), token.slice(at)])
				.filter((pair) => pair.every((part) => tokens.includes(part)))
		);
		return { tokens, merges };
	});

describe.each(['rank', 'pairs'])('merging by %s', (by) => {
	it.each([
		['short and long pre-tokens', anyMerges, longText, '', 1500],
		// Enough bytes for later pre-tokens to be split.
		[
			'parts in several scripts',
			byteMerges,
			anyBytes,
			'文か中'.repeat(MAX_UNSPLIT_BYTES / 9 + 1),
			400
		]
	] as const)('equals the simple algorithm on %s', (_, anyTokens, anyText, first, numRuns) => {
		fc.assert(
			fc.property(
				anyTokens,
				fc.boolean(),
				fc.array(anyText),
				({ tokens, merges }, ignore, texts) => {
					const ids = new Map(tokens.map((token, id) => [token, id]));
					const ranks = new Map(merges.map(([left, right], rank) => [`${left}|${right}`, rank]));
					const pairs = Uint32Array.from(merges.flat(), (token) => ids.get(token) ?? 0);
					const model = new BpeModel({
						...PLAIN,
						vocabulary: buildVocabulary(tokens.map(bytesOf)),
						merges: by === 'pairs' ? listOfPairs(pairs) : null,
						ignore_merges: ignore
					});
					const rankOf = (a: string, b: string) =>
						(by === 'pairs' ? ranks.get(`${a}|${b}`) : ids.get(a + b)) ?? Infinity;
					if (first !== '') encode(model, utf8(first));
					for (const text of [...texts, ...texts]) {
						const isWhole = (ignore || by === 'rank') && ids.has(text);
						const expected = isWhole ? [text] : mergePlainly([...text], rankOf);
						const { ids: got, ends } = encode(model, bytesOf(text));
						expect(got.map((id) => tokens[id])).toEqual(expected);
						expect(ends.at(-1) ?? 0).toBe(text.length);
					}
				}
			),
			{ numRuns: sized(numRuns / 10, numRuns) }
		);
	});
});

describe('merging', () => {
	it('refuses a byte without a token', () => {
		const model = new BpeModel({ ...PLAIN, vocabulary: buildVocabulary([utf8('a')]) });
		expect(() => encode(model, utf8('ab'))).toThrow('the bytes 62 have no token');
	});

	it('uses the last of two equal merges, as Hugging Face does', () => {
		const vocabulary = buildVocabulary(['a', 'b', 'ab', 'ba'].map(utf8));
		const merges = listOfPairs(Uint32Array.of(0, 1, 1, 0, 0, 1));
		expect(encode(new BpeModel({ ...PLAIN, vocabulary, merges }), utf8('aba')).ids).toEqual([0, 3]);
	});

	it('refuses merges that are not pairs of tokens, and those without a product', () => {
		const vocabulary = buildVocabulary(['a', 'b', 'ab'].map(utf8));
		const withMerges = (...ids: number[]) =>
			new BpeModel({ ...PLAIN, vocabulary, merges: listOfPairs(Uint32Array.from(ids)) });
		expect(() => withMerges(0, 3)).toThrow('merge 0: got tokens 0 and 3');
		expect(() => withMerges(0, 1, 2)).toThrow('got 3 ids, expected two for each merge');
		expect(() => new BpeModel({ ...PLAIN, vocabulary, byte_level: false })).toThrow('got null');
		expect(() => encode(withMerges(1, 0), utf8('ba'))).toThrow('merge 0 (tokens 1 and 0)');
	});
});

describe('the cache of pre-tokens', () => {
	it('gives the same ids after it was full, and for what it kept', () => {
		const tokens = ['a', 'b', 'c', 'ab', 'bc', 'abc', 'cab'];
		const vocabulary = buildVocabulary(tokens.map(utf8));
		const model = new BpeModel({ ...PLAIN, vocabulary });
		// More distinct pre-tokens than the cache can hold, with up to fourteen letters, so that some keys don't fit in
		// slots.
		const pretokens = Array.from({ length: 300_000 }, (_, i) =>
			(i * 7 + 1).toString(3).replace(/./g, (digit) => 'abc'[Number(digit)])
		);
		const bytes = utf8(pretokens.join(''));
		const ends = new IntBuffer();
		let end = 0;
		for (const pretoken of pretokens) ends.push((end += pretoken.length));
		const run = (encoder: BpeModel) => {
			const [ids, tokenEnds, dropped] = [new IntBuffer(), new IntBuffer(), new IntBuffer()];
			const buffers = new TokenBuffers(ids, tokenEnds, null, dropped);
			encoder.encodePretokens(bytes, 0, ends, 0, pretokens.length, buffers);
			return [ids.toArray(), tokenEnds.toArray()] as const;
		};
		const first = run(model);
		const second = run(model);
		const same = (a: Uint32Array, b: Uint32Array) =>
			a.length === b.length && a.every((value, i) => value === b[i]);
		expect([same(first[0], second[0]), same(first[1], second[1])]).toEqual([true, true]);
		// Encodes some of the pre-tokens with an empty cache.
		let at = 0;
		pretokens.forEach((pretoken, i) => {
			if (i % 3000 !== 0) return;
			const alone = encode(new BpeModel({ ...PLAIN, vocabulary }), utf8(pretoken));
			const from = i === 0 ? 0 : ends.data[i - 1];
			while ((at === 0 ? 0 : first[1][at - 1]) < from) at++;
			expect([...first[0].subarray(at, at + alone.ids.length)]).toEqual(alone.ids);
		});
	});
});

describe('characters and fallback', () => {
	const CHARACTERS = '▁ a b é 中 😀 ▁a ab ▁ab >▁b ▁▁ é中 > >▁'.split(' ');
	const MERGES = ['▁ a', 'a b', '▁a b', '▁ ab', '▁ ▁', 'é 中', '> ▁', '>▁ b'];
	const textOf = fc.string({
		unit: fc.constantFrom(...'▁▁▁aabbé中😀>xyñ文🎉\n\0'),
		maxLength: 200
	});

	it.each([
		{ bytes: FALLBACK_BYTES, unknown: '<unk>', fuse: true },
		{ bytes: FALLBACK_BYTES, unknown: null, fuse: false },
		{ bytes: [...FALLBACK_BYTES, '<0xF0><0x9F>'], unknown: null, fuse: false },
		{ bytes: FALLBACK_BYTES.slice(0, 0xe0), unknown: '<unk>', fuse: true },
		{ bytes: FALLBACK_BYTES.slice(0, 0xe0), unknown: '<unk>', fuse: false },
		{ bytes: [], unknown: '<unk>', fuse: true },
		{ bytes: [], unknown: '<unk>', fuse: false },
		{ bytes: [], unknown: null, fuse: false }
	])(
		'equals Hugging Face: $unknown, fuse $fuse, bytes $bytes.length',
		async ({ bytes, unknown, fuse }) => {
			const tokens = ['<unk>', ...bytes, ...CHARACTERS];
			const ids = new Map(tokens.map((token, id) => [token, id]));
			const merges = bytes.length > 256 ? [...MERGES, '<0xF0> <0x9F>'] : MERGES;
			const settings = { unk_token: unknown, fuse_unk: fuse, byte_fallback: bytes.length > 0 };
			const native = Tokenizer.fromString(
				JSON.stringify({
					version: '1.0',
					added_tokens: [],
					model: { type: 'BPE', ...settings, vocab: vocabOf(tokens), merges }
				})
			);
			const model = new BpeModel({
				...PLAIN,
				...settings,
				byte_level: false,
				vocabulary: buildVocabulary(tokens.map(utf8)),
				merges: listOfPairs(
					Uint32Array.from(
						merges.flatMap((merge) => merge.split(' ')),
						(token) => ids.get(token) ?? 0
					)
				)
			});
			// The first texts are merged whole, later ones in parts.
			await fc.assert(
				fc.asyncProperty(textOf, async (text) => {
					const expected = (await native.encode(text)).getIds();
					const got = encode(model, utf8(text));
					expect(got.ids).toEqual(expected);
					for (const [i, id] of got.ids.entries()) {
						const kind =
							tokens[id] === '<unk>'
								? TokenKind.unknown
								: /^<0x..>$/.test(tokens[id])
									? TokenKind.byteFallback
									: TokenKind.ordinary;
						expect(got.kinds[i]).toBe(kind);
					}
				}),
				{ numRuns: sized(300, 1000) }
			);
		}
	);
});

describe('tracePretoken and mergeTrees', () => {
	/**
	 * Returns ids and ends of the initial symbols below a node, and checks that each node covers exactly its children.
	 */
	const leaves = ({ id, start, end, merge }: MergeNode): number[][] => {
		if (!merge) return [[id, end]];
		const { left, right } = merge;
		expect([left.start, left.end, right.end]).toEqual([start, right.start, end]);
		return [...leaves(left), ...leaves(right)];
	};

	it('ends with the encoding, and each merge joins two adjacent symbols', () => {
		fc.assert(
			fc.property(anyMerges, fc.boolean(), longText, ({ tokens, merges }, ignore, text) => {
				const ids = new Map(tokens.map((token, id) => [token, id]));
				const pairs = Uint32Array.from(merges.flat(), (token) => ids.get(token) ?? 0);
				const vocabulary = buildVocabulary(tokens.map(utf8));
				const model = new BpeModel({
					...PLAIN,
					vocabulary,
					merges: listOfPairs(pairs),
					ignore_merges: ignore
				});
				const trace = model.tracePretoken(utf8(text));
				const state = Array.from(trace.initialIds, (id, i) => ({ id, end: trace.initialEnds[i] }));
				trace.ranks.forEach((rank, i) => {
					const position = trace.positions[i];
					const at = position === 0 ? 0 : 1 + state.findIndex(({ end }) => end === position);
					expect([state[at].id, state[at + 1].id]).toEqual([trace.lefts[i], trace.rights[i]]);
					expect([pairs[2 * rank], pairs[2 * rank + 1]]).toEqual([trace.lefts[i], trace.rights[i]]);
					expect(model.mergeRank(trace.lefts[i], trace.rights[i])).toBe(rank);
					state.splice(at, 2, { id: trace.products[i], end: state[at + 1].end });
				});
				// No merge joins the remaining tokens.
				for (let i = 1; i < state.length; i++) {
					expect(model.mergeRank(state[i - 1].id, state[i].id)).toBe(-1);
				}
				const encoded = encode(model, utf8(text));
				expect(state.map(({ id }) => id)).toEqual(encoded.ids);
				expect(state.map(({ end }) => end)).toEqual(encoded.ends);

				const trees = mergeTrees(model, utf8(text));
				expect(trees.map(({ id }) => id)).toEqual(encoded.ids);
				expect(trees.flatMap(leaves)).toEqual(
					Array.from(trace.initialIds, (id, i) => [id, trace.initialEnds[i]])
				);
			})
		);
	});

	it('finds the rank of two adjacent tokens by their bytes if ids are ranks', () => {
		const vocabulary = buildVocabulary(['a', 'b', 'c', 'ab', 'abc'].map(utf8));
		const model = new BpeModel({ ...PLAIN, vocabulary, merges: null });
		expect([model.mergeRank(0, 1), model.mergeRank(3, 2), model.mergeRank(1, 2)]).toEqual([
			3, 4, -1
		]);
	});

	it('shows a token that merging does not lead to as one symbol', () => {
		const vocabulary = buildVocabulary(['a', 'b', 'c', 'abc'].map(utf8));
		const trace = new BpeModel({ ...PLAIN, vocabulary }).tracePretoken(utf8('abc'));
		expect(trace).toMatchObject({ whole: true, initialIds: Uint32Array.of(3) });
		expect(trace.ranks).toHaveLength(0);
	});
});
