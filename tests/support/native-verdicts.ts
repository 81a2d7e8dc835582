import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('./native-verdict.js', import.meta.url));

/**
 * What Hugging Face's native library makes of each text: `yes`, `refused: …` or `aborts: …`, in its
 * own words. A panic ends the process, so a new one takes over after the text that caused it.
 */
export function nativeVerdicts(texts: readonly string[]): string[] {
	const folder = mkdtempSync(join(tmpdir(), 'native-verdicts-'));
	try {
		const file = join(folder, 'texts.json');
		writeFileSync(file, JSON.stringify(texts));
		const verdicts: string[] = [];
		while (verdicts.length < texts.length) {
			const { stdout, stderr, status } = spawnSync(
				process.execPath,
				[SCRIPT, file, String(verdicts.length)],
				{ encoding: 'utf8', maxBuffer: 1 << 30 }
			);
			const lines = stdout.split('\n').filter((line) => line !== '');
			verdicts.push(...lines.map((line) => JSON.parse(line) as string));
			if (status === 0) break;
			verdicts.push(`aborts: ${panicMessage(stderr)}`);
		}
		return verdicts;
	} finally {
		rmSync(folder, { recursive: true });
	}
}

function panicMessage(stderr: string): string {
	const panic = /panicked at [^\n]*\n([^]*?)\n(?:note: |stack backtrace:|fatal runtime error)/.exec(
		stderr
	);
	const failed = /memory allocation of \d+ bytes failed/.exec(stderr);
	const message = panic?.[1] ?? failed?.[0];
	if (message === undefined) throw new Error(`native ended without a panic: ${stderr}`);
	return message;
}
