import { beforeAll, describe, expect, it } from 'vitest';
import type { Runtime } from '../../src/lib/tokenizers/runtimes/types';
import { ORACLE_INPUTS, oracleRows, oracleSpecial } from '../support/oracle';
import { PACKED_IDS, packedLab, packedLibrary } from '../support/packed-tokenizers';

interface Divergence {
	readonly tokenizer: string;
	readonly input: string;
	readonly reason: string;
}

const WHITE_SPACE = 'JavaScript’s \\s leaves out U+0085 and takes in U+FEFF';
/** Their patterns have no `\s`. */
const NO_WHITE_SPACE_CLASS = ['llama2', 'mistral-v1', 'mistral-v3', 'gemma3'];

/**
 * Where a library is known not to give the reference's ids. Each is checked to be there still: one
 * that a new version has mended fails here, and leaves the list.
 */
const DIVERGENCES: readonly Divergence[] = PACKED_IDS.filter(
	(id) => !NO_WHITE_SPACE_CLASS.includes(id)
).flatMap((tokenizer) => [
	{ tokenizer, input: 'nel', reason: WHITE_SPACE },
	{ tokenizer, input: 'rand-ws', reason: WHITE_SPACE }
]);

describe.each(PACKED_IDS)('%s through its library', (id) => {
	const rows = oracleRows(id);
	const special = oracleSpecial(id);
	const cases = ORACLE_INPUTS.map(({ name, text }, i) => ({
		name,
		text,
		row: rows[i],
		known: DIVERGENCES.find(({ tokenizer, input }) => tokenizer === id && input === name)
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

	it.each(diverging)('still differs on $name: $reason', ({ text, row }) => {
		expect([...library.encode(text, { special }).ids]).not.toEqual(row);
	});
});

it('holds every oracle file to one row an input', () => {
	for (const id of PACKED_IDS) expect(oracleRows(id).length, id).toBe(ORACLE_INPUTS.length);
});
