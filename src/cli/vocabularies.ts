import { gunzipSync } from 'node:zlib';
import type { TokenizerSpec } from '../lib/engine';
import { readPacked } from '../lib/engine/formats/packed';
import { readGenerated } from './generated';

/**
 * The spec of a catalogue tokenizer, from its packed file; packs all when it is not there.
 * @throws UserError for a damaged file
 */
export const catalogueSpec = (id: string): Promise<TokenizerSpec> =>
	readGenerated(
		`${id}.bin`,
		async () => (await import('../tools/vocabularies/pack')).packVocabularies(),
		(bytes) => readPacked(gunzipSync(bytes)).spec
	);
