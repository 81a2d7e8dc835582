import type { ConfigDifference, Severity } from '../types';
import { canonicalJson } from './steps';

/**
 * What a tokenizer.json says of the length of texts, as it stands there. It is no part of a
 * `TokenizerSpec`: the lab never cuts texts off or fills them up, programs that follow the file do.
 */
export interface BatchFields {
	readonly truncation: unknown;
	readonly padding: unknown;
}

/** Of what says nothing of it. */
export const NO_BATCH_FIELDS: BatchFields = { truncation: null, padding: null };

export function batchDifferences(a: BatchFields, b: BatchFields): ConfigDifference[] {
	return [
		...difference('truncation', a, b, 'silent', truncationSentence),
		...difference(
			'padding',
			a,
			b,
			fillsAlways(a.padding) || fillsAlways(b.padding) ? 'silent' : 'harmless',
			paddingSentence
		)
	];
}

function difference(
	field: keyof BatchFields,
	{ [field]: a }: BatchFields,
	{ [field]: b }: BatchFields,
	severity: Severity,
	sentence: (a: unknown, b: unknown) => string
): ConfigDifference[] {
	if (canonicalJson(a) === canonicalJson(b)) return [];
	return [
		{
			field,
			a: JSON.stringify(a),
			b: JSON.stringify(b),
			severity,
			sentence: sentence(a, b),
			firstDifference: null,
			example: null,
			tried: 0
		}
	];
}

function truncationSentence(a: unknown, b: unknown): string {
	if (a === null) return `B’s file has every text cut off ${after(b)}, A’s does not.`;
	if (b === null) return `A’s file has every text cut off ${after(a)}, B’s does not.`;
	return `A’s file has texts cut off ${after(a)}, B’s ${after(b)}.`;
}

function after(truncation: unknown): string {
	const length = fieldOf(truncation, 'max_length');
	const side = fieldOf(truncation, 'direction') === 'Left' ? ' from their end' : '';
	return typeof length === 'number'
		? `after ${length.toLocaleString('en')} tokens${side}`
		: 'in another way';
}

const paddingSentence = (a: unknown, b: unknown): string =>
	fillsAlways(a) || fillsAlways(b)
		? 'The files have texts filled up to other lengths.'
		: 'Texts are filled up to each other’s length when encoded together; the ids of a text by itself are the same.';

/** Whether a text by itself is filled up too. */
const fillsAlways = (padding: unknown): boolean =>
	typeof fieldOf(padding, 'strategy') === 'object' ||
	typeof fieldOf(padding, 'pad_to_multiple_of') === 'number';

function fieldOf(value: unknown, name: string): unknown {
	if (typeof value !== 'object' || value === null) return undefined;
	return (value as Record<string, unknown>)[name];
}
