/** Changes to A that B’s picker offers because real converters and libraries make them. */
import { describeEdit } from '../../../drift/edits/messages';
import { GPT2_SPLIT, METASPACE, type SpecEdit } from '../../../drift/edits/spec-edit';

interface OfferedChange {
	/** Shown after the tokenizer's name: "llama3, not normalized". */
	readonly name: string;
	readonly edit: SpecEdit;
}

/**
 * Initial value for the visitor’s own regex, which matches words, single digits, and runs of symbols or white space.
 */
const SIMPLE_REGEX = String.raw`\p{L}+|\p{N}|[^\s\p{L}\p{N}]+|\s+`;

export const OFFERED_CHANGES: readonly OfferedChange[] = [
	{ name: 'split as GPT-2 does', edit: GPT2_SPLIT },
	{ name: 'split at spaces, as Llama 2 does', edit: METASPACE },
	{
		name: 'split by your own regex (in Options)',
		edit: { kind: 'split-regex', split: 0, regex: SIMPLE_REGEX }
	},
	{ name: 'not normalized', edit: { kind: 'normalizer', value: null } },
	{ name: 'with a space before the text', edit: { kind: 'prefix-space', value: true } },
	{ name: 'without a space before the text', edit: { kind: 'prefix-space', value: false } },
	{ name: 'without BOS', edit: { kind: 'bos', times: 0, token: null } },
	{
		name: 'without its special tokens',
		edit: { kind: 'drop-added-tokens', which: 'special' }
	},
	{
		name: 'without its other added tokens',
		edit: { kind: 'drop-added-tokens', which: 'not-special' }
	},
	{ name: 'without its last 1,000 merges', edit: { kind: 'drop-last-merges', count: 1000 } },
	{ name: 'merging inside whole tokens', edit: { kind: 'ignore-merges', value: false } },
	{ name: 'cleaning up spaces', edit: { kind: 'clean-up-spaces', value: true } }
];

/** Describes a change, for use after the tokenizer's name. */
export function describeChange(edit: SpecEdit): string {
	const json = JSON.stringify(edit);
	return (
		OFFERED_CHANGES.find((offered) => JSON.stringify(offered.edit) === json)?.name ??
		describeEdit(edit)
	);
}
