import {
	tokenAt,
	vocabularySize,
	writeTokenizerJson,
	type PreTokenizerSpec,
	type TokenizerJson,
	type TokenizerSpec
} from '../../engine';

/** UTF-8 of `▁`. */
const META_BYTES = [0xe2, 0x96, 0x81];

export interface LibraryJson extends Omit<TokenizerJson, 'model'> {
	readonly model: Omit<TokenizerJson['model'], 'merges'> & {
		/** Each merge is two tokens joined by a space, because transformers.js can't read merges written as arrays. */
		readonly merges: readonly string[];
	};
}

/** Writes the tokenizer.json that transformers.js runs for second opinions. */
export function rebuildTokenizerJson(spec: TokenizerSpec): LibraryJson {
	const json = joinMerges(writeTokenizerJson(spec));
	const pre_tokenizer = json.pre_tokenizer ? forJavaScript(json.pre_tokenizer) : splitAtMeta(spec);
	return { ...json, pre_tokenizer };
}

/**
 * Rewrites syntax that JavaScript's regexes don't support: script names used as properties, and the intersection
 * `[…&&[^…]]` (Kimi K2).
 */
export function forJavaScript(stage: PreTokenizerSpec): PreTokenizerSpec {
	if (stage.type === 'Sequence') {
		return { ...stage, pretokenizers: stage.pretokenizers.map(forJavaScript) };
	}
	if (stage.type !== 'Split' || !('Regex' in stage.pattern)) return stage;
	const Regex = stage.pattern.Regex.replace(
		/\[([^[\]]*)&&\[\^([^[\]]*)\]\]/g,
		'(?:(?![$2])[$1])'
	).replaceAll('\\p{Han}', '\\p{Script=Han}');
	return { ...stage, pattern: { Regex } };
}

export function joinMerges(json: TokenizerJson): LibraryJson {
	const merges = json.model.merges.map((pair) => pair.join(' '));
	return { ...json, model: { ...json.model, merges } };
}

/**
 * Creates a stage that splits before every run of `▁`, for a tokenizer that merges whole texts. `null` if a token
 * contains a `▁` after a different character, because merges could then cross the boundary.
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
