import { describe, expect, it } from 'vitest';
import { packedSpec } from '../../../../tests/support/packed-tokenizers';
import {
	byteId,
	pieceId,
	smallRanks,
	smallSentencePiece
} from '../../../../tests/support/small-specs';
import type { TokenizerSpec } from '../../engine';
import { decodeUtf8 } from '../../engine/text';
import { createTable } from './classify';
import { summarize } from './summary';
import { bytesOf, hasToken, kindOf, scriptOf } from './table';

const kindsIn = (spec: TokenizerSpec, ids: readonly number[]) => {
	const table = createTable(spec);
	return ids.map((id) => (hasToken(table, id) ? kindOf(table, id) : null));
};

it('tells the kinds of tokens apart: bytes and byte fallback from words, ids without a token and special tokens', () => {
	const ofRanks = ['byte', 'byte', 'ordinary', null, 'special'];
	expect(kindsIn(smallRanks(), [0x41, 0xff, 258, 270, 300])).toEqual(ofRanks);
	const ids = [0, byteId(0x41), byteId(0xff), pieceId('a'), pieceId('▁')];
	const kinds = ['special', 'byte', 'byte', 'ordinary', 'ordinary'];
	expect(kindsIn(smallSentencePiece(), ids)).toEqual(kinds);
});

it('calls a token partial whose bytes are no whole characters', () => {
	const table = createTable(packedSpec('gpt2'));
	const ids = [...table.kinds.keys()].filter((id) => kindOf(table, id) === 'partial');
	expect(ids.length).toBe(216);
});

describe('the script of a token', () => {
	const table = createTable(packedSpec('o200k_base'));
	const scriptOfText = (text: string) => {
		for (let id = 0; id < table.kinds.length; id++)
			if (hasToken(table, id) && decodeUtf8(bytesOf(table, id)) === text)
				return scriptOf(table, id);
		return null;
	};

	it.each([
		[' hello', 'Latin'],
		[' привет', 'Cyrillic'],
		['我们', 'Han'],
		['123', 'No letters'],
		['ी', 'Devanagari']
	])('of “%s” is %s', (text, script) => {
		expect(scriptOfText(text)).toBe(script);
	});

	it('is that of one group per token, so that groups add up', () => {
		const summary = summarize(table, packedSpec('o200k_base'));
		for (const grouping of ['script', 'kind'] as const) {
			const counts = summary.counts[grouping];
			expect(counts.reduce((sum, count) => sum + count, 0)).toBe(summary.tokens);
		}
		expect(summary).toMatchObject({ ids: 200_019, tokens: 200_000, special: 2 });
		expect(summary.scripts[0]).toMatchObject({ script: 'Latin', tokens: 134_836 });
		expect(summary.longest.map(({ bytes }) => decodeUtf8(bytes))).toContain(' telecommunications');
	});
});

it('describes the steps of a normalizer', () => {
	const normalizerOf = (id: string) => {
		const spec = packedSpec(id);
		return summarize(createTable(spec), spec).normalizer;
	};
	expect(normalizerOf('gpt2')).toEqual([]);
	expect(normalizerOf('qwen3')).toEqual(['Unicode normalization NFC']);
	expect(normalizerOf('llama2')).toEqual([
		'Puts "▁" before the text',
		'Replaces the text " " with "▁"'
	]);
});
