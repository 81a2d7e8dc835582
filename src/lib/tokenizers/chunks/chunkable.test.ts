import { expect, it } from 'vitest';
import { packedSpec } from '../../../../tests/support/packed-tokenizers';
import { addedToken, byteLevel } from '../../../../tests/support/spec-parts';
import { finish } from '../../../../tests/support/steps';
import { trainOn } from '../../../../tests/support/training';
import { applyEdit } from '../../drift/edits/apply';
import { trainedSpec } from '../../engine/train';
import { isChunkable } from './chunkable';
import { encodeInChunks } from './encode-chunks';
import { createTokenizer, type TokenizerSpec } from '../../engine';
import { EngineRuntime } from '../runtimes/engine';

const trainedWhole = (text: string) =>
	trainedSpec(trainOn(text, { pattern: 'none', feed: 'whole', alphabet: 'bytes' }));
const whole = trainedWhole('ab ab ab');
const withoutNewlines = {
	...whole,
	normalizer: { type: 'Replace', pattern: { String: '\n' }, content: '' }
} as const;

it.each(['gpt2', 'cl100k_base', 'o200k_base', 'llama3', 'qwen3', 'deepseek-v3', 'gemma3'])(
	'holds for %s and its like',
	(id) => {
		expect(isChunkable(packedSpec(id))).toBe(true);
	}
);

it.each<[string, TokenizerSpec, string]>([
	[
		'something is prepended to every chunk',
		applyEdit(packedSpec('gpt2'), {
			kind: 'pre_tokenizer',
			value: byteLevel({ add_prefix_space: true })
		}),
		'one\ntwo three\nfour'
	],
	[
		'a token crosses a newline that no pattern splits at',
		trainedWhole('\na b \na c \na'),
		'a\na\na'
	],
	['it replaces newlines', withoutNewlines, 'a\nb'],
	[
		'it makes an added token across a newline',
		{
			...withoutNewlines,
			added_tokens: [addedToken(999, 'ab', { normalized: true, special: false })]
		},
		'a\nb'
	]
])('is false if %s, so that chunks have other ids', (_, spec, text) => {
	expect(isChunkable(spec)).toBe(false);
	const lab = new EngineRuntime(createTokenizer(spec));
	const inChunks = [...finish(encodeInChunks(lab, spec, text, {}, 1)).result.ids];
	expect(inChunks).not.toEqual([...lab.encode(text).ids]);
});

it('is false if an added token crosses a newline, and for an unknown pattern', () => {
	const spec = packedSpec('gpt2');
	const added = { ...spec.added_tokens[0], content: '\nUser', special: false };
	expect(isChunkable({ ...spec, added_tokens: [added] })).toBe(false);
	const edit = { kind: 'split-regex', split: 0, regex: '[^x]{1,5}' } as const;
	expect(isChunkable(applyEdit(packedSpec('cl100k_base'), edit))).toBe(false);
});

it('is false if merges are ignored or characters are dropped, and nothing splits at newlines', () => {
	const { model } = whole;
	expect(isChunkable(whole)).toBe(true);
	expect(isChunkable({ ...whole, model: { ...model, ignore_merges: true } })).toBe(false);
	const characters = { ...model, byte_level: false, unk_token: null, byte_fallback: false };
	expect(isChunkable({ ...whole, model: characters })).toBe(false);
});
