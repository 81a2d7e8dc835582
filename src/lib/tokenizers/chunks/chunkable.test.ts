import { describe, expect, it } from 'vitest';
import { packedSpec } from '../../../../tests/support/packed-tokenizers';
import { finish } from '../../../../tests/support/steps';
import { trainOn } from '../../../../tests/support/training';
import { applyEdit } from '../../drift/edits/apply';
import type { SpecEdit } from '../../drift/edits/spec-edit';
import { trainedSpec } from '../../engine/train';
import { isChunkable } from './chunkable';
import { encodeInChunks } from './encode-chunks';
import { createTokenizer } from '../../engine';
import { EngineRuntime } from '../runtimes/engine';

const PREFIXED: SpecEdit = {
	kind: 'pre_tokenizer',
	value: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true }
};
const TEXT = 'one\ntwo three\nfour';

describe('isChunkable', () => {
	it.each(['gpt2', 'cl100k_base', 'o200k_base', 'llama3', 'qwen3', 'deepseek-v3', 'gemma3'])(
		'holds for %s and its like',
		(id) => {
			expect(isChunkable(packedSpec(id))).toBe(true);
		}
	);

	it('is false if something is prepended to every chunk', () => {
		const spec = applyEdit(packedSpec('gpt2'), PREFIXED);
		expect(isChunkable(spec)).toBe(false);
		const lab = new EngineRuntime(createTokenizer(spec));
		const whole = [...lab.encode(TEXT).ids];
		const inChunks = [...finish(encodeInChunks(lab, spec, TEXT, {}, 1)).result.ids];
		expect(inChunks).not.toEqual(whole);
	});

	it('is false if an added token crosses a newline', () => {
		const spec = packedSpec('gpt2');
		const added = { ...spec.added_tokens[0], content: '\nUser', special: false };
		expect(isChunkable({ ...spec, added_tokens: [added] })).toBe(false);
	});

	it('is false for an unknown pattern', () => {
		const edit = { kind: 'split-regex', split: 0, regex: '[^x]{1,5}' } as const;
		expect(isChunkable(applyEdit(packedSpec('cl100k_base'), edit))).toBe(false);
	});

	it('is false if a token crosses a newline that no pattern splits at', () => {
		const rules = { pattern: 'none', feed: 'whole', alphabet: 'bytes' } as const;
		const spec = trainedSpec(trainOn('\na b \na c \na', rules));
		expect(isChunkable(spec)).toBe(false);
		const lab = new EngineRuntime(createTokenizer(spec));
		const text = 'a\na\na';
		const inChunks = [...finish(encodeInChunks(lab, spec, text, {}, 1)).result.ids];
		expect(inChunks).not.toEqual([...lab.encode(text).ids]);
	});

	const FLAGS = { lstrip: false, rstrip: false, special: false };
	const whole = trainedSpec(
		trainOn('ab ab ab', { pattern: 'none', feed: 'whole', alphabet: 'bytes' })
	);
	const newlineTo = (content: string) =>
		({ type: 'Replace', pattern: { String: '\n' }, content }) as const;

	it.each([
		['replaces newlines', { ...whole, normalizer: newlineTo('') }, 'a\nb'],
		[
			'makes an added token across a newline',
			{
				...whole,
				normalizer: newlineTo(''),
				added_tokens: [{ id: 999, content: 'ab', single_word: false, normalized: true, ...FLAGS }]
			},
			'a\nb'
		]
	])('is false if a tokenizer %s, whose chunks have other ids', (_, spec, text) => {
		expect(isChunkable(spec)).toBe(false);
		const lab = new EngineRuntime(createTokenizer(spec));
		const inChunks = [...finish(encodeInChunks(lab, spec, text, {}, 1)).result.ids];
		expect(inChunks).not.toEqual([...lab.encode(text).ids]);
	});

	it('is false if merges are ignored or characters are dropped, and nothing splits at newlines', () => {
		const { model } = whole;
		expect(isChunkable(whole)).toBe(true);
		expect(isChunkable({ ...whole, model: { ...model, ignore_merges: true } })).toBe(false);
		const characters = { ...model, byte_level: false, unk_token: null, byte_fallback: false };
		expect(isChunkable({ ...whole, model: characters })).toBe(false);
	});
});
