import { Field } from '../formats/field';
import { parsePattern, patternRegex } from './patterns';
import type { CountingRules, TrainingPattern } from './types';

/** Name of the file that lists the shards, in the same folder as the shards. */
export const COUNTS_MANIFEST = 'manifest.json';
const FORMAT = 'bpe-lab-counts';
const VERSION = 1;

/**
 * Counts of a corpus in shards: gzip files in the format of `writeCountsTsv`. A pre-token may occur in several shards;
 * its counts are then added up. Pre-tokens cover all bytes of the text, so the shards can be checked against its size.
 */
export interface CountsManifest extends CountingRules {
	/** Number of texts. No pre-token extends from one text into the next. */
	readonly records: number;
	/** Total size of the texts in UTF-8: each pre-token's length in bytes times its count, summed over all shards. */
	readonly bytes: number;
	/** Number of pre-tokens including repetitions: the sum of the shards' totals. */
	readonly pretokens: number;
	readonly shards: readonly CountsShard[];
}

export interface CountsShard {
	/** Name of a file in the same folder as the manifest. */
	readonly name: string;
	readonly lines: number;
	/** Sum of the counts in the shard. */
	readonly total: number;
	/** SHA-256 of the compressed file, in lower-case hexadecimal. */
	readonly sha256: string;
}

export const shardName = (index: number): string =>
	`counts-${String(index).padStart(5, '0')}.tsv.gz`;

export const isShardName = (name: string): boolean => /^counts-\d{5,}\.tsv\.gz$/.test(name);

/** Whether JSON text contains the identifier of the manifest format. */
export const isCountsManifest = (json: string): boolean => json.includes(JSON.stringify(FORMAT));

/** Formats a manifest as JSON, with each shard on its own line. */
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

/** A pattern's name, or its regular expression between slashes; `parsePattern` is the inverse. */
export const describePattern = (pattern: TrainingPattern): string =>
	typeof pattern === 'string' ? pattern : `/${pattern.regex}/`;

/** First rule in which `a` and `b` differ, or `null`. Counts can be added up only if all their rules are the same. */
export function differingRule(a: CountingRules, b: CountingRules): keyof CountingRules | null {
	if (patternRegex(a.pattern) !== patternRegex(b.pattern)) return 'pattern';
	return a.feed === b.feed ? null : 'feed';
}

/** @throws Error with a one-line message: the field, what was found and what was expected, but not the file name */
export function parseCountsManifest(json: string): CountsManifest {
	let value: unknown;
	try {
		value = JSON.parse(json);
	} catch (cause) {
		throw new Error(
			"got text that isn't JSON, expected a manifest written by `bpe-lab count --out`",
			{
				cause
			}
		);
	}
	const file = new Field(value, '');
	file.get('format').oneOf(FORMAT);
	const version = file.get('version');
	if (version.value !== VERSION) throw version.error(String(VERSION));
	const pattern = parsePattern(file.get('pattern').string());
	if (pattern === null) throw file.get('pattern').error('the name of a pattern, or /regex/');
	const manifest: CountsManifest = {
		pattern,
		feed: file.get('feed').oneOf('lines', 'whole'),
		records: wholeNumber(file.get('records')),
		bytes: wholeNumber(file.get('bytes')),
		pretokens: wholeNumber(file.get('pretokens')),
		shards: file.get('shards').array().map(parseShard)
	};
	checkTotals(manifest);
	return manifest;
}

export interface CountsTotals {
	readonly lines: number;
	readonly total: number;
	/** Sum of each pre-token's length in bytes times its count. */
	readonly bytes: number;
}

/** Figures for one shard, or the total number of bytes in all shards. */
type Figures = Partial<
	Pick<CountsShard, 'sha256' | 'lines' | 'total'> & Pick<CountsTotals, 'bytes'>
>;

/** @throws Error if a figure differs from the manifest's; the message is one line and doesn't include the file name */
export function checkFigures(stated: Figures, found: Figures): void {
	for (const name of ['sha256', 'lines', 'total', 'bytes'] as const) {
		if (!(name in found) || found[name] === stated[name]) continue;
		const expected = String(stated[name]);
		throw new Error(
			`${name}: got ${String(found[name])}, expected ${expected}; copy the files again`
		);
	}
}

const wholeNumber = (field: Field): number => field.integer(Number.MAX_SAFE_INTEGER);

function parseShard(shard: Field): CountsShard {
	const [name, sha256] = [shard.get('name'), shard.get('sha256')];
	if (!isFileName(name.string())) throw name.error('the name of a file in the same folder');
	if (!/^[0-9a-f]{64}$/.test(sha256.string())) {
		throw sha256.error('64 lower-case hexadecimal digits');
	}
	return {
		name: name.string(),
		lines: wholeNumber(shard.get('lines')),
		total: wholeNumber(shard.get('total')),
		sha256: sha256.string()
	};
}

/** A manifest may come from anywhere, so it must not refer to files outside its folder. */
const isFileName = (name: string): boolean =>
	name !== '' && name !== '.' && name !== '..' && !/[/\\]/.test(name) && !name.includes('\0');

function checkTotals({ pretokens, shards }: CountsManifest): void {
	const names = new Set<string>();
	let sum = 0;
	for (const { name, total } of shards) {
		if (names.has(name))
			throw new Error(`got the shard ${JSON.stringify(name)} twice, expected it once`);
		names.add(name);
		sum += total;
	}
	if (sum !== pretokens) {
		throw new Error(`pretokens: got ${pretokens}, expected ${sum}, the total of the shards`);
	}
}
