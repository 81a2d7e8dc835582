import { vocabularySize, type PatternSpec, type TokenizerSpec } from '../../engine';
import { normalizerSteps, preTokenizerSteps } from '../../engine/stages';
import type { TokenizerReading } from './types';

/** A tokenizer in words, as data that a page or a terminal draws. */
export interface TokenizerDescription {
	readonly format: string;
	readonly files: readonly string[];
	readonly vocabulary: {
		/** Largest id + 1. */
		readonly size: number;
		/** Ids with a token of the model. */
		readonly tokens: number;
		/** `null` if the rank of a merge is the id of its product. */
		readonly merges: number | null;
		readonly addedTokens: number;
		readonly specialTokens: number;
		/** Longest token in bytes. */
		readonly longestTokenBytes: number;
	};
	/** Steps in the order in which a text passes them, each a sentence without its full stop. */
	readonly stages: readonly { readonly stage: string; readonly steps: readonly string[] }[];
	readonly stated: readonly string[];
	readonly assumed: readonly string[];
	readonly unsupported: readonly string[];
	readonly hasChatTemplate: boolean;
}

/** Describes every stage of a tokenizer, and how its files were understood. */
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
			merges: model.merges ? model.merges.length / 2 : null,
			addedTokens: added_tokens.length,
			specialTokens: added_tokens.filter(({ special }) => special).length,
			longestTokenBytes: longest
		},
		stages: [
			{ stage: 'added tokens', steps: addedTokenSteps(spec) },
			{ stage: 'normalizer', steps: normalizerSteps(spec.normalizer).map(describeStep) },
			{ stage: 'pre-tokenizer', steps: preTokenizerSteps(spec.pre_tokenizer).map(describeStep) },
			{ stage: 'model', steps: modelSteps(spec) },
			{ stage: 'post-processor', steps: nestedSteps(spec.post_processor, 'processors') },
			{ stage: 'decoder', steps: nestedSteps(spec.decoder, 'decoders') }
		],
		stated,
		assumed,
		unsupported,
		hasChatTemplate: chatTemplate !== undefined
	};
}

/** A description in words, which a page and a terminal lay out in their own ways. */
export interface DescriptionText {
	/** Format and files. */
	readonly title: string;
	/** Sizes. */
	readonly summary: string;
	/** Stages, then what the files say, what was assumed and what has no effect. None is empty. */
	readonly sections: readonly { readonly title: string; readonly lines: readonly string[] }[];
}

/** Words of a description. */
export function describeInWords(description: TokenizerDescription): DescriptionText {
	const { format, files, vocabulary, stages, stated, assumed, unsupported } = description;
	const { size, tokens, merges, addedTokens } = vocabulary;
	const number = (value: number) => value.toLocaleString('en');
	const notes = [
		{ title: 'The files say', lines: stated },
		{ title: 'Assumed', lines: assumed },
		{ title: 'Not supported', lines: unsupported },
		{ title: 'Chat template', lines: description.hasChatTemplate ? ['The files have one.'] : [] }
	];
	return {
		title: `${format}${files.length > 0 ? ` (${files.join(', ')})` : ''}`,
		summary: `${number(tokens)} tokens, ${merges === null ? 'merges by id' : `${number(merges)} merges`}, ${number(addedTokens)} added tokens; largest id ${number(size - 1)}`,
		sections: [
			...stages.map(({ stage, steps }) => ({
				title: stage,
				lines: steps.length > 0 ? steps : ['none']
			})),
			...notes.filter(({ lines }) => lines.length > 0)
		]
	};
}

const count = (number: number, noun: string): string =>
	`${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;

function addedTokenSteps({ added_tokens }: TokenizerSpec): string[] {
	if (added_tokens.length === 0) return [];
	const special = added_tokens.filter((token) => token.special);
	const flags = (['single_word', 'lstrip', 'rstrip', 'normalized'] as const).flatMap((flag) => {
		const marked = added_tokens.filter((token) => token[flag]).length;
		return marked > 0 ? [`${flag} on ${marked.toLocaleString('en')}`] : [];
	});
	const ordinary = added_tokens.length - special.length;
	return [
		...(special.length > 0
			? [
					`${count(special.length, 'special token')}, such as ${quoteAll(special)}, found only if asked for`
				]
			: []),
		...(ordinary > 0
			? [
					`${count(ordinary, 'other added token')}, such as ${quoteAll(added_tokens.filter((token) => !token.special))}, found in every text`
				]
			: []),
		...(flags.length > 0 ? [`Flags: ${flags.join(', ')}`] : [])
	];
}

const MAX_EXAMPLES = 3;

const quoteAll = (tokens: readonly { readonly content: string }[]): string =>
	tokens
		.slice(0, MAX_EXAMPLES)
		.map(({ content }) => quote(content))
		.join(', ');

/** Quotes a text with control characters and spaces that cannot be seen as escapes, at most 200 code units. */
const quote = (text: string): string =>
	JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text).replace(
		/[\p{C}\p{Z}]/gu,
		(character) =>
			character === ' ' ? ' ' : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
	);

const describePattern = (pattern: PatternSpec): string =>
	'String' in pattern
		? `the text ${quote(pattern.String)}`
		: `the regular expression ${quoteRegex(pattern.Regex)}`;

/** A regular expression between slashes, whole: it is what people compare. */
const quoteRegex = (regex: string): string =>
	`/${regex.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (c) => `\\x{${(c.codePointAt(0) ?? 0).toString(16)}}`)}/`;

/** A stage with its settings; stages without a sentence of their own are described by their fields. */
type Step = { readonly type: string } & Readonly<Record<string, unknown>>;

function describeStep(step: object): string {
	const fields = step as Step;
	switch (fields.type) {
		case 'NFC':
		case 'NFD':
		case 'NFKC':
		case 'NFKD':
			return `Unicode normalization ${fields.type}`;
		case 'Lowercase':
			return 'All letters become lower case';
		case 'Replace':
			return `Replaces ${describePattern(fields.pattern as PatternSpec)} with ${quote(String(fields.content))}`;
		case 'Prepend':
			return `Puts ${quote(String(fields.prepend))} before the text`;
		case 'Split':
			return describeSplit(fields);
		case 'ByteLevel':
			return [
				'Writes bytes in GPT-2’s byte alphabet',
				...(fields.use_regex ? ['splits by GPT-2’s pattern'] : []),
				...(fields.add_prefix_space ? ['puts a space before the text'] : [])
			].join(', ');
		case 'Metaspace':
			return `Writes spaces as ${quote(String(fields.replacement))}${fields.split ? ', splits there' : ''}, puts one before the text: ${String(fields.prepend_scheme)}`;
		case 'Digits':
			return fields.individual_digits ? 'Splits off each digit' : 'Splits off runs of digits';
		case 'ByteFallback':
			return 'Turns <0xNN> into bytes';
		case 'Fuse':
			return 'Joins all tokens';
		default:
			return describeFields(fields);
	}
}

/** `Strip (content " ", start 1)`. Long values are cut. */
function describeFields({ type, ...rest }: Step): string {
	const shown = Object.entries(rest).map(([name, value]) => {
		const json = JSON.stringify(value) ?? '';
		return `${name} ${json.length > 80 ? `${json.slice(0, 77)}…` : json}`;
	});
	return shown.length > 0 ? `${type} (${shown.join(', ')})` : type;
}

function describeSplit({ pattern, behavior, invert }: Step): string {
	const matched = describePattern(pattern as PatternSpec);
	const what = invert ? `what ${matched} does not match` : matched;
	switch (behavior) {
		case 'Isolated':
			return `Splits at ${what}; each match and each text between is a pre-token`;
		case 'Removed':
			return `Splits at ${what} and removes it`;
		default:
			return `Splits at ${what} (${String(behavior)})`;
	}
}

function modelSteps({ model }: TokenizerSpec): string[] {
	const merges = model.merges
		? count(model.merges.length / 2, 'listed merge')
		: 'merges that follow from the order of the ids';
	return [
		`BPE on ${model.byte_level ? 'bytes' : 'characters'} with ${merges}`,
		...(model.merges === null || model.ignore_merges
			? ['A pre-token that is a token is not merged']
			: []),
		...(model.byte_fallback ? ['A character without a token becomes its bytes <0xNN>'] : []),
		...(model.unk_token === null
			? []
			: [
					`What has no token becomes ${quote(model.unk_token)}${model.fuse_unk ? ', one for a run' : ''}`
				])
	];
}

function nestedSteps(stage: object | null, list: string): string[] {
	if (stage === null) return [];
	const fields = stage as Step;
	if (fields.type === 'Sequence') {
		return (fields[list] as readonly object[]).flatMap((step) => nestedSteps(step, list));
	}
	return [fields.type === 'TemplateProcessing' ? describeTemplate(fields) : describeStep(stage)];
}

function describeTemplate({ single }: Step): string {
	const pieces = (single as readonly Readonly<Record<string, { readonly id: string }>>[]).map(
		(piece) => ('SpecialToken' in piece ? quote(piece.SpecialToken.id) : 'the text')
	);
	return `If special tokens are added: ${pieces.join(', ')}`;
}
