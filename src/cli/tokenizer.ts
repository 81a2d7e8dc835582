import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { Option, type Command } from 'commander';
import { CATALOGUE, findDescriptor, getDescriptor } from '../lib/tokenizers/catalogue';
import type {
	TokenizerDescriptor,
	RuntimeName
} from '../lib/tokenizers/catalogue/shared/descriptor';
import { readTokenizerFile, type TokenizerSource } from '../lib/drift';
import { createTokenizer, type TokenizerSpec } from '../lib/engine';
import { readPacked } from '../lib/engine/packed';
import { PATTERNS, patternRegex, type TrainingPattern } from '../lib/engine/train';
import {
	readTokenizer,
	readTokenizerJsonText,
	type ReadOptions
} from '../lib/tokenizers/files/read';
import type { SlicedFile, TokenizerReading } from '../lib/tokenizers/files/types';
import { createLibraryRuntime, type Runtime } from '../lib/tokenizers/runtimes/runtime';
import { EngineRuntime } from '../lib/tokenizers/runtimes/engine';
import { oneLine, systemCode, UserError } from './failure';
import { readGenerated } from './generated';
import { readBytes } from './input';
import type { Io } from './io';
import { parsePattern } from './pattern';

export const TOKENIZER = '-t, --tokenizer <tokenizer>';
export const TOKENIZER_HELP =
	'an id of `bpe-lab tokenizers`, or the path of a tokenizer file or folder';

/** Adds the option for files that do not say how text is split. */
export const addPatternOption = (command: Command): Command =>
	command.addOption(
		new Option(
			'--pattern <pattern>',
			`how text is split, if the tokenizer's files do not say it: ${Object.keys(PATTERNS).join(', ')}, or /regex/`
		).argParser(parsePattern)
	);

/** A tokenizer requested by name. */
export interface NamedTokenizer {
	/** The requested name: an id or alias of the catalogue, or a path. */
	readonly name: string;
	readonly spec: TokenizerSpec;
	/** `undefined` for a file. */
	readonly descriptor: TokenizerDescriptor | undefined;
}

/**
 * Loads a tokenizer by its id in the catalogue, or from a file or folder in any format that the lab reads.
 * @param pattern for files that do not say how text is split
 * @throws UserError for a name that is neither, or a file in another format
 */
export async function loadTokenizer(
	name: string,
	io: Io,
	pattern?: TrainingPattern
): Promise<NamedTokenizer> {
	const descriptor = findDescriptor(name);
	if (descriptor) return { name, descriptor, spec: readShipped(descriptor) };
	return { name, descriptor, spec: (await readTokenizerPath(name, io, pattern)).spec };
}

/** Loads a tokenizer for a comparison, which also accepts files that Hugging Face's library refuses. */
export async function loadSource(
	name: string,
	io: Io,
	pattern?: TrainingPattern
): Promise<TokenizerSource> {
	const descriptor = findDescriptor(name);
	if (descriptor) return { spec: readShipped(descriptor) };
	const files = await tokenizerFiles(name, io);
	return withName(name, async () => {
		const json = await readTokenizerJsonText(files);
		if (json === null) return { spec: (await readTokenizer(files, readOptions(pattern))).spec };
		const source = readTokenizerFile(json);
		if (files.length === 1 || !source.spec) return source;
		return { ...source, spec: (await readTokenizer(files, readOptions(pattern))).spec };
	});
}

/** Reads a tokenizer that is not in the catalogue, with notes on how its files were understood. */
export async function readTokenizerPath(
	path: string,
	io: Io,
	pattern?: TrainingPattern
): Promise<TokenizerReading> {
	const files = await tokenizerFiles(path, io);
	return withName(path, () => readTokenizer(files, readOptions(pattern)));
}

async function withName<T>(name: string, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		if (error instanceof UserError) throw error;
		throw new UserError(`${name}: ${oneLine(error)}`, { cause: error });
	}
}

/** Reading with the catalogue at hand. */
export const readOptions = (pattern: TrainingPattern | undefined): Required<ReadOptions> => ({
	patternFlag: '--pattern',
	pattern: pattern === undefined ? null : (patternRegex(pattern) ?? EVERYTHING),
	sha256: (bytes) => Promise.resolve(createHash('sha256').update(bytes).digest('hex')),
	loadKnown: (id) => Promise.resolve(readShipped(getDescriptor(id)))
});

/** The pattern that splits nothing. */
const EVERYTHING = '[\\s\\S]+';

/** Reads a tokenizer of the catalogue, after its parent if it is stored as a difference. */
export function readShipped({ id, parent }: TokenizerDescriptor): TokenizerSpec {
	const inherited = parent && readShipped(getDescriptor(parent)).model.vocabulary;
	return readGenerated(
		`${id}.bin`,
		(bytes) => readPacked(gunzipSync(bytes), inherited || undefined).spec
	);
}

/** Files of a path; what is not a regular file is read whole. */
async function tokenizerFiles(name: string, io: Io): Promise<readonly SlicedFile[]> {
	try {
		if (name !== '-') return await io.slices(name);
		const bytes = await readBytes(io, name);
		const read = (start: number, end: number) => Promise.resolve(bytes.subarray(start, end));
		return [{ name: 'standard input', size: bytes.length, read }];
	} catch (error) {
		const missing = error instanceof UserError && systemCode(error.cause) === 'ENOENT';
		if (!missing) throw error;
		const known = CATALOGUE.map(({ id }) => id).join(', ');
		const looksLikePath = /[/\\]|\.[a-z]+$/i.test(name);
		const what = looksLikePath ? `no file "${name}"` : `unknown tokenizer "${name}"`;
		throw new UserError(`${what}: expected ${known}, or the path of a tokenizer file or folder`, {
			cause: error
		});
	}
}

/** Starts a program on a tokenizer. @throws UserError if the program cannot run it */
export async function startRuntime(
	{ name, spec }: NamedTokenizer,
	runtime: RuntimeName
): Promise<Runtime> {
	try {
		return runtime === 'lab'
			? new EngineRuntime(createTokenizer(spec))
			: await createLibraryRuntime(runtime, spec);
	} catch (error) {
		throw new UserError(`${name}: ${oneLine(error)}`, { cause: error });
	}
}
