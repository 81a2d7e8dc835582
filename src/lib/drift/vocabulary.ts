import { tokenAt, vocabularySize, type TokenizerSpec, type Vocabulary } from '../engine';
import { ByteSource, IntBuffer, tokenTableOf } from '../engine/stages';
import { decodeUtf8 } from '../engine/text';
import { modelTexts, namedTokens, repeatedTokens, specialIds } from './token-texts';
import type { VocabularyFindings } from './types';

export const NO_TOKEN = -1;

interface Side {
	readonly tokens: Vocabulary;
	/**
	 * Ids to compare. If several entries have the same bytes, the first one is matched, so `<0xNN>` entries come last:
	 * ordinary entries take precedence over them.
	 */
	readonly ids: Uint32Array;
	/** Added and control tokens by id. */
	readonly named: ReadonlyMap<number, string>;
}

/**
 * Compares two vocabularies, ignoring special tokens. Compares the spelling of tokens if both sides use the byte
 * alphabet or neither does, and otherwise the bytes that the tokens represent in text.
 */
export function compareVocabularies(
	a: TokenizerSpec,
	b: TokenizerSpec
): { readonly findings: VocabularyFindings; readonly idInA: Int32Array } {
	const alike = a.model.byte_level === b.model.byte_level;
	// A token that is special on only one side is ignored on both.
	const special = new Set([...specialContents(a), ...specialContents(b)]);
	const sideA = side(a, alike, special);
	const sideB = a === b ? sideA : side(b, alike, special);
	const matches = matchTokens(sideA, sideB);
	return { findings: findingsOf(sideA, sideB, matches), idInA: matches.idInA };
}

const specialContents = ({ added_tokens }: TokenizerSpec): string[] =>
	added_tokens.filter(({ special }) => special).map(({ content }) => content);

function side(spec: TokenizerSpec, bySpelling: boolean, specialContent: ReadonlySet<string>): Side {
	const { vocabulary, byte_level } = spec.model;
	const special = specialIds(spec);
	for (const { id, content } of spec.added_tokens) if (specialContent.has(content)) special.add(id);
	const named = namedTokens(spec);
	if (bySpelling) return { tokens: vocabulary, ids: ordinaryIds(vocabulary, special), named };
	const tokens = modelTexts(spec);
	const ids = ordinaryIds(tokens, special);
	return { tokens, ids: byte_level ? ids : withFallbackLast(ids, vocabulary), named };
}

function ordinaryIds({ ends }: Vocabulary, special: ReadonlySet<number>): Uint32Array {
	const ids = new Uint32Array(ends.length);
	let count = 0;
	for (let id = 0, start = 0; id < ends.length; start = ends[id++]) {
		if (ends[id] > start && !special.has(id)) ids[count++] = id;
	}
	return ids.slice(0, count);
}

function withFallbackLast(ids: Uint32Array, { bytes, ends }: Vocabulary): Uint32Array {
	const isFallback = (id: number) => {
		const start = id === 0 ? 0 : ends[id - 1];
		return ends[id] - start === 6 && bytes[start] === 0x3c && bytes[start + 2] === 0x78;
	};
	const sorted = new IntBuffer(ids.length);
	const fallback = new IntBuffer();
	for (const id of ids) (isFallback(id) ? fallback : sorted).push(id);
	for (const id of fallback.toArray()) sorted.push(id);
	return sorted.toArray();
}

interface Matches {
	/** Id in B for each id in A, and id in A for each id in B; {@link NO_TOKEN} if there is no match. */
	readonly idInB: Int32Array;
	readonly idInA: Int32Array;
}

function matchTokens(a: Side, b: Side): Matches {
	if (a === b) {
		const own = new Int32Array(vocabularySize(a.tokens)).fill(NO_TOKEN);
		for (const id of a.ids) own[id] = id;
		return { idInB: own, idInA: own };
	}
	const sourceB = new ByteSource(b.tokens.bytes);
	const idInB = new Int32Array(vocabularySize(a.tokens)).fill(NO_TOKEN);
	const idInA = new Int32Array(vocabularySize(b.tokens)).fill(NO_TOKEN);
	// Looks up B's tokens in A's table, because other checks need that table anyway.
	const tokens = tokenTableOf(a.tokens);
	const repeated = repeatedTokens(a.tokens);
	/** For each id that a lookup can return, the first id in `a.ids` with the same bytes. */
	const compared = new Int32Array(tokens.size).fill(NO_TOKEN);
	for (const id of a.ids) {
		const listed = repeated.has(id)
			? tokens.idOf(tokens.source, tokens.startOf(id), tokens.endOf(id))
			: id;
		if (compared[listed] === NO_TOKEN) compared[listed] = id;
	}
	for (const id of b.ids) {
		const listed = tokens.idOf(sourceB, id === 0 ? 0 : b.tokens.ends[id - 1], b.tokens.ends[id]);
		const found = listed < 0 ? NO_TOKEN : compared[listed];
		if (found === NO_TOKEN || idInB[found] !== NO_TOKEN) continue;
		idInB[found] = id;
		idInA[id] = found;
	}
	return { idInB, idInA };
}

function findingsOf(a: Side, b: Side, { idInB, idInA }: Matches): VocabularyFindings {
	const [sameIds, movedA, movedB, removed, added] = Array.from(
		{ length: 5 },
		() => new IntBuffer()
	);
	for (const id of b.ids) if (idInA[id] === NO_TOKEN) added.push(id);
	for (const id of a.ids) {
		const other = idInB[id];
		if (other === id) sameIds.push(id);
		if (other === NO_TOKEN) removed.push(id);
		else if (other !== id) {
			movedA.push(id);
			movedB.push(other);
		}
	}
	const [sizeA, sizeB] = [a.ids.length, b.ids.length];
	return {
		sizeA,
		sizeB,
		shared: sameIds.length + movedA.length,
		sameId: sameIds.length,
		moved: movedA.length,
		added: added.length,
		removed: removed.length,
		sameIds: sameIds.toArray().sort(),
		movedA: movedA.toArray(),
		movedB: movedB.toArray(),
		addedIds: added.toArray().sort(),
		removedIds: removed.toArray().sort(),
		conflictingIds: conflictingIds(a, b, idInB),
		sameLineage: 2 * sameIds.length >= Math.min(sizeA, sizeB)
	};
}

function conflictingIds(a: Side, b: Side, idInB: Int32Array): number {
	const isOrdinary = new Uint8Array(idInB.length);
	for (const id of a.ids) isOrdinary[id] = 1;
	let count = 0;
	for (const id of b.ids) if (isOrdinary[id] && idInB[id] !== id) count++;
	// Added and control tokens are compared by content.
	for (const [id, content] of a.named) {
		const other = contentOf(b, id);
		if (other !== null && other !== content) count++;
	}
	for (const [id, content] of b.named) {
		if (!a.named.has(id) && isOrdinary[id] && contentOf(a, id) !== content) count++;
	}
	return count;
}

/** Content of a token; `null` for an id without a token. */
function contentOf({ tokens, named }: Side, id: number): string | null {
	const name = named.get(id);
	if (name !== undefined || id >= vocabularySize(tokens)) return name ?? null;
	const bytes = tokenAt(tokens, id);
	return bytes.length > 0 ? decodeUtf8(bytes) : null;
}
