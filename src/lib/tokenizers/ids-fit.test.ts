import { describe, expect, it } from 'vitest';
import { ORACLE_INPUTS, oracleOf } from '../../../tests/support/oracle';
import { packedLab } from '../../../tests/support/packed-tokenizers';
import { addedToken } from '../../../tests/support/spec-parts';
import { smallRanks, smallSentencePiece } from '../../../tests/support/small-specs';
import { finish } from '../../../tests/support/steps';
import { checkIds, decodeIds } from './ids';
import { createTokenizer } from '../engine';
import { EngineRuntime } from './runtimes/engine';

const ranks = new EngineRuntime(createTokenizer(smallRanks()));
const pieces = new EngineRuntime(createTokenizer(smallSentencePiece()));

function fitOf(lab: EngineRuntime, ids: readonly number[]) {
	const list = Uint32Array.from(ids);
	return finish(checkIds(lab, list, decodeIds(lab.tokenizer, list))).result;
}

/** Reference ids of a text according to a tokenizer. */
function rowOf(tokenizer: string, name: string): readonly number[] {
	return oracleOf(tokenizer).text[ORACLE_INPUTS.findIndex((input) => input.name === name)];
}

/** The `tokenizers` that could have produced the maker's reference ids for a text, without reserved tokens. */
const fitting = (tokenizers: readonly string[], maker: string, name: string) =>
	tokenizers.filter((id) => {
		const fit = fitOf(packedLab(id), rowOf(maker, name));
		return fit.verdict === 'fits' && fit.reserved === null;
	});

describe('checkIds', () => {
	it('fits ids that encoding the decoded text gives again, and names the first id that does not fit', () => {
		// hello, space, hell.
		expect(fitOf(ranks, [261, 32, 258])).toMatchObject({ verdict: 'fits' });
		// hello, space, he, ll: the tokenizer would merge the last two.
		expect(fitOf(ranks, [261, 32, 256, 257])).toEqual({
			...{ verdict: 'other-ids', position: 2 },
			expected: 258
		});
		expect(fitOf(ranks, [104, 0xff, 104])).toEqual({ verdict: 'not-utf8', position: 1 });
		expect(fitOf(ranks, [104, 0xc3])).toEqual({ verdict: 'not-utf8', position: 1 });
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
		const token = addedToken(301, 'ö', { special: false, normalized: true });
		const added_tokens = [...spec.added_tokens, token];
		const lab = new EngineRuntime(createTokenizer({ ...spec, added_tokens }));
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

it.each(['cl100k_base', 'qwen3', 'llama2'])('%s fits its reference ids of every text', (id) => {
	for (const { name } of ORACLE_INPUTS)
		expect(fitOf(packedLab(id), rowOf(id, name)), name).toMatchObject({ verdict: 'fits' });
});

describe('the ids of a sentence', () => {
	const MAKERS = ['gpt2', 'cl100k_base', 'llama2', 'qwen3', 'gemma3'];

	it.each(MAKERS)('fit only %s, which made them', (maker) => {
		for (const name of ['fi', 'ja', 'ar', 'digits', 'emoji-zwj'])
			expect(fitting(MAKERS, maker, name), name).toEqual([maker]);
	});

	it.each([
		['give the same ids', 'gpt2', 'fi', ['gpt2', 'p50k_base']],
		['have every word as one token', 'cl100k_base', 'en', ['gpt2', 'p50k_base', 'cl100k_base']]
	])('fit several tokenizers that %s', (_, maker, name, expected) => {
		expect(fitting(['gpt2', 'p50k_base', 'cl100k_base'], maker, name)).toEqual(expected);
	});
});
