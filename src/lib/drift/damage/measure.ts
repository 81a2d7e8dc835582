import { TokenKind, type Encoder, type Encoding } from '../../engine';
import { decodeUtf8 } from '../../engine/text';
import { bytesOrNone } from '../cases/evaluate';
import { bytesOf, holdOut, type TextPart } from './hold-out';
import { KneserNey, TrigramCounts } from './kneser-ney';
import type { Damage, DamageCrash, DamageDocument, ServedText } from './types';

export interface DamageSetup {
	/** Tokenizer that the model is trained with. */
	readonly a: Encoder;
	/** Tokenizer that the model is served with. */
	readonly b: Encoder;
	/** Rows in the model's embedding: at least A's largest id + 1. */
	readonly rows: number;
	/** `holdOut` divides these into training and held-out text. */
	readonly documents: readonly DamageDocument[];
}

/** The step in progress, and the fraction of it that is completed, from 0 to 1. */
export interface DamageProgress {
	readonly step: 'train' | 'serve-a' | 'serve-b';
	readonly share: number;
}

/** Minimum number of bytes between progress reports. */
const PROGRESS_BYTES = 32_768;

/**
 * Trains a trigram model on A's ids and measures it on held-out text encoded with A and with B. Special tokens are
 * treated as text and no BOS is added, so the measurement can't show the effect of a missing BOS.
 * @throws Error if A itself has ids beyond `rows`, or the text is too short
 */
export function* measureDamage(setup: DamageSetup): Generator<DamageProgress, Damage> {
	const { a, b, rows } = setup;
	const split = holdOut(setup.documents);
	const counts = new TrigramCounts(rows);
	for (const { part, share } of withProgress(split.training)) {
		if (share !== null) yield { step: 'train', share };
		const { ids } = a.encode(decodeUtf8(part.utf8));
		const tooLarge = ids.find((id) => id >= rows);
		if (tooLarge !== undefined) {
			throw new Error(`the model can't be trained: ${describeTooLarge(tooLarge, rows)}`);
		}
		counts.add(ids);
	}
	const model = new KneserNey(counts);
	const servedA = yield* serve(model, a, split.heldOut, 'serve-a');
	if ('id' in servedA) {
		throw new Error(`the model can't be served: ${describeTooLarge(servedA.id, rows)}`);
	}
	const heldOutBytes = bytesOf(split.heldOut);
	if (servedA.tokens === 0) {
		throw new Error(
			`there is nothing to measure: A has no token for any of the ${heldOutBytes} bytes that are held out`
		);
	}
	const servedB = yield* serve(model, b, split.heldOut, 'serve-b');
	if ('id' in servedB) return servedB;
	return {
		outcome: 'measured',
		rows,
		splitUnit: split.splitUnit,
		training: {
			documents: split.trainingDocuments,
			bytes: bytesOf(split.training),
			tokens: counts.tokens
		},
		heldOut: { documents: split.heldOutDocuments, bytes: heldOutBytes },
		a: servedA,
		b: servedB,
		change: changeOf(servedA.bitsPerByte, servedB.bitsPerByte)
	};
}

const describeTooLarge = (id: number, rows: number): string =>
	`A gives id ${id}, expected ids below the embedding’s ${rows} rows`;

/** Relative change in bits per byte. Also 0 if both are 0, because the model has only one row and so only one id. */
const changeOf = (a: number, b: number): number => (a === b ? 0 : b / a - 1);

/** Yields each part with the fraction of work done before it, which is `null` if progress was reported recently. */
function* withProgress(
	parts: readonly TextPart[]
): Generator<{ part: TextPart; share: number | null }> {
	const total = bytesOf(parts);
	let done = 0;
	let reported = -PROGRESS_BYTES;
	for (const part of parts) {
		const due = done - reported >= PROGRESS_BYTES;
		if (due) reported = done;
		yield { part, share: due ? done / total : null };
		done += part.utf8.length;
	}
}

function* serve(
	model: KneserNey,
	tokenizer: Encoder,
	parts: readonly TextPart[],
	step: DamageProgress['step']
): Generator<DamageProgress, ServedText | DamageCrash> {
	const lengthOf = tokenLengths(tokenizer, model.rows);
	const sum = { bits: 0, tokens: 0, guessed: 0, pairs: 0, unseen: 0, untrained: 0, covered: 0 };
	for (const { part, share } of withProgress(parts)) {
		if (share !== null) yield { step, share };
		const encoding = tokenizer.encode(decodeUtf8(part.utf8));
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
			if (second < model.rows) {
				sum.pairs++;
				if (!model.hasBigram(bigram)) sum.unseen++;
			}
			context = bigram;
			second = id;
		}
		sum.tokens += ids.length;
		sum.covered += coveredBytes(encoding, lengthOf);
	}
	return {
		tokens: sum.tokens,
		bitsPerByte: sum.bits / bytesOf(parts),
		top1: sum.guessed / Math.max(1, sum.tokens),
		unseenBigrams: sum.unseen / Math.max(1, sum.pairs),
		untrained: sum.untrained,
		coveredBytes: sum.covered
	};
}

/**
 * Number of bytes of the text that the tokens cover. If a merge joins the text on both sides of dropped bytes, the
 * token's span includes these bytes. A token therefore never counts as covering more bytes than it contains.
 */
function coveredBytes(
	{ ids, byteStarts, byteEnds, kinds }: Encoding,
	lengthOf: (id: number) => number
): number {
	let covered = 0;
	let reached = 0;
	for (let token = 0; token < ids.length; token++) {
		// An unknown token covers none of the text in its span.
		if (kinds?.[token] === TokenKind.unknown) continue;
		const span = byteEnds[token] - Math.max(reached, byteStarts[token]);
		covered += Math.min(Math.max(0, span), lengthOf(ids[token]));
		reached = Math.max(reached, byteEnds[token]);
	}
	return covered;
}

/** Creates a function that returns the number of bytes in a token; 0 for an id without a token. */
function tokenLengths(tokenizer: Encoder, rows: number): (id: number) => number {
	const known = new Int32Array(rows).fill(-1);
	return (id) => {
		if (known[id] < 0) known[id] = bytesOrNone(tokenizer, id).length;
		return known[id];
	};
}

/** The first id without a row in the model. */
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
