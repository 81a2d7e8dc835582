/**
 * Packed merges. Converted SentencePiece and tiktoken vocabularies list *every* split of every token, product
 * by product. So a merge list is packed as some explicit merges (1,392 in Gemma 3) and then a list of
 * products, each of which means all its splits into two tokens in one order. The half a million merges of
 * Gemma 3 take less than 1 kB compressed.
 *
 * An explicit merge is written as its product (difference from the previous one) and the length of its left
 * token in bytes, a product as the difference from the previous one.
 */
import { concatenate } from '../structures/arrays';
import { ByteSource } from '../structures/byte-table';
import { TokenTable } from '../structures/token-table';
import { tokenAt, type Vocabulary } from '../structures/vocabulary';
import { ByteWriter, readVarint, readZigzag, type Cursor } from './varint';

/** Orders of the splits of one product. */
export const SPLIT_ORDERS = ['left-id', 'left-length-descending'] as const;
export type SplitOrder = (typeof SPLIT_ORDERS)[number];

export interface PackedMerges {
	readonly order: SplitOrder;
	/** Number of explicit merges. */
	readonly explicit: number;
	/** Number of products after the explicit merges. */
	readonly products: number;
	readonly bytes: Uint8Array;
}

interface Split {
	readonly left: number;
	readonly right: number;
}

/** Lists every split of a token into two tokens, between bytes or between characters. */
function splitsOf(
	id: number,
	table: TokenTable,
	betweenBytes: boolean,
	order: SplitOrder
): Split[] {
	const { source } = table;
	const start = table.startOf(id);
	const end = table.endOf(id);
	const splits: Split[] = [];
	for (let boundary = end - 1; boundary > start; boundary--) {
		if (!betweenBytes && (source.bytes[boundary] & 0xc0) === 0x80) continue;
		const left = table.idOf(source, start, boundary);
		if (left < 0) continue;
		const right = table.idOf(source, boundary, end);
		if (right >= 0) splits.push({ left, right });
	}
	return order === 'left-id' ? splits.sort((a, b) => a.left - b.left) : splits;
}

/**
 * Packs merges in the order that takes fewer bytes.
 * @param pairs two ids per merge, in order of rank
 * @param betweenBytes whether the model's symbols are bytes (byte-level) or characters
 */
export function packMerges(
	vocabulary: Vocabulary,
	pairs: Uint32Array,
	betweenBytes: boolean
): PackedMerges {
	const packed = SPLIT_ORDERS.map((order) => packOrdered(vocabulary, pairs, betweenBytes, order));
	return packed.reduce((best, next) => (next.bytes.length < best.bytes.length ? next : best));
}

function packOrdered(
	vocabulary: Vocabulary,
	pairs: Uint32Array,
	betweenBytes: boolean,
	order: SplitOrder
): PackedMerges {
	const table = new TokenTable(vocabulary);
	const count = pairs.length / 2;
	const products = new Int32Array(count);
	for (let m = 0; m < count; m++) products[m] = productOf(table, pairs, m);

	// Groups from the end: a product whose splits all follow in order needs no explicit merges.
	const grouped: number[] = [];
	let end = count;
	while (end > 0) {
		const product = products[end - 1];
		const splits = splitsOf(product, table, betweenBytes, order);
		const start = end - splits.length;
		const isComplete =
			start >= 0 &&
			splits.every(
				({ left, right }, i) =>
					pairs[2 * (start + i)] === left && pairs[2 * (start + i) + 1] === right
			);
		if (!isComplete) break;
		grouped.push(product);
		end = start;
	}

	const out = new ByteWriter();
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
	return { order, explicit: end, products: grouped.length, bytes: out.take() };
}

function productOf(table: TokenTable, pairs: Uint32Array, merge: number): number {
	const left = tokenAt(table.vocabulary, pairs[2 * merge]);
	const right = tokenAt(table.vocabulary, pairs[2 * merge + 1]);
	const joined = concatenate([left, right]);
	const product = table.idOf(new ByteSource(joined), 0, joined.length);
	if (product < 0) {
		throw new RangeError(
			`merge ${merge} joins the ids ${pairs[2 * merge]} and ${pairs[2 * merge + 1]} into a token that the vocabulary does not have`
		);
	}
	return product;
}

/** Unpacks merges into two ids per merge, in order of rank. @throws RangeError for damaged data */
export function expandMerges(
	vocabulary: Vocabulary,
	packed: PackedMerges,
	betweenBytes: boolean
): Uint32Array {
	const table = new TokenTable(vocabulary);
	const cursor: Cursor = { bytes: packed.bytes, at: 0 };
	const pairs: number[] = [];
	let product = 0;
	for (let m = 0; m < packed.explicit; m++) {
		product += readZigzag(cursor);
		checkProduct(product, table);
		const start = table.startOf(product);
		const end = table.endOf(product);
		const boundary = start + readVarint(cursor);
		const inside = boundary > start && boundary < end;
		const left = inside ? table.idOf(table.source, start, boundary) : -1;
		const right = inside ? table.idOf(table.source, boundary, end) : -1;
		if (left < 0 || right < 0) {
			throw new RangeError(`merge ${m}: token ${product} has no split at byte ${boundary - start}`);
		}
		pairs.push(left, right);
	}
	for (let p = 0; p < packed.products; p++) {
		product += readZigzag(cursor);
		checkProduct(product, table);
		for (const { left, right } of splitsOf(product, table, betweenBytes, packed.order)) {
			pairs.push(left, right);
		}
	}
	return Uint32Array.from(pairs);
}

function checkProduct(id: number, { size }: TokenTable): void {
	if (id < 0 || id >= size) {
		throw new RangeError(`a merge makes token ${id}: expected an id from 0 to ${size - 1}`);
	}
}
