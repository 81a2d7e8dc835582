import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createTokenizer } from '../../src/lib/engine';
import { readTokenizer } from '../../src/lib/tokenizers/files/read';
import { ORACLE_INPUTS } from '../support/oracle';
import { slicedFile } from '../support/tokenizer-files';

const read = (name: string) => readFileSync(join(import.meta.dirname, 'formats', name));
/** Ids that the program for each format gives for the texts, with special tokens read as text, by file name. */
const EXPECTED = JSON.parse(read('expected.json').toString()) as Record<
	string,
	{ ids: number[][] }
>;

it.each(Object.entries(EXPECTED))(
	'reads %s and gives the ids of its own program',
	async (name, { ids }) => {
		const { spec } = await readTokenizer([slicedFile(read(name), name)]);
		const tokenizer = createTokenizer(spec);
		for (const [i, { text }] of ORACLE_INPUTS.entries())
			expect.soft([...tokenizer.encode(text).ids], text).toEqual(ids[i]);
	}
);
