import { beforeAll, describe, expect, it } from 'vitest';
import { getDescriptor } from '../../src/lib/tokenizers/catalogue';
import type { Runtime } from '../../src/lib/tokenizers/runtimes/runtime';
import { ORACLE_INPUTS, oracleOf } from '../support/oracle';
import { PACKED_IDS, packedLab, packedLibrary } from '../support/packed-tokenizers';

describe.each(PACKED_IDS)('%s through its library', (id) => {
	const { libraryDifferences, library: name } = getDescriptor(id);
	const special = name === 'js-tiktoken' ? 'text' : 'parse';
	const rows = oracleOf(id)[special];
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

	it.each(agreeing)('returns the ids of the reference for $name', ({ text, row }) => {
		expect([...library.encode(text, { special }).ids]).toEqual(row);
	});

	it.each(agreeing)('gives the tokens of $name the spans of the engine', ({ text }) => {
		const theirs = library.encode(text, { special });
		const ours = packedLab(id).encode(text, { special, wholeSpans: true });
		expect([...theirs.byteStarts]).toEqual([...ours.byteStarts]);
		expect([...theirs.byteEnds]).toEqual([...ours.byteEnds]);
	});

	// If a new version of the library fixes a difference, remove it from the descriptor.
	it.each(diverging)('still differs on $name: $reason', ({ text, row }) => {
		expect([...library.encode(text, { special }).ids]).not.toEqual(row);
	});
});
