import type { SpecEdit } from '../../../drift/edits/spec-edit';

export { describeEdit } from '../../../drift/edits/messages';

/** What "one change" begins with: the fallback to GPT-2's pre-tokenizer, the commonest real one. */
export const FIRST_CHANGE: SpecEdit = {
	kind: 'pre_tokenizer',
	value: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true }
};
