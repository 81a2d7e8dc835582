import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { anyText, multilingualText } from '../../../../tests/support/arbitrary-text';
import { packedSpec } from '../../../../tests/support/packed-tokenizers';
import { below, pick, randomFrom, randomTexts, SEED } from '../../../../tests/support/random-texts';
import { sized } from '../../../../tests/support/size';
import { listOfSplits } from '../formats/packed-merges';
import type { TokenizerSpec } from '../spec';
import { BpeModel } from '../model/bpe';
import { provideCoreCode } from '../model/core';
import { CORE_CODE } from '../model/core-code';
import { SPLIT_ORDERS } from '../structures/merge-list';
import { buildVocabulary } from '../structures/vocabulary';
import { EXTRAS } from '../text/all-extras';
import { encodeUtf8 } from '../text/utf8';
import { createTokenizer } from './create-tokenizer';
import { EncodingBuilder } from './encode';
import { Walk } from './walk';

// Other tests compare the loops in TypeScript with the references, and tests/differential the core as well.

/** Tokenizers of either pattern whose merges are ranks, splits of products, and single merges. */
const IDS = ['o200k_base', 'llama3', 'qwen3', 'cl100k_base', 'qwen3.5'];

provideCoreCode(CORE_CODE);

/** Creates a function that encodes text. The core encodes after a long one. */
function encoderOf(spec: TokenizerSpec, usesCore: boolean) {
	const walk = new Walk(spec, EXTRAS);
	const model = new BpeModel(spec.model);
	const core = vi.spyOn(model, 'encodeText');
	const builder = new EncodingBuilder(model, null, usesCore && walk.isCorePattern);
	const encode = (text: string) => {
		const bytes = encodeUtf8(text);
		const original = { bytes, start: 0, end: bytes.length, origin: null };
		builder.begin(original);
		walk.run(original, 'text', builder);
		return builder.finish();
	};
	encode('a '.repeat(spec.model.vocabulary.ends.length));
	return { encode, core };
}

/** Numbers as bytes, which are compared faster. */
const bytesOf = ({ buffer, byteOffset, byteLength }: Uint32Array) =>
	Buffer.from(buffer, byteOffset, byteLength);

function expectSame(spec: TokenizerSpec, texts: readonly string[]) {
	const [ours, theirs] = [encoderOf(spec, true), encoderOf(spec, false)];
	for (const text of texts) {
		const [encoding, expected] = [ours.encode(text), theirs.encode(text)];
		for (const part of ['ids', 'byteStarts', 'byteEnds'] as const) {
			const isSame = bytesOf(encoding[part]).equals(bytesOf(expected[part]));
			expect(isSame, `${part} of ${JSON.stringify(text.slice(0, 300))}`).toBe(true);
		}
		expect(encoding.droppedBytes).toBe(expected.droppedBytes);
	}
	// The core encoded at least a part of nearly every text that is long enough for it.
	const stops = ours.core.mock.results.map(({ value }) => Number(value));
	const long = texts.filter((text) => text.length >= 64);
	expect(stops.filter((stop) => stop > 0).length).toBeGreaterThan(0.4 * long.length);
}

/** Words of mixed scripts, ASCII on both sides of a register's 16 bytes, any Unicode at all, and words of many bytes. */
const mixedText = fc
	.array(
		fc.oneof(
			multilingualText,
			anyText({ maxLength: 20 }),
			fc
				.tuple(
					fc.constantFrom(' ', "'", '\n', '.', '7', '中', '\ud800'),
					fc.integer({ min: 13, max: 18 })
				)
				.map(([before, length]) => before + 'Abcdefghijklmnopqr'.slice(0, length)),
			fc.string({
				unit: fc.constantFrom(...'的一是不了人我在有他這中大来上国々のをがアイ가나다กาบเที่анивь'),
				maxLength: 120
			})
		),
		{ minLength: 3, maxLength: 12 }
	)
	.map((parts) => parts.join(''));

/** Mixed lines of Chinese, Japanese, Korean, Thai, Hindi, Arabic and Russian, most of them new and some very long. */
function wideTexts(seed: number): string[] {
	const random = randomFrom(seed);
	const scripts = [
		'的一是不了人我在有他',
		'のをがアイ国々ー日本',
		'가나다라마바',
		'กาบเที่ยวน้ำ',
		'कमा्निए',
		'الكتاب',
		'привет'
	];
	const word = () => {
		const letters = [...pick(random, scripts)];
		const other = [...pick(random, scripts), '。', '，', '𠀀', 'x'];
		return Array.from({ length: 1 + below(random, random() < 0.05 ? 400 : 40) }, () =>
			pick(random, random() < 0.9 ? letters : other)
		).join('');
	};
	return Array.from({ length: 2 }, () =>
		Array.from({ length: 1500 }, word).join(' ').normalize('NFC')
	);
}

afterEach(() => vi.unstubAllGlobals());

describe.each(IDS)('the core of %s gives the tokens of the loops in TypeScript', (id) => {
	const spec = packedSpec(id);

	it('on random strings', () => {
		expectSame(spec, [
			...randomTexts(SEED + 1, sized(500, 20_000)),
			...randomTexts(SEED + 2, sized(10, 100), 2000)
		]);
	});

	it('on ASCII around the 16 bytes that it compares at once', () => {
		const random = randomFrom(SEED + 3);
		const kinds = ['a', 'A', '7', ' ', '\n', '.', '/', "'s", "'", '\t', 'é', '中', '́'];
		const text = () =>
			Array.from({ length: 6 }, () => pick(random, kinds).repeat(below(random, 19)));
		expectSame(
			spec,
			Array.from(
				{ length: sized(3000, 100_000) },
				() => text().join('') + ' '.repeat(below(random, 20))
			)
		);
	});

	it('on Chinese, Japanese, Korean and other scripts that it merges from whole characters', () => {
		expectSame(spec, wideTexts(SEED + 9));
	});

	it('on any text, and any text at the end of the memory that it sees at once', () => {
		const [ours, theirs] = [encoderOf(spec, true), encoderOf(spec, false)];
		// More than the core merges as bytes before it prepares for whole characters.
		for (const text of wideTexts(SEED + 10)) ours.encode(text);
		const isSame = (text: string) => {
			const [encoding, expected] = [ours.encode(text), theirs.encode(text)];
			return (['ids', 'byteStarts', 'byteEnds'] as const).every((part) =>
				bytesOf(encoding[part]).equals(bytesOf(expected[part]))
			);
		};
		fc.assert(fc.property(mixedText, isSame), { seed: SEED, numRuns: sized(100, 5000) });
		const atEnd = fc.tuple(mixedText, mixedText, fc.integer({ min: 0, max: 80 }));
		const window = 'ab '.repeat(87_382);
		fc.assert(
			fc.property(atEnd, ([before, after, gap]) =>
				isSame(window.slice(gap + before.length) + before + after)
			),
			{ seed: SEED, numRuns: sized(8, 300) }
		);
	});

	it('in their number', () => {
		const counted = vi.spyOn(BpeModel.prototype, 'countText');
		const tokenizer = createTokenizer(spec);
		const texts = ['a b '.repeat(100_000), `x${' '.repeat(300_000)}\ny`, ...wideTexts(SEED + 11)];
		for (const text of [...texts, ...randomTexts(SEED + 12, 50)])
			expect(tokenizer.count(text)).toBe(tokenizer.encode(text).ids.length);
		expect(counted.mock.results.some(({ value }) => (value as [number, number])[1] > 0)).toBe(true);
		counted.mockRestore();
	});

	it('on words of few letters, in which merges of one product compete', () => {
		const random = randomFrom(SEED + 4);
		const word = (letters: string, length: number) =>
			Array.from({ length }, () => pick(random, [...letters])).join('');
		expectSame(
			spec,
			Array.from({ length: sized(3000, 100_000) }, () =>
				word(
					pick(random, ['ab', 'a-', 'ion', 'ся', '=-', 'a', 'esrt']),
					1 + below(random, random() < 0.8 ? 220 : 900)
				)
			)
		);
	});

	it('on pre-tokens of up to as many bytes as it sees at once', () => {
		const random = randomFrom(SEED + 13);
		const run = (letters: string, bytes: number) =>
			Array.from({ length: bytes / Buffer.byteLength(letters[0]) }, () =>
				pick(random, [...letters])
			).join('');
		const kinds = [
			'a',
			' ',
			'=-',
			'esrtaoinlh',
			'abcdefghijklmnopqrstuvwxyz',
			'они',
			'的一是不了人我'
		];
		const lengths = [...Array.from({ length: sized(8, 200) }, () => below(random, 6000)), 250_000];
		expectSame(
			spec,
			kinds.flatMap((letters) => lengths.map((bytes) => `x ${run(letters, bytes)} y`))
		);
	});

	it('on texts that are longer than the part that it sees at once', () => {
		const random = randomFrom(SEED + 5);
		const parts = randomTexts(SEED + 6, 3000, 40).join('');
		expectSame(spec, [
			parts,
			`${parts}\n${' '.repeat(1000)}`,
			`x${' '.repeat(300_000)}\n${parts}`,
			`${'ab'.repeat(150_000)}'s ${parts}`,
			...[0, 1, 2, 3, 4, 5].map(
				(more) => `${'a b '.repeat(65_535)}${'.'.repeat(more)}\n\n  é's 12345`
			),
			...[0, 1, 2, 3].map((more) => `${'a b '.repeat(65_533)}${'.'.repeat(more)} выражกาบ你好𠀀`),
			Array.from({ length: 400_000 }, () =>
				pick(random, ["'s", ' ', 'ſ', '\n', '/', 'é', '1'])
			).join('')
		]);
	});

	it('when its cache is full', () => {
		const random = randomFrom(SEED + 7);
		const words = () =>
			Array.from({ length: 180_000 }, () => Math.floor(random() * 2 ** 53).toString(26)).join(' ');
		const letters = (text: string) => text.replace(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)]);
		expectSame(
			spec,
			Array.from({ length: sized(1, 4) }, () => letters(words()))
		);
	});
});

it.each(SPLIT_ORDERS)('merges long words by small vocabularies in the order %s', (order) => {
	const { model, ...rest } = packedSpec('llama3');
	const everyByte = Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte));
	const words = fc.uniqueArray(
		fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 2, maxLength: 6 }),
		{ minLength: 1, maxLength: 80 }
	);
	const texts = fc.array(
		fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 241, maxLength: 600 }),
		{ minLength: 1, maxLength: 20 }
	);
	fc.assert(
		fc.property(words, texts, (products, long) => {
			const vocabulary = buildVocabulary([...everyByte, ...products.map(encodeUtf8)]);
			const splits = {
				...{ vocabulary, order, betweenBytes: true },
				...{ products: new Int32Array(0), boundaries: new Int32Array(0) },
				groups: Int32Array.from(products, (_, i) => everyByte.length + i)
			};
			const merges = listOfSplits(splits);
			expectSame({ ...rest, model: { ...model, vocabulary, merges, ignore_merges: false } }, long);
		}),
		{ seed: SEED, numRuns: sized(100, 500) }
	);
});

it('tokenizers with other patterns and models have no core', () => {
	for (const id of ['llama2', 'gpt2', 'deepseek-v3']) {
		const { encode, core } = encoderOf(packedSpec(id), true);
		encode('a text');
		expect(
			core.mock.results.every(({ value }) => value === 0),
			id
		).toBe(true);
	}
});

it('where WebAssembly is forbidden, TypeScript encodes', async () => {
	const spec = packedSpec('cl100k_base');
	const text = randomTexts(SEED + 8, 200, 200).join('');
	vi.resetModules();
	const forbidden = vi.fn(function () {
		throw new Error('blocked by the content security policy');
	});
	vi.stubGlobal('WebAssembly', { Module: forbidden });
	const { createTokenizer: create } = await import('./create-tokenizer');
	const { ids } = create(spec).encode(text);
	expect(forbidden).toHaveBeenCalledTimes(1);
	expect(ids).toEqual(encoderOf(spec, false).encode(text).ids);
});

it('a page encodes in TypeScript until the code of the core is loaded', async () => {
	vi.resetModules();
	const [{ buildTokenizer }, { withExtras }] = await Promise.all([
		import('./tokenizer'),
		import('../text/extras')
	]);
	const { BpeModel: Model } = await import('../model/bpe');
	const core = vi.spyOn(Model.prototype, 'encodeText');
	const tokenizer = await withExtras((extras) => buildTokenizer(packedSpec('cl100k_base'), extras));
	const text = 'a long text '.repeat(50_000);
	const { ids } = tokenizer.encode(text);
	expect(core).toHaveLastReturnedWith(0);
	await vi.waitFor(() => {
		expect(tokenizer.encode(text).ids).toEqual(ids);
		expect(core).toHaveLastReturnedWith(text.length);
	});
	core.mockRestore();
});

it('the compiled core is that of its source', () => {
	const file = (name: string) => readFileSync(new URL(`../model/${name}`, import.meta.url));
	const hash = createHash('sha256').update(file('core.as')).digest('hex');
	expect(file('core-code.ts').toString(), 'node src/tools/core.mjs').toContain(hash);
});
