import { dirname, extname, normalize } from 'node:path';
import type { TokenizerSpec } from '../lib/engine';
import { writeTokenizer, type TokenizerFormat } from '../lib/tokenizers/files/write';
import { UserError } from './failure';
import type { Io } from './io';
import type { OutputFolder } from './save';

export interface OutputTarget {
	readonly format: TokenizerFormat;
	/** Path of the file, or of the folder for vocab.json and merges.txt. */
	readonly path: string;
}

const EXPECTED_OUT =
	'expected a name that ends in .json (tokenizer.json) or .tiktoken, or a folder for vocab.json and merges.txt';

/**
 * Parses `--out`. The extension determines the format; without one, the path is a folder.
 * @throws UserError if the file can't be written; checked before any work is done
 */
export async function outputTarget(
	out: string,
	inputs: readonly string[],
	io: Io
): Promise<OutputTarget> {
	if (inputs.some((input) => input !== '-' && normalize(input) === normalize(out))) {
		throw new UserError(`--out ${out}: got an input file, expected a different file`);
	}
	await checkParent(out, io);
	const found = await io.kindOf(out);
	if (found === 'folder') return { format: 'vocab-merges', path: out };
	const ending = out.endsWith('/') ? '' : extname(out);
	if (ending === '.json') return { format: 'tokenizer.json', path: out };
	if (ending === '.tiktoken') return { format: 'tiktoken', path: out };
	if (ending !== '' || found !== 'nothing') {
		throw new UserError(`--out ${out}: ${EXPECTED_OUT}`);
	}
	return { format: 'vocab-merges', path: out };
}

export async function checkParent(out: string, io: Io): Promise<void> {
	const parent = dirname(out);
	if ((await io.kindOf(parent)) === 'folder') return;
	throw new UserError(`--out ${out}: there is no folder ${parent}; create it first`);
}

/** @throws UserError if the file cannot be written, Error if the format cannot express the tokenizer */
export async function saveTokenizer(
	spec: TokenizerSpec,
	{ format, path }: OutputTarget,
	io: Io
): Promise<void> {
	const files = writeTokenizer(spec, format);
	if (format !== 'vocab-merges') return io.save(path, files[0].text);
	const fill = async (folder: OutputFolder) => {
		for (const { name, text } of files) await folder.add(name, text);
	};
	await io.saveFolder(path, fill, () => false);
}
