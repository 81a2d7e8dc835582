/** Changes that the editor offers. Links and the gallery can have others, which the editor describes. */
import type { SpecEdit } from '../../../drift/edits/spec-edit';
import type { TokenizerOutline } from '../../../drift/outline';
import { GPT2_SPLIT, METASPACE } from '../../../drift/edits/spec-edit';

export interface EditForm {
	readonly id: string;
	/** Entry in the list of changes. */
	readonly name: string;
	/** Consequence of the change, in one sentence. */
	readonly note: string;
	/** Part of the tokenizer that it changes, which is possible once; by default the id. */
	readonly part?: string;
	/** Creates the edit; `null` if a tokenizer cannot be changed this way. */
	createEdit(outline: TokenizerOutline): SpecEdit | null;
	/** Whether an edit is one of this form. */
	shows(edit: SpecEdit): boolean;
}

/** Maximum number of merges that an edit drops. */
const MAX_DROPPED_MERGES = 1000;

export const EDIT_FORMS: readonly EditForm[] = [
	{
		id: 'gpt2',
		part: 'pre-tokenizer',
		name: 'Split as GPT-2 does',
		note: 'B splits text by GPT-2’s regex, as when a converter forgets the model’s own.',
		createEdit: () => GPT2_SPLIT,
		shows: (edit) => edit.kind === 'pre_tokenizer' && edit.value?.type === 'ByteLevel'
	},
	{
		id: 'regex',
		part: 'pre-tokenizer',
		name: 'Different regex',
		note: 'One Split of the pre-tokenizer uses a different pattern.',
		createEdit: ({ splits: [regex] }) =>
			regex === undefined ? null : { kind: 'split-regex', split: 0, regex },
		shows: ({ kind }) => kind === 'split-regex'
	},
	{
		id: 'metaspace',
		part: 'pre-tokenizer',
		name: 'Split at spaces (Metaspace)',
		note: 'SentencePiece’s pre-tokenizer, with a vocabulary that was not trained with it.',
		createEdit: () => METASPACE,
		shows: (edit) => edit.kind === 'pre_tokenizer' && edit.value?.type === 'Metaspace'
	},
	{
		id: 'normalizer',
		name: 'Different normalizer',
		note: 'Text is not normalized before it is split, or by NFKC if it was not before.',
		createEdit: ({ normalizer }) => ({
			kind: 'normalizer',
			value: normalizer === null ? { type: 'NFKC' } : null
		}),
		shows: ({ kind }) => kind === 'normalizer'
	},
	{
		id: 'drop-added',
		name: 'Drop added tokens',
		note: 'Special tokens, or Gemma’s runs of whitespace, are encoded as ordinary text.',
		createEdit({ addedTokens }) {
			if (addedTokens.length === 0) return null;
			const which = addedTokens.some(({ special }) => !special) ? 'not-special' : 'special';
			return { kind: 'drop-added-tokens', which };
		},
		shows: ({ kind }) => kind === 'drop-added-tokens'
	},
	{
		id: 'drop-merges',
		name: 'Drop the last merges',
		note: 'The file was truncated: the tokens stay, but no merge makes them.',
		createEdit({ merges, size }) {
			// If ranks imply the merges, every token may be one.
			const count = Math.min(MAX_DROPPED_MERGES, merges ?? size);
			return count === 0 ? null : { kind: 'drop-last-merges', count };
		},
		shows: ({ kind }) => kind === 'drop-last-merges'
	},
	{
		id: 'bos',
		name: 'BOS on or off',
		note: 'The token before the text is missing or added.',
		createEdit({ before, addedTokens }) {
			if (before.length > 0) return { kind: 'bos', times: 0, token: null };
			const token = findBos(addedTokens);
			return token === undefined ? null : { kind: 'bos', times: 1, token };
		},
		shows: ({ kind }) => kind === 'bos'
	},
	{
		id: 'prefix-space',
		name: 'Prefix space on or off',
		note: 'Whether “Berlin” at the start of a text is read as “ Berlin”.',
		createEdit: (outline) => ({ kind: 'prefix-space', value: !hasPrefixSpace(outline) }),
		shows: ({ kind }) => kind === 'prefix-space'
	},
	{
		id: 'ignore-merges',
		name: 'ignore_merges on or off',
		note: 'Whether a pre-token that is a token skips the merges.',
		createEdit: ({ ignoreMerges, merges }) => ({
			kind: 'ignore-merges',
			value: merges === null ? false : !ignoreMerges
		}),
		shows: ({ kind }) => kind === 'ignore-merges'
	},
	{
		id: 'clean-up',
		name: 'Clean-up of spaces',
		note: 'Decoding removes the space before “!”, “.” and the like: “x != y” becomes “x!= y”.',
		createEdit: ({ decoder }) =>
			decoder === null ? null : { kind: 'clean-up-spaces', value: true },
		shows: ({ kind }) => kind === 'clean-up-spaces'
	}
];

const partOf = ({ id, part = id }: EditForm): string => part;

/** Forms to offer for one of several edits: those that apply, and whose part no other edit changes. */
export function formsFor(
	outline: TokenizerOutline,
	edits: readonly SpecEdit[],
	at: number
): readonly EditForm[] {
	const others = edits.toSpliced(at, 1).flatMap((edit) => formOf(edit) ?? []);
	const taken = new Set(others.map(partOf));
	return EDIT_FORMS.filter((form) => form.createEdit(outline) !== null && !taken.has(partOf(form)));
}

/** The form of an edit; `undefined` if the editor only describes it. */
export const formOf = (edit: SpecEdit): EditForm | undefined =>
	EDIT_FORMS.find((form) => form.shows(edit));

/** Content of the first token that looks like a BOS; of the first token if none does. */
const findBos = (tokens: TokenizerOutline['addedTokens']): string | undefined =>
	(tokens.find(({ content }) => /bos|begin|^<s>$|start/i.test(content)) ?? tokens.at(0))?.content;

function hasPrefixSpace({ normalizer, pre_tokenizer }: TokenizerOutline): boolean {
	const json = JSON.stringify([normalizer, pre_tokenizer]);
	return /"Prepend"|"add_prefix_space":true|"prepend_scheme":"(always|first)"/.test(json);
}
