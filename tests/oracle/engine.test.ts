import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/lib/tokenizers/catalogue';
import { ORACLE_INPUTS, oracleRows, oracleSpecial } from '../support/oracle';
import { packedTokenizer } from '../support/packed-tokenizers';

const NAMES = CATALOGUE.flatMap(({ id, aliases = [] }) => [id, ...aliases]);

describe.each(NAMES)('%s', (name) => {
	const rows = oracleRows(name);
	const special = oracleSpecial(name);

	it('has a row for every input', () => {
		expect(rows.length).toBe(ORACLE_INPUTS.length);
	});

	it.each(ORACLE_INPUTS.map((input, i) => ({ ...input, row: rows[i] })))(
		'encodes $name as the reference does',
		({ text, row }) => {
			expect([...packedTokenizer(name).encode(text, { special }).ids]).toEqual(row);
		}
	);
});
