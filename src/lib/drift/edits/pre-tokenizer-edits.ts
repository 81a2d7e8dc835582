import {
	buildVocabulary,
	fromByteLevel,
	toByteLevel,
	tokenAt,
	vocabularySize,
	type BpeModelSpec,
	type PreTokenizerSpec,
	type TokenizerSpec
} from '../../engine';
import { preTokenizerSteps } from '../../engine/stages';
import { decodeUtf8, encodeUtf8 } from '../../engine/text';
import { EditError } from './edit-error';
import { withListedMerges } from './listed-merges';

/**
 * Another pre-tokenizer, or none. Whether it has a ByteLevel step says how the vocabulary is to be
 * read, as in tokenizer.json.
 */
export function withPreTokenizer(
	spec: TokenizerSpec,
	pre_tokenizer: PreTokenizerSpec | null
): TokenizerSpec {
	const byteLevel = preTokenizerSteps(pre_tokenizer).some(({ type }) => type === 'ByteLevel');
	return { ...spec, pre_tokenizer, model: withByteLevel(spec, byteLevel) };
}

/** The model with its tokens' strings read in the byte alphabet, or as they are written. */
function withByteLevel({ model, added_tokens }: TokenizerSpec, byteLevel: boolean): BpeModelSpec {
	if (model.byte_level === byteLevel) return model;
	const { foreign_tokens = [], ...rest } = withListedMerges(model);
	const contents: (Uint8Array | undefined)[] = [];
	contents.length = vocabularySize(model.vocabulary);
	const foreign: { id: number; content: string }[] = [];
	const added = new Set(added_tokens.map(({ id }) => id));
	for (let id = 0; id < contents.length; id++) {
		const bytes = tokenAt(model.vocabulary, id);
		if (bytes.length === 0) continue;
		if (byteLevel) {
			const content = decodeUtf8(bytes);
			const read = fromByteLevel(content);
			if (read) contents[id] = read;
			else if (!added.has(id)) foreign.push({ id, content });
		} else {
			contents[id] = encodeUtf8(toByteLevel(bytes));
		}
	}
	if (!byteLevel) for (const { id, content } of foreign_tokens) contents[id] = encodeUtf8(content);
	return {
		...rest,
		vocabulary: buildVocabulary(contents),
		byte_level: byteLevel,
		...(foreign.length > 0 ? { foreign_tokens: foreign } : {})
	};
}

/** Another regex in one of the Splits, counted from 0 in the order in which they run. */
export function withSplitRegex(spec: TokenizerSpec, split: number, regex: string): TokenizerSpec {
	const splits = splitRegexes(spec.pre_tokenizer);
	const found = splits.length;
	if (!(split in splits)) {
		throw new EditError(
			`split-regex: got Split ${split}, but the pre-tokenizer has ${found} ${found === 1 ? 'Split' : 'Splits'}; count from 0`
		);
	}
	let next = 0;
	const edited = (step: PreTokenizerSpec): PreTokenizerSpec => {
		if (step.type === 'Sequence') {
			return { ...step, pretokenizers: step.pretokenizers.map(edited) };
		}
		if (step.type !== 'Split' || next++ !== split) return step;
		return { ...step, pattern: { Regex: regex } };
	};
	return { ...spec, pre_tokenizer: spec.pre_tokenizer && edited(spec.pre_tokenizer) };
}

/** What each Split of a pre-tokenizer cuts by, in the order in which they run: regexes, or literal strings. */
export const splitRegexes = (spec: PreTokenizerSpec | null): readonly string[] =>
	preTokenizerSteps(spec).flatMap((step) => {
		if (step.type !== 'Split') return [];
		return ['Regex' in step.pattern ? step.pattern.Regex : step.pattern.String];
	});
