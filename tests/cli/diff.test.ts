import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runLauncher } from '../support/launcher';

let folder = '';
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'bpe-lab-diff-'))));
afterAll(() => rmSync(folder, { recursive: true }));
// The first run of all may bundle and pack.
beforeAll(() => runLauncher(folder, 'tokenizers'), 300_000);

describe('bpe-lab diff', () => {
	it('tells cl100k_base from o200k_base in numbers', async () => {
		const { code, output, errors } = await runLauncher(
			folder,
			'diff cl100k_base o200k_base --json'
		);
		expect({ code, errors }).toEqual({ code: 0, errors: '' });
		expect(JSON.parse(output)).toMatchObject({
			verdict: 'crash',
			vocabulary: {
				sizeA: 100_256,
				sizeB: 199_998,
				shared: 85_033,
				sameId: 265,
				moved: 84_768,
				added: 114_965,
				removed: 15_223
			}
		});
	});

	it('is a gate: prints the report, says why on standard error, and exits with 1', async () => {
		writeFileSync(join(folder, 'text.txt'), 'What is 3333+777?');
		const args = 'diff llama3 qwen3 --text text.txt --markdown --fail-on silent';
		const { code, output, errors } = await runLauncher(folder, args);
		expect(code).toBe(1);
		expect(output).toContain('# Tokenizer drift: crash');
		expect(output).toContain('| `text.txt` |');
		expect(errors).toMatch(/^bpe-lab: crash: .*\n$/);
	});

	it('lets the same tokenizer pass', async () => {
		const { code, errors } = await runLauncher(folder, 'diff gpt2 r50k_base --fail-on any');
		expect({ code, errors }).toEqual({ code: 0, errors: '' });
	});
});
