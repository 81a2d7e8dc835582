/**
 * A byte trie of the contents of added tokens, which finds the longest one at a position. A table by
 * first byte skips the text where no token begins.
 */
export class TokenTrie {
	/** Node by first byte, 0 for none. */
	readonly #roots = new Int32Array(256);
	// By node, from 1: first child, next sibling, the node's byte, and token + 1 or 0.
	readonly #child: Int32Array;
	readonly #sibling: Int32Array;
	readonly #byte: Uint8Array;
	readonly #token: Int32Array;
	#nodes = 0;

	/** @param contents empty ones are ignored; of equal ones the first wins */
	constructor(contents: readonly Uint8Array[]) {
		const capacity = 1 + contents.reduce((sum, content) => sum + content.length, 0);
		this.#child = new Int32Array(capacity);
		this.#sibling = new Int32Array(capacity);
		this.#byte = new Uint8Array(capacity);
		this.#token = new Int32Array(capacity);
		contents.forEach((content, token) => this.#add(content, token));
	}

	/** First position from `at` on where a token may begin; `end` if there is none. */
	nextCandidate(bytes: Uint8Array, at: number, end: number): number {
		const roots = this.#roots;
		while (at < end && roots[bytes[at]] === 0) at++;
		return at;
	}

	/** Index of the longest token that begins at `at` and ends by `end`; -1 if there is none. */
	longestAt(bytes: Uint8Array, at: number, end: number): number {
		let node = this.#roots[bytes[at]];
		let longest = 0;
		while (node !== 0) {
			if (this.#token[node] !== 0) longest = this.#token[node];
			if (++at === end) break;
			node = this.#step(node, bytes[at]);
		}
		return longest - 1;
	}

	#step(node: number, byte: number): number {
		let child = this.#child[node];
		while (child !== 0 && this.#byte[child] !== byte) child = this.#sibling[child];
		return child;
	}

	#add(content: Uint8Array, token: number): void {
		if (content.length === 0) return;
		let node = this.#roots[content[0]];
		if (node === 0) this.#roots[content[0]] = node = ++this.#nodes;
		for (let i = 1; i < content.length; i++) {
			let next = this.#step(node, content[i]);
			if (next === 0) {
				next = ++this.#nodes;
				this.#byte[next] = content[i];
				this.#sibling[next] = this.#child[node];
				this.#child[node] = next;
			}
			node = next;
		}
		if (this.#token[node] === 0) this.#token[node] = token + 1;
	}
}
