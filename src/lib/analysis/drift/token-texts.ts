import {
	buildVocabulary,
	tokenAt,
	vocabularySize,
	type TokenizerSpec,
	type Vocabulary
} from '../../engine';
import { createTokenBytes } from '../../engine/decode/decoder';
import { toByteLevel } from '../../engine/structures/byte-level';
import { decodeUtf8, encodeUtf8 } from '../../engine/text/utf8';

/** Ids of special tokens, and of control tokens that a vocabulary names and no text leads to. */
export function specialIds({ model, added_tokens }: TokenizerSpec): Set<number> {
	const ids = new Set((model.foreign_tokens ?? []).map(({ id }) => id));
	for (const { id, special } of added_tokens) if (special) ids.add(id);
	return ids;
}

/** A token as tokenizer.json spells it; null for an id without one. */
export function tokenString({ model, added_tokens }: TokenizerSpec, id: number): string | null {
	const bytes = id < vocabularySize(model.vocabulary) ? tokenAt(model.vocabulary, id) : null;
	if (bytes && bytes.length > 0) return model.byte_level ? toByteLevel(bytes) : decodeUtf8(bytes);
	const named = [...(model.foreign_tokens ?? []), ...added_tokens].find((token) => token.id === id);
	return named?.content ?? null;
}

/**
 * By id the bytes that each token of the model stands for in text (`▁` as a space, `<0x0A>` as a
 * newline); empty where the model has none.
 */
export function modelTexts({ model, decoder }: TokenizerSpec): Vocabulary {
	const { vocabulary } = model;
	if (model.byte_level) return vocabulary;
	const bytesOf = createTokenBytes(decoder);
	return buildVocabulary(
		Array.from({ length: vocabularySize(vocabulary) }, (_, id) => {
			const bytes = tokenAt(vocabulary, id);
			return bytes.length > 0 ? bytesOf(decodeUtf8(bytes)) : undefined;
		})
	);
}

/** The same with added and control tokens, which stand for their content: every id that has a token. */
export function tokenTexts(spec: TokenizerSpec): Vocabulary {
	const { ends, bytes } = modelTexts(spec);
	const named = [...(spec.model.foreign_tokens ?? []), ...spec.added_tokens];
	if (named.length === 0) return { ends, bytes };
	const contents: (Uint8Array | undefined)[] = [];
	for (let id = 0, start = 0; id < ends.length; start = ends[id++]) {
		contents[id] = bytes.subarray(start, ends[id]);
	}
	for (const { id, content } of named) contents[id] = encodeUtf8(content);
	return buildVocabulary(contents);
}
