import { describe, expect, it } from 'vitest';
import { measuredDamage } from '../../../../tests/support/fake-damage';
import { describeDamage, summarizeDamage } from './messages';

const described = (b: Parameters<typeof measuredDamage>[0], crashes = false) =>
	describeDamage(measuredDamage(b), 'prose', crashes);

const CRASH = { outcome: 'crash', rows: 10, id: 11, document: 'one', byte: 3 } as const;

describe('describeDamage', () => {
	it('is worse, and there is no error', () => {
		expect(described({ bitsPerByte: 2.5 })).toMatchObject({
			figure: '+25%',
			sentence:
				'bits per byte of the same text: a model trained on A’s ids predicts it worse, and there is no error.',
			warning: null,
			sizes:
				'Trained on 4 kB of prose (90 tokens), measured on 1 kB that was held out from training: every fifth document, 1 in total.'
		});
	});

	it('distinguishes no damage from very little', () => {
		expect(described({})).toMatchObject({
			figure: '±0%',
			sentence: 'bits per byte: the model loses nothing.'
		});
		expect(described({ bitsPerByte: 2.0001 }).figure).toBe('+<0.1%');
		expect(described({ bitsPerByte: 202 }).figure).toBe('+10,000%');
	});

	it('never shows a gain that comes from text that B leaves out', () => {
		const { figure, sentence } = described({ bitsPerByte: 1, coveredBytes: 600 });
		expect(figure).toBeNull();
		expect(sentence).toBe(
			'B leaves out 40% of the text (400 of 1,000 bytes). Missing text costs no bits, so needing 50% fewer bits is no gain.'
		);
		expect(described({ bitsPerByte: 0, coveredBytes: 0 }).figure).toBeNull();
	});

	it('warns if B leaves text out and the model is still worse', () => {
		expect(described({ bitsPerByte: 3, coveredBytes: 900 })).toMatchObject({
			figure: '+50%',
			warning:
				'B leaves out 10% of the text (100 of 1,000 bytes). Missing text costs no bits, so the figure understates the damage.'
		});
	});

	it('says better if nothing was left out', () => {
		const { figure, sentence, warning } = described({ bitsPerByte: 1.5 });
		expect([figure, warning]).toEqual(['−25%', null]);
		expect(sentence).toContain('predicts it better');
	});

	it('does not say that there is no error if other text would stop the model', () => {
		const { sentence } = described({ bitsPerByte: 3 }, true);
		expect(sentence).not.toContain('there is no error');
		expect(sentence).toContain('no id in this text is out of range, but other ids in B are');
	});

	it('has the figures of both sides', () => {
		expect(described({ top1: 0.0004, unseenBigrams: 0.5, coveredBytes: 999 }).rows).toEqual([
			{ name: 'bits per byte', a: '2.00', b: '2.00' },
			{ name: 'next token predicted correctly', a: '30%', b: '0.04%' },
			{ name: 'token pairs never seen in training', a: '20%', b: '50%' },
			{ name: 'tokens never seen in training', a: '0', b: '0' },
			{ name: 'tokens', a: '10', b: '10' },
			{ name: 'bytes of the text covered', a: '1,000', b: '999' }
		]);
	});

	it('is an error with its position, and no figure, if the model stops', () => {
		expect(describeDamage(CRASH, 'prose', true)).toEqual({
			figure: null,
			sentence:
				'B gives id 11, but the model has 10 embedding rows: it stops with an error in one, byte 3. Nothing was measured.',
			warning: null,
			rows: [],
			sizes: null
		});
	});
});

describe('summarizeDamage', () => {
	const on = (corpus: string, b: Parameters<typeof measuredDamage>[0]) => ({
		corpus,
		damage: measuredDamage(b)
	});

	it('gives the figure of each text', () => {
		expect(
			summarizeDamage([on('prose', { bitsPerByte: 2.1 }), on('code', { bitsPerByte: 3 })], false)
		).toBe('Bits per byte of the same text: +5% on prose, +50% on code. There is no error.');
	});

	it('describes what has no figure', () => {
		const dropping = on('code', { bitsPerByte: 1, coveredBytes: 600 });
		expect(summarizeDamage([on('prose', {}), dropping], false)).toBe(
			'Bits per byte of the same text: ±0% on prose. On code: B leaves out 40% of the text (400 of 1,000 bytes). Missing text costs no bits, so needing 50% fewer bits is no gain. There is no error.'
		);
	});

	it('does not say that there is no error if a text stops the model, or another one would', () => {
		const crash = { corpus: 'code', damage: CRASH };
		expect(summarizeDamage([on('prose', { bitsPerByte: 3 }), crash], false)).toBe(
			'Bits per byte of the same text: +50% on prose. On code: B gives id 11, but the model has 10 embedding rows: it stops with an error in one, byte 3. Nothing was measured.'
		);
		const others = [on('prose', { bitsPerByte: 3 }), on('code', { bitsPerByte: 3 })];
		expect(summarizeDamage(others, true)).not.toContain('errors');
	});
});
