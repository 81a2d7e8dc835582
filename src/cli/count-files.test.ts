import { expect, it } from 'vitest';
import { MemoryIo } from '../../tests/support/memory-io';
import { sized } from '../../tests/support/size';
import { mergePretokenCounts, writeCountsTsv, type PretokenCounts } from '../lib/engine/train';
import { countFiles, MAX_DISTINCT } from './count-files';

const count = (pattern: string, feed: 'lines' | 'whole', field: string | null, input: string) =>
	countFiles(new MemoryIo({ '-': input }), [], {
		rules: { pattern: { regex: pattern }, feed },
		field,
		threads: 1
	});

const RUN = 'a'.repeat(60);

const ENDLESS = [
	['in a field', 'whole', 'text', `{"text":"b"}\n{"text":"${RUN}b"}`, 'standard input line 2: '],
	['in lines', 'lines', null, `c\n${RUN}b\n`, 'standard input: '],
	['in a text as a whole', 'whole', null, `${RUN}b`, 'standard input: ']
] as const;

// Each of these takes seconds.
it.each(ENDLESS.slice(0, sized(1, ENDLESS.length)))(
	'stops a pattern that backtracks without end, %s',
	async (_, feed, field, input, where) => {
		const counting = count('(?:a+)+c', feed, field, input);
		await expect(counting).rejects.toThrow(
			`${where}regular expression "(?:a+)+c": gave up at byte 60 of the text after `
		);
	}
);

it.each([
	['lines', null, (words: string) => `${words}\n`],
	['a field', 'text', (words: string) => `{"text":"${words}"}\n`]
] as const)(
	'gives counts in parts that add up to those of the whole: %s',
	async (_, field, line) => {
		const WORDS_PER_LINE = 1024;
		const lines = Array.from({ length: (MAX_DISTINCT * 1.25) / WORDS_PER_LINE }, (_, i) =>
			line(Array.from({ length: WORDS_PER_LINE }, (_, j) => `w${i * WORDS_PER_LINE + j}`).join(' '))
		);
		// The first line's words occur again in the second part.
		const chunks = [...lines, lines[0]].map((text) => new TextEncoder().encode(text));
		const options = { rules: { pattern: 'gpt2', feed: 'lines' }, field, threads: 1 } as const;
		const { counts: whole } = await countFiles(new MemoryIo({ '-': chunks }), [], options);
		const parts: PretokenCounts[] = [];
		const take = (part: PretokenCounts) => Promise.resolve(void parts.push(part));
		const rest = await countFiles(new MemoryIo({ '-': chunks }), [], options, take);
		parts.push(rest.counts);
		expect(parts).toHaveLength(2);
		expect(parts[0].ends).toHaveLength(MAX_DISTINCT);
		const text = (counts: PretokenCounts) => [...writeCountsTsv(counts)].join('');
		expect(text(mergePretokenCounts(parts)) === text(whole)).toBe(true);
	}
);

it('warns at the end about a pattern that matched nothing', async () => {
	// Each text is a single pre-token, and the last one fills the table.
	const texts = Array.from({ length: MAX_DISTINCT }, (_, i) => `{"text":"${i}"}\n`);
	const half = MAX_DISTINCT / 2;
	const chunks = [texts.slice(0, half), texts.slice(half)].map((part) =>
		new TextEncoder().encode(part.join(''))
	);
	const io = new MemoryIo({ '-': chunks });
	let parts = 0;
	const options = {
		rules: { pattern: { regex: 'x' }, feed: 'whole' },
		field: 'text',
		threads: 1
	} as const;
	const take = () => {
		parts++;
		return Promise.resolve();
	};
	const rest = await countFiles(io, [], options, take);
	expect(rest.counts.ends).toHaveLength(0);
	expect(parts).toBe(1);
	expect(io.statuses.at(-2)).toContain(' pre-tokens');
	expect(io.statuses.at(-1)).toBe('');
	expect(io.warnings).toEqual([expect.stringMatching(/^--pattern \/x\/ matches nothing/)]);
});
