import { toByteLevel } from '../../src/lib/engine/structures/byte-level';
import { buildVocabulary } from '../../src/lib/engine/structures/vocabulary';
import { encodeUtf8 } from '../../src/lib/engine/text/utf8';

/** Parts of a tokenizer.json that many tests need. */

/** A tokenizer.json with these parts; all other parts are `null` or empty. */
export const tokenizerFile = (parts: object) => ({
	...{ version: '1.0', truncation: null, padding: null, added_tokens: [], normalizer: null },
	...{ pre_tokenizer: null, post_processor: null, decoder: null },
	...parts
});

/** An added token that is special and has all other flags off, unless overridden by `fields`. */
export const addedToken = (id: number, content: string, fields: object = {}) => ({
	...{ id, content, special: true },
	...{ single_word: false, lstrip: false, rstrip: false, normalized: false },
	...fields
});

/**
 * ByteLevel with GPT-2's settings, overridden by `fields`. Can be used as a pre-tokenizer, a post-processor or a
 * decoder.
 */
export const byteLevel = (
	fields: Partial<Record<'add_prefix_space' | 'trim_offsets' | 'use_regex', boolean>> = {}
) => ({
	type: 'ByteLevel' as const,
	...{ add_prefix_space: false, trim_offsets: true, use_regex: true },
	...fields
});

export const metaspace = (fields: object = {}) => ({
	type: 'Metaspace' as const,
	...{ replacement: '▁', prepend_scheme: 'always', split: true },
	...fields
});

export const split = (pattern: object, behavior = 'Isolated', invert = false) => ({
	...{ type: 'Split', pattern, behavior, invert }
});

export const replace = <Pattern extends object>(pattern: Pattern, content: string) => ({
	type: 'Replace' as const,
	pattern,
	content
});

export const strip = (content: string, start: number, stop: number) => ({
	...{ type: 'Strip' as const, content, start, stop }
});

/** Name of the field that contains the steps of a Sequence, by stage. */
export const STEPS = {
	normalizer: 'normalizers',
	pre_tokenizer: 'pretokenizers',
	post_processor: 'processors',
	decoder: 'decoders'
} as const;
export type StageName = keyof typeof STEPS;

export const sequence = (stage: StageName, ...steps: readonly object[]) => ({
	type: 'Sequence',
	[STEPS[stage]]: steps
});

export const padding = (fields: object = {}) => ({
	...{ strategy: 'BatchLongest', direction: 'Right', pad_to_multiple_of: null },
	...{ pad_id: 0, pad_type_id: 0, pad_token: '<pad>' },
	...fields
});

export const truncation = (fields: object = {}) => ({
	...{ direction: 'Right', max_length: 512, strategy: 'LongestFirst', stride: 0 },
	...fields
});

/** Llama's stages for a vocabulary of pieces: a `▁` prepended, spaces replaced with `▁`, and byte fallback. */
export const LLAMA_STAGES = {
	normalizer: sequence(
		'normalizer',
		{ type: 'Prepend', prepend: '▁' },
		replace({ String: ' ' }, '▁')
	),
	decoder: sequence(
		'decoder',
		replace({ String: '▁' }, ' '),
		{ type: 'ByteFallback' },
		{ type: 'Fuse' },
		strip(' ', 1, 0)
	)
};

/** The 256 bytes in GPT-2's byte alphabet. */
export const BYTE_LETTERS = Array.from({ length: 256 }, (_, byte) =>
	toByteLevel(Uint8Array.of(byte))
);

/** Byte-fallback tokens, `<0x00>` to `<0xFF>`. */
export const FALLBACK_BYTES = Array.from(
	{ length: 256 },
	(_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`
);

/** Ids by token, as in `model.vocab`. A token's id is its index. */
export const vocabOf = (tokens: readonly string[]): Record<string, number> =>
	Object.fromEntries(tokens.map((token, id) => [token, id]));

/** A vocabulary in which a token's id is its index. */
export const vocabularyOf = (...tokens: readonly string[]) =>
	buildVocabulary(tokens.map((token) => encodeUtf8(token)));

/** All ways to split a word into two parts. */
export function splitsOf(word: string): [left: string, right: string][] {
	const characters = Array.from(word);
	return characters
		.slice(1)
		.map((_, i) => [characters.slice(0, i + 1).join(''), characters.slice(i + 1).join('')]);
}

/** All merges that join two of the tokens to form a third. */
export const mergesAmong = (tokens: readonly string[]) =>
	tokens.flatMap(splitsOf).filter((pair) => pair.every((part) => tokens.includes(part)));

type TemplateToken = readonly [content: string, ...ids: number[]];

/** A template that adds special tokens before and after the text. */
export function template(before: readonly TemplateToken[], after: readonly TemplateToken[] = []) {
	const special = ([id]: TemplateToken) => ({ SpecialToken: { id, type_id: 0 } });
	const tokens = [...before, ...after].map(([id, ...ids]) => ({
		id,
		ids,
		tokens: ids.map(() => id)
	}));
	return {
		type: 'TemplateProcessing' as const,
		single: [
			...before.map(special),
			{ Sequence: { id: 'A' as const, type_id: 0 } },
			...after.map(special)
		],
		pair: [],
		special_tokens: Object.fromEntries(tokens.map((token) => [token.id, token]))
	};
}

/** A post-processor that adds a special token before a single text, and before the first text in a pair. */
export function startingWith(content: string, id: number) {
	const one = template([[content, id]]);
	return { ...one, pair: [...one.single, { Sequence: { id: 'B', type_id: 1 } }] };
}
