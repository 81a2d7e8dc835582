import { spawnSync } from 'node:child_process';
import { ROOT } from './launcher';

/** Reads a JSON array of texts and writes one JSON line per text. */
const PROGRAM = `
	const { readFileSync, writeSync } = require('node:fs');
	const { Tokenizer } = require('tokenizers');
	for (const text of JSON.parse(readFileSync(0, 'utf8'))) {
		let verdict = 'yes';
		try {
			Tokenizer.fromString(text);
		} catch (error) {
			verdict = 'refused: ' + error.message;
		}
		writeSync(1, JSON.stringify(verdict) + '\\n');
	}`;

/**
 * Verdict of Hugging Face's native library on each tokenizer.json: `yes`, or `refused: …` or `aborts: …` with the
 * library's message. A panic ends the process, so a new process continues after the text that caused the panic.
 */
export function nativeVerdicts(texts: readonly string[]): string[] {
	const verdicts: string[] = [];
	while (verdicts.length < texts.length) {
		const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', PROGRAM], {
			cwd: ROOT,
			encoding: 'utf8',
			input: JSON.stringify(texts.slice(verdicts.length)),
			maxBuffer: 1 << 30
		});
		const lines = stdout.trimEnd().split('\n').filter(Boolean);
		// Remove the position of the error, because it depends on how the file is formatted.
		const said = lines.map((line) =>
			String(JSON.parse(line)).replace(/ at line \d+ column \d+$/, '')
		);
		verdicts.push(...said);
		if (status === 0) break;
		verdicts.push(`aborts: ${panicMessage(stderr)}`);
	}
	return verdicts;
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
