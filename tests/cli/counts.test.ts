import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LAUNCHER, runLauncher } from '../support/launcher';

const MAX_MEGABYTES = 300;
const CHUNK_UNITS = 1 << 16;

let folder = '';
const at = (path: string) => join(folder, path);
const bpeLab = (args: string, input: string | Uint8Array = '') => runLauncher(folder, args, input);

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'bpe-lab-counts-'));
	// The first run of all may bundle and pack.
	await bpeLab('tokenizers');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Standard output of a run that must succeed. */
async function outputOf(args: string, input: string | Uint8Array = ''): Promise<string> {
	const { code, output, errors } = await bpeLab(args, input);
	expect(code, errors).toBe(0);
	return output;
}

const RECORDS = Array.from({ length: 3000 }, (_, i) => ({
	text: `record ${i}, naïve 日本 ${i.toString(36)}\n${'lines '.repeat(i % 7)}`
}));
const ndjson = (records: typeof RECORDS) =>
	records.map((record) => `${JSON.stringify(record)}\n`).join('');

describe('count --out', () => {
	it('gives the same bytes again, and the same tokenizer from parts as from the whole', async () => {
		const rules = '--ndjson text --pattern o200k';
		await Promise.all([
			outputOf(`count ${rules} --out whole`, ndjson(RECORDS)),
			outputOf(`count ${rules} --out again`, ndjson(RECORDS)),
			...[0, 1].map((part) =>
				outputOf(
					`count ${rules} --out part-${part}`,
					ndjson(RECORDS.filter((_, i) => i % 2 === part))
				)
			)
		]);
		expect(readdirSync(at('whole')).sort()).toEqual(['counts-00000.tsv.gz', 'manifest.json']);
		for (const name of readdirSync(at('whole'))) {
			const [first, second] = ['whole', 'again'].map((run) => readFileSync(at(join(run, name))));
			expect(first.equals(second)).toBe(true);
		}
		const train = '--vocab-size 1000 --min-frequency 1';
		await outputOf(`train ${train} --out whole.json --counts whole`);
		await outputOf(`train ${train} --out parts.json --counts part-0 part-1`);
		await outputOf(
			`train ${train} --pattern o200k --out table.json --counts -`,
			await outputOf(`count ${rules}`, ndjson(RECORDS))
		);
		const whole = readFileSync(at('whole.json'), 'utf8');
		expect(readFileSync(at('parts.json'), 'utf8')).toBe(whole);
		expect(readFileSync(at('table.json'), 'utf8')).toBe(whole);
	});

	it('refuses a shard that was changed or is missing, and trains nothing', async () => {
		await outputOf('count --out changed', 'some text\n');
		const path = at('changed/counts-00000.tsv.gz');
		const bytes = readFileSync(path);
		bytes[bytes.length - 1] ^= 1;
		writeFileSync(path, bytes);
		const train = 'train --vocab-size 99 --out none.json --counts changed';
		expect((await bpeLab(train)).errors).toMatch(
			/^bpe-lab: changed\/counts-00000\.tsv\.gz: got SHA-256 [0-9a-f]{64}, expected [0-9a-f]{64}; copy the file again\n$/
		);
		rmSync(path);
		const { code, errors } = await bpeLab(train);
		expect({ code, errors }).toEqual({
			code: 2,
			errors:
				'bpe-lab: changed/counts-00000.tsv.gz: there is no such file, expected this shard of manifest.json; copy the whole folder\n'
		});
		expect(existsSync(at('none.json'))).toBe(false);
	});

	it('leaves the former counts and no part of new ones if it is interrupted', async () => {
		await outputOf('count --out kept', 'former\n');
		const former = readFileSync(at('kept/manifest.json'), 'utf8');
		const child = spawn(process.execPath, [LAUNCHER, 'count', '--out', 'kept'], { cwd: folder });
		child.stdin.write('new\n');
		// The draft shows that it has begun.
		while (readdirSync(at('kept')).length === 2) await new Promise((next) => setImmediate(next));
		child.kill('SIGINT');
		expect(await once(child, 'close')).toEqual([null, 'SIGINT']);
		expect(readdirSync(at('kept')).sort()).toEqual(['counts-00000.tsv.gz', 'manifest.json']);
		expect(readFileSync(at('kept/manifest.json'), 'utf8')).toBe(former);
		expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
	});
});

describe.runIf(process.platform === 'linux')('memory on input that could go on', () => {
	let words = 0;
	/** New words of letters. */
	const newWord = () =>
		(words++).toString(26).replace(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)]);

	/** Runs `bpe-lab` on chunks until they end or it refuses them. */
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
		// A program that refuses its input closes it.
		pipeline(Readable.from(chunks()), child.stdin, () => undefined);
		const [code] = (await once(child, 'close')) as [number | null];
		return { code, errors: String(Buffer.concat(errors)), peak };
	}

	function readProcess(pid: number | undefined): string {
		try {
			return readFileSync(`/proc/${pid}/status`, 'utf8');
		} catch {
			// It has ended.
			return '';
		}
	}

	it.each([
		['count', 'lines of new words', () => `${newWord()}\n`, 40],
		['count --out words', 'a line of new words', () => `${newWord()} `, 40],
		['encode -t gemma3 --count', 'a line of new words', () => `${newWord()} `, 8]
	])('%s stays below 300 MB on %s', async (args, _, part, megabytes) => {
		const { code, peak } = await run(args, part, megabytes);
		expect(code).toBe(0);
		expect(peak).toBeGreaterThan(20);
		expect(peak).toBeLessThan(MAX_MEGABYTES);
	});

	it.each([
		['count', 'no boundary in the text from byte 0 on: expected one within 4194304 bytes; add'],
		[
			'count --ndjson text',
			'line 1: got a line of more than 67108864 bytes, expected a shorter one'
		],
		['count --pattern none --out none', 'standard input: no boundary in the text from byte 0 on'],
		[
			'encode -t cl100k_base --count',
			'no boundary in the text from byte 0 on: expected one within 2097152'
		]
	])('%s refuses one word without an end in one line', async (args, message) => {
		const { code, errors, peak } = await run(args, () => 'word', 200);
		expect(code).toBe(2);
		expect(errors).toContain(message);
		expect(errors).toMatch(/^bpe-lab: [^\n]+\n$/);
		expect(peak).toBeLessThan(MAX_MEGABYTES);
		expect(existsSync(at('none'))).toBe(false);
	});
});

it('encode --count says how many ids encode prints', async () => {
	const text = `${ndjson(RECORDS)}${'日本語。\n'.repeat(40_000)}`;
	writeFileSync(at('a.txt'), text);
	writeFileSync(at('b.txt'), ' and more');
	const counts = ['cl100k_base', 'llama2', 'gemma3'].map(async (id) => {
		const ids = await outputOf(`encode -t ${id} --bos a.txt b.txt`);
		expect(await outputOf(`encode -t ${id} --bos --count a.txt b.txt`)).toBe(
			`${ids.trim().split(' ').length}\n`
		);
	});
	await Promise.all(counts);
});
