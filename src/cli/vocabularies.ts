import { gunzipSync } from 'node:zlib';
import type { TokenizerSpec } from '../lib/engine';
import { readPacked } from '../lib/engine/packed';
import { readGenerated } from './generated';

/** The spec of a catalogue tokenizer, from its packed file. @throws UserError for a damaged file */
export const catalogueSpec = (id: string): TokenizerSpec =>
	readGenerated(`${id}.bin`, (bytes) => readPacked(gunzipSync(bytes)).spec);
