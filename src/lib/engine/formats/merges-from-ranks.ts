import { IntBuffer } from '../structures/int-buffer';
import { TokenTable } from '../structures/token-table';
import type { Vocabulary } from '../structures/vocabulary';

/**
 * Derives the merges of a vocabulary whose ids are its ranks (tiktoken): a token's merge joins the two tokens
 * that are left of its bytes after merging with lower ids only. Exact for GPT-2-style vocabularies; a token
 * whose bytes do not come down to two tokens has no merge and is left out.
 */
export function mergesFromRanks(vocabulary: Vocabulary): Uint32Array {
	const tokens = new TokenTable(vocabulary);
	const parts = new Parts(tokens);
	const merges = new IntBuffer(2 * tokens.size);
	for (let id = 0; id < tokens.size; id++) {
		if (tokens.endOf(id) - tokens.startOf(id) < 2 || parts.mergeBelow(id) !== 2) continue;
		const [left, right] = [parts.idOf(0), parts.idOf(1)];
		if (left < 0 || right < 0) continue;
		merges.push(left);
		merges.push(right);
	}
	return merges.toArray();
}

/** The parts of one token at a time. Caches the ids of joined neighbours: a merge changes only two. */
class Parts {
	readonly #tokens: TokenTable;
	/** First byte of each part, and the exclusive last byte of the last. */
	#starts = new Int32Array(64);
	/** Id of each part joined with the next one, or the limit. */
	#joined = new Int32Array(64);

	constructor(tokens: TokenTable) {
		this.#tokens = tokens;
	}

	/** Merges the bytes of token `limit` with lower ids only. Returns the number of parts that are left. */
	mergeBelow(limit: number): number {
		const first = this.#tokens.startOf(limit);
		let count = this.#tokens.endOf(limit) - first;
		if (count >= this.#starts.length) {
			this.#starts = new Int32Array(2 * count);
			this.#joined = new Int32Array(2 * count);
		}
		const starts = this.#starts;
		const joined = this.#joined;
		for (let i = 0; i <= count; i++) starts[i] = first + i;
		for (let i = 0; i + 1 < count; i++) joined[i] = this.#join(i, limit);
		for (;;) {
			let best = limit;
			let at = -1;
			for (let i = 0; i + 1 < count; i++) {
				if (joined[i] < best) {
					best = joined[i];
					at = i;
				}
			}
			if (at < 0) return count;
			starts.copyWithin(at + 1, at + 2, count + 1);
			joined.copyWithin(at + 1, at + 2, count);
			count--;
			if (at > 0) joined[at - 1] = this.#join(at - 1, limit);
			if (at + 1 < count) joined[at] = this.#join(at, limit);
		}
	}

	/** Id of a part that is left; -1 if it is not a token. */
	idOf(part: number): number {
		return this.#tokens.idOf(this.#tokens.source, this.#starts[part], this.#starts[part + 1]);
	}

	#join(part: number, limit: number): number {
		const { source } = this.#tokens;
		const id = this.#tokens.idOf(source, this.#starts[part], this.#starts[part + 2]);
		return id < 0 || id > limit ? limit : id;
	}
}
