import type { Encoder, Encoding } from '../../engine';
import { bytesOrNone } from '../cases/program';
import { holdOut, type TextPart } from './hold-out';
import { KneserNey } from './kneser-ney';
import { TrigramCounts } from './trigrams';
import type { Damage, DamageCrash, DamageDocument, ServedText } from './types';

export interface DamageSetup {
	/** What the model is trained with. */
	readonly a: Encoder;
	/** What serves it. */
	readonly b: Encoder;
	/** Rows of the model's embedding: at least A's largest id + 1. */
	readonly rows: number;
	/** Dealt out into training and held-out text by `holdOut`. */
	readonly documents: readonly DamageDocument[];
}

/** What is being done, and how much of it, 0 to 1. */
export interface DamageProgress {
	readonly step: 'train' | 'serve-a' | 'serve-b';
	readonly share: number;
}

/** Bytes of text between two looks at the clock of whoever drives the generator. */
const STRIDE = 32_768;

/**
 * Trains a trigram model on A's ids, and serves it held-out text through A and through B. Special
 * tokens are text, and no BOS is put in front: the model cannot show what a missing BOS does.
 * @throws Error where A itself has ids beyond `rows`, or the text is too short
 */
export function* measureDamage(setup: DamageSetup): Generator<DamageProgress, Damage> {
	const { a, b, rows } = setup;
	const split = holdOut(setup.documents);
	const counts = new TrigramCounts(rows);
	for (const { part, share } of inStrides(split.training)) {
		if (share !== null) yield { step: 'train', share };
		const { ids } = a.encode(part.text);
		const tooLarge = ids.find((id) => id >= rows);
		if (tooLarge !== undefined) {
			throw new Error(
				`the model cannot be trained: A gives id ${tooLarge}, expected ids below the embedding’s ${rows} rows`
			);
		}
		counts.add(ids);
	}
	const model = new KneserNey(counts);
	const lengthInA = tokenLengths(a, rows);
	const servedA = yield* serve(model, lengthInA, a, split.heldOut, 'serve-a');
	if ('id' in servedA) {
		throw new Error(
			`the model cannot be served: A gives id ${servedA.id}, expected ids below the embedding’s ${rows} rows`
		);
	}
	const servedB = yield* serve(model, lengthInA, b, split.heldOut, 'serve-b');
	if ('id' in servedB) return servedB;
	return {
		outcome: 'measured',
		rows,
		training: {
			documents: split.trainingDocuments,
			bytes: bytesOf(split.training),
			tokens: counts.tokens
		},
		heldOut: { documents: split.heldOutDocuments, bytes: bytesOf(split.heldOut) },
		a: servedA,
		b: servedB,
		change: changeOf(servedA.bitsPerByte, servedB.bitsPerByte)
	};
}

/** Not a number of no bits: a text that neither side has tokens for changes nothing. */
const changeOf = (a: number, b: number): number => (a === b ? 0 : b / a - 1);

/** The share done before a part, where it is time to say it. */
function* inStrides(
	parts: readonly TextPart[]
): Generator<{ part: TextPart; share: number | null }> {
	const total = bytesOf(parts);
	let done = 0;
	let said = -STRIDE;
	for (const part of parts) {
		const due = done - said >= STRIDE;
		if (due) said = done;
		yield { part, share: due ? done / total : null };
		done += part.bytes;
	}
}

function* serve(
	model: KneserNey,
	lengthInA: (id: number) => number,
	tokenizer: Encoder,
	parts: readonly TextPart[],
	step: DamageProgress['step']
): Generator<DamageProgress, ServedText | DamageCrash> {
	const sum = { bits: 0, tokens: 0, guessed: 0, pairs: 0, unseen: 0, untrained: 0, read: 0 };
	for (const { part, share } of inStrides(parts)) {
		if (share !== null) yield { step, share };
		const encoding = tokenizer.encode(part.text);
		const crash = outOfRange(encoding, part, model.rows);
		if (crash) return crash;
		const { ids } = encoding;
		let second = model.rows;
		let context = model.context(second, second);
		for (const id of ids) {
			const bigram = model.context(second, id);
			sum.bits -= Math.log2(model.probability(context, second, bigram, id));
			if (model.best(context, second) === id) sum.guessed++;
			if (!model.isTrained(id)) sum.untrained++;
			sum.read += lengthInA(id);
			if (second < model.rows) {
				sum.pairs++;
				if (!model.hasBigram(bigram)) sum.unseen++;
			}
			context = bigram;
			second = id;
		}
		sum.tokens += ids.length;
	}
	return {
		tokens: sum.tokens,
		bitsPerByte: sum.bits / bytesOf(parts),
		top1: sum.guessed / Math.max(1, sum.tokens),
		unseenBigrams: sum.unseen / Math.max(1, sum.pairs),
		untrained: sum.untrained,
		readBytes: sum.read
	};
}

/** How many bytes each token of a tokenizer stands for; none for an id without one. */
function tokenLengths(tokenizer: Encoder, rows: number): (id: number) => number {
	const known = new Int32Array(rows).fill(-1);
	return (id) => {
		if (known[id] < 0) known[id] = bytesOrNone(tokenizer, id).length;
		return known[id];
	};
}

/** The first id that the model has no row for. */
function outOfRange(
	{ ids, byteStarts }: Encoding,
	part: TextPart,
	rows: number
): DamageCrash | null {
	const token = ids.findIndex((id) => id >= rows);
	if (token < 0) return null;
	return {
		outcome: 'crash',
		rows,
		id: ids[token],
		document: part.document,
		byte: part.byteStart + byteStarts[token]
	};
}

const bytesOf = (parts: readonly TextPart[]): number =>
	parts.reduce((sum, { bytes }) => sum + bytes, 0);
