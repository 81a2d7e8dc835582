/** Loads tokenizer files with @xenova/transformers, configured as in the lab. */
import { PreTrainedTokenizer } from '@xenova/transformers/src/tokenizers.js';
import { mergeParts } from './merges';
import type { Ask } from './native';
import type { TokenizerJson } from './types';

/** Loads a file, with merges as strings because the library cannot read pairs. @throws the library's error */
export function openTransformers(text: string): Ask {
	const json = JSON.parse(text) as TokenizerJson;
	const merges = json.model.merges.map((merge) => mergeParts(merge).join(' '));
	const tokenizer = new PreTrainedTokenizer(
		{ ...json, model: { ...json.model, merges } },
		{ clean_up_tokenization_spaces: false }
	);
	// As in the lab, use one regex group for all added tokens, longest first.
	const contents = json.added_tokens
		.toSorted((x, y) => y.content.length - x.content.length)
		.map(({ content, lstrip, rstrip }) => {
			const escaped = content.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
			return `${lstrip ? '\\s*' : ''}${escaped}${rstrip ? '\\s*' : ''}`;
		});
	if (contents.length > 0) tokenizer.added_tokens_regex = new RegExp(`(${contents.join('|')})`);
	return ({ does, inputs, addSpecialTokens, skipSpecial }) => {
		if (does === 'encode-pair' || does === 'encode-batch')
			throw new Error(`transformers.js is not asked to ${does}`);
		const [text] = inputs;
		const ids: number[] = tokenizer.encode(text, null, { add_special_tokens: addSpecialTokens });
		return { ids, text: tokenizer.decode(ids, { skip_special_tokens: skipSpecial }) };
	};
}
