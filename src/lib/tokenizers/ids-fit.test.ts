import { describe, expect, it } from 'vitest';
import { ORACLE_INPUTS, oracleOf } from '../../../tests/support/oracle';
import { packedLab } from '../../../tests/support/packed-tokenizers';
import { smallRanks, smallSentencePiece } from '../../../tests/support/small-specs';
import { finish } from '../../../tests/support/steps';
import { CATALOGUE } from './catalogue';
import { decodeIds } from './decode-ids';
import { checkIds } from './ids-fit';
import { createTokenizer } from '../engine';
import { EngineRuntime } from './runtimes/engine';

const ranks = new EngineRuntime(createTokenizer(smallRanks()));
const pieces = new EngineRuntime(createTokenizer(smallSentencePiece()));

function fitOf(lab: EngineRuntime, ids: readonly number[]) {
	const list = Uint32Array.from(ids);
	return finish(checkIds(lab, list, decodeIds(lab.tokenizer, list))).result;
}

/** Reference ids of a text by their tokenizer. */
function rowOf(tokenizer: string, name: string): readonly number[] {
	return oracleOf(tokenizer).text[ORACLE_INPUTS.findIndex((input) => input.name === name)];
}

/** Which of some tokenizers the reference ids of a text fit, without reserved tokens. */
const fitting = (tokenizers: readonly string[], maker: string, name: string) =>
	tokenizers.filter((id) => {
		const fit = fitOf(packedLab(id), rowOf(maker, name));
		return fit.verdict === 'fits' && fit.reserved === null;
	});

describe('checkIds', () => {
	it('fits ids that encoding the decoded text gives again', () => {
		// hello, space, hell.
		expect(fitOf(ranks, [261, 32, 258])).toMatchObject({ verdict: 'fits' });
	});

	it('names the first id that encoding again does not give', () => {
		// hello, space, he, ll: the tokenizer merges the last two.
		expect(fitOf(ranks, [261, 32, 256, 257])).toEqual({ verdict: 'other-ids', position: 2 });
	});

	it('names the id whose bytes are not UTF-8, also where a character is cut off', () => {
		expect(fitOf(ranks, [104, 0xff, 104])).toEqual({ verdict: 'not-utf8', position: 1 });
		expect(fitOf(ranks, [104, 0xc3])).toEqual({ verdict: 'not-utf8', position: 1 });
	});

	it('fits no ids that do not exist', () => {
		expect(fitOf(ranks, [261, 999])).toEqual({ verdict: 'out-of-range' });
	});

	it('names a reserved token, which hardly any text has', () => {
		const { added_tokens } = packedLab('gemma3').tokenizer.spec;
		const unused = added_tokens.find(({ content }) => content === '<unused7>')?.id ?? -1;
		expect(fitOf(packedLab('gemma3'), [unused])).toEqual({
			verdict: 'fits',
			reserved: '<unused7>'
		});
	});

	it('fits an added token that decodes to other bytes than those it was found as', () => {
		// Byte-level decoding reads ö as the byte F6, as the reference does.
		const spec = smallRanks();
		const token = { id: 301, content: 'ö', special: false, normalized: true };
		const flags = { single_word: false, lstrip: false, rstrip: false };
		const lab = new EngineRuntime(
			createTokenizer({
				...spec,
				added_tokens: [...spec.added_tokens, { ...flags, ...token }]
			})
		);
		const { ids } = lab.encode('größe');
		expect([...ids]).toContain(301);
		expect(lab.decode(ids)).toContain('\ufffd');
		expect(fitOf(lab, [...ids])).toMatchObject({ verdict: 'fits' });
	});

	it('fits special tokens between texts that were encoded separately', () => {
		const [bos] = pieces.tokenizer.spec.added_tokens.filter(({ special }) => special);
		const text = pieces.encode('hello').ids;
		expect(fitOf(pieces, [bos.id, ...text, bos.id, ...text])).toMatchObject({ verdict: 'fits' });
	});
});

describe.each(CATALOGUE.map(({ id }) => id))('%s', (id) => {
	it.each(ORACLE_INPUTS.map(({ name }) => name))('fits its reference ids of %s', (name) => {
		expect(fitOf(packedLab(id), rowOf(id, name))).toMatchObject({ verdict: 'fits' });
	});
});

describe('the ids of a sentence', () => {
	const SEVEN = [
		'gpt2',
		'cl100k_base',
		'o200k_base',
		'llama2',
		'mistral-v3',
		'qwen3',
		'gemma3'
	] as const;

	it.each(SEVEN)('fit only %s, which made them', (maker) => {
		for (const name of ['fi', 'ja', 'ar', 'digits', 'emoji-zwj'])
			expect(fitting(SEVEN, maker, name), name).toEqual([maker]);
	});

	it('fit two tokenizers that give the same ids', () => {
		expect(fitting(['gpt2', 'p50k_base', 'cl100k_base'], 'gpt2', 'fi')).toEqual([
			'gpt2',
			'p50k_base'
		]);
	});

	it('fit others by chance if every word is one token', () => {
		expect(fitting(['gpt2', 'cl100k_base', 'o200k_base'], 'cl100k_base', 'en')).toEqual([
			'gpt2',
			'cl100k_base'
		]);
	});
});
