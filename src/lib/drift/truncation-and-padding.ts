import type { FileFields } from '../tokenizers/files/file-fields';

/**
 * Truncation, padding and dropout, as set in a tokenizer.json. The lab ignores these fields, so a `TokenizerSpec` omits
 * them, but other programs use them.
 */
export type BatchFields = Pick<FileFields, 'truncation' | 'padding' | 'dropout'>;

export const NO_BATCH_FIELDS: BatchFields = { truncation: null, padding: null, dropout: null };

/** Truncation to this number of tokens or more is ignored. */
const MAX_TEXT_TOKENS = 1 << 20;

type Side = 'Left' | 'Right';

interface Truncation {
	readonly maxLength: number;
	readonly side: Side;
	/** Which text in a pair is shortened. */
	readonly strategy: 'LongestFirst' | 'OnlyFirst' | 'OnlySecond';
}

interface Padding {
	/** `null` means the length of the longest text in the batch. */
	readonly length: number | null;
	readonly multiple: number;
	readonly id: number;
	readonly side: Side;
}

/** Canonical form of the fields, for fingerprints. Any change to this form requires a new fingerprint version. */
export const effectsOf = ({ truncation, padding, dropout }: BatchFields): unknown => [
	readTruncation(truncation),
	readPadding(padding),
	dropout
];

/**
 * Number of tokens beyond which two files truncate text differently; `null` if they always truncate it the same way.
 */
export function differingLength(a: BatchFields, b: BatchFields): number | null {
	const [first, second] = [a, b].map(({ truncation }) => readTruncation(truncation));
	if (JSON.stringify(first) === JSON.stringify(second)) return null;
	return Math.min(first?.maxLength ?? Infinity, second?.maxLength ?? Infinity);
}

export const padsDifferently = (a: BatchFields, b: BatchFields): boolean =>
	JSON.stringify(paddingEffect(a)) !== JSON.stringify(paddingEffect(b));

/** Canonical form of the padding: equal for two files if they pad every batch the same way. */
function paddingEffect({ padding }: BatchFields): Padding | null {
	const read = readPadding(padding);
	if (!read || read.length === 0) return null;
	const multiple = Math.max(1, read.multiple);
	return read.length === null
		? { ...read, multiple }
		: { ...read, length: Math.ceil(read.length / multiple) * multiple, multiple: 1 };
}

function readTruncation(value: unknown): Truncation | null {
	const maxLength = fieldOf(value, 'max_length');
	if (typeof maxLength !== 'number' || maxLength >= MAX_TEXT_TOKENS) return null;
	const strategy = fieldOf(value, 'strategy');
	return {
		maxLength,
		side: fieldOf(value, 'direction') === 'Left' ? 'Left' : 'Right',
		strategy: strategy === 'OnlyFirst' || strategy === 'OnlySecond' ? strategy : 'LongestFirst'
	};
}

function readPadding(value: unknown): Padding | null {
	if (typeof value !== 'object' || value === null) return null;
	const length = fieldOf(fieldOf(value, 'strategy'), 'Fixed');
	const multiple = fieldOf(value, 'pad_to_multiple_of');
	const id = fieldOf(value, 'pad_id');
	return {
		length: typeof length === 'number' ? length : null,
		multiple: typeof multiple === 'number' ? multiple : 0,
		id: typeof id === 'number' ? id : 0,
		side: fieldOf(value, 'direction') === 'Left' ? 'Left' : 'Right'
	};
}

function fieldOf(value: unknown, name: string): unknown {
	if (typeof value !== 'object' || value === null) return undefined;
	return (value as Record<string, unknown>)[name];
}
