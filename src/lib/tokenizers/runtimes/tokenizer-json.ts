/** The tokenizer.json that transformers.js wants, made again from a spec in the worker. */
import {
	tokenAt,
	vocabularySize,
	writeTokenizerJson,
	type PreTokenizerSpec,
	type TokenizerJson,
	type TokenizerSpec
} from '../../engine';

const META_BYTES = [0xe2, 0x96, 0x81];

export interface LibraryJson extends Omit<TokenizerJson, 'model'> {
	readonly model: Omit<TokenizerJson['model'], 'merges'> & {
		/** Pairs with a space between: the library cannot read arrays. */
		readonly merges: readonly string[];
	};
}

export function rebuildTokenizerJson(spec: TokenizerSpec): LibraryJson {
	const json = writeTokenizerJson(spec);
	return {
		...json,
		pre_tokenizer: json.pre_tokenizer ?? splitAtMeta(spec),
		model: { ...json.model, merges: json.model.merges.map((pair) => pair.join(' ')) }
	};
}

/**
 * Cuts before every run of `▁`, for a tokenizer that would merge the whole text as one piece. Exact
 * when no token has a `▁` after another character, so that no merge can cross the cut; otherwise null.
 */
function splitAtMeta(spec: TokenizerSpec): PreTokenizerSpec | null {
	const { vocabulary } = spec.model;
	const added = new Set(spec.added_tokens.map(({ id }) => id));
	for (let id = 0; id < vocabularySize(vocabulary); id++) {
		if (!added.has(id) && hasInnerMeta(tokenAt(vocabulary, id))) return null;
	}
	return {
		type: 'Split',
		pattern: { Regex: '▁+[^▁]*|[^▁]+' },
		behavior: 'Isolated',
		invert: false
	};
}

function hasInnerMeta(token: Uint8Array): boolean {
	const isMeta = (at: number) => META_BYTES.every((byte, i) => token[at + i] === byte);
	let at = 0;
	while (isMeta(at)) at += META_BYTES.length;
	for (; at < token.length; at++) if (isMeta(at)) return true;
	return false;
}
