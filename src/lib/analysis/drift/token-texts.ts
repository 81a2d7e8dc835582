import {
	buildVocabulary,
	tokenAt,
	vocabularySize,
	type DecoderSpec,
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

const known = new WeakMap<TokenizerSpec, Vocabulary>();

/**
 * By id the bytes that each token of the model stands for in text (`▁` as a space, `<0x0A>` as a
 * newline); empty where the model has none.
 */
export function modelTexts(spec: TokenizerSpec): Vocabulary {
	if (spec.model.byte_level) return spec.model.vocabulary;
	const texts = known.get(spec) ?? spokenTexts(spec);
	known.set(spec, texts);
	return texts;
}

function spokenTexts({ model: { vocabulary }, decoder }: TokenizerSpec): Vocabulary {
	const bytesOf = createTokenBytes(decoder);
	const sought = soleReplacement(decoder);
	return buildVocabulary(
		Array.from({ length: vocabularySize(vocabulary) }, (_, id) => {
			const bytes = tokenAt(vocabulary, id);
			if (bytes.length === 0) return undefined;
			// Most tokens have nothing to replace, and decoding strings is most of the work.
			if (sought && bytes[0] !== ANGLE && !bytes.includes(sought)) return bytes;
			return bytesOf(decodeUtf8(bytes));
		})
	);
}

/** What the spelling of a byte (`<0x0A>`) begins with. */
const ANGLE = 0x3c;

/**
 * The first byte of the one string that decoding replaces, where it does nothing else to single tokens
 * but read spelled bytes; null for a decoder that does more.
 */
function soleReplacement(decoder: DecoderSpec | null): number | null {
	const steps = decoder?.type === 'Sequence' ? decoder.decoders : decoder ? [decoder] : [];
	const replaces = steps.filter((step) => step.type === 'Replace');
	const others = steps.filter(
		(step) => !['Replace', 'ByteFallback', 'Fuse', 'Strip'].includes(step.type)
	);
	if (replaces.length !== 1 || others.length > 0) return null;
	const [{ pattern }] = replaces;
	return 'String' in pattern && pattern.String !== '' ? encodeUtf8(pattern.String)[0] : null;
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
