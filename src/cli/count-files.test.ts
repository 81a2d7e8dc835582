import { expect, it } from 'vitest';
import { MemoryIo } from '../../tests/support/memory-io';
import { countFiles } from './count-files';

const count = (pattern: string, feed: 'lines' | 'whole', field: string | null, input: string) =>
	countFiles(new MemoryIo({ '-': input }), [], { pattern: { regex: pattern }, feed }, field);

const RUN = 'a'.repeat(60);

it.each([
	['in lines', 'lines', null, `c\n${RUN}b\n`, 'standard input: ', 60],
	['in a text as a whole', 'whole', null, `${RUN}b`, 'standard input: ', 60],
	['in a field', 'whole', 'text', `{"text":"b"}\n{"text":"${RUN}b"}`, 'standard input line 2: ', 60]
] as const)(
	'stops a pattern that backtracks without end, %s',
	async (_, feed, field, input, where, bytes) => {
		const counting = count('(?:a+)+c', feed, field, input);
		await expect(counting).rejects.toThrow(
			`${where}regular expression "(?:a+)+c": gave up at byte ${bytes} of the text after `
		);
	}
);
