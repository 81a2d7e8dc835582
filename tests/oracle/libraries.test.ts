import { beforeAll, describe, expect, it } from 'vitest';
import { getDescriptor } from '../../src/lib/tokenizers/catalogue';
import type { Runtime } from '../../src/lib/tokenizers/runtimes/runtime';
import { ORACLE_INPUTS, oracleRows, oracleSpecial } from '../support/oracle';
import { PACKED_IDS, packedLab, packedLibrary } from '../support/packed-tokenizers';

describe.each(PACKED_IDS)('%s through its library', (id) => {
	const { libraryDifferences } = getDescriptor(id);
	const rows = oracleRows(id);
	const special = oracleSpecial(id);
	const cases = ORACLE_INPUTS.map(({ name, text }, i) => ({
		name,
		text,
		row: rows[i],
		known: libraryDifferences.find(({ oracleInputs }) => oracleInputs.includes(name))
	}));
	const agreeing = cases.filter(({ known }) => !known);
	const diverging = cases.flatMap(({ known, ...rest }) =>
		known ? [{ ...rest, reason: known.reason }] : []
	);
	let library: Runtime;

	beforeAll(async () => {
		library = await packedLibrary(id);
	});

	it.each(agreeing)('gives the ids of the reference for $name', ({ text, row }) => {
		expect([...library.encode(text, { special }).ids]).toEqual(row);
	});

	it.each(agreeing)('places the tokens of $name where the engine does', ({ text }) => {
		const theirs = library.encode(text, { special });
		const ours = packedLab(id).encode(text, { special });
		expect([...theirs.byteStarts]).toEqual([...ours.byteStarts]);
		expect([...theirs.byteEnds]).toEqual([...ours.byteEnds]);
	});

	// A difference that a new version of the library mends fails here, and leaves the descriptor.
	it.each(diverging)('still differs on $name: $reason', ({ text, row }) => {
		expect([...library.encode(text, { special }).ids]).not.toEqual(row);
	});
});

it('holds every oracle file to one row an input', () => {
	for (const id of PACKED_IDS) expect(oracleRows(id).length, id).toBe(ORACLE_INPUTS.length);
});
