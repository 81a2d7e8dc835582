import { writeCountsTsv } from '../../lib/engine/train';
import { countFiles } from '../count-files';
import type { Io } from '../io';
import type { CountFlags } from './count';

/** Runs `bpe-lab count`. @throws UserError for bad input */
export async function count(
	files: readonly string[],
	{ pattern, feed, ndjson }: CountFlags,
	io: Io
): Promise<void> {
	const counts = await countFiles(io, files, { pattern, feed }, ndjson ?? null);
	for (const part of writeCountsTsv(counts)) await io.write(part);
}
