import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/lib/tokenizers/catalogue';
import { MODES, ORACLE_INPUTS, oracleOf } from '../support/oracle';
import { packedSpec, packedTokenizer } from '../support/packed-tokenizers';

const NAMES = CATALOGUE.flatMap(({ id, aliases = [] }) => [id, ...aliases]);

describe.each(NAMES)('%s', (name) => {
	const oracle = oracleOf(name);

	it.each(MODES)('encodes every text as the reference does, special tokens as %s', (special) => {
		const tokenizer = packedTokenizer(name);
		expect(oracle[special].length).toBe(ORACLE_INPUTS.length);
		for (const [i, input] of ORACLE_INPUTS.entries()) {
			const { ids } = tokenizer.encode(input.text, { special });
			expect.soft([...ids], input.name).toEqual(oracle[special][i]);
		}
	});

	it('has the tokens that the reference read', () => {
		if (oracle.tokensSha256 === undefined) return;
		const { bytes, ends } = packedSpec(name).model.vocabulary;
		const hash = createHash('sha256');
		ends.forEach((end, id) => {
			const token = bytes.subarray(id === 0 ? 0 : ends[id - 1], end);
			if (token.length > 0) hash.update(`${id} ${Buffer.from(token).toString('base64')}\n`);
		});
		expect(hash.digest('hex')).toBe(oracle.tokensSha256);
	});

	it('finds every special token by name and by id', () => {
		const tokenizer = packedTokenizer(name);
		const special = tokenizer.spec.added_tokens.filter((token) => token.special);
		const lines = (tokens: readonly (readonly [number, string])[]) =>
			tokens.map(([id, content]) => `${id} ${content}`).toSorted();
		expect(lines(special.map(({ id, content }) => [id, content]))).toEqual(
			lines(oracle.specialTokens)
		);
		for (const [id, content] of oracle.specialTokens) {
			expect([...tokenizer.encode(content, { special: 'parse' }).ids], content).toEqual([id]);
			// Two names of o200k_harmony share an id.
			const names = special.filter((token) => token.id === id).map((token) => token.content);
			expect(names).toContain(tokenizer.decode([id]));
		}
	});
});
