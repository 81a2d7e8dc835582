import { describe, expect, it } from 'vitest';
import { byteLevel } from '../../../../tests/support/spec-parts';
import { pieceId, smallRanks, smallSentencePiece } from '../../../../tests/support/small-specs';
import { packedSpec } from '../../../../tests/support/packed-tokenizers';
import { createTokenizer, type TokenizerSpec } from '../../engine';
import { applyEdit, applyEdits } from './apply';
import { EditError, type SpecEdit } from './spec-edit';

const ids = (spec: TokenizerSpec, text: string, special: 'text' | 'parse' = 'text') => [
	...createTokenizer(spec).encode(text, { special }).ids
];
const withTemplate = (spec: TokenizerSpec, text: string) => [
	...createTokenizer(spec).encode(text, { addSpecialTokens: true }).ids
];
describe('applyEdit', () => {
	it('leaves the spec as it was and shares the tables that do not change', () => {
		const spec = smallRanks();
		const before = JSON.stringify(spec);
		const edited = applyEdit(spec, { kind: 'normalizer', value: { type: 'NFC' } });
		expect(edited.normalizer).toEqual({ type: 'NFC' });
		expect(edited.model).toBe(spec.model);
		applyEdit(spec, { kind: 'swap-ids', ids: [256, 257] });
		expect(JSON.stringify(spec)).toBe(before);
	});

	it('replaces the regex of one Split', () => {
		const edit: SpecEdit = { kind: 'split-regex', split: 2, regex: '\\p{L}' };
		const { pre_tokenizer } = applyEdit(packedSpec('deepseek-v3'), edit);
		expect(pre_tokenizer).toMatchObject({
			pretokenizers: [
				{ pattern: { Regex: '\\p{N}{1,3}' } },
				{},
				{ pattern: { Regex: '\\p{L}' } },
				{ type: 'ByteLevel' }
			]
		});
	});

	it('spells the vocabulary in the byte alphabet where ByteLevel is gone, and reads it again where it is back', () => {
		const spec = smallRanks();
		const without = applyEdit(spec, { kind: 'pre_tokenizer', value: null });
		expect(without.model.byte_level).toBe(false);
		// A space is spelled Ġ, which doesn't occur in text. Letters keep their tokens, and the space is dropped.
		expect(ids(without, 'he w')).toEqual([256, 'w'.charCodeAt(0)]);
		const back = applyEdit(without, { kind: 'pre_tokenizer', value: spec.pre_tokenizer });
		expect(ids(back, 'he w')).toEqual(ids(spec, 'he w'));
		expect([...back.model.vocabulary.bytes]).toEqual([...spec.model.vocabulary.bytes]);
	});

	it('puts a BOS before the text once, twice or not', () => {
		const once = applyEdit(smallRanks(), { kind: 'bos', times: 1, token: '<|end|>' });
		expect(withTemplate(once, 'he')).toEqual([300, 256]);
		const twice = applyEdit(once, { kind: 'bos', times: 2, token: null });
		expect(withTemplate(twice, 'he')).toEqual([300, 300, 256]);
		const none = applyEdit(twice, { kind: 'bos', times: 0, token: null });
		expect(withTemplate(none, 'he')).toEqual([256]);
		expect(none.post_processor).toBeNull();
	});

	it('keeps what a post-processor does besides', () => {
		const { post_processor } = applyEdit(packedSpec('llama3'), {
			kind: 'bos',
			times: 1,
			token: '<|begin_of_text|>'
		});
		expect(post_processor).toMatchObject({
			type: 'Sequence',
			processors: [{ type: 'ByteLevel' }, { type: 'TemplateProcessing' }]
		});
	});

	it('turns ignore_merges on and off', () => {
		const spec = smallRanks();
		// "hello" takes more than the merges "hell" + "o", which are gone here.
		const short = applyEdit(spec, { kind: 'drop-last-merges', count: 1 });
		expect(ids(short, 'hello')).toEqual([258, 'o'.charCodeAt(0)]);
		const whole = applyEdit(short, { kind: 'ignore-merges', value: true });
		expect(ids(whole, 'hello')).toEqual([261]);
	});

	it('puts a space before the text with what the tokenizer has for it', () => {
		const withByteLevel: SpecEdit = { kind: 'pre_tokenizer', value: byteLevel() };
		const on: SpecEdit = { kind: 'prefix-space', value: true };
		const flagged = applyEdits(smallRanks(), [withByteLevel, on]);
		expect(flagged.normalizer).toBeNull();
		expect(ids(flagged, 'w')).toEqual([260]);
		expect(ids(flagged, ' w')).toEqual([260]);
		// After a Split, a normalizer adds the space.
		expect(applyEdit(smallRanks(), on).normalizer).toEqual({ type: 'Prepend', prepend: ' ' });
		expect(ids(applyEdit(smallRanks(), on), 'w')).toEqual([260]);
	});

	it('takes the space before the text away', () => {
		const spec = smallSentencePiece();
		expect(ids(spec, 'ab')).toEqual([pieceId('▁ab')]);
		const off = applyEdit(spec, { kind: 'prefix-space', value: false });
		expect(ids(off, 'ab')).toEqual([pieceId('ab')]);
	});

	it('drops added tokens by kind and by content', () => {
		const all = applyEdit(smallRanks(), { kind: 'drop-added-tokens', which: 'all' });
		expect(ids(smallRanks(), '<|end|>', 'parse')).toEqual([300]);
		expect(ids(all, '<|end|>', 'parse')).not.toContain(300);
		const gemma = packedSpec('gemma3');
		const special = applyEdit(gemma, { kind: 'drop-added-tokens', which: 'not-special' });
		expect(special.added_tokens.every((token) => token.special)).toBe(true);
		const named = applyEdit(gemma, { kind: 'drop-added-tokens', which: { contents: ['<bos>'] } });
		expect(named.added_tokens).toHaveLength(gemma.added_tokens.length - 1);
	});

	it('still names a dropped token that the vocabulary has', () => {
		const spec = packedSpec('deepseek-v3');
		const dropped = applyEdit(spec, { kind: 'drop-added-tokens', which: 'all' });
		expect(createTokenizer(dropped).decode([0])).toBe('<｜begin▁of▁sentence｜>');
		expect(() => createTokenizer(dropped).decode([128_800])).toThrow(RangeError);
	});

	it('swaps two ids and nothing else, also where ids are ranks', () => {
		const spec = smallRanks();
		const edited = applyEdit(spec, { kind: 'swap-ids', ids: [256, 261] });
		expect(ids(spec, 'hello he')).toEqual([261, 32, 256]);
		expect(ids(edited, 'hello he')).toEqual([256, 32, 261]);
		expect(createTokenizer(edited).decode([256])).toBe('hello');
	});

	it('shifts ids from one on, those of added tokens and of the template too', () => {
		const spec = applyEdit(smallRanks(), { kind: 'bos', times: 1, token: '<|end|>' });
		const edited = applyEdit(spec, { kind: 'shift-ids', from: 257, by: 3 });
		expect(withTemplate(edited, 'he lo')).toEqual([303, 256, 32, 262]);
		expect(() => createTokenizer(edited).decode([258])).toThrow('has no token');
	});

	it('cleans spaces up as transformers does, and takes exactly that away again', () => {
		const spec = packedSpec('cl100k_base');
		const edited = applyEdit(spec, { kind: 'clean-up-spaces', value: true });
		const tokenizer = createTokenizer(edited);
		const cleaned = (text: string) => tokenizer.decode(tokenizer.encode(text).ids);
		expect(cleaned('! ! !')).toBe('!!!');
		expect(cleaned('x != y')).toBe('x!= y');
		expect(cleaned("do n't , you 're ' here ' ?")).toBe("don't, you're'here '?");
		expect(applyEdit(edited, { kind: 'clean-up-spaces', value: false })).toEqual(spec);
		const gemma = applyEdit(packedSpec('gemma3'), { kind: 'clean-up-spaces', value: true });
		expect(applyEdit(gemma, { kind: 'clean-up-spaces', value: false })).toEqual(
			packedSpec('gemma3')
		);
	});
});

describe('an edit that does not apply', () => {
	it.each<[SpecEdit, string]>([
		[{ kind: 'split-regex', split: 1, regex: 'a' }, 'got Split 1, but the pre-tokenizer has 1'],
		[{ kind: 'bos', times: 1, token: null }, 'adds no token before the text'],
		[{ kind: 'bos', times: 1, token: '<s>' }, 'got "<s>", expected an added token'],
		[{ kind: 'drop-added-tokens', which: 'not-special' }, 'has only special added tokens'],
		[{ kind: 'drop-added-tokens', which: { contents: ['x'] } }, 'got "x", expected'],
		[{ kind: 'added-token-flags', which: { contents: ['x'] }, flags: {} }, 'got "x", expected'],
		[{ kind: 'swap-merges', ranks: [0, 6] }, 'got rank 6, expected a whole number from 0 to 5'],
		[{ kind: 'drop-last-merges', count: 7 }, 'got 7, expected a whole number from 1 to 6'],
		[{ kind: 'swap-ids', ids: [0, 301] }, 'got id 301, expected a whole number from 0 to 300'],
		[
			{ kind: 'shift-ids', from: 301, by: 1 },
			'got the first id 301, expected a whole number from 0 to 300'
		],
		[{ kind: 'shift-ids', from: 0, by: 0 }, 'got 0, expected a whole number from 1 to']
	])('%j says what was expected', (edit, message) => {
		const apply = () => applyEdit(smallRanks(), edit);
		expect(apply).toThrow(EditError);
		expect(apply).toThrow(message);
	});

	it('is refused where there is no decoder to clean up after', () => {
		const spec = { ...smallRanks(), decoder: null };
		expect(() => applyEdit(spec, { kind: 'clean-up-spaces', value: true })).toThrow(EditError);
	});
});
