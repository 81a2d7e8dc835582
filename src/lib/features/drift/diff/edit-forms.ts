/** Changes that the editor offers, and the edit that each starts with. */
import type { AddedTokenChoice, SpecEdit } from '../../../drift/edits/spec-edit';
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
	/** Whether a tokenizer can be changed this way; by default always. */
	applies?(outline: TokenizerOutline): boolean;
	/** Creates the edit that a newly chosen form starts with. */
	createEdit(outline: TokenizerOutline): SpecEdit;
	/** Whether the form can show an edit. */
	shows(edit: SpecEdit): boolean;
}

/** Number of merges that a new edit drops, at most. */
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
		applies: ({ splits }) => splits.length > 0,
		createEdit: ({ splits }) => ({ kind: 'split-regex', split: 0, regex: splits[0] }),
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
		note: 'Changes the text before it is split.',
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
		applies: ({ addedTokens }) => addedTokens.length > 0,
		createEdit: ({ addedTokens }) => ({
			kind: 'drop-added-tokens',
			which: addedTokens.some(({ special }) => !special) ? 'not-special' : 'special'
		}),
		shows: (edit) => edit.kind === 'drop-added-tokens' && isOneChoice(edit.which)
	},
	{
		id: 'added-flags',
		name: 'Flags of an added token',
		note: 'Where a token is recognised, and whether it takes the white space beside it, as Phi-3’s do.',
		applies: ({ addedTokens }) => addedTokens.length > 0,
		createEdit: ({ addedTokens }) => ({
			kind: 'added-token-flags',
			which: { contents: [addedTokens[0].content] },
			flags: { rstrip: true }
		}),
		shows: (edit) =>
			edit.kind === 'added-token-flags' &&
			isOneChoice(edit.which) &&
			Object.keys(edit.flags).length === 1
	},
	{
		id: 'swap-merges',
		name: 'Swap two merges',
		note: 'Two merges trade ranks. Hardly any text shows it.',
		applies: (outline) => mergesOf(outline) > 1,
		createEdit: (outline) => ({ kind: 'swap-merges', ranks: neighbours(100, mergesOf(outline)) }),
		shows: ({ kind }) => kind === 'swap-merges'
	},
	{
		id: 'drop-merges',
		name: 'Drop the last merges',
		note: 'The file was truncated: the tokens stay, but no merge makes them.',
		applies: (outline) => mergesOf(outline) > 0,
		createEdit: (outline) => ({
			kind: 'drop-last-merges',
			count: Math.min(MAX_DROPPED_MERGES, mergesOf(outline))
		}),
		shows: ({ kind }) => kind === 'drop-last-merges'
	},
	{
		id: 'swap-ids',
		name: 'Swap two ids',
		note: 'Two tokens trade ids.',
		applies: ({ size }) => size > 1,
		createEdit: ({ size }) => ({ kind: 'swap-ids', ids: neighbours(1000, size) }),
		shows: ({ kind }) => kind === 'swap-ids'
	},
	{
		id: 'shift-ids',
		name: 'Shift ids',
		note: 'A token was inserted, shifting every later id.',
		createEdit: ({ size }) => ({ kind: 'shift-ids', from: Math.min(1000, size - 1), by: 1 }),
		shows: ({ kind }) => kind === 'shift-ids'
	},
	{
		id: 'bos',
		name: 'BOS on or off',
		note: 'The token before the text is missing or there twice.',
		applies: ({ before, addedTokens }) => before.length > 0 || addedTokens.length > 0,
		createEdit: ({ before, addedTokens }) =>
			before.length > 0
				? { kind: 'bos', times: 0, token: null }
				: { kind: 'bos', times: 1, token: findBos(addedTokens) },
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
		applies: ({ decoder }) => decoder !== null,
		createEdit: () => ({ kind: 'clean-up-spaces', value: true }),
		shows: ({ kind }) => kind === 'clean-up-spaces'
	}
];

/** Whether one entry of a list of tokens can show the choice. */
const isOneChoice = (which: AddedTokenChoice): boolean =>
	typeof which === 'string' || which.contents.length === 1;

/** Number of merges; if ranks imply them, every token may be one. */
const mergesOf = ({ merges, size }: TokenizerOutline): number => merges ?? size;

/** A number and the next one, both below `end`. */
const neighbours = (number: number, end: number): [number, number] => {
	const first = Math.min(number, end - 2);
	return [first, first + 1];
};

const partOf = ({ id, part = id }: EditForm): string => part;

/** Forms to offer for one of several edits: those that apply, and whose part no other edit changes. */
export function formsFor(
	outline: TokenizerOutline,
	edits: readonly SpecEdit[],
	at: number
): readonly EditForm[] {
	const others = edits.toSpliced(at, 1).flatMap((edit) => formOf(edit) ?? []);
	const taken = new Set(others.map(partOf));
	return EDIT_FORMS.filter((form) => (form.applies?.(outline) ?? true) && !taken.has(partOf(form)));
}

/** The form that shows an edit; `undefined` if none can. */
export const formOf = (edit: SpecEdit): EditForm | undefined =>
	EDIT_FORMS.find((form) => form.shows(edit));

/** Content of the first token that looks like a BOS; of the first token if none does. */
function findBos(tokens: TokenizerOutline['addedTokens']): string {
	const named = tokens.find(({ content }) => /bos|begin|^<s>$|start/i.test(content));
	return (named ?? tokens[0]).content;
}

function hasPrefixSpace({ normalizer, pre_tokenizer }: TokenizerOutline): boolean {
	const json = JSON.stringify([normalizer, pre_tokenizer]);
	return /"Prepend"|"add_prefix_space":true|"prepend_scheme":"(always|first)"/.test(json);
}
