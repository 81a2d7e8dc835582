import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packedSpec, packedTokenizer } from '../../../../tests/support/packed-tokenizers';
import { byteLevel } from '../../../../tests/support/spec-parts';
import { smallRanks } from '../../../../tests/support/small-specs';
import { generatedFolder } from '../../../tools/generated';
import { splitDocuments } from './documents';
import { METASPACE } from '../edits/spec-edit';
import { createTokenizer, TokenKind, type Encoder, type TokenizerSpec } from '../../engine';
import { encodeUtf8 } from '../../engine/text/utf8';
import { applyEdit } from '../edits/apply';
import { measureDamage, type DamageProgress, type DamageSetup } from './measure';
import type { DamageDocument, MeasuredDamage } from './types';

function finish(setup: DamageSetup) {
	const reports: DamageProgress[] = [];
	const steps = measureDamage(setup);
	for (let step = steps.next(); ; step = steps.next()) {
		if (step.done) return { damage: step.value, reports };
		reports.push(step.value);
	}
}

function measured(setup: DamageSetup): MeasuredDamage {
	const { damage } = finish(setup);
	if (damage.outcome === 'crash') throw new Error(`got id ${damage.id}, expected a measurement`);
	return damage;
}

const named = (texts: readonly string[]): DamageDocument[] =>
	texts.map((text, i) => ({ name: `d${i}`, text: encodeUtf8(text) }));

const small = createTokenizer(smallRanks());
const hellos = named(
	Array.from({ length: 40 }, (_, i) => `hello hell ${'lo'.repeat(i % 7)} he\n`.repeat(5))
);

/** The methods of a tokenizer, for building a variant of it. */
const methodsOf = (tokenizer: Encoder): Omit<Encoder, 'encode'> => ({
	decode: (ids) => tokenizer.decode(ids),
	tokenBytes: (id) => tokenizer.tokenBytes(id)
});

/** The small tokenizer with different ids. */
const renamed = (idOf: (id: number) => number): Encoder => ({
	...methodsOf(small),
	encode: (text) => {
		const encoding = small.encode(text);
		return { ...encoding, ids: encoding.ids.map(idOf) };
	}
});

/** Only digits have tokens. */
const digits: Encoder = {
	decode: (ids) => Array.from(ids).join(''),
	tokenBytes: (id) => encodeUtf8(String(id)),
	encode: (text) => {
		const found = [...text.matchAll(/\d/g)];
		return {
			ids: Uint32Array.from(found, ([digit]) => Number(digit)),
			byteStarts: Uint32Array.from(found, ({ index }) => index),
			byteEnds: Uint32Array.from(found, ({ index }) => index + 1)
		};
	}
};

it('is the sum of the bits of all held-out tokens over the bytes of their text', () => {
	// The model of kneser-ney.test.ts, then 0 1 0 in 4 bytes.
	const documents = named(['01012', '01', 'x', 'x', '010x']);
	const { a, training, heldOut } = measured({ a: digits, b: digits, rows: 4, documents });
	expect(training).toEqual({ documents: 4, bytes: 9, tokens: 7 });
	expect(heldOut).toEqual({ documents: 1, bytes: 4 });
	// P(0 | 4 4) and P(1 | 4 0) are (2 − 3/7)/2 + 3/14 · P; P(0 | 0 1) = 551/1120.
	const first = 11 / 14 + (3 / 14) * (2 / 5 + (3 / 5) * (15 / 32));
	const second = 11 / 14 + (3 / 14) * (49 / 64);
	expect(a.bitsPerByte).toBeCloseTo(-Math.log2((first * second * 551) / 1120) / 4, 14);
	// The x has no token.
	expect(a).toMatchObject({ tokens: 3, coveredBytes: 3 });
	expect(a).toMatchObject({ top1: 1, unseenBigrams: 0, untrained: 0 });
});

it('is not measured if A has no token for the text', () => {
	const documents = named(['01', '01', 'x', 'x', 'xyz']);
	expect(() => finish({ a: digits, b: digits, rows: 4, documents })).toThrow(
		'there is nothing to measure: A has no token for any of the 3 bytes that are held out'
	);
});

describe('damage on a small vocabulary', () => {
	it('is exactly 0 between a tokenizer and itself', () => {
		const { a, b, change } = measured({ a: small, b: small, rows: 301, documents: hellos });
		expect(b).toEqual(a);
		expect(change).toBe(0);
		expect(a.bitsPerByte).toBeGreaterThan(0);
	});

	it('shows if B splits differently, although nothing errors', () => {
		const bytes = createTokenizer(smallRanks('[\\s\\S]'));
		const { a, b, change } = measured({ a: small, b: bytes, rows: 301, documents: hellos });
		expect(b.bitsPerByte).toBeGreaterThan(a.bitsPerByte);
		expect(change).toBe(b.bitsPerByte / a.bitsPerByte - 1);
		expect(b.unseenBigrams).toBeGreaterThan(a.unseenBigrams);
	});

	it('counts covered bytes: text that B leaves out costs no bits', () => {
		const dropping: Encoder = {
			...methodsOf(small),
			encode: (text) => {
				const { ids, byteStarts, byteEnds } = small.encode(text);
				const isCovered = (_: number, token: number) => ids[token] !== 0x0a;
				return {
					ids: ids.filter(isCovered),
					byteStarts: byteStarts.filter(isCovered),
					byteEnds: byteEnds.filter(isCovered)
				};
			}
		};
		const damage = measured({ a: small, b: dropping, rows: 301, documents: hellos });
		expect(damage.a.coveredBytes).toBe(damage.heldOut.bytes);
		// Eight held-out documents of five lines.
		expect(damage.b.coveredBytes).toBe(damage.heldOut.bytes - 40);
	});

	it('counts a byte of several tokens once, and no byte of an unknown token', () => {
		const spread = (byteStarts: number[], byteEnds: number[], kinds?: number[]): Encoder => ({
			...methodsOf(small),
			encode: () => ({
				// "hell", four bytes.
				ids: Uint32Array.from(byteStarts, () => 258),
				byteStarts: Uint32Array.from(byteStarts),
				byteEnds: Uint32Array.from(byteEnds),
				...(kinds && { kinds: Uint8Array.from(kinds) })
			})
		});
		const documents = named(['hello', 'hello', 'hello', 'hello', 'hello']);
		const covered = (b: Encoder) => measured({ a: small, b, rows: 301, documents }).b.coveredBytes;
		expect(covered(spread([0, 0, 2], [2, 3, 3]))).toBe(3);
		const { ordinary, unknown } = TokenKind;
		expect(covered(spread([0, 2], [2, 5], [ordinary, unknown]))).toBe(2);
		// One byte of the span was dropped before the merge.
		expect(covered(spread([0], [5]))).toBe(4);
	});

	it('is an error with its position if B gives an id that the model has no row for', () => {
		const b = renamed((id) => (id === 260 ? 999 : id));
		const documents = named(['he', 'he', 'he', 'he', 'he w']);
		const crash = { outcome: 'crash', rows: 262, id: 999, document: 'd4', byte: 2 };
		expect(finish({ a: small, b, rows: 262, documents }).damage).toEqual(crash);
	});

	it('reads ids of the padding with rows that were never trained', () => {
		const padded = renamed(() => 310);
		const { b } = measured({ a: small, b: padded, rows: 320, documents: hellos });
		expect(b.untrained).toBe(b.tokens);
		expect(b.unseenBigrams).toBe(1);
		expect(b.top1).toBe(0);
	});

	it('cannot be measured with fewer rows than A has ids', () => {
		expect(() => finish({ a: small, b: small, rows: 100, documents: hellos })).toThrow(
			"the model can't be trained: A gives id 261, expected ids below the embedding’s 100 rows"
		);
	});
});

const factbook = splitDocuments(
	readFileSync(join(generatedFolder, 'corpora/factbook.txt'), 'utf8'),
	'factbook'
).map(({ name, text }) => ({ name, text: encodeUtf8(text) }));

describe('damage on real vocabularies and prose', () => {
	const served = (id: string, b: TokenizerSpec) =>
		measured({
			a: packedTokenizer(id),
			b: createTokenizer(b),
			rows: packedTokenizer(id).vocabularySize,
			documents: factbook
		});
	const asGpt2 = (id: string): TokenizerSpec => ({
		...packedSpec(id),
		pre_tokenizer: byteLevel()
	});

	it('grows in the order in which such bugs were reported: none, a regex, another vocabulary', () => {
		const llama3 = packedSpec('llama3');
		const lost = served('llama3', {
			...llama3,
			model: { ...llama3.model, ignore_merges: false }
		});
		const qwen = served('qwen3', asGpt2('qwen3'));
		const llama = served('llama3', asGpt2('llama3'));
		const mislabelled = served('llama2', packedSpec('mistral-v1'));
		expect(lost.change).toBe(0);
		expect(qwen.change).toBeGreaterThan(0.01);
		expect(llama.change).toBeGreaterThan(qwen.change);
		expect(mislabelled.change).toBeGreaterThan(1);
		for (const { b, heldOut } of [lost, qwen, llama]) {
			expect(b.coveredBytes).toBe(heldOut.bytes);
		}
		// The token count suggests the opposite: the worst case looks like a saving.
		expect(mislabelled.b.tokens).toBeLessThan(mislabelled.a.tokens);
		expect(mislabelled.b.top1).toBeLessThan(0.02);
	});

	it('shows that DeepSeek with Metaspace drops the spaces', () => {
		const spec = applyEdit(packedSpec('deepseek-v3'), METASPACE);
		const { a, b, heldOut, change } = served('deepseek-v3', spec);
		expect(a.coveredBytes).toBe(heldOut.bytes);
		const spaces = factbook
			.filter((_, i) => i % 5 === 4)
			.reduce((sum, { text }) => sum + text.filter((byte) => byte === 0x20).length, 0);
		expect(b.coveredBytes).toBeLessThanOrEqual(heldOut.bytes - spaces);
		expect(change).toBeGreaterThan(1);
	});

	it('reports growing progress in steps that a page can wait for', () => {
		const tokenizer = packedTokenizer('llama3');
		const { reports } = finish({
			a: tokenizer,
			b: tokenizer,
			rows: tokenizer.vocabularySize,
			documents: factbook
		});
		expect([...new Set(reports.map(({ step }) => step))]).toEqual(['train', 'serve-a', 'serve-b']);
		expect(reports.length).toBeGreaterThan(30);
		for (const step of ['train', 'serve-a', 'serve-b']) {
			const shares = reports.filter((one) => one.step === step).map(({ share }) => share);
			expect(shares).toEqual([...shares].sort((x, y) => x - y));
			expect(shares[0]).toBe(0);
			expect(shares.at(-1)).toBeLessThan(1);
		}
	});
});
