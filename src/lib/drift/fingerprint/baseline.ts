/** Keeps of a tokenizer what a later file is compared with, when the tokenizer itself is not at hand. */
import { isObject } from '../../tokenizers/files/exact-json';
import type { Vocabulary } from '../../engine';
import { defaultEmbeddingRows } from '../../tokenizers/embedding-rows';
import { encodeUtf8 } from '../../engine/text';
import { loadsOf } from '../loads';
import { longTokens } from '../edits/table-edits';
import { withoutShadowed } from '../merges';
import type { Sha256 } from '../sha256';
import { templateIds } from '../special-tokens';
import { PART_NAMES, type FingerprintPart, type Loads, type TemplateIds } from '../types';
import {
	fingerprintParts,
	hashOfHashes,
	hashParts,
	FINGERPRINT_VERSION,
	type FingerprintedSide
} from './fingerprint';
import { canonicalVocabulary } from './canonical';
import { PROBE_TEXTS } from './texts';

const FORMAT = 'bpe-lab baseline';

/** The JSON that `bpe-lab fingerprint --json` prints. */
export interface Baseline {
	readonly format: typeof FORMAT;
	/** Name that the tokenizer was given: a path or an id of the catalogue. */
	readonly tokenizer: string;
	readonly fingerprint: string;
	/** SHA-256 of the file's text; `null` if the tokenizer was not read from one file of JSON. */
	readonly file: string | null;
	readonly loads: Loads;
	/** SHA-256 of each part. */
	readonly parts: Readonly<Record<FingerprintPart, string>>;
	readonly sizes: {
		/** Largest id + 1, added tokens included. */
		readonly ids: number;
		readonly merges: number;
		readonly addedTokens: number;
		/** Rows of the embedding that the model is known to have, at least `ids`. */
		readonly embeddingRows: number;
	};
	/** Ids around a single text. */
	readonly template: TemplateIds;
	/** Ids per hash in `vocabularyHashes`. */
	readonly idsPerHash: number;
	/** 24 bits of a hash for each stretch of ids. */
	readonly vocabularyHashes: string;
	/** 24 bits of a hash for each of the fixed texts. */
	readonly textHashes: string;
}

/** Hexadecimal digits of a short hash. */
const DIGITS = 6;
const MAX_STRETCHES = 64;

/** Makes the baseline of a tokenizer. */
export async function baselineOf(
	tokenizer: string,
	side: FingerprintedSide,
	sha256: Sha256
): Promise<Baseline> {
	const { spec, vocabularySize: ids } = side.tokenizer;
	const parts = fingerprintParts(side);
	const hashes = await hashParts(parts, sha256);
	const idsPerHash = Math.max(1, Math.ceil(ids / MAX_STRETCHES));
	const { merges, vocabulary } = spec.model;
	return {
		format: FORMAT,
		tokenizer,
		fingerprint: await hashOfHashes(hashes, sha256),
		file: side.file?.digest ?? null,
		loads: loadsOf(side.file),
		parts: hashes,
		sizes: {
			ids,
			merges: merges ? withoutShadowed(merges).length / 2 : longTokens(vocabulary).length,
			addedTokens: spec.added_tokens.length,
			embeddingRows: defaultEmbeddingRows(spec, ids)
		},
		template: templateIds(spec.post_processor),
		idsPerHash,
		vocabularyHashes: stretchHashes(canonicalVocabulary(spec), idsPerHash),
		textHashes: parts.texts.map((line) => shortHash(encodeUtf8(line))).join('')
	};
}

/** Short hashes of the tokens of each stretch of ids. */
export function stretchHashes({ ends, bytes }: Vocabulary, idsPerHash: number): string {
	const endOf = (id: number) => (id < 0 ? 0 : ends[id]);
	let hashes = '';
	for (let first = 0; first < ends.length; first += idsPerHash) {
		const end = Math.min(first + idsPerHash, ends.length);
		const start = endOf(first - 1);
		const stretch = new Uint8Array(4 * (end - first) + endOf(end - 1) - start);
		const lengths = new DataView(stretch.buffer);
		for (let id = first; id < end; id++) {
			lengths.setUint32(4 * (id - first), endOf(id) - endOf(id - 1), true);
		}
		stretch.set(bytes.subarray(start, endOf(end - 1)), 4 * (end - first));
		hashes += shortHash(stretch);
	}
	return hashes;
}

/** FNV-1a of 32 bits, folded to 24. */
function shortHash(bytes: Uint8Array): string {
	let hash = 0x811c9dc5;
	for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
	const folded = ((hash >>> 24) ^ hash) & 0xffffff;
	return folded.toString(16).padStart(DIGITS, '0');
}

export const countHashes = (hashes: string): number => hashes.length / DIGITS;

/** Index of each short hash that differs or that one side lacks. */
export function differingHashes(a: string, b: string): number[] {
	const found: number[] = [];
	const count = Math.max(a.length, b.length) / DIGITS;
	for (let i = 0; i < count; i++) {
		const [from, to] = [i * DIGITS, (i + 1) * DIGITS];
		if (a.slice(from, to) !== b.slice(from, to)) found.push(i);
	}
	return found;
}

/**
 * Reads a baseline.
 * @throws Error in one line for other text, and for a baseline of another version
 */
export function parseBaseline(text: string): Baseline {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		throw new Error('this is not JSON; expected the output of `bpe-lab fingerprint --json`');
	}
	if (!isObject(value) || (value as { format?: unknown }).format !== FORMAT) {
		throw new Error('this is no baseline; expected the output of `bpe-lab fingerprint --json`');
	}
	const { fingerprint } = value as { fingerprint?: unknown };
	const version = typeof fingerprint === 'string' ? fingerprint.split(':', 1)[0] : '';
	if (version !== FINGERPRINT_VERSION) {
		throw new Error(
			`this baseline has version "${version}", but this command reads ${FINGERPRINT_VERSION}; write it again with \`bpe-lab fingerprint --json\``
		);
	}
	if (!isBaseline(value)) {
		throw new Error('this baseline is damaged; write it again with `bpe-lab fingerprint --json`');
	}
	return value;
}

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const isHash = (value: unknown): boolean =>
	typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
const isIds = (value: unknown): boolean => Array.isArray(value) && value.every(isCount);
const isShortHashes = (value: unknown): boolean =>
	typeof value === 'string' && value.length % DIGITS === 0 && /^[0-9a-f]*$/.test(value);

function isBaseline(value: object): value is Baseline {
	const found = value as Record<string, unknown>;
	const { parts, sizes, template, fingerprint } = found as Record<string, Record<string, unknown>>;
	return (
		typeof found.tokenizer === 'string' &&
		typeof fingerprint === 'string' &&
		isHash(String(fingerprint).slice(FINGERPRINT_VERSION.length + 1)) &&
		(found.file === null || isHash(found.file)) &&
		typeof found.loads === 'string' &&
		/^(?:not checked|refused): /.test(found.loads) &&
		isObject(parts) &&
		PART_NAMES.every((name) => isHash(parts[name])) &&
		isObject(sizes) &&
		['ids', 'merges', 'addedTokens', 'embeddingRows'].every((name) => isCount(sizes[name])) &&
		isObject(template) &&
		isIds(template.before) &&
		isIds(template.after) &&
		isCount(found.idsPerHash) &&
		found.idsPerHash !== 0 &&
		isShortHashes(found.vocabularyHashes) &&
		isShortHashes(found.textHashes) &&
		(found.textHashes as string).length === PROBE_TEXTS.length * DIGITS
	);
}
