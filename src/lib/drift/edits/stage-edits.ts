import type {
	DecoderSpec,
	NormalizerSpec,
	PostProcessorSpec,
	PreTokenizerSpec,
	TemplatePiece,
	TokenizerSpec
} from '../../engine';
import { normalizerSteps, preTokenizerSteps } from '../../engine/stages';
import { EditError } from './edit-error';

type Template = Extract<PostProcessorSpec, { type: 'TemplateProcessing' }>;

/** How often a token stands before a text; see {@link SpecEdit}. */
export function withBos(
	spec: TokenizerSpec,
	times: 0 | 1 | 2,
	token: string | null
): TokenizerSpec {
	const steps = flattenProcessors(spec.post_processor);
	const template = steps.find((step) => step.type === 'TemplateProcessing');
	const others = steps.filter((step) => step !== template);
	if (times === 0) return { ...spec, post_processor: inSequence(others) };
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
				'bos: the tokenizer puts no token before the text; name one to put there'
			);
		}
		const { id } = start.SpecialToken;
		return { name: id, ids: template.special_tokens[id].ids };
	}
	const added = spec.added_tokens.find(({ content }) => content === token);
	if (!added) throw new EditError(`bos: got "${token}", which is none of the added tokens`);
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
 * With or without a space before the text; see {@link SpecEdit}. Behind a Split, `add_prefix_space`
 * would put one before every piece, and a tokenizer may have no such step: then a normalizer does it.
 */
export function withPrefixSpace(spec: TokenizerSpec, value: boolean): TokenizerSpec {
	const [first, ...rest] = preTokenizerSteps(spec.pre_tokenizer);
	const normalizers = normalizerSteps(spec.normalizer).filter(({ type }) => type !== 'Prepend');
	const set = first && withOwnPrefix(first, value);
	if (set) {
		return {
			...spec,
			pre_tokenizer: rest.length > 0 ? { type: 'Sequence', pretokenizers: [set, ...rest] } : set,
			normalizer: value ? spec.normalizer : normalizersInSequence(normalizers)
		};
	}
	const prepend: NormalizerSpec = {
		type: 'Prepend',
		prepend: spec.model.byte_level ? ' ' : '▁'
	};
	const steps = value ? [prepend, ...normalizers] : normalizers;
	return { ...spec, normalizer: normalizersInSequence(steps) };
}

/** A step that can put a space before the text, set to do so or not; null for any other. */
function withOwnPrefix(step: PreTokenizerSpec, value: boolean): PreTokenizerSpec | null {
	if (step.type === 'ByteLevel') return { ...step, add_prefix_space: value };
	if (step.type === 'Metaspace') return { ...step, prepend_scheme: value ? 'first' : 'never' };
	return null;
}

function normalizersInSequence(steps: readonly NormalizerSpec[]): NormalizerSpec | null {
	if (steps.length > 1) return { type: 'Sequence', normalizers: steps };
	return steps.length === 1 ? steps[0] : null;
}

/** `clean_up_tokenization` of Hugging Face's transformers, `tokenization_utils_base.py`: in this order. */
const CLEAN_UP: readonly (readonly [string, string])[] = [
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

/** The steps that clean up a text that is put together. */
const CLEAN_UP_STEPS: readonly DecoderSpec[] = [
	{ type: 'Fuse' },
	...CLEAN_UP.map(([sought, content]): DecoderSpec => ({
		type: 'Replace',
		pattern: { String: sought },
		content
	}))
];

/** Decoding with or without those steps at its end. */
export function withCleanUp(spec: TokenizerSpec, value: boolean): TokenizerSpec {
	const { decoder } = spec;
	if (decoder === null) {
		throw new EditError('clean-up-spaces: the tokenizer has no decoder to put the steps after');
	}
	const last = decoder.type === 'Sequence' ? decoder.decoders : [decoder];
	const tail = last.slice(-CLEAN_UP_STEPS.length);
	const has = JSON.stringify(tail) === JSON.stringify(CLEAN_UP_STEPS);
	if (has === value) return spec;
	if (value) {
		return { ...spec, decoder: { type: 'Sequence', decoders: [...last, ...CLEAN_UP_STEPS] } };
	}
	const kept = last.slice(0, -CLEAN_UP_STEPS.length);
	return { ...spec, decoder: kept.length === 1 ? kept[0] : { type: 'Sequence', decoders: kept } };
}
