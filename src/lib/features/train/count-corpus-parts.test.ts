import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileOf } from '../../../../tests/support/fake-training';
import { sized } from '../../../../tests/support/size';
import { anyRules, listed } from '../../../../tests/support/training';
import {
	createPretokenCounter,
	mergePretokenCounts,
	type CountingRules,
	type PretokenCounts
} from '../../engine/train';
import { decodeUtf8, encodeUtf8 } from '../../engine/text/utf8';
import { fileParts } from './count-corpus';
import { EXTRAS } from '../../engine/stages';

function counted(bytes: Uint8Array, rules: CountingRules): PretokenCounts {
	const counter = createPretokenCounter(rules, EXTRAS);
	counter.add(bytes);
	return counter.finish();
}

async function partsOf(text: string, rules: CountingRules, count = 3, least = 8) {
	const parts = await fileParts(fileOf('a.txt', text), rules, count, {
		minBytes: least,
		searchBytes: 24
	});
	return Promise.all(
		parts.map(async ({ byteStart, bytes }) => ({
			byteStart,
			bytes: new Uint8Array(await bytes.arrayBuffer())
		}))
	);
}

const text = fc
	.array(
		fc.constantFrom(...['a', 'Ab', '\n', '\n', '\n\n', ' ', '  ', "'s", '12', '!', '\r\n', '\t']),
		{ maxLength: 60 }
	)
	.chain((parts) =>
		fc
			.array(fc.constantFrom('é', '日', '\u0301', 'xy\nz'), { maxLength: 8 })
			.map((more) => parts.map((part, i) => part + (more[i % (more.length || 1)] ?? '')).join(''))
	);

describe('the parts of a file', () => {
	it('add up to the file, and their counts to those of the file', async () => {
		let splitCount = 0;
		await fc.assert(
			fc.asyncProperty(
				text,
				anyRules,
				fc.integer({ min: 1, max: 5 }),
				async (text, rules, count) => {
					const parts = await partsOf(text, rules, count);
					let at = 0;
					for (const { byteStart, bytes } of parts) {
						expect(byteStart).toBe(at);
						at += bytes.length;
					}
					expect(parts.map(({ bytes }) => decodeUtf8(bytes)).join('')).toBe(text);
					const merged = mergePretokenCounts(parts.map(({ bytes }) => counted(bytes, rules)));
					expect(listed(merged)).toEqual(listed(counted(encodeUtf8(text), rules)));
					if (parts.length > 1) splitCount++;
				}
			),
			{ numRuns: sized(100, 400) }
		);
		expect(splitCount).toBeGreaterThan(sized(12, 50));
	});

	it('end after a line, and between letters if the pattern is applied to the whole text', async () => {
		const text = '1234567\n890\nab\ncd\n';
		const starts = async (rules: CountingRules) =>
			(await partsOf(text, rules, 2)).map(({ byteStart }) => byteStart);
		expect(await starts({ pattern: 'gpt2', feed: 'lines' })).toEqual([0, 12]);
		expect(await starts({ pattern: 'gpt2', feed: 'whole' })).toEqual([0, 15]);
		// Their boundaries are unknown.
		expect(await starts({ pattern: 'none', feed: 'whole' })).toEqual([0]);
		expect(await starts({ pattern: { regex: 'a' }, feed: 'whole' })).toEqual([0]);
		expect(await starts({ pattern: { regex: 'a' }, feed: 'lines' })).toEqual([0, 12]);
	});

	it('are one if the file is small or has no boundary', async () => {
		const lines: CountingRules = { pattern: 'gpt2', feed: 'lines' };
		expect(await partsOf('a\nb\nc\nd\n', lines, 4, 100)).toHaveLength(1);
		expect(await partsOf('a'.repeat(100), lines)).toHaveLength(1);
		expect(await partsOf('', lines)).toEqual([{ byteStart: 0, bytes: new Uint8Array() }]);
	});
});
