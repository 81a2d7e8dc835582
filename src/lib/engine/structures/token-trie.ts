import { IntBuffer } from './arrays';

/**
 * Finds the longest added token at every position of a text, in time linear in the length of the text, no matter how
 * long the tokens are. An Aho-Corasick automaton (Aho and Corasick 1975) of the reversed tokens reads the text
 * backwards, so that the tokens it recognises at a position begin there. A table of the tokens' last bytes lets the
 * search skip text in which no token ends.
 */
export class TokenTrie {
	/** For each byte, the node for tokens that end with it; 0 if there are none. */
	readonly #roots = new Int32Array(256);
	// A node represents the last bytes of a token; each child adds one byte at the front. For each node, numbered from
	// 1: first child, next sibling, first byte, the longest other node that is a prefix of it (0 if none), and 1 + the
	// index of the longest token that is a prefix of it (0 if none).
	readonly #child: Int32Array;
	readonly #sibling: Int32Array;
	readonly #byte: Uint8Array;
	readonly #shorter: Int32Array;
	readonly #token: Int32Array;
	#count = 0;
	/** The byte that every token ends with; -1 if there is no such byte. */
	readonly #lastByte: number;
	readonly #matches = new IntBuffer(64);

	/** @param contents bytes of the tokens; empty tokens are ignored, and the first of several equal tokens wins */
	constructor(contents: readonly Uint8Array[]) {
		const capacity = 1 + contents.reduce((sum, content) => sum + content.length, 0);
		this.#child = new Int32Array(capacity);
		this.#sibling = new Int32Array(capacity);
		this.#byte = new Uint8Array(capacity);
		this.#shorter = new Int32Array(capacity);
		this.#token = new Int32Array(capacity);
		const lastBytes = new Set(contents.flatMap((content) => content.at(-1) ?? []));
		this.#lastByte = lastBytes.size === 1 ? [...lastBytes][0] : -1;
		// Adds one byte of every token per round, because nodes refer to nodes with fewer bytes. Runs from the last
		// token to the first, so that the first of several equal tokens wins.
		const growing = contents.flatMap(({ length }, token) => (length > 0 ? [token] : [])).reverse();
		const nodes = new Int32Array(contents.length);
		for (let length = 1; growing.length > 0; length++) {
			let kept = 0;
			for (const token of growing) {
				const content = contents[token];
				const node = this.#grow(nodes[token], content[content.length - length]);
				nodes[token] = node;
				if (length === content.length) this.#token[node] = token + 1;
				else growing[kept++] = token;
			}
			growing.length = kept;
		}
	}

	/** Returns the child of `parent` with one more byte in front and creates it if needed. */
	#grow(parent: number, byte: number): number {
		const known = this.#step(parent, byte);
		if (known !== 0) return known;
		const node = ++this.#count;
		this.#byte[node] = byte;
		if (parent === 0) this.#roots[byte] = node;
		else {
			const shorter = this.#next(this.#shorter[parent], byte);
			this.#shorter[node] = shorter;
			this.#token[node] = this.#token[shorter];
			this.#sibling[node] = this.#child[parent];
			this.#child[parent] = node;
		}
		return node;
	}

	/**
	 * Finds the longest token at each position in `bytes[start, end)`.
	 * @returns two values per match, last position first: the position and the index of the token. Valid until the
	 * next call.
	 */
	longestMatches(bytes: Uint8Array, start: number, end: number): IntBuffer {
		const matches = this.#matches;
		const roots = this.#roots;
		const tokens = this.#token;
		matches.recycle();
		const lastByte = this.#lastByte;
		const searched = bytes.subarray(start, end);
		let node = 0;
		for (let at = end - 1; at >= start; at--) {
			if (node === 0) {
				// `lastIndexOf` is faster than a loop.
				if (lastByte >= 0) at = start + searched.lastIndexOf(lastByte, at - start);
				else while (at > start && roots[bytes[at]] === 0) at--;
				if (at < start) break;
			}
			node = this.#next(node, bytes[at]);
			if (tokens[node] === 0) continue;
			matches.push(at);
			matches.push(tokens[node] - 1);
		}
		return matches;
	}

	/**
	 * Returns the longest node that consists of `byte` followed by the given node's bytes or a prefix of them; 0 if there
	 * is none.
	 */
	#next(node: number, byte: number): number {
		for (; node !== 0; node = this.#shorter[node]) {
			const next = this.#step(node, byte);
			if (next !== 0) return next;
		}
		return this.#roots[byte];
	}

	#step(node: number, byte: number): number {
		if (node === 0) return this.#roots[byte];
		let child = this.#child[node];
		while (child !== 0 && this.#byte[child] !== byte) child = this.#sibling[child];
		return child;
	}
}
