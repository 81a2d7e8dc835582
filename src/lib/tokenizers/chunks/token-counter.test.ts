import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { multilingualText } from '../../../../tests/support/arbitrary-text';
import { packedLab, packedSpec } from '../../../../tests/support/packed-tokenizers';
import { sized } from '../../../../tests/support/size';
import { smallSentencePiece } from '../../../../tests/support/small-specs';
import type { EngineRuntime } from '../runtimes/engine';
import { spaceBetweenLetters, splitsBeforeSpaces } from './chunkable';
import { createTokenCounter, type TokenCounterOptions } from './token-counter';

const LIMIT = { limit: 1 << 20, advice: 'leave' };
const encoder = new TextEncoder();

function count(lab: EngineRuntime, text: string, sizes: number[], options: TokenCounterOptions) {
	const counter = createTokenCounter(lab, options);
	const bytes = encoder.encode(text);
	let at = 0;
	for (const size of [...sizes, bytes.length]) counter.add(bytes.subarray(at, (at += size)));
	return counter.finish();
}

/** One tokenizer per kind of pipeline. Others in the same family differ only in their vocabulary. */
const PIPELINES = ['gpt2', 'cl100k_base', 'deepseek-v3', 'llama2', 'gemma3', 'claude-legacy'];

it.each(['gpt2', 'cl100k_base', 'qwen3', 'qwen3.5', 'kimi-k2', 'olmo2', 'minimax-m1'])(
	'%s can also be split before spaces',
	(id) => {
		expect(splitsBeforeSpaces(packedSpec(id))).toBe(true);
	}
);

describe('spaceBetweenLetters', () => {
	it.each([
		['llama2', 'left out'],
		['mistral-v3', 'left out'],
		['gemma3', 'kept'],
		['internlm2', 'kept'],
		['gpt2', null]
	])('%s: %s', (id, expected) => {
		expect(spaceBetweenLetters(packedSpec(id))).toBe(expected);
	});

	it('is null if a token goes on after a space, or an added one begins with a letter', () => {
		const spec = smallSentencePiece();
		expect(spaceBetweenLetters(spec)).toBe('left out');
		const [added] = spec.added_tokens;
		const withAdded = (content: string) => ({ ...spec, added_tokens: [{ ...added, content }] });
		expect(spaceBetweenLetters(withAdded('<user>'))).toBe('left out');
		expect(spaceBetweenLetters(withAdded('User'))).toBeNull();
		const { vocabulary } = spec.model;
		const bytes = encoder.encode('a▁b');
		const longer = {
			...vocabulary,
			bytes: Uint8Array.from([...vocabulary.bytes, ...bytes]),
			ends: Uint32Array.from([...vocabulary.ends, vocabulary.bytes.length + bytes.length])
		};
		expect(
			spaceBetweenLetters({ ...spec, model: { ...spec.model, vocabulary: longer } })
		).toBeNull();
	});
});

describe('createTokenCounter', () => {
	it.each(PIPELINES)('counts the tokens of the whole text, wherever it is split: %s', (id) => {
		const lab = packedLab(id);
		fc.assert(
			fc.property(
				multilingualText,
				fc.array(fc.nat({ max: 9 })),
				fc.integer({ min: 1, max: 24 }),
				fc.constantFrom('text' as const, 'parse' as const),
				(text, sizes, capacity, special) => {
					const { ids, droppedBytes = 0, removedBytes = 0 } = lab.encode(text, { special });
					expect(count(lab, text, sizes, { ...LIMIT, capacity, special })).toEqual({
						tokens: ids.length,
						droppedBytes,
						removedBytes
					});
				}
			),
			{ numRuns: sized(20, 300) }
		);
	});

	it.each([
		['cl100k_base', 'a b'],
		['llama2', 'a b'],
		['llama2', '。\n中'],
		['mistral-v3', '。\n中'],
		['gemma3', 'a b'],
		['gemma3', '。\nb'],
		['claude-legacy', '.\nb']
	])('keeps only what cannot be split: %s', (id, part) => {
		const options = { ...LIMIT, limit: 16, capacity: 16 };
		expect(count(packedLab(id), part.repeat(99), [], options).tokens).toBeGreaterThan(99);
		expect(() => count(packedLab(id), 'a'.repeat(17), [], options)).toThrow(
			'no boundary in the text from byte 0 on, expected one within 16 bytes; leave'
		);
	});
});
