/** Memory of the command line on endless input. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { LAUNCHER } from '../support/launcher';
import { launcherFolder } from '../support/scratch-folder';
import { sized } from '../support/size';

/** Per thread. */
const MAX_MEGABYTES = 300;
const CHUNK_UNITS = 1 << 16;

const folder = launcherFolder();

describe.runIf(process.platform === 'linux')('on Linux', () => {
	let words = 0;
	/** Next word of letters that has not occurred yet. */
	const newWord = () =>
		(words++).toString(26).replace(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)]);

	/** Feeds chunks to `bpe-lab` until `megabytes` are written or it rejects them. */
	async function run(args: string, part: () => string, megabytes: number) {
		const child = spawn(process.execPath, [LAUNCHER, ...args.split(' ')], { cwd: folder });
		const errors: Buffer[] = [];
		child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
		child.stdout.resume();
		let peak = 0;
		const chunks = function* () {
			for (let written = 0; written < megabytes * 1e6;) {
				let chunk = '';
				while (chunk.length < CHUNK_UNITS) chunk += part();
				written += chunk.length;
				yield chunk;
				const status = readProcess(child.pid);
				peak = Math.max(peak, Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1000);
			}
		};
		// A program that rejects its input closes the pipe.
		pipeline(Readable.from(chunks()), child.stdin, () => undefined);
		const [code] = (await once(child, 'close')) as [number | null];
		return { code, errors: String(Buffer.concat(errors)), peak };
	}

	function readProcess(pid: number | undefined): string {
		try {
			return readFileSync(`/proc/${pid}/status`, 'utf8');
		} catch {
			// The process has ended.
			return '';
		}
	}

	/** Contains a character that makes V8 store the string with two bytes per code unit. */
	const newRecord = () => {
		const text = Array.from({ length: 600_000 }, newWord).join(' ');
		return `${JSON.stringify({ text: `日${text}` })}\n`;
	};
	const INPUTS: [
		args: string,
		text: string,
		part: () => string,
		megabytes: number,
		threads?: number
	][] = [
		['count', 'lines of new words', () => `${newWord()}\n`, sized(20, 64)],
		['count --out words', 'a line of new words', () => `${newWord()} `, 64],
		['encode -t gemma3 --count', 'a line of new words', () => `${newWord()} `, 40],
		['count', 'long new words', () => `${newWord()}${'-long'.repeat(50)}\n`, 256],
		['count --ndjson text', 'JSON lines of 4 MB', newRecord, 64],
		['count', 'lines of new words', () => `${newWord()}\n`, 64, 3],
		['encode -t gemma3', 'lines of new words', () => `${newWord()}\n`, 64, 3]
	];

	it.each(INPUTS.slice(0, sized(1, INPUTS.length)))(
		'%s stays below 300 MB per thread on %s',
		async (args, _, part, megabytes, threads = 1) => {
			const { code, peak } = await run(`${args} --threads ${threads}`, part, megabytes);
			expect(code).toBe(0);
			expect(peak).toBeGreaterThan(20);
			expect(peak).toBeLessThan(MAX_MEGABYTES * threads);
		}
	);

	it.each([
		['count', 'no boundary in the text from byte 0 on, expected one within 4194304 bytes; add'],
		[
			'count --ndjson text',
			'line 1: got a line of more than 67108864 bytes, expected a shorter one'
		],
		['count --pattern none --out none', 'standard input: no boundary in the text from byte 0 on'],
		[
			'encode -t cl100k_base --count',
			'no boundary in the text from byte 0 on, expected one within 67108864'
		]
	])('%s refuses one word without an end in one line', async (args, message) => {
		const { code, errors, peak } = await run(args, () => 'word', 200);
		expect(code).toBe(2);
		expect(errors).toContain(message);
		expect(errors).toMatch(/^bpe-lab: [^\n]+\n$/);
		expect(peak).toBeLessThan(MAX_MEGABYTES);
		expect(existsSync(join(folder, 'none'))).toBe(false);
	});
});
