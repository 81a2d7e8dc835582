import { gunzipSync } from 'node:zlib';
import { CATALOGUE, findDescriptor, getDescriptor } from '../lib/tokenizers/catalogue';
import type {
	TokenizerDescriptor,
	RuntimeName
} from '../lib/tokenizers/catalogue/shared/descriptor';
import { readTokenizerFile, type TokenizerSource } from '../lib/drift';
import type { TokenizerSpec } from '../lib/engine';
import { readPacked } from '../lib/engine/packed';
import { createLibraryRuntime, type Runtime } from '../lib/tokenizers/runtimes/runtime';
import { EngineRuntime } from '../lib/tokenizers/runtimes/engine';
import { oneLine, systemCode, UserError } from './failure';
import { readGenerated } from './generated';
import { readText } from './input';
import type { Io } from './io';

export const TOKENIZER = '-t, --tokenizer <tokenizer>';
export const TOKENIZER_HELP = 'an id of `bpe-lab tokenizers`, or the path of a tokenizer.json';

/** A tokenizer requested by name. */
export interface NamedTokenizer {
	/** The requested name: an id or alias of the catalogue, or a path. */
	readonly name: string;
	readonly spec: TokenizerSpec;
	/** `undefined` for a file. */
	readonly descriptor: TokenizerDescriptor | undefined;
}

/**
 * Loads a tokenizer by its id in the catalogue, or by the path of a tokenizer.json or of a tiktoken encoding as JSON
 * (`pat_str`, `bpe_ranks`, `special_tokens`).
 * @throws UserError for a name that is neither, or a file in another format
 */
export async function loadTokenizer(name: string, io: Io): Promise<NamedTokenizer> {
	const { spec, problem } = await loadSource(name, io);
	if (!spec) throw new UserError(`${name}: ${oneLine(problem)}`);
	return { name, descriptor: findDescriptor(name), spec };
}

/** Loads a tokenizer for a comparison, which also accepts files that Hugging Face's library refuses. */
export async function loadSource(name: string, io: Io): Promise<TokenizerSource> {
	const descriptor = findDescriptor(name);
	if (descriptor) return { spec: readShipped(descriptor) };
	const text = await readFile(name, io);
	try {
		return readTokenizerFile(text);
	} catch (error) {
		throw new UserError(`${name}: ${oneLine(error)}`, { cause: error });
	}
}

/** Reads a tokenizer of the catalogue, after its parent if it is stored as a difference. */
function readShipped({ id, parent }: TokenizerDescriptor): TokenizerSpec {
	const inherited = parent && readShipped(getDescriptor(parent)).model.vocabulary;
	return readGenerated(
		`${id}.bin`,
		(bytes) => readPacked(gunzipSync(bytes), inherited || undefined).spec
	);
}

async function readFile(name: string, io: Io): Promise<string> {
	try {
		return await readText(io, [name]);
	} catch (error) {
		const missing = error instanceof UserError && systemCode(error.cause) === 'ENOENT';
		if (!missing) throw error;
		const known = CATALOGUE.map(({ id }) => id).join(', ');
		const looksLikePath = /[/\\]|\.[a-z]+$/i.test(name);
		const what = looksLikePath ? `no file "${name}"` : `unknown tokenizer "${name}"`;
		throw new UserError(`${what}: expected ${known}, or the path of a tokenizer.json`, {
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
		return runtime === 'lab' ? new EngineRuntime(spec) : await createLibraryRuntime(runtime, spec);
	} catch (error) {
		throw new UserError(`${name}: ${oneLine(error)}`, { cause: error });
	}
}
