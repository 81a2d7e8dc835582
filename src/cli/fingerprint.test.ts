import { describe, expect, it } from 'vitest';
import { expectRefusal, runBpeLab } from '../../tests/support/run-bpe-lab';
import { smallRanks } from '../../tests/support/small-specs';
import { applyEdit } from '../lib/drift/edits/apply';
import type { SpecEdit } from '../lib/drift/edits/spec-edit';
import { tokenizerJsonText } from '../lib/engine';

const A = tokenizerJsonText(smallRanks());
const json = JSON.parse(A) as Record<string, unknown>;
const edited = (edit: SpecEdit) => tokenizerJsonText(applyEdit(smallRanks(), edit));
const TRUNCATION = { direction: 'Right', max_length: 4, strategy: 'LongestFirst', stride: 0 };

const FILES: Record<string, string> = {
	'a.json': A,
	'reformatted.json': JSON.stringify(json),
	'swapped.json': edited({ kind: 'swap-ids', ids: [256, 261] }),
	'larger.json': edited({ kind: 'shift-ids', from: 261, by: 100 }),
	'truncated.json': JSON.stringify({ ...json, truncation: TRUNCATION }),
	'refused.json': JSON.stringify({ ...json, decoder: { type: 'New' } }),
	'bidi\u202e\u001b[31m.json': A,
	'words.json': '["no baseline"]',
	'text.json': 'no JSON'
};

const lab = async (...args: readonly string[]) =>
	runBpeLab(args, { ...FILES, ...(await baselines()) });

let made: Record<string, string> | null = null;

/** Baselines: a valid one of a.json, one of its former version, and a damaged one. */
async function baselines(): Promise<Record<string, string>> {
	if (made) return made;
	const { output: sound } = await runBpeLab('fingerprint a.json --json', FILES);
	return (made = {
		'base.json': sound,
		'former.json': sound.replaceAll('drift-v2', 'drift-v1'),
		'damaged.json': sound.replace('"merges"', '"pairs"')
	});
}

describe('fingerprint', () => {
	it('prints one line, which formatting does not change', async () => {
		const { code, output } = await lab('fingerprint', 'a.json');
		expect(code).toBe(0);
		expect(output).toMatch(/^bpe-lab-drift-v2:[0-9a-f]{64} {2}a\.json\n$/);
		const again = await lab('fingerprint', 'reformatted.json');
		expect(again.output).toBe(output.replace('a.json', 'reformatted.json'));
	});

	it.each(['swapped.json', 'larger.json', 'truncated.json'])('tells %s apart', async (name) => {
		const [hash] = (await lab('fingerprint', 'a.json')).output.split(' ');
		expect((await lab('fingerprint', name)).output).not.toContain(hash);
	});

	it('prints a small baseline, always the same, without characters that a terminal acts on', async () => {
		const name = 'bidi\u202e\u001b[31m.json';
		const { output } = await lab('fingerprint', name, '--json');
		expect(output).not.toMatch(/\p{Cc}(?<!\n)|\u202e/u);
		expect(JSON.parse(output)).toMatchObject({ tokenizer: name, sizes: { ids: 301 } });
		expect(output.length).toBeLessThan(2000);
		expect((await lab('fingerprint', name, '--json')).output).toBe(output);
		expect((await lab('fingerprint', name)).output).not.toMatch(/\p{Cc}(?<!\n)|\u202e/u);
	});

	it('refuses a file that nothing can run, in one line', async () => {
		const run = await lab('fingerprint', 'refused.json');
		expectRefusal(run, 'refused.json: decoder.type: got "New", expected "ByteLevel" or ');
	});
});

describe('diff --baseline', () => {
	const diff = (...args: readonly string[]) => lab('diff', '--baseline', 'base.json', ...args);

	it.each([
		['a.json', 'identical', []],
		['reformatted.json', 'formatting-only', ['file']],
		['swapped.json', 'silent', ['vocabulary', 'merges', 'texts']],
		['truncated.json', 'silent', ['file']],
		['refused.json', 'crash', ['loads']]
	])('of %s is %s', async (name, verdict, parts) => {
		const { output, code } = await diff(name, '--json');
		const report = JSON.parse(output) as { verdict: string; differences: { part: string }[] };
		expect([code, report.verdict]).toEqual([0, verdict]);
		expect(report.differences.map(({ part }) => part)).toEqual(parts);
	});

	it('is a crash if ids pass the rows of the model, which an option may say', async () => {
		const { output, code } = await diff('larger.json', '--fail-on', 'crash');
		expect(code).toBe(1);
		expect(output).toContain('The largest id is 400, but the model has 301 embedding rows.');
		const roomy = await diff('larger.json', '--embedding-rows', '512', '--fail-on', 'crash');
		expect([roomy.code, roomy.output.includes('larger.json: silent')]).toEqual([0, true]);
	});

	it('names what changed, and what it cannot tell', async () => {
		const { output } = await diff('swapped.json');
		expect(output).toContain('The vocabulary differs (301 before, 301 now).');
		expect(output).toContain('The output for the fixed texts differs.');
		expect(output).toContain('A baseline contains only hashes');
		const markdown = (await diff('swapped.json', '--markdown')).output;
		expect(markdown).toContain('# a.json (baseline) → swapped.json: silent');
	});

	it('annotates a workflow', async () => {
		const { output } = await diff('swapped.json', '--format', 'github');
		expect(output).toMatch(/^::error title=Tokenizer drift%3A silent,file=swapped.json::/);
	});

	it('stops as --fail-on says', async () => {
		expect((await diff('reformatted.json', '--fail-on', 'any')).code).toBe(0);
		expect((await diff('swapped.json', '--fail-on', 'silent')).code).toBe(1);
		expect((await diff('swapped.json', '--fail-on', 'crash')).code).toBe(0);
	});

	it.each(['former.json', 'damaged.json', 'words.json', 'text.json'])(
		'refuses %s, which is no baseline of this version',
		async (name) => {
			const run = await lab('diff', '--baseline', name, 'a.json');
			expectRefusal(
				run,
				`${name}: got a file that isn't a baseline of version bpe-lab-drift-v2, expected`
			);
		}
	);

	it.each([
		[['--baseline', 'none.json', 'a.json'], 'none.json: there is no such file'],
		[
			['--baseline', 'base.json', 'a.json', 'a.json'],
			"--baseline can't be used with a second tokenizer"
		],
		[
			['--baseline', 'base.json', 'a.json', '--probes', 'quick'],
			"--baseline can't be used with --probes"
		]
	])('refuses %j in one line', async (args, message) => {
		expectRefusal(await lab('diff', ...args), message);
	});
});
