import fc from 'fast-check';
import { get_encoding } from 'tiktoken';
import { afterAll, describe, expect, it } from 'vitest';
import { multilingualText } from '../../tests/support/arbitrary-text';
import { loadNative, nativeLibrary as native } from '../../tests/support/native-library';
import { HUGGING_FACE } from '../../tests/support/native-tokenizers';
import { PACKED_IDS, packedTokenizer } from '../../tests/support/packed-tokenizers';
import { sized } from '../../tests/support/size';
import { extend, type Tokenizer } from './tokenizer';

const PIPELINES = ['cl100k_base', 'llama3', 'llama2', 'gemma3'];
const TEXTS = [
	'',
	'naïve 🤖 strawberry',
	'a  b\n\n<|endoftext|>',
	'भाषा मॉडल 👩‍🚀🇹🇷',
	'<s>x</s> \ud800'
];
const packaged = (id: string): Tokenizer => extend(packedTokenizer(id));

describe('count', () => {
	it.each(PACKED_IDS)('is the number of ids: %s', (id) => {
		const tokenizer = packaged(id);
		fc.assert(
			fc.property(
				multilingualText,
				fc.constantFrom('text' as const, 'parse' as const),
				fc.boolean(),
				(text, special, addSpecialTokens) => {
					const options = { special, addSpecialTokens };
					expect(tokenizer.count(text, options)).toBe(tokenizer.encode(text, options).ids.length);
				}
			),
			{ numRuns: sized(20, 500), examples: TEXTS.map((text) => [text, 'parse', true]) }
		);
	});

	it('takes UTF-8, as encode does', () => {
		const text = 'naïve 🤖';
		const bytes = new TextEncoder().encode(text);
		expect(packaged('gpt2').count(bytes)).toBe(packaged('gpt2').count(text));
	});
});

describe('isWithinTokenLimit', () => {
	it('gives the number of tokens, or false beyond the limit', () => {
		const tokenizer = packaged('cl100k_base');
		const encoding = get_encoding('cl100k_base');
		const { length } = encoding.encode('naïve 🤖 strawberry');
		encoding.free();
		expect(tokenizer.isWithinTokenLimit('naïve 🤖 strawberry', length)).toBe(length);
		expect(tokenizer.isWithinTokenLimit('naïve 🤖 strawberry', length - 1)).toBe(false);
		expect(tokenizer.isWithinTokenLimit('', 0)).toBe(0);
	});
});

describe('truncate', () => {
	const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

	it.each(PIPELINES)('gives whole characters from the start, within the limit: %s', (id) => {
		const tokenizer = packaged(id);
		fc.assert(
			fc.property(multilingualText, fc.nat({ max: 12 }), fc.boolean(), (text, limit, added) => {
				const options = { addSpecialTokens: added };
				const cut = tokenizer.truncate(text, limit, options);
				expect(text.startsWith(cut)).toBe(true);
				expect(graphemes.segment(text).containing(cut.length)?.index ?? cut.length).toBe(
					cut.length
				);
				const least = added ? tokenizer.count('', options) : 0;
				expect(tokenizer.count(cut, options)).toBeLessThanOrEqual(Math.max(limit, least));
				if (tokenizer.count(text, options) <= limit) expect(cut).toBe(text);
			}),
			{ numRuns: sized(50, 1000) }
		);
	});

	it.each([
		// In cl100k_base, 🤖 is three tokens after the space: 11410 97 244 (tiktoken).
		['naïve 🤖', 5, 'naïve '],
		['naïve 🤖', 6, 'naïve 🤖'],
		['naïve 🤖', 1, 'na'],
		['naïve 🤖', 0, ''],
		// Each flag is six tokens.
		['🇹🇷🇫🇮', 5, ''],
		['🇹🇷🇫🇮', 11, '🇹🇷'],
		['one two three', 2, 'one two']
	])('%j to %i tokens', (text, limit, expected) => {
		expect(packaged('cl100k_base').truncate(text, limit)).toBe(expected);
	});
});

describe('encodeBatch', () => {
	it.runIf(native).each(['llama3', 'gpt-neox', 'llama2'])(
		'equals the native library: %s',
		async (id) => {
			const reference = loadNative(HUGGING_FACE[id]());
			const tokenizer = packaged(id);
			const padId = 2;
			const texts = TEXTS.map((text) => text.toWellFormed());
			for (const truncation of [undefined, 3, 6]) {
				for (const padding of [undefined, 'longest', 8] as const) {
					for (const padSide of ['left', 'right'] as const) {
						if (truncation === undefined) reference.disableTruncation();
						else reference.setTruncation(truncation);
						if (padding === undefined) reference.disablePadding();
						else
							reference.setPadding({
								padId,
								padToken: 'x',
								direction: padSide,
								...(typeof padding === 'number' && { maxLength: padding })
							});
						const expected = await reference.encodeBatch(texts);
						const options = { special: 'parse', addSpecialTokens: true } as const;
						const { ids, attentionMask } = tokenizer.encodeBatch(texts, {
							...options,
							...{ truncation, padding, padId, padSide }
						});
						expect(ids.map((row) => [...row])).toEqual(expected.map((row) => row.getIds()));
						expect(attentionMask.map((row) => [...row])).toEqual(
							expected.map((row) => row.getAttentionMask())
						);
					}
				}
			}
		}
	);

	it('needs the id of a padding token for padding', () => {
		const tokenizer = packaged('gpt2');
		for (const padId of [undefined, -1, 50257, 'x'])
			expect(() => tokenizer.encodeBatch(['a'], { padding: 4, padId } as never)).toThrow(
				/^(?:padId|id): got .*, expected/
			);
	});
});

describe('special tokens per call', () => {
	const text = 'a<|endoftext|>b<|fim_prefix|>c<|endofprompt|>';
	const encoding = get_encoding('cl100k_base');
	afterAll(() => encoding.free());

	it.each<[allowed: 'all' | string[]]>([
		['all'],
		[[]],
		[['<|endoftext|>']],
		[['<|fim_prefix|>', '<|endofprompt|>']]
	])('allowed: %j, as in tiktoken', (allowed) => {
		const tokenizer = packaged('cl100k_base');
		const expected = [...encoding.encode(text, allowed, [])];
		expect(tokenizer.encodeToArray(text, { allowedSpecial: allowed })).toEqual(expected);
		expect(tokenizer.count(text, { allowedSpecial: allowed })).toBe(expected.length);
	});

	it.each<[disallowed: 'all' | string[], allowed: 'all' | string[] | undefined, at: number | null]>(
		[
			['all', undefined, 1],
			['all', ['<|endoftext|>'], 15],
			['all', 'all', null],
			[['<|endofprompt|>'], undefined, 30],
			[['<|fim_suffix|>'], undefined, null],
			[[], undefined, null]
		]
	)('disallowed: %j with %j', (disallowedSpecial, allowedSpecial, at) => {
		const tokenizer = packaged('cl100k_base');
		const encode = () => tokenizer.encode(text, { disallowedSpecial, allowedSpecial });
		if (at === null) expect(encode).not.toThrow();
		else expect(encode).toThrow(`at byte ${at}, expected none that disallowedSpecial lists`);
		// tiktoken rejects the same texts.
		const theirs = () => encoding.encode(text, allowedSpecial ?? [], disallowedSpecial);
		if (at === null) expect(theirs).not.toThrow();
		else expect(theirs).toThrow();
	});
});

describe('tokens by string', () => {
	it.runIf(native).each(['llama3', 'gpt-neox', 'llama2', 'gemma3'])(
		'equal the native library: %s',
		(id) => {
			const reference = loadNative(HUGGING_FACE[id]());
			const tokenizer = packaged(id);
			for (let token = 0; token < tokenizer.vocabularySize; token += sized(97, 1)) {
				const string = reference.idToToken(token) ?? undefined;
				expect(tokenizer.idToToken(token)).toBe(string);
				if (string !== undefined)
					expect(tokenizer.tokenToId(string)).toBe(reference.tokenToId(string) ?? undefined);
			}
			for (const string of ['', 'no such token', ' ', '\ufffd'])
				expect(tokenizer.tokenToId(string)).toBe(
					reference.tokenToId(string.toWellFormed()) ?? undefined
				);
		}
	);

	it('takes bytes, too', () => {
		const tokenizer = packaged('cl100k_base');
		expect(tokenizer.tokenToId(new TextEncoder().encode(' strawberry'))).toBe(73700);
		// tiktoken: get_encoding("cl100k_base").encode_single_token(b"\xff")
		expect(tokenizer.tokenToId(Uint8Array.of(0xff))).toBe(187);
		expect(tokenizer.idToToken(1_000_000)).toBeUndefined();
		expect(tokenizer.idToToken(-1)).toBeUndefined();
		expect(tokenizer.idToToken(0.5)).toBeUndefined();
	});
});

describe('encodeStream', () => {
	const collect = async (stream: AsyncIterable<Uint32Array>) => {
		const ids: number[] = [];
		for await (const part of stream) ids.push(...part);
		return ids;
	};
	const long = 'The quick brown fox — नमस्ते दुनिया.\n'.repeat(20_000);

	it.each(PIPELINES)('gives the ids of the whole text: %s', async (id) => {
		const tokenizer = packaged(id);
		await fc.assert(
			fc.asyncProperty(
				multilingualText,
				fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 8 }),
				fc.boolean(),
				async (text, sizes, isUtf8) => {
					const whole = isUtf8 ? new TextEncoder().encode(text) : text;
					const parts: (string | Uint8Array)[] = [];
					for (let at = 0, i = 0; at < whole.length; i++) {
						const end = at + sizes[i % sizes.length];
						parts.push(whole.slice(at, end));
						at = end;
					}
					expect(await collect(tokenizer.encodeStream(parts))).toEqual(
						tokenizer.encodeToArray(text)
					);
				}
			),
			{ numRuns: sized(30, 300) }
		);
		const parts = Array.from({ length: Math.ceil(long.length / 7001) }, (_, i) =>
			long.slice(i * 7001, (i + 1) * 7001)
		);
		expect(await collect(tokenizer.encodeStream(parts))).toEqual(tokenizer.encodeToArray(long));
	});

	it('yields before the end', async () => {
		const stream = packaged('cl100k_base').encodeStream([long, long]);
		expect((await stream.next()).value?.length).toBeGreaterThan(1000);
		await stream.return();
	});

	it('names the byte that is not UTF-8', async () => {
		const parts = [new TextEncoder().encode('ab'), Uint8Array.of(0x63, 0xff)];
		await expect(collect(packaged('gpt2').encodeStream(parts))).rejects.toThrow(
			'not UTF-8 at byte 3 (0xFF)'
		);
	});
});
