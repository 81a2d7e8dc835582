import { parsePattern, patternRegex } from './patterns';
import type { CountingRules, TrainingPattern } from './types';

/** File that lists the shards, in the same folder. */
export const COUNTS_MANIFEST = 'manifest.json';
const FORMAT = 'bpe-lab-counts';
const VERSION = 1;

/**
 * Counts of a corpus in shards: gzip files with lines as `writeCountsTsv` writes them. A pre-token may be in several
 * shards, and its counts add up. Pre-tokens have all bytes of the text, so the shards can be checked against its size.
 */
export interface CountsManifest extends CountingRules {
	/** Number of texts that were counted on their own. */
	readonly records: number;
	/** UTF-8 bytes of all texts, which is the sum over the shards of each pre-token's bytes times its count. */
	readonly bytes: number;
	/** Number of pre-tokens with repetitions: the sum of the shards' totals. */
	readonly pretokens: number;
	readonly shards: readonly CountsShard[];
}

export interface CountsShard {
	/** Name of the file, which is next to the manifest. */
	readonly name: string;
	/** Number of lines. */
	readonly lines: number;
	/** Sum of the counts. */
	readonly total: number;
	/** SHA-256 of the compressed file, in lower-case hexadecimal digits. */
	readonly sha256: string;
}

/** Name of a shard by its number from 0 on. */
export const shardName = (index: number): string =>
	`counts-${String(index).padStart(5, '0')}.tsv.gz`;

/** Whether a file in a folder of counts has the name of a shard. */
export const isShardName = (name: string): boolean => /^counts-\d{5,}\.tsv\.gz$/.test(name);

/** Whether a text is meant as a manifest: it names the format. */
export const isCountsManifest = (json: string): boolean => json.includes(JSON.stringify(FORMAT));

/** Writes a manifest as JSON: `format`, `version` and the fields of {@link CountsManifest}, each shard on its own line. */
export function writeCountsManifest(manifest: CountsManifest): string {
	const { pattern, feed, records, bytes, pretokens, shards } = manifest;
	const head = {
		format: FORMAT,
		version: VERSION,
		pattern: describePattern(pattern),
		feed,
		records,
		bytes,
		pretokens
	};
	const fields = Object.entries(head).map(
		([name, value]) => `\t${JSON.stringify(name)}: ${JSON.stringify(value)},\n`
	);
	const lines = shards.map(({ name, lines, total, sha256 }) =>
		JSON.stringify({ name, lines, total, sha256 })
	);
	const list = lines.length === 0 ? '[]' : `[\n\t\t${lines.join(',\n\t\t')}\n\t]`;
	return `{\n${fields.join('')}\t"shards": ${list}\n}\n`;
}

/** Name of a pattern, or its regular expression between slashes, as `parsePattern` reads it. */
export const describePattern = (pattern: TrainingPattern): string =>
	typeof pattern === 'string' ? pattern : `/${pattern.regex}/`;

/** The first rule in which two countings differ, so that their counts must not be added up; `null` if they agree. */
export function differingRule(a: CountingRules, b: CountingRules): keyof CountingRules | null {
	if (patternRegex(a.pattern) !== patternRegex(b.pattern)) return 'pattern';
	return a.feed === b.feed ? null : 'feed';
}

/** @throws Error in one line, without the name of the file: what was found, and what was expected */
export function parseCountsManifest(json: string): CountsManifest {
	let value: unknown;
	try {
		value = JSON.parse(json);
	} catch (cause) {
		throw new Error(`got text that is not JSON, expected ${WRITTEN}`, { cause });
	}
	const { format, version, pattern, feed, shards, ...totals } = record(value, WRITTEN);
	if (format !== FORMAT) throw unexpected('format', format, JSON.stringify(FORMAT));
	if (version !== VERSION) {
		throw new Error(`got version ${shown(version)} of the format, expected ${VERSION}`);
	}
	const parsed = typeof pattern === 'string' ? parsePattern(pattern) : null;
	if (parsed === null) throw unexpected('pattern', pattern, 'the name of a pattern, or /regex/');
	if (feed !== 'lines' && feed !== 'whole') throw unexpected('feed', feed, '"lines" or "whole"');
	if (!Array.isArray(shards)) throw unexpected('shards', shards, 'a list');
	const manifest: CountsManifest = {
		pattern: parsed,
		feed,
		records: wholeNumber(totals, 'records'),
		bytes: wholeNumber(totals, 'bytes'),
		pretokens: wholeNumber(totals, 'pretokens'),
		shards: shards.map(parseShard)
	};
	checkTotals(manifest);
	return manifest;
}

/** Totals of the lines that were read from a shard. */
export interface CountsTotals {
	readonly lines: number;
	/** Sum of the counts. */
	readonly total: number;
	/** Sum of each pre-token's bytes times its count. */
	readonly bytes: number;
}

/** @throws Error in one line, without the name of the shard, if its file is not the one that the manifest lists */
export function checkShardHash({ sha256 }: CountsShard, found: string): void {
	if (found === sha256) return;
	throw new Error(`got SHA-256 ${found}, expected ${sha256}; copy the file again`);
}

/** @throws Error in one line, without the name of the shard, if its lines are not those that the manifest lists */
export function checkShardTotals(shard: CountsShard, found: CountsTotals): void {
	if (found.lines !== shard.lines) {
		throw new Error(`got ${found.lines} lines, expected ${shard.lines}`);
	}
	if (found.total !== shard.total) {
		throw new Error(`got counts with the sum ${found.total}, expected ${shard.total}`);
	}
}

/** @throws Error in one line, without the name of the manifest, if the shards together have other bytes than the text */
export function checkCountedBytes({ bytes }: CountsManifest, found: number): void {
	if (found === bytes) return;
	throw new Error(`got shards with ${found} bytes of text, expected ${bytes}`);
}

const WRITTEN = 'what `bpe-lab count --out` writes';

function parseShard(value: unknown): CountsShard {
	const shard = record(value, 'an object per shard');
	const { name, sha256 } = shard;
	if (typeof name !== 'string' || !isFileName(name)) {
		throw unexpected('name', name, 'the name of a file in the same folder');
	}
	if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) {
		throw unexpected('sha256', sha256, '64 lower-case hexadecimal digits');
	}
	return { name, lines: wholeNumber(shard, 'lines'), total: wholeNumber(shard, 'total'), sha256 };
}

/** A manifest may come from anywhere, so it must not name files outside its folder. */
const isFileName = (name: string): boolean =>
	name !== '' && name !== '.' && name !== '..' && !/[/\\]/.test(name) && !name.includes('\0');

function checkTotals({ pretokens, shards }: CountsManifest): void {
	const names = new Set<string>();
	let sum = 0;
	for (const { name, total } of shards) {
		if (names.has(name)) throw new Error(`got the shard ${shown(name)} twice, expected it once`);
		names.add(name);
		sum += total;
	}
	if (sum !== pretokens) {
		throw new Error(`got ${pretokens} in "pretokens", expected ${sum}, the sum over the shards`);
	}
}

function record(value: unknown, expected: string): Readonly<Record<string, unknown>> {
	if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
		return value as Readonly<Record<string, unknown>>;
	}
	throw new Error(`got ${shown(value)}, expected ${expected}`);
}

function wholeNumber(fields: Readonly<Record<string, unknown>>, name: string): number {
	const value = fields[name];
	if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
	throw unexpected(name, value, 'a whole number from 0 up');
}

const unexpected = (field: string, got: unknown, expected: string): Error =>
	new Error(`got ${shown(got)} in "${field}", expected ${expected}`);

function shown(value: unknown): string {
	const json = value === undefined ? 'nothing' : JSON.stringify(value);
	return json.length > 60 ? `${json.slice(0, 60)}…` : json;
}
