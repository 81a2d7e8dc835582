import { hexOf } from '../../engine/text';
import {
	checkFigures,
	COUNTS_MANIFEST,
	CountsTsvReader,
	isShardName,
	parseCountsManifest,
	type CountsManifest
} from '../../engine/train';
import { platformSha256 } from '../../drift/sha256';
import { reasonOf } from '../../session/format';
import { readBytes } from '../../session/text-file';
import { MAX_CORPUS_BYTES, type Corpus, type CorpusFile } from './corpus';
import {
	describeForeignShards,
	describeLargeShards,
	describeMissingManifest,
	describeMissingShards
} from './messages';

/** Whether the files are sharded counts rather than a single table. */
export const areShards = (files: readonly Pick<CorpusFile, 'name'>[]): boolean =>
	files.some(({ name }) => name === COUNTS_MANIFEST || isShardName(name));

/**
 * Reads a folder of counts written by `bpe-lab count --out` or the Spark job, with the same checks as in `bpe-lab train
 * --counts`. The resulting corpus is a single table with the lines of all shards.
 * @param name name of the folder
 * @throws Error with a message for users, if a file is missing, has changed, or belongs to different counts
 */
export async function readShards(
	files: readonly CorpusFile[],
	name: string
): Promise<Extract<Corpus, { kind: 'file' }>> {
	const manifest = await readManifest(files);
	const { pattern, feed } = manifest;
	const table: string[] = [];
	const size = { packed: 0, unpacked: 0 };
	const reader = new CountsTsvReader();
	let bytes = 0;
	for (const { shard, file } of findShards(files, manifest)) {
		size.packed += file.size;
		checkSize(size.packed);
		const packed = new Uint8Array(await readBytes(shard.name, file));
		const sha256 = platformSha256();
		try {
			// SHA-256 isn't available on a page loaded over plain HTTP, so the checksum can't be checked there.
			if (sha256) checkFigures(shard, { sha256: hexOf(await sha256(packed)) });
			for await (const text of unpack(packed)) {
				size.unpacked += text.length;
				checkSize(size.unpacked);
				reader.add(text);
				table.push(text);
			}
			if (table.at(-1)?.endsWith('\n') === false) table.push('\n');
			const { bytes: more, ...totals } = reader.endText();
			checkFigures(shard, totals);
			bytes += more;
		} catch (error) {
			throw new Error(`${shard.name}: ${reasonOf(error)}`, { cause: error });
		}
	}
	try {
		checkFigures(manifest, { bytes });
	} catch (error) {
		throw new Error(`${COUNTS_MANIFEST}: ${reasonOf(error)}`, { cause: error });
	}
	const file = new File(table, `${name}.tsv`);
	return { kind: 'file', file, format: 'counts', counted: { pattern, feed } };
}

async function readManifest(files: readonly CorpusFile[]): Promise<CountsManifest> {
	const file = files.find(({ name }) => name === COUNTS_MANIFEST);
	if (!file) throw new Error(describeMissingManifest(COUNTS_MANIFEST));
	const json = new TextDecoder().decode(await readBytes(file.name, file));
	try {
		return parseCountsManifest(json);
	} catch (error) {
		throw new Error(`${file.name}: ${reasonOf(error)}`, { cause: error });
	}
}

function findShards(files: readonly CorpusFile[], { shards }: CountsManifest) {
	const byName = new Map(files.map((file) => [file.name, file]));
	const missing = shards.filter(({ name }) => !byName.has(name)).map(({ name }) => name);
	if (missing.length > 0) throw new Error(describeMissingShards(missing, COUNTS_MANIFEST));
	const listed = new Set(shards.map(({ name }) => name));
	const foreign = files
		.map(({ name }) => name)
		.filter((one) => isShardName(one) && !listed.has(one));
	if (foreign.length > 0) throw new Error(describeForeignShards(foreign, COUNTS_MANIFEST));
	return shards.flatMap((shard) => {
		const file = byName.get(shard.name);
		return file ? [{ shard, file }] : [];
	});
}

/** Decompresses gzip. @throws Error for data that isn't gzip, ends early, or doesn't decompress to UTF-8 */
async function* unpack(packed: Uint8Array<ArrayBuffer>): AsyncGenerator<string> {
	const decoder = new TextDecoder('utf-8', { fatal: true });
	const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
	const chunks = stream.getReader();
	for (let chunk = await chunks.read(); !chunk.done; chunk = await chunks.read()) {
		yield decoder.decode(chunk.value, { stream: true });
	}
	const rest = decoder.decode();
	if (rest !== '') yield rest;
}

function checkSize(bytes: number): void {
	if (bytes > MAX_CORPUS_BYTES) throw new Error(describeLargeShards(MAX_CORPUS_BYTES));
}
