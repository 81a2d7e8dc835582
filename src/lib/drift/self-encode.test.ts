import { describe, expect, it } from 'vitest';
import { packedSpec } from '../../../tests/support/packed-tokenizers';
import { smallRanks } from '../../../tests/support/small-specs';
import { finish } from '../../../tests/support/steps';
import { createTokenizer, type TokenizerSpec } from '../engine';
import { applyEdit } from './edits/apply';
import type { SpecEdit } from './edits/spec-edit';
import { compareSelfEncoding } from './self-encode';
import { compareVocabularies } from './vocabulary';

const compare = (a: TokenizerSpec, b: TokenizerSpec) =>
	finish(
		compareSelfEncoding(createTokenizer(a), createTokenizer(b), compareVocabularies(a, b).findings)
	);

const GPT2: SpecEdit = {
	kind: 'pre_tokenizer',
	value: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true }
};

describe('compareSelfEncoding', () => {
	it.each<[string, SpecEdit, readonly [tried: number, a: number, b: number, lost: number]]>([
		['llama3', GPT2, [126_648, 0, 23_171, 23_171]],
		['llama3', { kind: 'ignore-merges', value: false }, [126_648, 0, 588, 588]],
		// It cannot see that NFC is gone: what NFC made unreachable is only reached again.
		['qwen3', { kind: 'normalizer', value: null }, [150_195, 1909, 1673, 0]],
		[
			'deepseek-v3',
			{
				kind: 'pre_tokenizer',
				value: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true }
			},
			[126_527, 0, 97_493, 97_493]
		]
	])('%s with %j', (id, edit, [tried, unreachableA, unreachableB, lost]) => {
		const spec = packedSpec(id);
		const { result } = compare(spec, applyEdit(spec, edit));
		expect([result.a.tried, result.b.tried]).toEqual([tried, tried]);
		expect(result.a.unreachable).toHaveLength(unreachableA);
		expect(result.b.unreachable).toHaveLength(unreachableB);
		expect(result.lost).toHaveLength(lost);
	});

	it.each(['cl100k_base', 'gemma3'])(
		'does not report tokens as unreachable that %s only decodes differently',
		(id) => {
			const spec = packedSpec(id);
			const { result } = compare(spec, applyEdit(spec, { kind: 'clean-up-spaces', value: true }));
			expect(result.b.unreachable).toEqual(result.a.unreachable);
			expect(result.lost).toHaveLength(0);
		}
	);

	it('names the tokens, by their ids in B, and leaves special ones and bytes alone', () => {
		const a = smallRanks();
		const b = applyEdit(applyEdit(a, { kind: 'swap-ids', ids: [259, 260] }), {
			kind: 'split-regex',
			split: 0,
			regex: '\\p{L}+| '
		});
		const { result } = compare(a, b);
		// " w", 260 in A, is split in two.
		expect([...result.lost]).toEqual([259]);
		// 128 bytes are characters by themselves, and there are six words.
		expect(result.b.tried).toBe(134);
	});

	it('says how far it is, never going back', () => {
		const spec = packedSpec('gpt2');
		const { yielded } = compare(spec, applyEdit(spec, GPT2));
		expect(yielded.length).toBeGreaterThan(10);
		expect(yielded).toEqual([...yielded].sort((x, y) => x - y));
		expect(Math.max(...yielded)).toBeLessThanOrEqual(1);
	});
});
