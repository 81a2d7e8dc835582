/** Opens tokenizers whose model the engine lacks. */
import { hex, platformSha256 } from '../../drift/sha256';
import { encodeUtf8 } from '../../engine/text';
import { describeLibrary } from '../../tokenizers/files/describe-library';
import { writeLibraryFile } from '../../tokenizers/files/library-file';
import { parseLibraryJson } from '../../tokenizers/files/library-json';
import { readLibraryFiles } from '../../tokenizers/files/read-library';
import type { SlicedFile } from '../../tokenizers/files/types';
import { LibraryTokenizer } from '../../tokenizers/runtimes/library-tokenizer';
import type { OpenedTokenizer } from './opening';

/** Version of the hash by which the files of such a tokenizer are recognised. */
const FILES_VERSION = 'bpe-lab-files-v1';

/** Encoded once, so that a file that cannot be run is not saved. */
const TRIAL_TEXT = 'Hello, world! ½ 😀';

/**
 * Opens a tokenizer.json with a WordPiece or Unigram model.
 * @returns `null` for other files
 * @throws Error in one line if transformers.js cannot run it
 */
export async function openLibraryTokenizer(
	files: readonly SlicedFile[]
): Promise<OpenedTokenizer | null> {
	const found = await readLibraryFiles(files);
	const json = found && parseLibraryJson(found.tokenizer);
	if (!json) return null;
	const tokenizer = new LibraryTokenizer(found);
	tokenizer.decode(tokenizer.encode(TRIAL_TEXT).ids);
	const read = files.filter(({ name }) =>
		files.length === 1 ? true : name === 'tokenizer.json' || name === 'tokenizer_config.json'
	);
	const sha256 = platformSha256();
	const hashed = encodeUtf8(JSON.stringify([found.tokenizer, found.config]));
	return {
		kind: 'tokenizer',
		runtime: 'transformers.js',
		file: writeLibraryFile(found),
		vocabularySize: tokenizer.vocabularySize,
		size: read.reduce((sum, { size }) => sum + size, 0),
		fingerprint: sha256 && `${FILES_VERSION}:${hex(await sha256(hashed))}`,
		description: describeLibrary(
			json,
			tokenizer.vocabularySize,
			read.map(({ name }) => name)
		),
		chatTemplate: null
	};
}
