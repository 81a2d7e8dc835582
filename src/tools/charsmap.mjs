/**
 * Writes tables for SentencePiece's normalizer in the format that `Precompiled` in npm tokenizers reads. Plain
 * JavaScript, because the table generators also run without a bundler.
 */

/** Units per block: one for each possible byte. */
const BLOCK = 256;
const HAS_VALUE = 1 << 8;
const IS_VALUE = 2 ** 31;
const encoder = new TextEncoder();

/**
 * Builds a table of string replacements: the size of a double-array trie in bytes, the trie in the format of
 * darts-clone, and the replacements, each followed by a NUL.
 * @param {Iterable<readonly [from: string, to: string]>} replacements
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function writeCharsmap(replacements) {
	/** @typedef {{ children: Map<number, Node>, value: number }} Node */
	/** @type {Node} */
	const root = { children: new Map(), value: -1 };
	/** @type {Map<string, number>} */
	const offsets = new Map();
	/** @type {Uint8Array[]} */
	const normalized = [];
	let size = 0;
	for (const [from, to] of replacements) {
		let offset = offsets.get(to);
		if (offset === undefined) {
			const bytes = encoder.encode(`${to}\0`);
			offsets.set(to, (offset = size));
			normalized.push(bytes);
			size += bytes.length;
		}
		let node = root;
		for (const byte of encoder.encode(from)) {
			let child = node.children.get(byte);
			if (!child) node.children.set(byte, (child = { children: new Map(), value: -1 }));
			node = child;
		}
		node.value = offset;
	}
	// Position 0 is the root's own unit. Each node with children or a value gets its own block.
	let blocks = 1;
	/** @type {[node: Node, position: number, label: number][]} */
	const queue = [[root, 0, 0]];
	/** @type {[position: number, unit: number][]} */
	const units = [];
	for (let at = 0; at < queue.length; at++) {
		const [node, position, label] = queue[at];
		const block = blocks++;
		// The children of a node at `position` are at `position ^ offset ^ byte`.
		const offset = (position - (position % BLOCK)) ^ (block * BLOCK);
		const base = position ^ offset;
		units.push([
			position,
			(((offset / BLOCK) << 10) | (1 << 9) | (node.value >= 0 ? HAS_VALUE : 0) | label) >>> 0
		]);
		if (node.value >= 0) units.push([base, IS_VALUE + node.value]);
		for (const [byte, child] of node.children) queue.push([child, base ^ byte, byte]);
	}
	const trieBytes = 4 * BLOCK * blocks;
	const table = new Uint8Array(4 + trieBytes + size);
	const view = new DataView(table.buffer);
	view.setUint32(0, trieBytes, true);
	for (const [position, unit] of units) view.setUint32(4 + 4 * position, unit, true);
	let at = 4 + trieBytes;
	for (const bytes of normalized) {
		table.set(bytes, at);
		at += bytes.length;
	}
	return table;
}
