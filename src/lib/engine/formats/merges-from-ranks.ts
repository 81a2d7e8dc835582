import { tokenAt, vocabularySize, type Vocabulary } from '../structures/vocabulary';

/**
 * The merges of a vocabulary whose ids are its priorities (tiktoken's ranks): a token's merge joins
 * the two parts that merging leaves when only tokens before it may be formed. Exact for GPT-2-style
 * vocabularies; a token that does not come down to two parts has no merge and is left out.
 */
export function mergesFromRanks(vocabulary: Vocabulary): Uint32Array {
	const size = vocabularySize(vocabulary);
	const ids = new Map<string, number>();
	for (let id = 0; id < size; id++) {
		const token = latin1(tokenAt(vocabulary, id));
		if (token !== '') ids.set(token, id);
	}
	const merges: number[] = [];
	for (const [token, id] of ids) {
		if (token.length < 2) continue;
		const parts = partsBelow(token, id, ids);
		if (parts.length === 2) merges.push(parts[0], parts[1]);
	}
	return Uint32Array.from(merges);
}

/** Merges the bytes of a token with tokens of a rank below `limit`; ids of the parts that are left. */
function partsBelow(token: string, limit: number, ids: ReadonlyMap<string, number>): number[] {
	const parts = [...token];
	for (;;) {
		let best = limit;
		let at = -1;
		for (let i = 0; i + 1 < parts.length; i++) {
			const rank = ids.get(parts[i] + parts[i + 1]) ?? limit;
			if (rank < best) {
				best = rank;
				at = i;
			}
		}
		if (at < 0) break;
		parts.splice(at, 2, parts[at] + parts[at + 1]);
	}
	const found = parts.map((part) => ids.get(part));
	return found.every((id) => id !== undefined) ? found : [];
}

/** One character a byte, so that byte strings can be keys. */
function latin1(bytes: Uint8Array): string {
	let text = '';
	for (let i = 0; i < bytes.length; i++) text += String.fromCharCode(bytes[i]);
	return text;
}
