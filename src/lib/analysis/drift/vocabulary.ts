import { vocabularySize, type TokenizerSpec, type Vocabulary } from '../../engine';
import { ByteSource, ByteTable } from '../../engine/structures/byte-table';
import { modelTexts, specialIds } from './token-texts';
import type { VocabularyFindings } from './types';

/** Where no token of the other side is the same. */
export const NO_TOKEN = -1;

/** What is compared of one side. */
interface Side {
	readonly tokens: Vocabulary;
	readonly special: ReadonlySet<number>;
	/** `<0xNN>` entries, which stand for bytes that other entries may stand for as well. */
	readonly fallback: Uint8Array | null;
}

/**
 * Compares two vocabularies, special tokens apart. Where both are spelled alike (both in the byte
 * alphabet, or neither) tokens are their spelling, otherwise the bytes they stand for in text.
 *
 * One table of B's tokens, one question for each of A's: 200,000 against 200,000 take some 50 ms.
 */
export function compareVocabularies(
	a: TokenizerSpec,
	b: TokenizerSpec
): { readonly findings: VocabularyFindings; readonly idInA: Int32Array } {
	const alike = a.model.byte_level === b.model.byte_level;
	const sideA = side(a, alike);
	const sideB = side(b, alike);
	const matches = matchTokens(sideA, sideB);
	return { findings: findingsOf(sideA, sideB, matches), idInA: matches.idInA };
}

function side(spec: TokenizerSpec, bySpelling: boolean): Side {
	const special = specialIds(spec);
	const { vocabulary } = spec.model;
	if (bySpelling) return { tokens: vocabulary, special, fallback: null };
	return {
		tokens: modelTexts(spec),
		special,
		fallback: spec.model.byte_level ? null : fallbackEntries(vocabulary)
	};
}

/** By id 1 for the entries that are spelled `<0xNN>`. */
function fallbackEntries({ bytes, ends }: Vocabulary): Uint8Array {
	const found = new Uint8Array(ends.length);
	for (let id = 0, start = 0; id < ends.length; start = ends[id++]) {
		const isSix = ends[id] - start === 6;
		found[id] = Number(isSix && bytes[start] === 0x3c && bytes[start + 2] === 0x78);
	}
	return found;
}

/** Ids of one side that are compared, entries that stand in for bytes last, so that others go first. */
function* ordinaryIds({ tokens, special, fallback }: Side): Generator<number> {
	for (const late of [0, 1]) {
		for (let id = 0, start = 0; id < tokens.ends.length; start = tokens.ends[id++]) {
			if (tokens.ends[id] === start || special.has(id)) continue;
			if ((fallback ? fallback[id] : 0) === late) yield id;
		}
		if (!fallback) return;
	}
}

interface Matches {
	/** By id of A its id in B, by id of B its id in A; {@link NO_TOKEN} for none. */
	readonly idInB: Int32Array;
	readonly idInA: Int32Array;
}

function matchTokens(a: Side, b: Side): Matches {
	const source = new ByteSource(b.tokens.bytes);
	const sizeB = vocabularySize(b.tokens);
	const table = new ByteTable(source, sizeB);
	if (b.fallback === null && b.special.size === 0) table.addAll(b.tokens.ends);
	else {
		for (const id of ordinaryIds(b)) {
			const start = id === 0 ? 0 : b.tokens.ends[id - 1];
			table.add(source, start, b.tokens.ends[id] - start, id + 1);
		}
	}
	const idInB = new Int32Array(vocabularySize(a.tokens)).fill(NO_TOKEN);
	const idInA = new Int32Array(sizeB).fill(NO_TOKEN);
	const asked = new ByteSource(a.tokens.bytes);
	for (const id of ordinaryIds(a)) {
		const start = id === 0 ? 0 : a.tokens.ends[id - 1];
		const found = table.get(asked, start, a.tokens.ends[id] - start) - 1;
		if (found === NO_TOKEN || idInA[found] !== NO_TOKEN) continue;
		idInB[id] = found;
		idInA[found] = id;
	}
	return { idInB, idInA };
}

function findingsOf(a: Side, b: Side, { idInB, idInA }: Matches): VocabularyFindings {
	const sameIds: number[] = [];
	const movedA: number[] = [];
	const movedB: number[] = [];
	const removed: number[] = [];
	const added: number[] = [];
	let sizeA = 0;
	let sizeB = 0;
	let otherMeaning = 0;
	const hasB = new Uint8Array(Math.max(idInA.length, idInB.length));
	for (const id of ordinaryIds(b)) {
		sizeB++;
		hasB[id] = 1;
		if (idInA[id] === NO_TOKEN) added.push(id);
	}
	for (const id of ordinaryIds(a)) {
		sizeA++;
		const other = idInB[id];
		if (other === id) sameIds.push(id);
		else if (hasB[id]) otherMeaning++;
		if (other === NO_TOKEN) removed.push(id);
		else if (other !== id) {
			movedA.push(id);
			movedB.push(other);
		}
	}
	const shared = sameIds.length + movedA.length;
	return {
		sizeA,
		sizeB,
		shared,
		sameId: sameIds.length,
		moved: movedA.length,
		added: added.length,
		removed: removed.length,
		sameIds: rising(sameIds),
		movedA: Uint32Array.from(movedA),
		movedB: Uint32Array.from(movedB),
		addedIds: rising(added),
		removedIds: rising(removed),
		otherMeaning,
		sameLineage: 2 * sameIds.length >= Math.min(sizeA, sizeB)
	};
}

const rising = (ids: readonly number[]): Uint32Array => Uint32Array.from(ids).sort();
