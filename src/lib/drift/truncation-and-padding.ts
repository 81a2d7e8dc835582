import type { Tokenizer } from '../engine';
import type { FileFields } from '../tokenizers/files/file-fields';
import { PARSED, sameOutcome } from './compare-output';
import { pairTemplate, templateLayers } from './special-tokens';
import type { Outcome, Witness } from './types';
import { equalNumbers } from './equal';
import { orNull } from './calls';

/**
 * Fields of a tokenizer.json about the length of texts and about training. They are not part of a `TokenizerSpec`: the
 * lab never truncates, pads or drops merges. Programs that follow the file do.
 */
export type BatchFields = Pick<FileFields, 'truncation' | 'padding' | 'dropout'>;

export const NO_BATCH_FIELDS: BatchFields = { truncation: null, padding: null, dropout: null };

export interface BatchSide {
	readonly tokenizer: Tokenizer;
	readonly batch: BatchFields;
}

/** Longest text that is tried: truncation beyond it counts as none. */
const MAX_TEXT_TOKENS = 1 << 20;

type Side = 'Left' | 'Right';

interface Truncation {
	readonly maxLength: number;
	readonly side: Side;
	readonly strategy: 'LongestFirst' | 'OnlyFirst' | 'OnlySecond';
}

interface Padding {
	/** `null`: to the longest of the batch. */
	readonly length: number | null;
	readonly multiple: number;
	readonly id: number;
	readonly side: Side;
}

const witness = (
	does: Witness['does'],
	inputs: readonly string[],
	[a, b]: readonly Outcome[],
	addSpecialTokens = false
): Witness => ({
	reference: 'native',
	does,
	inputs,
	...PARSED,
	addSpecialTokens,
	a,
	b
});

/** Ids and their text, which is empty if they cannot be decoded. */
export const outcomeOfIds = (tokenizer: Tokenizer, ids: readonly number[]): Outcome => ({
	ids,
	text: orNull(() => tokenizer.decode(ids)) ?? ''
});

const idsOf = (tokenizer: Tokenizer, text: string, addSpecialTokens = false): number[] => [
	...tokenizer.encode(text, { special: 'parse', addSpecialTokens }).ids
];

/** A single text or a pair to which the post-processors add different ids; `null` if they add the same. */
export function templateWitness(a: Tokenizer, b: Tokenizer): Witness | null {
	const differs = (form: 'single' | 'pair') => {
		const [layersA, layersB] = [a, b].map(({ spec }) => templateLayers(spec.post_processor, form));
		return JSON.stringify(layersA) !== JSON.stringify(layersB);
	};
	if (differs('single')) {
		const outcomes = [a, b].map((one) => outcomeOfIds(one, idsOf(one, 'Hi', true)));
		return witness('encode', ['Hi'], outcomes, true);
	}
	if (!differs('pair')) return null;
	const inputs = ['Hi', 'there'] as const;
	const outcomes = [a, b].map((one) => outcomeOfIds(one, pairIds(one, inputs)));
	return witness('encode-pair', inputs, outcomes, true);
}

function pairIds(tokenizer: Tokenizer, [first, second]: readonly [string, string]): number[] {
	const texts: Record<string, readonly number[]> = {
		A: idsOf(tokenizer, first),
		B: idsOf(tokenizer, second)
	};
	return pairTemplate(tokenizer.spec.post_processor).flatMap((piece) =>
		typeof piece === 'number' ? [piece] : texts[piece]
	);
}

/** The fields in a form that is the same for equal effects on ids: without defaults, type ids and windows of the rest. */
export function effectsOf({ truncation, padding, dropout }: BatchFields): unknown {
	const cut = readTruncation(truncation);
	return [cut && cut.maxLength < MAX_TEXT_TOKENS ? cut : null, readPadding(padding), dropout];
}

/** A text or pair that the two files truncate differently; `null` if no text of up to 2^20 tokens does. */
export function truncationWitness(a: BatchSide, b: BatchSide): Witness | null {
	const [first, second] = [readTruncation(a.batch.truncation), readTruncation(b.batch.truncation)];
	const lengths = [first, second]
		.flatMap((one) => (one ? [one.maxLength] : []))
		.filter((length) => length < MAX_TEXT_TOKENS);
	if (lengths.length === 0) return null;
	const text = textOfTokens(a.tokenizer, 2 * Math.max(...lengths) + 2);
	const outcomes = [firstOfBatch(a, [text]), firstOfBatch(b, [text])];
	if (!equalNumbers(outcomes[0].ids, outcomes[1].ids)) return witness('encode', [text], outcomes);
	if (first?.strategy === second?.strategy) return null;
	// The strategies differ in which of two texts they shorten.
	for (const inputs of [
		['a', text],
		[text, 'a']
	]) {
		const pairs = [encodedPair(a, inputs), encodedPair(b, inputs)];
		if (!sameOutcome(pairs[0], pairs[1])) return witness('encode-pair', inputs, pairs);
	}
	return null;
}

/** A pair truncated by the strategy of a file, as in `truncate_encodings` of Hugging Face's library, then padded. */
function encodedPair({ tokenizer, batch }: BatchSide, [one, other]: readonly string[]): Outcome {
	const truncation = readTruncation(batch.truncation);
	const [first, second] = [idsOf(tokenizer, one), idsOf(tokenizer, other)];
	const joined = (...ids: (readonly number[])[]) =>
		outcomeOfIds(tokenizer, padded([ids.flat()], readPadding(batch.padding)));
	if (!truncation) return joined(first, second);
	const { maxLength, side, strategy } = truncation;
	const excess = first.length + second.length - maxLength;
	const lengths = [first.length, second.length];
	if (excess > 0 && strategy === 'LongestFirst') {
		const shorter = Math.min(...lengths);
		const both =
			2 * shorter > maxLength
				? [maxLength >> 1, maxLength - (maxLength >> 1)]
				: [shorter, Math.max(shorter, maxLength - shorter)];
		[lengths[0], lengths[1]] = first.length > second.length ? [both[1], both[0]] : both;
	} else if (excess > 0) {
		const which = strategy === 'OnlyFirst' ? 0 : 1;
		if (lengths[which] <= excess) {
			const error = 'Sequence to truncate too short to respect the provided max_length';
			return { ids: [], text: '', error };
		}
		lengths[which] -= excess;
	}
	return joined(shortened(first, lengths[0], side), shortened(second, lengths[1], side));
}

/** A text, alone or beside a longer one, that the two files pad differently; `null` if there is none. */
export function paddingWitness(a: BatchSide, b: BatchSide): Witness | null {
	const long = textOfTokens(a.tokenizer, 9);
	for (const inputs of [['Hi'], ['Hi', long]]) {
		const outcomes = [firstOfBatch(a, inputs), firstOfBatch(b, inputs)];
		if (!equalNumbers(outcomes[0].ids, outcomes[1].ids))
			return witness('encode-batch', inputs, outcomes);
	}
	return null;
}

/** A text of at least `minTokens` tokens: letters of the alphabet, one per line. */
function textOfTokens(tokenizer: Tokenizer, minTokens: number): string {
	const lines = (count: number) =>
		Array.from({ length: count }, (_, i) => String.fromCharCode(97 + (i % 26))).join('\n');
	for (let count = minTokens; ; count *= 2) {
		const text = lines(count);
		if (count > 4 * MAX_TEXT_TOKENS || idsOf(tokenizer, text).length >= minTokens) return text;
	}
}

/** The ids of a text after truncation. The stride only affects the windows of the rest. */
const truncated = (ids: readonly number[], truncation: Truncation | null): readonly number[] =>
	truncation && ids.length > truncation.maxLength
		? shortened(ids, truncation.maxLength, truncation.side)
		: ids;

/** @param side from which ids are removed */
const shortened = (ids: readonly number[], length: number, side: Side): readonly number[] =>
	side === 'Right' ? ids.slice(0, length) : ids.slice(ids.length - length);

/** The first text of a batch, truncated and then padded. */
function firstOfBatch({ tokenizer, batch }: BatchSide, inputs: readonly string[]): Outcome {
	const truncation = readTruncation(batch.truncation);
	const rows = inputs.map((text) => truncated(idsOf(tokenizer, text), truncation));
	return outcomeOfIds(tokenizer, padded(rows, readPadding(batch.padding)));
}

/** The first row, padded. */
function padded(rows: readonly (readonly number[])[], padding: Padding | null): readonly number[] {
	if (!padding) return rows[0];
	let length = padding.length ?? Math.max(...rows.map((ids) => ids.length));
	if (padding.multiple > 0) length = Math.ceil(length / padding.multiple) * padding.multiple;
	const missing = Math.max(0, length - rows[0].length);
	const pad = new Array<number>(missing).fill(padding.id);
	return padding.side === 'Left' ? [...pad, ...rows[0]] : [...rows[0], ...pad];
}

function readTruncation(value: unknown): Truncation | null {
	const maxLength = fieldOf(value, 'max_length');
	if (typeof maxLength !== 'number') return null;
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
