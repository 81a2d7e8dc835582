/** Reads and writes tables of pre-token counts: TSV, gzipped TSV, and folders of shards with a manifest. */
import { createHash, type Hash } from 'node:crypto';
import { join } from 'node:path';
import { pipeline, Readable, type Transform } from 'node:stream';
import { createGunzip, createGzip } from 'node:zlib';
import {
	checkFigures,
	COUNTS_MANIFEST,
	CountsTsvReader,
	describePattern,
	differingRule,
	parseCountsManifest,
	shardName,
	writeCountsManifest,
	writeCountsTsv,
	type CountingRules,
	type CountsManifest,
	type CountsShard,
	type CountsTotals,
	type PretokenCounts
} from '../lib/engine/train';
import { decodeUtf8 } from '../lib/engine/text';
import type { CountedFiles } from './count-files';
import { fileError, withErrorPrefix, oneLine, systemCode, UserError } from './failure';
import { readBytes, readLines } from './input';
import { nameOf, type Io } from './io';
import type { OutputFolder } from './save';

/** Files are 4% larger than at the default level, 6, but compressing takes less than half the time. */
const GZIP_LEVEL = 4;
/** Offset of the gzip header byte that identifies the operating system, and the value for an unknown system. */
const GZIP_SYSTEM_BYTE = 9;
const UNKNOWN_SYSTEM = 255;
/** First byte of every gzip file. TSV tables never begin with this byte. */
const GZIP_FIRST_BYTE = 0x1f;

/** Writes counts to a folder: a shard per part, and the manifest last. Equal counts produce identical bytes. */
export function shardWriter(folder: OutputFolder) {
	const shards: CountsShard[] = [];
	const add = async (counts: PretokenCounts): Promise<void> => {
		if (counts.ends.length === 0) return;
		const name = shardName(shards.length);
		const hash = createHash('sha256');
		await folder.add(name, gzip(writeCountsTsv(counts), hash));
		const total = counts.counts.reduce((sum, count) => sum + count, 0);
		shards.push({ name, lines: counts.ends.length, total, sha256: hash.digest('hex') });
	};
	return {
		add,
		async finish(rules: CountingRules, { counts, records, bytes }: CountedFiles): Promise<void> {
			await add(counts);
			const pretokens = shards.reduce((sum, { total }) => sum + total, 0);
			const manifest = { ...rules, records, bytes, pretokens, shards };
			await folder.add(COUNTS_MANIFEST, writeCountsManifest(manifest));
		}
	};
}

/** Counts read from files, and the rules stated in their manifests; the rules are `null` without a manifest. */
export interface ReadCounts {
	readonly counts: PretokenCounts;
	readonly rules: CountingRules | null;
}

/**
 * Reads and adds up tables of pre-token counts: TSV, optionally gzipped, or folders written by `count --out`.
 * @param asked rules that the user set
 * @throws UserError for input that cannot be read (naming the file, the line, what was found and what was expected),
 * and for counts made with different rules
 */
export async function readCounts(
	io: Io,
	paths: readonly string[],
	asked: Partial<CountingRules>
): Promise<ReadCounts> {
	const manifests = new Map<string, CountsManifest>();
	for (const path of paths) {
		if (path === '-' || (await io.kindOf(path)) !== 'folder') continue;
		manifests.set(path, await readManifest(io, path));
	}
	const rules = commonRules(manifests, asked);
	const reader = new CountsTsvReader();
	for (const path of paths) {
		const manifest = manifests.get(path);
		if (manifest) await readFolder(io, path, manifest, reader);
		else await readTable(io, path, ungzipped(nameOf(path), io.open(path)), reader);
	}
	io.status('');
	return { counts: reader.finish(), rules };
}

async function readManifest(io: Io, folder: string): Promise<CountsManifest> {
	const path = join(folder, COUNTS_MANIFEST);
	const json = await unlessMissing(
		readBytes(io, path).then(decodeUtf8),
		`${folder}: got a folder without ${COUNTS_MANIFEST}, expected one written by \`bpe-lab count --out\``
	);
	return withErrorPrefix(path, () => parseCountsManifest(json));
}

/** @throws UserError if the manifests' rules differ from each other or from those that the user set */
function commonRules(
	manifests: ReadonlyMap<string, CountsManifest>,
	asked: Partial<CountingRules>
): CountingRules | null {
	const [first, ...others] = manifests;
	if (!first) return null;
	const [path, rules] = first;
	for (const [other, manifest] of others) {
		const rule = differingRule(rules, manifest);
		if (rule === null) continue;
		throw new UserError(
			`${other}: got counts made with --${rule} ${shownRule(manifest, rule)}, expected ${shownRule(rules, rule)} as in ${path}; count both in the same way`
		);
	}
	const rule = differingRule(rules, { ...rules, ...asked });
	if (rule === null) return { pattern: asked.pattern ?? rules.pattern, feed: rules.feed };
	throw new UserError(
		`--${rule} ${shownRule({ ...rules, ...asked }, rule)}: ${path} was counted with ${shownRule(rules, rule)}; leave --${rule} out, or count again`
	);
}

const shownRule = ({ pattern, feed }: CountingRules, rule: keyof CountingRules): string =>
	rule === 'pattern' ? describePattern(pattern) : feed;

async function readFolder(
	io: Io,
	folder: string,
	manifest: CountsManifest,
	reader: CountsTsvReader
): Promise<void> {
	let counted = 0;
	for (const shard of manifest.shards) {
		const path = join(folder, shard.name);
		const packed = await unlessMissing(
			readBytes(io, path),
			`${path}: this shard is missing, although ${COUNTS_MANIFEST} lists it; copy the whole folder`
		);
		const sha256 = createHash('sha256').update(packed).digest('hex');
		// Check the hash first, so that a modified file isn't even unpacked.
		withErrorPrefix(path, () => checkFigures(shard, { sha256 }));
		const { bytes, ...totals } = await readTable(io, path, gunzip(path, [packed]), reader);
		withErrorPrefix(path, () => checkFigures(shard, totals));
		counted += bytes;
	}
	withErrorPrefix(join(folder, COUNTS_MANIFEST), () => checkFigures(manifest, { bytes: counted }));
}

async function readTable(
	io: Io,
	path: string,
	bytes: AsyncIterable<Uint8Array>,
	reader: CountsTsvReader
): Promise<CountsTotals> {
	try {
		for await (const lines of readLines({ open: () => bytes }, [path])) {
			for (const { text } of lines) reader.add(`${text}\n`);
			io.status(`${nameOf(path)}: reading counts`);
		}
		return reader.endText();
	} catch (error) {
		if (error instanceof UserError) throw error;
		throw new UserError(`${nameOf(path)} ${oneLine(error)}`, { cause: error });
	}
}

async function unlessMissing<T>(reading: Promise<T>, message: string): Promise<T> {
	try {
		return await reading;
	} catch (error) {
		const isMissing = error instanceof UserError && systemCode(error.cause) === 'ENOENT';
		throw isMissing ? new UserError(message, { cause: error }) : error;
	}
}

/** Unpacks gzip; returns other bytes unchanged. */
async function* ungzipped(
	name: string,
	chunks: AsyncIterable<Uint8Array>
): AsyncGenerator<Uint8Array> {
	const iterator = chunks[Symbol.asyncIterator]();
	const first = await iterator.next();
	if (first.done) return;
	const all = (async function* () {
		yield first.value;
		yield* { [Symbol.asyncIterator]: () => iterator };
	})();
	yield* first.value[0] === GZIP_FIRST_BYTE ? gunzip(name, all) : all;
}

async function* gunzip(name: string, chunks: Chunks): AsyncGenerator<Uint8Array> {
	try {
		yield* through(chunks, createGunzip());
	} catch (error) {
		const code = systemCode(error);
		if (code === 'Z_BUF_ERROR') {
			throw new UserError(`${name}: the gzip file ends too early; copy it again`, { cause: error });
		}
		if (code?.startsWith('Z_')) {
			throw new UserError(
				`${name}: got bytes that aren't gzip (${oneLine(error)}), expected a gzip file; copy it again`,
				{ cause: error }
			);
		}
		throw fileError(name, error);
	}
}

/** Compresses text without a time or operating system in the gzip header, and updates `hash` with the result. */
async function* gzip(texts: Iterable<string>, hash: Hash): AsyncGenerator<Uint8Array> {
	let at = 0;
	for await (const part of through(texts, createGzip({ level: GZIP_LEVEL, chunkSize: 1 << 17 }))) {
		const system = GZIP_SYSTEM_BYTE - at;
		if (system >= 0 && system < part.length) part[system] = UNKNOWN_SYSTEM;
		at += part.length;
		hash.update(part);
		yield part;
	}
}

type Chunks = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

function through(
	chunks: Chunks | Iterable<string>,
	transform: Transform
): AsyncIterable<Uint8Array> {
	// The code that reads from `transform` gets the error, too.
	pipeline(Readable.from(chunks), transform, () => undefined);
	return transform;
}
