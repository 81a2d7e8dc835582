import { describe, expect, it } from 'vitest';
import { getDescriptor } from '../../src/lib/tokenizers/catalogue';
import { ORACLE_INPUTS, oracleOf } from '../support/oracle';
import { PACKED_IDS, packedLab, packedLibrary } from '../support/packed-tokenizers';
import { sized } from '../support/size';

/** `npm test` covers only a few per library and kind. */
const IDS = sized(
	['gpt2', 'o200k_base', 'claude-legacy', 'llama2', 'llama3', 'gemma3'],
	PACKED_IDS
);

describe.each(IDS)('%s through its library', (id) => {
	it('returns the ids of the reference and the spans of the engine, except where it is known to differ', async () => {
		const { libraryDifferences, library: name } = getDescriptor(id);
		const special = name === 'js-tiktoken' ? 'text' : 'parse';
		const rows = oracleOf(id)[special];
		const library = await packedLibrary(id);
		for (const [i, { name, text }] of ORACLE_INPUTS.entries()) {
			const theirs = library.encode(text, { special });
			const row = rows[i];
			const known = libraryDifferences.find(({ oracleInputs }) => oracleInputs.includes(name));
			if (known) {
				// If a new version of the library fixes a known difference, remove the difference from the descriptor.
				expect.soft([...theirs.ids], `${name}: ${known.reason}`).not.toEqual(row);
				continue;
			}
			const ours = packedLab(id).encode(text, { special, wholeSpans: true });
			expect.soft([...theirs.ids], name).toEqual(row);
			expect.soft([...theirs.byteStarts], name).toEqual([...ours.byteStarts]);
			expect.soft([...theirs.byteEnds], name).toEqual([...ours.byteEnds]);
		}
	});
});
