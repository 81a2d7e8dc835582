/** Runs @xenova/transformers on the files, configured as in the lab. */
import { PreTrainedTokenizer } from '@xenova/transformers/src/tokenizers.js';
import { mergeParts } from './merges';
import type { NativeWitness, Side, TokenizerJson } from './types';

/** Loads a file, with merges as strings because the library cannot read pairs. @throws the library's error */
function open(text: string): PreTrainedTokenizer {
	const json = JSON.parse(text) as TokenizerJson;
	const merges = json.model.merges.map((merge) => mergeParts(merge).join(' '));
	const tokenizer = new PreTrainedTokenizer(
		{ ...json, model: { ...json.model, merges } },
		{ clean_up_tokenization_spaces: false }
	);
	// As in the lab: one group for all added tokens, the longest first.
	const contents = json.added_tokens
		.toSorted((x, y) => y.content.length - x.content.length)
		.map(({ content, lstrip, rstrip }) => {
			const escaped = content.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
			return `${lstrip ? '\\s*' : ''}${escaped}${rstrip ? '\\s*' : ''}`;
		});
	if (contents.length > 0) tokenizer.added_tokens_regex = new RegExp(`(${contents.join('|')})`);
	return tokenizer;
}

function ask(
	tokenizer: PreTrainedTokenizer,
	text: string,
	skipSpecial: boolean,
	addSpecialTokens: boolean
): Side {
	const ids: number[] = tokenizer.encode(text, null, { add_special_tokens: addSpecialTokens });
	return { ids, text: tokenizer.decode(ids, { skip_special_tokens: skipSpecial }) };
}

/** The first text with different ids; `null` if there is none, or if the library cannot read A. */
export function transformersWitness(
	a: string,
	b: string,
	texts: readonly string[]
): NativeWitness | null {
	let sides: readonly PreTrainedTokenizer[];
	try {
		sides = [open(a), open(b)];
	} catch (error) {
		console.error(`transformers.js does not read the pair: ${String(error)}`);
		return null;
	}
	for (const text of texts) {
		if (text === '') continue;
		const [sideA, sideB] = sides.map((side) => ask(side, text, false, false));
		if (JSON.stringify(sideA.ids) !== JSON.stringify(sideB.ids)) {
			return {
				...{ reference: 'transformers.js', does: 'encode', inputs: [text], special: 'parse' },
				...{ addSpecialTokens: false, skipSpecial: false, a: sideA, b: sideB }
			};
		}
	}
	return null;
}

/** For each witness the reason why it does not reproduce; `null` if it does. */
export function reproduceWithTransformers(
	a: string,
	b: string,
	witnesses: readonly NativeWitness[]
): (string | null)[] {
	const sides = [open(a), open(b)];
	return witnesses.map((witness) => {
		if (witness.does === 'encode-pair' || witness.does === 'encode-batch')
			return `transformers.js is not asked to ${witness.does}`;
		const [sideA, sideB] = sides.map((side) =>
			ask(side, witness.inputs[0], witness.skipSpecial, witness.addSpecialTokens)
		);
		const shown = (side: Side) =>
			witness.does === 'decode' ? side.text : JSON.stringify(side.ids);
		if (shown(sideA) === shown(sideB)) return 'both sides agree';
		if (shown(sideA) !== shown(witness.a)) return `A gives ${shown(sideA)}`;
		return shown(sideB) === shown(witness.b) ? null : `B gives ${shown(sideB)}`;
	});
}
