/** `--native`: loads and runs both files in Hugging Face's native library, the npm package `tokenizers`. */
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { NativeAnswers, TokenizerSource } from '../lib/drift';
import { PARSED } from '../lib/drift/compare-output';
import { PROBE_TEXTS } from '../lib/drift/fingerprint/texts';
import type { Loads, Outcome } from '../lib/drift/types';
import { tokenizerJsonText } from '../lib/engine';
import { decodeUtf8 } from '../lib/engine/text';
import { oneLine, UserError } from './failure';
import type { Io } from './io';
import { findShipped } from './tokenizer';

/** Time limit for checking one file. Even the largest published tokenizers take only a few seconds to check. */
const TIME_LIMIT_MS = 120_000;

interface Answer {
	readonly loads: Loads;
	/** Output for {@link PROBE_TEXTS}; absent if the library can't load the file. */
	readonly outcomes?: readonly Outcome[];
}

interface Side {
	readonly name: string;
	readonly source: TokenizerSource;
}

export async function askNatively(a: Side, b: Side, io: Io): Promise<NativeAnswers> {
	const library = findLibrary();
	const [answerA, answerB] = [await ask(a, library, io), await ask(b, library, io)];
	const isRandom = [a, b].some(
		({ source }) => 'file' in source && (source.file?.dropout ?? null) !== null
	);
	const [ofA, ofB] = [answerA.outcomes, answerB.outcomes];
	const canCompare = ofA && ofB && !isRandom;
	const pairs = canCompare ? PROBE_TEXTS.map((text, i) => ({ text, a: ofA[i], b: ofB[i] })) : [];
	const differing = pairs.filter((pair) => JSON.stringify(pair.a) !== JSON.stringify(pair.b));
	const first = differing.at(0);
	return {
		a: answerA.loads,
		b: answerB.loads,
		tried: pairs.length,
		differing: differing.length,
		witness: first
			? {
					reference: 'native',
					does: 'encode',
					inputs: [first.text],
					...PARSED,
					a: first.a,
					b: first.b
				}
			: null
	};
}

/** Resolves the library from the working directory, as a program there would. */
function findLibrary(): string {
	try {
		return createRequire(join(process.cwd(), 'package.json')).resolve('tokenizers');
	} catch (error) {
		throw new UserError(
			"--native needs the tokenizers npm package, which isn't installed here; run `npm install tokenizers`, or leave out --native",
			{ cause: error }
		);
	}
}

async function ask({ name, source }: Side, library: string, io: Io): Promise<Answer> {
	if ('problem' in source) return { loads: `refused: ${source.problem}` };
	let file: string | null;
	try {
		file = await textOf(name, source, io);
	} catch (error) {
		return { loads: `not checked: ${oneLine(error)}` };
	}
	if (file !== null) return runInProcess(library, file);
	return { loads: 'not checked: Hugging Face’s library reads only tokenizer.json' };
}

/** The text of a tokenizer.json; `null` for other formats. */
async function textOf(name: string, source: TokenizerSource, io: Io): Promise<string | null> {
	if (!('spec' in source)) return null;
	if (await findShipped(name, io)) return tokenizerJsonText(source.spec);
	if (!source.file?.isTokenizerJson) return null;
	if (name === '-') throw new Error("standard input can't be read twice; give a file");
	const files = await io.slices(name);
	const file = files.length === 1 ? files[0] : files.find((one) => one.name === 'tokenizer.json');
	return file ? decodeUtf8(await file.read(0, file.size)) : null;
}

/** Runs the library in a separate process, because some files crash the process. */
function runInProcess(library: string, file: string): Promise<Answer> {
	const script = `(${runLibrary.toString()})(require(${JSON.stringify(library)}))`;
	const options = { timeout: TIME_LIMIT_MS, killSignal: 'SIGKILL', maxBuffer: Infinity } as const;
	return new Promise((resolve, reject) => {
		const child = execFile(process.execPath, ['-e', script], options, (error, output, errors) => {
			const panic =
				/panicked at [^\n]*\n([^]*?)\n(?:note: |stack backtrace:|fatal runtime error)/.exec(errors);
			const words = panic?.[1] ?? /memory allocation of \d+ bytes failed/.exec(errors)?.[0];
			const limit = `it took more than ${TIME_LIMIT_MS / 1000} s, so it was stopped`;
			if (!error) resolve(JSON.parse(output) as Answer);
			else if (error.killed) resolve({ loads: `not checked: ${limit}` });
			else if (words !== undefined) resolve({ loads: `aborts: ${oneLine(words)}` });
			else {
				const why = oneLine(/^\w*Error: .*/m.exec(errors)?.[0] ?? errors.slice(-200));
				reject(
					new UserError(
						`--native: the tokenizers npm package doesn't run here (${why}); leave out --native`
					)
				);
			}
		});
		// A process that exits early doesn't read all its input.
		child.stdin?.on('error', () => undefined).end(JSON.stringify({ file, texts: PROBE_TEXTS }));
	});
}

interface Library {
	readonly Tokenizer: { fromString(json: string): NativeTokenizer };
}

interface NativeTokenizer {
	encode(text: string, pair: string | null, options: object): Promise<{ getIds(): number[] }>;
	encodeBatch(texts: readonly string[], options: object): Promise<unknown>;
	decode(ids: readonly number[], skipSpecial: boolean): Promise<string>;
	getVocab(withAdded: boolean): Readonly<Record<string, number>>;
}

/**
 * Loads and runs a file. The other process runs this function from its source text, so it must not refer to anything
 * outside itself. An error caused by a text is recorded as that text's outcome; an abort ends the process.
 */
async function runLibrary({ Tokenizer }: Library): Promise<void> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
	const { file, texts } = JSON.parse(Buffer.concat(chunks).toString()) as {
		file: string;
		texts: string[];
	};
	const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
	let tokenizer: NativeTokenizer;
	try {
		tokenizer = Tokenizer.fromString(file);
	} catch (error) {
		// Leave out the position, which depends on how the file is formatted.
		const words = messageOf(error).replace(/ at line \d+ column \d+$/, '');
		process.stdout.write(JSON.stringify({ loads: `refused: ${words}` }));
		return;
	}
	const outcomes = [];
	for (const text of texts) {
		try {
			const encoding = await tokenizer.encode(text, null, { addSpecialTokens: false });
			const ids = encoding.getIds();
			outcomes.push({ ids, text: await tokenizer.decode(ids, false) });
		} catch (error) {
			outcomes.push({ ids: [], text: '', error: messageOf(error) });
		}
	}
	const tokens = Object.keys(tokenizer.getVocab(true)).sort().slice(0, 300);
	const ids = Object.values(tokenizer.getVocab(true)).slice(0, 300);
	const long = tokens.join(' ').slice(0, 300) + ' ab'.repeat(40);
	const pairs = ['', 'a', 'ab ', ' \t b', 'é\n世', 'Hello world', long];
	for (const addSpecialTokens of [false, true]) {
		const options = { addSpecialTokens };
		for (const text of pairs) {
			await tokenizer.encode(text, null, options).catch(() => null);
			for (const pair of pairs) await tokenizer.encode(text, pair, options).catch(() => null);
		}
		for (let length = 1; length < 20; length++)
			await tokenizer.encode(long, 'b'.repeat(length), options).catch(() => null);
		await tokenizer.encodeBatch(pairs, options).catch(() => null);
	}
	for (const skipSpecial of [false, true]) {
		await tokenizer.decode([], skipSpecial).catch(() => null);
		await tokenizer.decode(ids, skipSpecial).catch(() => null);
		for (const id of ids) await tokenizer.decode([id], skipSpecial).catch(() => null);
	}
	process.stdout.write(JSON.stringify({ loads: 'yes', outcomes }));
}
