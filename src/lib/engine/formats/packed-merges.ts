/**
 * Packed merges. Converted SentencePiece and tiktoken vocabularies list *every* split of every token, product by
 * product. A packed list therefore consists of some explicit merges (1,392 in Gemma 3) and a list of products. Each
 * product in this list stands for several merges: all the ways to split it into two tokens, in a fixed order. Gemma 3's
 * half a million merges take less than 1 kB compressed.
 *
 * An explicit merge is written as its product and the byte length of its left token. Products are delta-encoded.
 */
import { joined } from '../model/merge-rules';
import {
	SPLIT_ORDERS,
	splitsOf,
	type MergeList,
	type MergeSplits,
	type SplitOrder
} from '../structures/merge-list';
import { tokenTableOf, type TokenTable } from '../structures/token-table';
import { tokenAt, type Vocabulary } from '../structures/vocabulary';
import { NumberWriter, fromZigzag, readVarint, type Cursor } from './varint';

export interface PackedMerges {
	readonly order: SplitOrder;
	/** Number of explicit merges. */
	readonly explicit: number;
	/**
	 * Number of products listed after the explicit merges. For each of these products, every split into two tokens is a
	 * merge.
	 */
	readonly products: number;
	/** Number of merges, including all splits of the products. Older files omit it. */
	readonly count?: number;
	readonly bytes: Uint8Array;
}

/**
 * Packs merges in whichever order takes fewer bytes.
 * @param pairs two ids per merge, in order of rank
 * @param betweenBytes whether the model's symbols are bytes instead of characters
 */
export function packMerges(
	vocabulary: Vocabulary,
	pairs: Uint32Array,
	betweenBytes: boolean
): PackedMerges {
	const table = tokenTableOf(vocabulary);
	const packed = SPLIT_ORDERS.map((order) => packOrdered(table, pairs, { betweenBytes, order }));
	return packed.reduce((best, next) => (next.bytes.length < best.bytes.length ? next : best));
}

function packOrdered(
	table: TokenTable,
	pairs: Uint32Array,
	format: Pick<MergeSplits, 'betweenBytes' | 'order'>
): PackedMerges {
	const { vocabulary } = table;
	const count = pairs.length / 2;
	const products = Int32Array.from({ length: count }, (_, m) => productOf(table, pairs, m));
	const counts = new Uint32Array(table.size);
	for (const product of products) counts[product]++;

	// Goes back from the end of the list and collects products as long as the list contains every possible split of the
	// product as a merge, in the given order.
	const grouped: number[] = [];
	let end = count;
	while (end > 0) {
		const product = products[end - 1];
		const splits = splitsOf(product, table, format);
		const start = end - splits.length;
		const isComplete =
			splits.length === counts[product] &&
			splits.every(
				({ left, right }, i) =>
					pairs[2 * (start + i)] === left && pairs[2 * (start + i) + 1] === right
			);
		if (!isComplete) break;
		grouped.push(product);
		end = start;
	}

	const out = new NumberWriter();
	let previous = 0;
	for (let m = 0; m < end; m++) {
		out.zigzag(products[m] - previous);
		out.varint(tokenAt(vocabulary, pairs[2 * m]).length);
		previous = products[m];
	}
	for (const product of grouped.reverse()) {
		out.zigzag(product - previous);
		previous = product;
	}
	return { order: format.order, explicit: end, products: grouped.length, count, bytes: out.take() };
}

function productOf(table: TokenTable, pairs: Uint32Array, merge: number): number {
	const [left, right] = [pairs[2 * merge], pairs[2 * merge + 1]];
	const product = table.idOf(...joined(table, left, right));
	if (product < 0) {
		throw new RangeError(
			`merge ${merge} joins the ids ${left} and ${right} into a token that isn't in the vocabulary`
		);
	}
	return product;
}

/**
 * Reads packed merges. Does not look up the parts of each product to check that they are tokens.
 * @throws RangeError for damaged data
 */
export function readMerges(
	vocabulary: Vocabulary,
	{ order, explicit, products: grouped, count, bytes }: PackedMerges,
	betweenBytes: boolean
): MergeList {
	// Every entry takes at least one byte. Without this check, a damaged count could cause a huge allocation.
	if (explicit + grouped > bytes.length) {
		throw new RangeError(
			`the data ends too early: got ${bytes.length} bytes for ${explicit} merges and ${grouped} products`
		);
	}
	const cursor: Cursor = { bytes, at: 0 };
	// Avoids a call for numbers that take one byte, as nearly all of them do.
	const next = () => (bytes[cursor.at] < 0x80 ? bytes[cursor.at++] : readVarint(cursor));
	const { ends } = vocabulary;
	const products = new Int32Array(explicit);
	const boundaries = new Int32Array(explicit);
	let product = 0;
	for (let m = 0; m < explicit; m++) {
		product = checked(product + fromZigzag(next()), ends.length);
		const leftLength = next();
		const boundary = (product === 0 ? 0 : ends[product - 1]) + leftLength;
		if (leftLength === 0 || boundary >= ends[product]) {
			throw new RangeError(`merge ${m}: token ${product} has no split at byte ${leftLength}`);
		}
		products[m] = product;
		boundaries[m] = boundary;
	}
	const groups = new Int32Array(grouped);
	for (let p = 0; p < grouped; p++) {
		product = checked(product + fromZigzag(next()), ends.length);
		groups[p] = product;
	}
	const splits = { vocabulary, betweenBytes, products, boundaries, groups, order };
	return listOfSplits(splits, grouped === 0 ? explicit : count);
}

/** @param count number of merges, if known */
export function listOfSplits(splits: MergeSplits, count?: number): MergeList {
	let pairs: Uint32Array | null = null;
	return {
		splits,
		get pairs() {
			return (pairs ??= pairsOf(splits));
		},
		get count() {
			return count ?? this.pairs.length / 2;
		}
	};
}

function checked(product: number, size: number): number {
	if (product >= 0 && product < size) return product;
	throw new RangeError(
		`got a merge that makes token ${product}, expected an id from 0 to ${size - 1}`
	);
}

/** @throws RangeError if part of a product is not a token */
function pairsOf(splits: MergeSplits): Uint32Array {
	const { vocabulary, products, boundaries, groups } = splits;
	const table = tokenTableOf(vocabulary);
	const { source } = table;
	const pairs: number[] = [];
	products.forEach((product, m) => {
		const [start, boundary] = [table.startOf(product), boundaries[m]];
		const left = table.idOf(source, start, boundary);
		const right = table.idOf(source, boundary, table.endOf(product));
		if (left < 0 || right < 0) {
			throw new RangeError(`merge ${m}: token ${product} has no split at byte ${boundary - start}`);
		}
		pairs.push(left, right);
	});
	for (const product of groups)
		for (const { left, right } of splitsOf(product, table, splits)) pairs.push(left, right);
	return Uint32Array.from(pairs);
}
