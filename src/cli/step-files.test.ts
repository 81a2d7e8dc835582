import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { appendForStep } from './save';

let folder = '';
let summary = '';
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'step-files-'));
	summary = join(folder, 'summary.md');
	vi.stubEnv('GITHUB_STEP_SUMMARY', summary);
	vi.stubEnv('GITHUB_OUTPUT', join(folder, 'output'));
});
afterEach(() => {
	rmSync(folder, { recursive: true });
});

/** Largest summary that GitHub accepts. */
const LIMIT_BYTES = 1024 * 1024;

it('appends to the files of a step, and does nothing outside of a workflow', async () => {
	writeFileSync(summary, 'before\n');
	await appendForStep('summary', 'report\n');
	await appendForStep('output', 'verdict=silent\n');
	expect(readFileSync(summary, 'utf8')).toBe('before\nreport\n');
	expect(readFileSync(join(folder, 'output'), 'utf8')).toBe('verdict=silent\n');
	vi.stubEnv('GITHUB_STEP_SUMMARY', '');
	vi.stubEnv('GITHUB_OUTPUT', undefined);
	await expect(appendForStep('summary', 'report')).resolves.toBeUndefined();
	await expect(appendForStep('output', 'a=b')).resolves.toBeUndefined();
});

it('fills a summary to the last byte that GitHub accepts', async () => {
	const text = 'é'.repeat(LIMIT_BYTES / 2);
	await appendForStep('summary', text);
	expect(readFileSync(summary, 'utf8')).toBe(text);
});

it('leaves out a text that would make it too large, says so, and never exceeds the limit', async () => {
	await appendForStep('summary', 'a'.repeat(LIMIT_BYTES - 200));
	await appendForStep('summary', 'é'.repeat(150));
	await appendForStep('summary', 'short\n');
	const text = readFileSync(summary, 'utf8');
	expect(text.replace(/^a+/, '')).toMatch(/^\nA report is too long .*\nshort\n$/);
	for (let i = 0; i < 9; i++) await appendForStep('summary', 'b'.repeat(300));
	expect(Buffer.byteLength(readFileSync(summary))).toBeLessThanOrEqual(LIMIT_BYTES);
});

it('names the file that it cannot write', async () => {
	vi.stubEnv('GITHUB_OUTPUT', folder);
	await expect(appendForStep('output', 'a=b')).rejects.toThrow(
		`${folder}: got a folder, expected a file`
	);
});
