import type { PostProcessorSpec, Tokenizer } from '../engine';
import { sameIds, sameOutcome } from './outputs';
import { templateForms } from './special-tokens';
import type { Outcome, Witness } from './types';

/**
 * What a tokenizer.json says about the length of texts and about training, as written there. It is no part of a
 * `TokenizerSpec`: the lab never truncates, pads or drops merges. Programs that follow the file do.
 */
export interface BatchFields {
	readonly truncation: unknown;
	readonly padding: unknown;
	/** `model.dropout`: the share of merges that are skipped at random. 0 is written as `null`. */
	readonly dropout: unknown;
}

/** Of a tokenizer that says nothing of it. */
export const NO_BATCH_FIELDS: BatchFields = { truncation: null, padding: null, dropout: null };

/** One side of a comparison. */
export interface BatchSide {
	readonly tokenizer: Tokenizer;
	readonly batch: BatchFields;
}

/** A text longer than this is not made: what only truncates beyond it is taken to truncate nothing. */
const LONGEST_TEXT_TOKENS = 1 << 20;

interface Truncation {
	readonly most: number;
	readonly side: 'Left' | 'Right';
	readonly strategy: 'LongestFirst' | 'OnlyFirst' | 'OnlySecond';
}

interface Padding {
	/** `null`: to the longest of the batch. */
	readonly length: number | null;
	readonly multiple: number;
	readonly id: number;
	readonly side: 'Left' | 'Right';
}

/** A single text or a pair around which the post-processors put different ids; `null` if they put the same. */
export function templateWitness(a: Tokenizer, b: Tokenizer): Witness | null {
	const options = { special: 'parse', addSpecialTokens: true, skipSpecial: false } as const;
	const text = 'Hi';
	const single = [a, b].map((tokenizer) => [...tokenizer.encode(text, options).ids]);
	const formsA = templateForms(a.spec.post_processor);
	const formsB = templateForms(b.spec.post_processor);
	const outcome = (tokenizer: Tokenizer, ids: readonly number[]) => ({
		ids,
		text: readable(tokenizer, ids)
	});
	if (JSON.stringify(formsA.single) !== JSON.stringify(formsB.single)) {
		return {
			reference: 'native',
			does: 'encode',
			inputs: [text],
			...options,
			a: outcome(a, single[0]),
			b: outcome(b, single[1])
		};
	}
	if (JSON.stringify(formsA.pair) === JSON.stringify(formsB.pair)) return null;
	const inputs = ['Hi', 'there'] as const;
	return {
		reference: 'native',
		does: 'encode-pair',
		inputs,
		...options,
		a: outcome(a, pairIds(a, inputs)),
		b: outcome(b, pairIds(b, inputs))
	};
}

/** The ids of a pair of texts with the tokens of the template. */
function pairIds(tokenizer: Tokenizer, [first, second]: readonly [string, string]): number[] {
	const idsOf = (text: string) => [...tokenizer.encode(text, { special: 'parse' }).ids];
	const texts: Record<string, readonly number[]> = { A: idsOf(first), B: idsOf(second) };
	const layers = pairLayers(tokenizer.spec.post_processor);
	return layers.flatMap((piece) => (typeof piece === 'number' ? [piece] : texts[piece]));
}

/** Ids and names of the texts in order; of several templates the last one is outermost. */
function pairLayers(spec: PostProcessorSpec | null): readonly (number | string)[] {
	const layers = templateForms(spec).pair;
	return layers.reduce<readonly (number | string)[]>(
		(inner, outer) => {
			const begins = outer.findIndex((piece) => typeof piece === 'string');
			const ends = outer.findLastIndex((piece) => typeof piece === 'string');
			return layers.length === 1
				? outer
				: [...outer.slice(0, begins), ...inner, ...outer.slice(ends + 1)];
		},
		['A', 'B']
	);
}

/** A text or batch that the two files truncate differently; `null` if no text of up to 2^20 tokens shows it. */
export function truncationWitness(a: BatchSide, b: BatchSide): Witness | null {
	const [first, second] = [readTruncation(a.batch.truncation), readTruncation(b.batch.truncation)];
	const lengths = [first, second].flatMap((one) => (one ? [one.most] : []));
	const shortest = Math.min(...lengths);
	if (shortest >= LONGEST_TEXT_TOKENS) return null;
	const wanted = lengths.filter((length) => length < LONGEST_TEXT_TOKENS).map((n) => 2 * n + 2);
	const text = textOfTokens(a.tokenizer, Math.max(...wanted));
	const ids = [
		truncated(idsOf(a.tokenizer, text), first),
		truncated(idsOf(b.tokenizer, text), second)
	];
	if (!sameIds(ids[0], ids[1])) {
		return {
			reference: 'native',
			does: 'encode',
			inputs: [text],
			special: 'parse',
			addSpecialTokens: false,
			skipSpecial: false,
			a: { ids: ids[0], text: readable(a.tokenizer, ids[0]) },
			b: { ids: ids[1], text: readable(b.tokenizer, ids[1]) }
		};
	}
	if (first?.strategy === second?.strategy) return null;
	// Which of two texts gives way: the longer one, or always the same.
	for (const inputs of [
		['a', text],
		[text, 'a']
	]) {
		const outcomes = [
			truncatedPair(a.tokenizer, first, inputs),
			truncatedPair(b.tokenizer, second, inputs)
		];
		if (sameOutcome(outcomes[0], outcomes[1])) continue;
		return {
			reference: 'native',
			does: 'encode-pair',
			inputs,
			special: 'parse',
			addSpecialTokens: false,
			skipSpecial: false,
			a: outcomes[0],
			b: outcomes[1]
		};
	}
	return null;
}

/** A pair as the strategy of a file shortens it (`truncate_encodings` of Hugging Face's library). */
function truncatedPair(
	tokenizer: Tokenizer,
	truncation: Truncation | null,
	[one, other]: readonly string[]
): Outcome {
	const [first, second] = [idsOf(tokenizer, one), idsOf(tokenizer, other)];
	const excess = truncation ? first.length + second.length - truncation.most : 0;
	const keep = [first.length, second.length];
	if (truncation && excess > 0) {
		if (truncation.strategy === 'LongestFirst') {
			const shorter = Math.min(...keep);
			const { most } = truncation;
			const both =
				2 * shorter > most
					? [most >> 1, most - (most >> 1)]
					: [shorter, Math.max(shorter, most - shorter)];
			[keep[0], keep[1]] = first.length > second.length ? [both[1], both[0]] : both;
		} else {
			const which = truncation.strategy === 'OnlyFirst' ? 0 : 1;
			if (keep[which] <= excess) {
				const error = 'Sequence to truncate too short to respect the provided max_length';
				return { ids: [], text: '', error };
			}
			keep[which] -= excess;
		}
	}
	const side = truncation?.side ?? 'Right';
	const cut = (ids: readonly number[], length: number) =>
		side === 'Right' ? ids.slice(0, length) : ids.slice(ids.length - length);
	const ids = [...cut(first, keep[0]), ...cut(second, keep[1])];
	return { ids, text: readable(tokenizer, ids) };
}

/** A text alone or beside a longer one that the two files pad differently; `null` if there is none. */
export function paddingWitness(a: BatchSide, b: BatchSide): Witness | null {
	const [first, second] = [readPadding(a.batch.padding), readPadding(b.batch.padding)];
	const long = textOfTokens(a.tokenizer, 9);
	for (const inputs of [['Hi'], ['Hi', long]]) {
		const ids = [paddedIds(a.tokenizer, first, inputs), paddedIds(b.tokenizer, second, inputs)];
		if (sameIds(ids[0], ids[1])) continue;
		return {
			reference: 'native',
			does: 'encode-batch',
			inputs,
			special: 'parse',
			addSpecialTokens: false,
			skipSpecial: false,
			a: { ids: ids[0], text: readable(a.tokenizer, ids[0]) },
			b: { ids: ids[1], text: readable(b.tokenizer, ids[1]) }
		};
	}
	return null;
}

const idsOf = (tokenizer: Tokenizer, text: string): number[] => [
	...tokenizer.encode(text, { special: 'parse' }).ids
];

/** A text of at least so many tokens: the letters of the alphabet, each on a line. */
function textOfTokens(tokenizer: Tokenizer, least: number): string {
	const lines = (count: number) =>
		Array.from({ length: count }, (_, i) => String.fromCharCode(97 + (i % 26))).join('\n');
	for (let count = least; ; count *= 2) {
		const text = lines(count);
		if (count > 4 * LONGEST_TEXT_TOKENS || idsOf(tokenizer, text).length >= least) return text;
	}
}

/** The ids that are left of a text. The stride only decides about windows of what is cut off. */
function truncated(ids: readonly number[], truncation: Truncation | null): readonly number[] {
	if (!truncation || ids.length <= truncation.most) return ids;
	const { most, side } = truncation;
	return side === 'Right' ? ids.slice(0, most) : ids.slice(ids.length - most);
}

function paddedIds(
	tokenizer: Tokenizer,
	padding: Padding | null,
	inputs: readonly string[]
): readonly number[] {
	const rows = inputs.map((text) => idsOf(tokenizer, text));
	if (!padding) return rows[0];
	let length = padding.length ?? Math.max(...rows.map((ids) => ids.length));
	if (padding.multiple > 0) length = Math.ceil(length / padding.multiple) * padding.multiple;
	const missing = Math.max(0, length - rows[0].length);
	const pad = new Array<number>(missing).fill(padding.id);
	return padding.side === 'Left' ? [...pad, ...rows[0]] : [...rows[0], ...pad];
}

function readTruncation(value: unknown): Truncation | null {
	const most = fieldOf(value, 'max_length');
	if (typeof most !== 'number') return null;
	const strategy = fieldOf(value, 'strategy');
	return {
		most,
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

function readable(tokenizer: Tokenizer, ids: readonly number[]): string {
	try {
		return tokenizer.decode(ids);
	} catch {
		return '';
	}
}
