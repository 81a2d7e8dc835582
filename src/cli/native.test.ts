import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { nativeLibrary } from '../../tests/support/native-library';
import { runBpeLab } from '../../tests/support/run-bpe-lab';
import { smallRanks } from '../../tests/support/small-specs';
import { tokenizerJsonText } from '../lib/engine';

const A = tokenizerJsonText(smallRanks());
const PAIRS = join(import.meta.dirname, '../../tests/oracle/drift-pairs');

/** Hugging Face's library aborts on one of the two files, for a reason that the file doesn't show. */
const FILES = Object.fromEntries(
	['a', 'b'].map((side) => {
		const name = `p33-prepend-nothing-${side}.json`;
		return [name, readFileSync(join(PAIRS, name), 'utf8')];
	})
);

async function diff(...args: readonly string[]) {
	const files = { 'a.json': A, '-': A, ...FILES };
	const { code, output, warnings } = await runBpeLab(['diff', ...args], files);
	const report = output === '' ? null : (JSON.parse(output) as Record<string, unknown>);
	return { code, report, warnings };
}

describe.skipIf(!nativeLibrary)('bpe-lab diff --native', () => {
	it('loads and runs both files in Hugging Face’s library', async () => {
		const { report } = await diff('a.json', 'a.json', '--json', '--native');
		expect(report).toMatchObject({ verdict: 'identical', loads: { a: 'yes', b: 'yes' } });
		expect(report?.probes).toBe(1043);
	});

	it('finds a file on which the library stops, which nothing else can tell', async () => {
		const pair = ['p33-prepend-nothing-a.json', 'p33-prepend-nothing-b.json', '--json'];
		const { report } = await diff(...pair, '--native');
		expect(report).toMatchObject({
			verdict: 'crash',
			loads: { a: 'yes', b: expect.stringMatching(/^aborts: /) as string }
		});
		const without = (await diff(...pair)).report;
		expect(without?.verdict).not.toBe('crash');
		expect(without?.loads).toMatchObject({ b: expect.stringMatching(/^not checked: /) as string });
	});

	it('fails with --fail-on any for a file that it could not check', async () => {
		const args = ['a.json', '-', '--json', '--native', '--fail-on'];
		expect(await diff(...args, 'any')).toMatchObject({
			code: 1,
			report: { verdict: 'identical', loads: { a: 'yes' } },
			warnings: ['identical, but not every check could finish (loads); see the report']
		});
		expect((await diff(...args, 'silent')).code).toBe(0);
		expect((await diff('a.json', '-', '--json', '--fail-on', 'any')).code).toBe(0);
	});
});

it('says in one line that the library is not installed', async () => {
	vi.spyOn(process, 'cwd').mockReturnValue(tmpdir());
	const { code, warnings } = await diff('a.json', 'a.json', '--native');
	expect([code, warnings]).toEqual([2, [expect.stringContaining('npm install tokenizers')]]);
});
