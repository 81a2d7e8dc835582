import { IntBuffer } from '../structures/int-buffer';
import { TokenTable } from '../structures/token-table';
import type { Vocabulary } from '../structures/vocabulary';

/**
 * The merges of a vocabulary whose ids are its priorities (tiktoken's ranks): a token's merge joins
 * the two parts that merging leaves when only tokens before it may be formed. Exact for GPT-2-style
 * vocabularies; a token that does not come down to two parts has no merge and is left out.
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

/** The parts of one token after another. Ranks of neighbours are kept: a merge changes those of two. */
class Parts {
	readonly #tokens: TokenTable;
	/** Byte where each part begins, and the end of the last. */
	#starts = new Int32Array(64);
	/** The id of each part with the next one, or the limit. */
	#joined = new Int32Array(64);

	constructor(tokens: TokenTable) {
		this.#tokens = tokens;
	}

	/** Merges the bytes of a token with tokens of smaller ids; the number of parts that are left. */
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

	/** The id of a part that is left, or -1. */
	idOf(part: number): number {
		return this.#tokens.idOf(this.#tokens.source, this.#starts[part], this.#starts[part + 1]);
	}

	#join(part: number, limit: number): number {
		const { source } = this.#tokens;
		const id = this.#tokens.idOf(source, this.#starts[part], this.#starts[part + 2]);
		return id < 0 || id > limit ? limit : id;
	}
}
