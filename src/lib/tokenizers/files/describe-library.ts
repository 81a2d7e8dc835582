import { encodeUtf8 } from '../../engine/text';
import type { TokenizerDescription } from './describe';
import { isObject } from './library-file';
import { type LibraryJson } from './library-json';

/** Describes a tokenizer.json that transformers.js runs: its stages by their types and fields. */
export function describeLibrary(
	json: LibraryJson,
	size: number,
	files: readonly string[]
): TokenizerDescription {
	const { model, added_tokens } = json;
	const tokens = Array.isArray(model.vocab)
		? model.vocab.map(([token]) => token as string)
		: Object.keys(model.vocab);
	const special = added_tokens.filter((token) => token.special).length;
	return {
		format: 'tokenizer.json',
		files,
		vocabulary: {
			size,
			tokens: tokens.length,
			merges: 0,
			addedTokens: added_tokens.length,
			specialTokens: special,
			longestTokenBytes: tokens.reduce(
				(longest, token) => Math.max(longest, encodeUtf8(token).length),
				0
			)
		},
		stages: [
			{ stage: 'normalizer', steps: describeSteps(json.normalizer) },
			{ stage: 'pre-tokenizer', steps: describeSteps(json.pre_tokenizer) },
			{ stage: 'model', steps: [MODEL_WORDS[model.type], 'transformers.js runs it; not exact'] },
			{ stage: 'post-processor', steps: describeSteps(json.post_processor) },
			{ stage: 'decoder', steps: describeSteps(json.decoder) }
		],
		stated: [],
		assumed: [],
		unsupported: json.post_processor
			? ['The post-processor: a text is encoded without the tokens that it adds.']
			: [],
		hasChatTemplate: false
	};
}

const MODEL_WORDS = {
	WordPiece: 'WordPiece: the longest token that matches, from left to right in each word',
	Unigram: 'Unigram: the most probable split of each word, by the scores of the tokens'
};

/** Lists of steps in the stages of a tokenizer.json. */
const LISTS = ['normalizers', 'pretokenizers', 'processors', 'decoders'];

const MAX_FIELD_UNITS = 60;

/** `BertPreTokenizer`, or `Replace (pattern {"String":" "}, content "▁")`, for each step. */
function describeSteps(stage: unknown): string[] {
	if (!isObject(stage)) return [];
	for (const list of LISTS) {
		const steps = stage[list];
		if (Array.isArray(steps)) return steps.flatMap(describeSteps);
	}
	const { type, ...fields } = stage;
	const shown = Object.entries(fields).map(([name, value]) => {
		const json = JSON.stringify(value) ?? '';
		return `${name} ${json.length > MAX_FIELD_UNITS ? `${json.slice(0, MAX_FIELD_UNITS - 1)}…` : json}`;
	});
	const name = typeof type === 'string' ? type : 'unknown';
	return [shown.length > 0 ? `${name} (${shown.join(', ')})` : name];
}
