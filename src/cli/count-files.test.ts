import { expect, it } from 'vitest';
import { MemoryIo } from '../../tests/support/memory-io';
import { countFiles, TimeOver, withinTime } from './count-files';

/** Milliseconds: long enough that no busy machine needs them for what does not backtrack. */
const LIMIT = 1000;

const count = (pattern: string, feed: 'lines' | 'whole', field: string | null, input: string) =>
	countFiles(new MemoryIo({ '-': input }), [], { pattern: { regex: pattern }, feed }, field, LIMIT);

const RUN = 'a'.repeat(60);

it.each([
	['in lines', 'lines', null, `c\n${RUN}b\n`, 'standard input: ', 64],
	['in a text as a whole', 'whole', null, `${RUN}b`, 'standard input: ', 61],
	['in a field', 'whole', 'text', `{"text":"b"}\n{"text":"${RUN}b"}`, 'standard input line 2: ', 61]
] as const)(
	'stops a pattern that backtracks without end, %s',
	async (_, feed, field, input, where, bytes) => {
		const counting = count('(?:a+)+c', feed, field, input);
		await expect(counting).rejects.toThrow(
			`${where}--pattern /(?:a+)+c/ needs more than 1.0 seconds for `
		);
		await expect(counting).rejects.toThrow(` for ${bytes} bytes, because it backtracks`);
	}
);

it('runs what it is given, and hands its errors on', () => {
	let runs = 0;
	withinTime(60_000, () => {
		runs++;
	});
	expect(runs).toBe(1);
	const error = new RangeError('its own');
	const fail = () => {
		throw error;
	};
	expect(() => withinTime(60_000, fail)).toThrow(error);
});

it('stops a regular expression that backtracks without end', () => {
	const run = () => {
		/^(?:a+)+$/.test(`${'a'.repeat(60)}b`);
	};
	expect(() => withinTime(20, run)).toThrow(TimeOver);
	// And can be used again.
	let runs = 0;
	withinTime(60_000, () => {
		runs++;
	});
	expect(runs).toBe(1);
});
