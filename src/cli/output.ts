import { dirname, extname, join, normalize } from 'node:path';
import {
	tokenizerJsonText,
	writeTiktoken,
	writeVocabAndMerges,
	type TokenizerSpec
} from '../lib/engine';
import { UserError } from './failure';
import type { Io } from './io';

/** Path and format of a tokenizer to be written. */
export interface OutputTarget {
	readonly kind: 'tokenizer.json' | 'tiktoken' | 'folder';
	readonly path: string;
	/** Whether the folder must be made. */
	readonly isNew: boolean;
}

const EXPECTED_OUT =
	'expected a name that ends in .json (tokenizer.json) or .tiktoken, or a folder for vocab.json and merges.txt';

/**
 * Reads `--out`: the format follows from the extension, and a name without one is a folder.
 * @throws UserError before any work, if the file could not be written after it
 */
export async function outputTarget(
	out: string,
	inputs: readonly string[],
	io: Io
): Promise<OutputTarget> {
	if (inputs.some((input) => input !== '-' && normalize(input) === normalize(out))) {
		throw new UserError(`--out ${out}: this is one of the inputs, expected another file`);
	}
	const parent = dirname(out);
	if ((await io.kindOf(parent)) !== 'folder') {
		throw new UserError(`--out ${out}: there is no folder ${parent}; make it first`);
	}
	const found = await io.kindOf(out);
	if (found === 'folder') return { kind: 'folder', path: out, isNew: false };
	const ending = out.endsWith('/') ? '' : extname(out);
	if (ending === '.json') return { kind: 'tokenizer.json', path: out, isNew: true };
	if (ending === '.tiktoken') return { kind: 'tiktoken', path: out, isNew: true };
	if (ending !== '' || found === 'file') {
		throw new UserError(`--out ${out}: ${EXPECTED_OUT}`);
	}
	return { kind: 'folder', path: out, isNew: true };
}

/** @throws UserError if it cannot be written, Error if the format cannot express it */
export async function writeTokenizer(
	spec: TokenizerSpec,
	{ kind, path, isNew }: OutputTarget,
	io: Io
): Promise<void> {
	if (kind === 'tokenizer.json') return io.save(path, tokenizerJsonText(spec));
	if (kind === 'tiktoken') return io.save(path, writeTiktoken(spec));
	const { vocab, merges } = writeVocabAndMerges(spec);
	if (isNew) await io.makeFolder(path);
	await io.save(join(path, 'vocab.json'), vocab);
	await io.save(join(path, 'merges.txt'), merges);
}
