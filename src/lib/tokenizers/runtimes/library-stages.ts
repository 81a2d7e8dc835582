import { PreTrainedTokenizer } from '@xenova/transformers/src/tokenizers.js';
import type { LibraryJson } from '../files/library-json';
import { LIBRARY_VERSIONS } from './library-versions';

const TRANSFORMERS = `transformers.js ${LIBRARY_VERSIONS['transformers.js']}`;

/** SentencePiece's `▁`, which stands for a space. */
export const META = '▁';

/** @throws Error in one line for a stage that the library lacks */
export function createTransformersTokenizer(
	json: LibraryJson,
	config: string | null
): PreTrainedTokenizer {
	const settings = config === null ? {} : (JSON.parse(config) as Record<string, unknown>);
	const adapted = {
		...json,
		normalizer: null,
		pre_tokenizer: adaptPreTokenizer(json.pre_tokenizer),
		post_processor: null,
		decoder: adaptDecoder(json.decoder)
	};
	// The other settings concern inputs of a model, not a text.
	const { remove_space, do_lowercase_and_remove_accent, eos_token } = settings;
	return runInWords(
		() =>
			new PreTrainedTokenizer(adapted, {
				remove_space,
				do_lowercase_and_remove_accent,
				eos_token: contentOfToken(eos_token),
				clean_up_tokenization_spaces: false
			})
	);
}

/** Calls a library. @throws Error that names it and its reason */
export function runInWords<T>(create: () => T, library = TRANSFORMERS): T {
	try {
		return create();
	} catch (cause) {
		const reason = cause instanceof Error ? cause.message : String(cause);
		throw new Error(`${library} cannot run the tokenizer: ${reason}`, { cause });
	}
}

type Normalize = (text: string) => string;

/**
 * Creates the library's normalizer, step by step.
 * @throws Error in one line for a step that the library lacks
 */
export const createNormalizer = (stage: unknown): Normalize =>
	runInWords(() => createNormalizerStep(stage));

function createNormalizerStep(stage: unknown): Normalize {
	if (!isStage(stage)) return (text) => text;
	if (stage.type === 'NFD') return (text) => text.normalize('NFD');
	if (stage.type === 'Sequence' && stage.normalizers) {
		const steps = stage.normalizers.map(createNormalizerStep);
		return (text) => steps.reduce((normalized, step) => step(normalized), text);
	}
	// The library only exports whole tokenizers.
	const model = { type: 'WordPiece', vocab: { '': 0 }, unk_token: '' };
	const { normalizer } = new PreTrainedTokenizer(
		{
			normalizer: stage,
			pre_tokenizer: null,
			model,
			post_processor: null,
			decoder: null,
			added_tokens: []
		},
		{}
	);
	return normalizer;
}

const contentOfToken = (token: unknown): unknown =>
	typeof token === 'object' && token !== null && 'content' in token ? token.content : token;

interface Stage {
	readonly type: string;
	readonly normalizers?: readonly Stage[];
	readonly pretokenizers?: readonly Stage[];
	readonly decoders?: readonly Stage[];
	readonly prepend_scheme?: string;
	readonly add_prefix_space?: boolean;
	readonly split?: boolean;
}

const isStage = (value: unknown): value is Stage => typeof value === 'object' && value !== null;

/** Writes a Metaspace as the library's version reads it: the prefix by its older name, and the split as a stage of its own. */
export function adaptPreTokenizer(stage: unknown): unknown {
	if (!isStage(stage)) return null;
	if (stage.pretokenizers)
		return { ...stage, pretokenizers: stage.pretokenizers.map(adaptPreTokenizer) };
	if (stage.type !== 'Metaspace') return stage;
	const metaspace = withPrefix(stage);
	if (stage.split === false) return metaspace;
	const split = { type: 'Split', pattern: { Regex: `${META}[^${META}]*|[^${META}]+` } };
	return { type: 'Sequence', pretokenizers: [metaspace, split] };
}

function adaptDecoder(stage: unknown): unknown {
	if (!isStage(stage)) return null;
	if (stage.decoders) return { ...stage, decoders: stage.decoders.map(adaptDecoder) };
	return stage.type === 'Metaspace' ? withPrefix(stage) : stage;
}

function withPrefix(stage: Stage): Stage {
	const { prepend_scheme, add_prefix_space = prepend_scheme !== 'never' } = stage;
	return { ...stage, add_prefix_space };
}
