import {
	buildVocabulary,
	fromByteLevel,
	toByteLevel,
	tokenAt,
	vocabularySize,
	type AddedTokenSpec,
	type BpeModelSpec,
	type DecoderSpec,
	type NormalizerSpec,
	type PostProcessorSpec,
	type PreTokenizerSpec,
	type TemplatePiece,
	type TokenizerSpec
} from '../../engine';
import { normalizerSteps, preTokenizerSteps } from '../../engine/stages';
import { decodeUtf8, encodeUtf8 } from '../../engine/text';
import { stageOf } from '../config/stages';
import { EditError, type AddedTokenChoice, type AddedTokenFlag, type SpecEdit } from './spec-edit';
import { dropLastMerges, shiftIds, swapIds, swapMerges, withListedMerges } from './table-edits';

/**
 * Applies an edit to a copy of a spec. The copy shares unchanged parts with the original, because its tables may
 * contain 200,000 tokens.
 * @throws EditError if the edit doesn't apply: no such Split, merge, id or added token
 */
export function applyEdit(spec: TokenizerSpec, edit: SpecEdit): TokenizerSpec {
	switch (edit.kind) {
		case 'normalizer':
			return { ...spec, normalizer: edit.value };
		case 'pre_tokenizer':
			return withPreTokenizer(spec, edit.value);
		case 'split-regex':
			return withSplitRegex(spec, edit.split, edit.regex);
		case 'post_processor':
			return { ...spec, post_processor: edit.value };
		case 'decoder':
			return { ...spec, decoder: edit.value };
		case 'bos':
			return withBos(spec, edit.times, edit.token);
		case 'ignore-merges':
			return withIgnoreMerges(spec, edit.value);
		case 'prefix-space':
			return withPrefixSpace(spec, edit.value);
		case 'drop-added-tokens':
			return dropAddedTokens(spec, edit.which);
		case 'added-token-flags':
			return flagAddedTokens(spec, edit.which, edit.flags);
		case 'swap-merges':
			return swapMerges(spec, edit.ranks);
		case 'drop-last-merges':
			return dropLastMerges(spec, edit.count);
		case 'swap-ids':
			return swapIds(spec, edit.ids);
		case 'shift-ids':
			return shiftIds(spec, edit.from, edit.by);
		case 'clean-up-spaces':
			return withCleanUp(spec, edit.value);
	}
}

/** Applies edits in order. @throws EditError as in {@link applyEdit} */
export function applyEdits(spec: TokenizerSpec, edits: readonly SpecEdit[]): TokenizerSpec {
	return edits.reduce(applyEdit, spec);
}

/**
 * Sets `ignore_merges`. With implied merges, a pre-token that is a token always becomes that token, so `ignore_merges`
 * would have no effect. Implied merges are therefore first written out as a list.
 */
function withIgnoreMerges(spec: TokenizerSpec, value: boolean): TokenizerSpec {
	const model = spec.model.merges ? spec.model : withListedMerges(spec.model);
	return { ...spec, model: { ...model, ignore_merges: value } };
}

/** Sets the pre-tokenizer. The presence of a ByteLevel step determines how the vocabulary is read. */
function withPreTokenizer(
	spec: TokenizerSpec,
	pre_tokenizer: PreTokenizerSpec | null
): TokenizerSpec {
	const byteLevel = preTokenizerSteps(pre_tokenizer).some(({ type }) => type === 'ByteLevel');
	return { ...spec, pre_tokenizer, model: withByteLevel(spec, byteLevel) };
}

/** Reinterprets a model's token strings, either as byte-level spellings or literally. */
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

/** Sets the regex of a Split. Splits are numbered from 0, in the order in which they run. */
function withSplitRegex(spec: TokenizerSpec, split: number, regex: string): TokenizerSpec {
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

/** The regex or literal string of each Split in a pre-tokenizer, in the order in which the Splits run. */
export const splitRegexes = (spec: PreTokenizerSpec | null): readonly string[] =>
	preTokenizerSteps(spec).flatMap((step) => {
		if (step.type !== 'Split') return [];
		return ['Regex' in step.pattern ? step.pattern.Regex : step.pattern.String];
	});

type Template = Extract<PostProcessorSpec, { type: 'TemplateProcessing' }>;

/** Sets how many times a token is added before text (see {@link SpecEdit}). */
function withBos(spec: TokenizerSpec, times: 0 | 1 | 2, token: string | null): TokenizerSpec {
	const steps = flattenProcessors(spec.post_processor);
	const others = steps.filter(({ type }) => type === 'ByteLevel');
	if (times === 0) return { ...spec, post_processor: inSequence(others) };
	const template = steps.find((step) => step.type === 'TemplateProcessing');
	const fixed = steps.find(({ type }) => type === 'RobertaProcessing' || type === 'BertProcessing');
	if (fixed)
		throw new EditError(
			`bos: ${fixed.type} adds its token exactly once; to remove the token, use 0`
		);
	const piece = bosPiece(spec, template, token);
	const first = Array<TemplatePiece>(times).fill({ SpecialToken: { id: piece.name, type_id: 0 } });
	const edited: Template = {
		type: 'TemplateProcessing',
		single: [...first, ...withoutStart(template?.single ?? [sequence('A', 0)])],
		pair: [...first, ...withoutStart(template?.pair ?? [sequence('A', 0), sequence('B', 1)])],
		special_tokens: {
			...template?.special_tokens,
			[piece.name]: { id: piece.name, ids: piece.ids, tokens: [piece.name] }
		}
	};
	return { ...spec, post_processor: inSequence([...others, edited]) };
}

const sequence = (id: 'A' | 'B', type_id: number): TemplatePiece => ({ Sequence: { id, type_id } });

const withoutStart = (pieces: readonly TemplatePiece[]): readonly TemplatePiece[] =>
	pieces.slice(pieces.findIndex((piece) => 'Sequence' in piece));

function bosPiece(spec: TokenizerSpec, template: Template | undefined, token: string | null) {
	if (token === null) {
		const start = template?.single[0];
		if (!template || !start || !('SpecialToken' in start)) {
			throw new EditError(
				'bos: the tokenizer adds no token before the text; name the token to add'
			);
		}
		const { id } = start.SpecialToken;
		return { name: id, ids: template.special_tokens[id].ids };
	}
	const added = spec.added_tokens.find(({ content }) => content === token);
	if (!added) throw new EditError(`bos: got "${token}", expected an added token`);
	return { name: token, ids: [added.id] };
}

function flattenProcessors(
	spec: PostProcessorSpec | null
): Exclude<PostProcessorSpec, { type: 'Sequence' }>[] {
	if (spec === null) return [];
	return spec.type === 'Sequence' ? spec.processors.flatMap(flattenProcessors) : [spec];
}

function inSequence(steps: readonly PostProcessorSpec[]): PostProcessorSpec | null {
	if (steps.length > 1) return { type: 'Sequence', processors: steps };
	return steps.length === 1 ? steps[0] : null;
}

/**
 * Adds or removes a space before the text (see {@link SpecEdit}). A normalizer adds the space if the first
 * pre-tokenizer step can't: after a Split, `add_prefix_space` would add a space before every pre-token.
 */
function withPrefixSpace(spec: TokenizerSpec, value: boolean): TokenizerSpec {
	const [first, ...rest] = preTokenizerSteps(spec.pre_tokenizer);
	const normalizers = normalizerSteps(spec.normalizer).filter(({ type }) => type !== 'Prepend');
	const set = first && withOwnPrefix(first, value);
	if (set) {
		return {
			...spec,
			pre_tokenizer: stageOf('pre_tokenizer', [set, ...rest]),
			normalizer: value ? spec.normalizer : stageOf('normalizer', normalizers)
		};
	}
	const prepend: NormalizerSpec = {
		type: 'Prepend',
		prepend: spec.model.byte_level ? ' ' : '▁'
	};
	const steps = value ? [prepend, ...normalizers] : normalizers;
	return { ...spec, normalizer: stageOf('normalizer', steps) };
}

/** Turns on or off a step's own option for a space before the text; returns `null` if the step has no such option. */
function withOwnPrefix(step: PreTokenizerSpec, value: boolean): PreTokenizerSpec | null {
	if (step.type === 'ByteLevel') return { ...step, add_prefix_space: value };
	if (step.type === 'Metaspace') return { ...step, prepend_scheme: value ? 'first' : 'never' };
	return null;
}

/**
 * The replacements made by `clean_up_tokenization` in Hugging Face's transformers (`tokenization_utils_base.py`), in
 * order.
 */
export const CLEAN_UPS: readonly (readonly [from: string, to: string])[] = [
	[' .', '.'],
	[' ?', '?'],
	[' !', '!'],
	[' ,', ','],
	[" ' ", "'"],
	[" n't", "n't"],
	[" 'm", "'m"],
	[" 's", "'s"],
	[" 've", "'ve"],
	[" 're", "'re"]
];

/** Decoder steps that join the tokens and then clean up the text. */
const CLEAN_UP_STEPS: readonly DecoderSpec[] = [
	{ type: 'Fuse' },
	...CLEAN_UPS.map(([sought, content]): DecoderSpec => ({
		type: 'Replace',
		pattern: { String: sought },
		content
	}))
];

function withCleanUp(spec: TokenizerSpec, value: boolean): TokenizerSpec {
	const { decoder } = spec;
	if (decoder === null) {
		throw new EditError('clean-up-spaces: the tokenizer has no decoder to add the steps to');
	}
	const last = decoder.type === 'Sequence' ? decoder.decoders : [decoder];
	const tail = last.slice(-CLEAN_UP_STEPS.length);
	const has = JSON.stringify(tail) === JSON.stringify(CLEAN_UP_STEPS);
	if (has === value) return spec;
	const steps = value ? [...last, ...CLEAN_UP_STEPS] : last.slice(0, -CLEAN_UP_STEPS.length);
	return { ...spec, decoder: stageOf('decoder', steps) ?? { type: 'Sequence', decoders: [] } };
}

/**
 * Drops added tokens. Tokens with an id in the model's vocabulary remain part of the model, so that their ids can still
 * be decoded.
 */
function dropAddedTokens(spec: TokenizerSpec, which: AddedTokenChoice): TokenizerSpec {
	const dropped = chosen(spec, which, 'drop-added-tokens');
	const { model } = spec;
	const named = [...dropped].filter(
		({ id }) =>
			model.byte_level &&
			id < vocabularySize(model.vocabulary) &&
			tokenAt(model.vocabulary, id).length === 0
	);
	const foreign = [
		...(model.foreign_tokens ?? []),
		...named.map(({ id, content }) => ({ id, content }))
	];
	return {
		...spec,
		model: named.length > 0 ? { ...model, foreign_tokens: foreign } : model,
		added_tokens: spec.added_tokens.filter((token) => !dropped.has(token))
	};
}

function flagAddedTokens(
	spec: TokenizerSpec,
	which: AddedTokenChoice,
	flags: Partial<Readonly<Record<AddedTokenFlag, boolean>>>
): TokenizerSpec {
	const flagged = chosen(spec, which, 'added-token-flags');
	return {
		...spec,
		added_tokens: spec.added_tokens.map((token) =>
			flagged.has(token) ? { ...token, ...flags } : token
		)
	};
}

function chosen(spec: TokenizerSpec, which: AddedTokenChoice, edit: string): Set<AddedTokenSpec> {
	const tokens = spec.added_tokens;
	if (typeof which !== 'string') {
		const found = new Set(tokens.filter(({ content }) => which.contents.includes(content)));
		for (const content of which.contents) {
			if (tokens.some((token) => token.content === content)) continue;
			throw new EditError(`${edit}: got "${content}", expected an added token`);
		}
		return found;
	}
	const found = tokens.filter(
		({ special }) => which === 'all' || special === (which === 'special')
	);
	if (found.length === 0) {
		const kind = which === 'all' ? 'no' : which === 'special' ? 'no special' : 'only special';
		throw new EditError(`${edit}: the tokenizer has ${kind} added tokens`);
	}
	return new Set(found);
}
