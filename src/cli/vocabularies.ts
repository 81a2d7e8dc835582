import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { TokenizerSpec } from '../lib/engine';
import { readPacked } from '../lib/engine/formats/packed';
import { oneLine, UserError } from './failure';
import { sourceFolder } from '../tools/vocabularies/packages';

/**
 * The spec of a catalogue tokenizer, from its packed file; packs all when it is not there.
 * @throws UserError for a damaged file
 */
export async function catalogueSpec(id: string): Promise<TokenizerSpec> {
	const path = join(sourceFolder, 'lib/catalogue/generated', `${id}.bin`);
	if (!existsSync(path)) {
		const { packVocabularies } = await import('../tools/vocabularies/pack');
		packVocabularies();
	}
	try {
		return readPacked(gunzipSync(readFileSync(path))).spec;
	} catch (error) {
		throw new UserError(`${path} is damaged: delete it and run again (${oneLine(error)})`, {
			cause: error
		});
	}
}
