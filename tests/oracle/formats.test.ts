import { expect, it } from 'vitest';
import { createTokenizer } from '../../src/lib/engine';
import { readTokenizer } from '../../src/lib/tokenizers/files/read';
import { FORMAT_ORACLES, formatFile, ORACLE_INPUTS } from '../support/oracle';
import { slicedFile } from '../support/tokenizer-files';

it.each(Object.entries(FORMAT_ORACLES))(
	'reads %s and gives the ids of its own program',
	async (name, { ids }) => {
		const { spec } = await readTokenizer([slicedFile(formatFile(name), name)]);
		const tokenizer = createTokenizer(spec);
		for (const [i, { text }] of ORACLE_INPUTS.entries())
			expect.soft([...tokenizer.encode(text).ids], text).toEqual(ids[i]);
	}
);
