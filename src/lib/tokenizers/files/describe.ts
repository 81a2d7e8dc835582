import { vocabularySize, type TokenizerSpec } from '../../engine';
import { formatCount, plural } from '../../engine/text';
import {
	describeDecoder,
	describeNormalizer,
	describePostProcessor,
	describePreTokenizer,
	quote,
	quoteAll
} from './describe-stages';
import type { TokenizerReading } from './types';

/** Description of a tokenizer, as data for a page or a terminal. */
export interface TokenizerDescription {
	readonly format: string;
	readonly files: readonly string[];
	readonly vocabulary: {
		/** Largest id + 1. */
		readonly size: number;
		/** Number of ids that have a token in the model. */
		readonly tokens: number;
		/** `null` if no merges are listed: tokens are then merged in id order. */
		readonly merges: number | null;
		readonly addedTokens: number;
		readonly specialTokens: number;
		readonly longestTokenBytes: number;
	};
	/** Steps in processing order, each a sentence without a full stop. */
	readonly stages: readonly { readonly stage: string; readonly steps: readonly string[] }[];
	readonly stated: readonly string[];
	readonly assumed: readonly string[];
	readonly unsupported: readonly string[];
	readonly hasChatTemplate: boolean;
}

/** Describes a tokenizer's stages and how its files were interpreted. */
export function describeTokenizer({
	spec,
	format,
	files,
	stated,
	assumed,
	unsupported,
	chatTemplate
}: Pick<
	TokenizerReading,
	'spec' | 'files' | 'stated' | 'assumed' | 'unsupported' | 'chatTemplate'
> & {
	readonly format: string;
}): TokenizerDescription {
	const { model, added_tokens } = spec;
	const { ends } = model.vocabulary;
	let tokens = 0;
	let longest = 0;
	for (let id = 0, start = 0; id < ends.length; start = ends[id++]) {
		if (ends[id] > start) tokens++;
		longest = Math.max(longest, ends[id] - start);
	}
	const size = [...added_tokens, ...(model.foreign_tokens ?? [])].reduce(
		(largest, { id }) => Math.max(largest, id + 1),
		vocabularySize(model.vocabulary)
	);
	return {
		format,
		files,
		vocabulary: {
			size,
			tokens,
			merges: model.merges?.count ?? null,
			addedTokens: added_tokens.length,
			specialTokens: added_tokens.filter(({ special }) => special).length,
			longestTokenBytes: longest
		},
		stages: [
			{ stage: 'added tokens', steps: addedTokenSteps(spec) },
			{ stage: 'normalizer', steps: describeNormalizer(spec.normalizer) },
			{ stage: 'pre-tokenizer', steps: describePreTokenizer(spec.pre_tokenizer) },
			{ stage: 'model', steps: modelSteps(spec) },
			{ stage: 'post-processor', steps: describePostProcessor(spec.post_processor) },
			{ stage: 'decoder', steps: describeDecoder(spec.decoder) }
		],
		stated,
		assumed,
		unsupported,
		hasChatTemplate: chatTemplate !== undefined
	};
}

/** A description in words, which pages and terminals lay out differently. */
export interface DescriptionText {
	readonly title: string;
	readonly summary: string;
	/** One section per stage, followed by any notes about the files. */
	readonly sections: readonly { readonly title: string; readonly lines: readonly string[] }[];
}

export function describeInWords(description: TokenizerDescription): DescriptionText {
	const { format, files, vocabulary, stages, stated, assumed, unsupported } = description;
	const { size, tokens, merges, addedTokens } = vocabulary;
	const notes = [
		{ title: 'The files say', lines: stated },
		{ title: 'Assumed', lines: assumed },
		{ title: 'Not supported', lines: unsupported },
		{
			title: 'Chat template',
			lines: description.hasChatTemplate ? ['The files include a chat template.'] : []
		}
	];
	return {
		title: `${format}${files.length > 0 ? ` (${files.join(', ')})` : ''}`,
		summary: `${formatCount(tokens)} tokens, ${merges === null ? 'merges by id' : `${formatCount(merges)} merges`}, ${formatCount(addedTokens)} added tokens; largest id ${formatCount(size - 1)}`,
		sections: [
			...stages.map(({ stage, steps }) => ({
				title: stage,
				lines: steps.length > 0 ? steps : ['none']
			})),
			...notes.filter(({ lines }) => lines.length > 0)
		]
	};
}

function addedTokenSteps({ added_tokens }: TokenizerSpec): string[] {
	if (added_tokens.length === 0) return [];
	const special = added_tokens.filter((token) => token.special);
	const flags = (['single_word', 'lstrip', 'rstrip', 'normalized'] as const).flatMap((flag) => {
		const marked = added_tokens.filter((token) => token[flag]).length;
		return marked > 0 ? [`${flag} on ${formatCount(marked)}`] : [];
	});
	const ordinary = added_tokens.length - special.length;
	return [
		...(special.length > 0
			? [
					`${plural(special.length, 'special token')}, such as ${contents(special)}, recognised only on request`
				]
			: []),
		...(ordinary > 0
			? [
					`${plural(ordinary, 'other added token')}, such as ${contents(added_tokens.filter((token) => !token.special))}, always recognised`
				]
			: []),
		...(flags.length > 0 ? [`Flags: ${flags.join(', ')}`] : [])
	];
}

const contents = (tokens: TokenizerSpec['added_tokens']): string =>
	quoteAll(tokens.map(({ content }) => content));

function modelSteps({ model }: TokenizerSpec): string[] {
	const merges = model.merges
		? plural(model.merges.count, 'listed merge')
		: 'merges derived from the order of the ids';
	return [
		`BPE on ${model.byte_level ? 'bytes' : 'characters'} with ${merges}`,
		...(model.merges === null || model.ignore_merges
			? ['A pre-token that is in the vocabulary becomes one token without merging']
			: []),
		...(model.byte_fallback
			? ['A character without a token becomes one <0xNN> token per byte']
			: []),
		...(model.unk_token === null
			? []
			: [
					`A character without a token becomes ${quote(model.unk_token)}${model.fuse_unk ? ', one per run' : ''}`
				])
	];
}
