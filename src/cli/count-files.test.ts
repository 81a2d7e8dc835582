import { expect, it } from 'vitest';
import { MemoryIo } from '../../tests/support/memory-io';
import { countFiles } from './count-files';

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
		await expect(counting).rejects.toThrow(` for ${bytes} bytes: it backtracks`);
	}
);
