/** Pre-tokenizers that loaders fall back to. Apart from the other edits, because Diff offers them. */
import type { SpecEdit } from '../../../drift/edits/spec-edit';

/** GPT-2's pre-tokenizer, the fallback of loaders that do not know a pre-tokenizer. */
export const GPT2_SPLIT: SpecEdit = {
	kind: 'pre_tokenizer',
	value: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true }
};

/** Llama 2's pre-tokenizer, with `▁` before every text or only before the first part of it. */
export const metaspace = (prepend_scheme: 'always' | 'first'): SpecEdit => ({
	kind: 'pre_tokenizer',
	value: { type: 'Metaspace', replacement: '▁', prepend_scheme, split: false }
});

/** Llama 2's pre-tokenizer, which a library used instead of a model's own. */
export const METASPACE = metaspace('always');
