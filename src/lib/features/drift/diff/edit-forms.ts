/** The changes that the editor offers, and what each begins with. */
import type { TokenizerOutline } from '../../../drift/outline';
import type { AddedTokenChoice, SpecEdit } from '../../../drift/edits/spec-edit';

export interface EditForm {
	readonly id: string;
	/** In the list of changes. */
	readonly name: string;
	/** What follows from it, in one sentence. */
	readonly note: string;
	/** What of the tokenizer it changes: one change a part, since a second finds nothing of the first left. */
	readonly part: string;
	/** Whether it can be done to a tokenizer. */
	applies(outline: TokenizerOutline): boolean;
	/** What is changed when it is chosen. */
	begin(outline: TokenizerOutline): SpecEdit;
	/** Whether an edit is one of its. */
	owns(edit: SpecEdit): boolean;
}

const always = () => true;
const GPT2: SpecEdit = {
	kind: 'pre_tokenizer',
	value: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true }
};
const METASPACE: SpecEdit = {
	kind: 'pre_tokenizer',
	value: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: false }
};

/** The last merges that are dropped to begin with. */
const SOME_MERGES = 1000;

export const EDIT_FORMS: readonly EditForm[] = [
	{
		id: 'gpt2',
		part: 'pre-tokenizer',
		name: 'Cut as GPT-2 does',
		note: 'The pre-tokenizer falls back to ByteLevel with GPT-2’s regex, as in converters that lost it.',
		applies: always,
		begin: () => GPT2,
		owns: (edit) => edit.kind === 'pre_tokenizer' && edit.value?.type === 'ByteLevel'
	},
	{
		id: 'regex',
		part: 'pre-tokenizer',
		name: 'Another regex',
		note: 'One Split of the pre-tokenizer cuts by another pattern.',
		applies: ({ splits }) => splits.length > 0,
		begin: ({ splits }) => ({ kind: 'split-regex', split: 0, regex: splits[0] ?? '' }),
		owns: ({ kind }) => kind === 'split-regex'
	},
	{
		id: 'metaspace',
		part: 'pre-tokenizer',
		name: 'Cut at spaces (Metaspace)',
		note: 'SentencePiece’s pre-tokenizer on a vocabulary that was not made with it.',
		applies: always,
		begin: () => METASPACE,
		owns: (edit) => edit.kind === 'pre_tokenizer' && edit.value?.type === 'Metaspace'
	},
	{
		id: 'normalizer',
		part: 'normalizer',
		name: 'Another normalizer',
		note: 'What is done to the text before it is cut.',
		applies: always,
		begin: ({ normalizer }) => ({
			kind: 'normalizer',
			value: normalizer === null ? { type: 'NFKC' } : null
		}),
		owns: ({ kind }) => kind === 'normalizer'
	},
	{
		id: 'drop-added',
		part: 'added tokens',
		name: 'Drop added tokens',
		note: 'Special tokens, or Gemma’s runs of whitespace, are spelled out instead.',
		applies: ({ addedTokens }) => addedTokens.length > 0,
		begin: ({ addedTokens }) => ({
			kind: 'drop-added-tokens',
			which: addedTokens.some(({ special }) => !special) ? 'not-special' : 'special'
		}),
		owns: (edit) => edit.kind === 'drop-added-tokens' && isOneChoice(edit.which)
	},
	{
		id: 'added-flags',
		part: 'flags',
		name: 'Flags of an added token',
		note: 'Whether a token takes the white space beside it along, as Phi-3’s do, and where it is recognised.',
		applies: ({ addedTokens }) => addedTokens.length > 0,
		begin: ({ addedTokens }) => ({
			kind: 'added-token-flags',
			which: { contents: addedTokens.slice(0, 1).map(({ content }) => content) },
			flags: { rstrip: true }
		}),
		owns: (edit) =>
			edit.kind === 'added-token-flags' &&
			isOneChoice(edit.which) &&
			Object.keys(edit.flags).length === 1
	},
	{
		id: 'swap-merges',
		part: 'order of merges',
		name: 'Swap two merges',
		note: 'Two merges trade ranks: hardly any text shows it.',
		applies: (outline) => mergesOf(outline) > 1,
		begin: (outline) => ({ kind: 'swap-merges', ranks: neighbours(100, mergesOf(outline)) }),
		owns: ({ kind }) => kind === 'swap-merges'
	},
	{
		id: 'drop-merges',
		part: 'number of merges',
		name: 'Drop the last merges',
		note: 'The file was cut short; the tokens stay and nothing leads to them.',
		applies: (outline) => mergesOf(outline) > 0,
		begin: (outline) => ({
			kind: 'drop-last-merges',
			count: Math.min(SOME_MERGES, mergesOf(outline))
		}),
		owns: ({ kind }) => kind === 'drop-last-merges'
	},
	{
		id: 'reorder-merges',
		part: 'order of merges',
		name: 'Reorder the merges',
		note: 'The same merges in another order: what is merged first is another pair.',
		applies: (outline) => mergesOf(outline) > 1,
		begin: () => ({ kind: 'reorder-merges', order: 'reversed' }),
		owns: ({ kind }) => kind === 'reorder-merges'
	},
	{
		id: 'swap-ids',
		part: 'ids',
		name: 'Swap two ids',
		note: 'Two tokens trade ids.',
		applies: ({ size }) => size > 1,
		begin: ({ size }) => ({ kind: 'swap-ids', ids: neighbours(1000, size) }),
		owns: ({ kind }) => kind === 'swap-ids'
	},
	{
		id: 'shift-ids',
		part: 'shift',
		name: 'Shift ids',
		note: 'A token was put in between, and every id behind it moved.',
		applies: always,
		begin: ({ size }) => ({ kind: 'shift-ids', from: Math.min(1000, size - 1), by: 1 }),
		owns: ({ kind }) => kind === 'shift-ids'
	},
	{
		id: 'bos',
		part: 'post-processor',
		name: 'BOS on or off',
		note: 'The token before the text: forgotten, or put there twice.',
		applies: ({ before, addedTokens }) => before.length > 0 || addedTokens.length > 0,
		begin: ({ before, addedTokens }) =>
			before.length > 0
				? { kind: 'bos', times: 0, token: null }
				: { kind: 'bos', times: 1, token: bosAmong(addedTokens) },
		owns: ({ kind }) => kind === 'bos'
	},
	{
		id: 'prefix-space',
		part: 'prefix',
		name: 'Prefix space on or off',
		note: 'Whether “Berlin” at the start of a text is read as “ Berlin”.',
		applies: always,
		begin: (outline) => ({ kind: 'prefix-space', value: !hasPrefixSpace(outline) }),
		owns: ({ kind }) => kind === 'prefix-space'
	},
	{
		id: 'ignore-merges',
		part: 'ignore_merges',
		name: 'ignore_merges on or off',
		note: 'Whether a piece that is a token as it stands skips the merges.',
		applies: always,
		begin: ({ ignoreMerges, merges }) => ({
			kind: 'ignore-merges',
			value: merges === null ? false : !ignoreMerges
		}),
		owns: ({ kind }) => kind === 'ignore-merges'
	},
	{
		id: 'clean-up',
		part: 'decoder',
		name: 'Clean-up of spaces',
		note: 'Decoding takes out the space before “!”, “.” and the like: “x != y” comes back as “x!= y”.',
		applies: ({ decoder }) => decoder !== null,
		begin: () => ({ kind: 'clean-up-spaces', value: true }),
		owns: ({ kind }) => kind === 'clean-up-spaces'
	}
];

/** Whether one entry of a list says it all. */
const isOneChoice = (which: AddedTokenChoice): boolean =>
	typeof which === 'string' || which.contents.length === 1;

/** Where the order of ranks stands for merges, every token may be one. */
const mergesOf = ({ merges, size }: TokenizerOutline): number => merges ?? size;

/** A number and the next one, both below `end`. */
const neighbours = (number: number, end: number): [number, number] => {
	const first = Math.min(number, end - 2);
	return [first, first + 1];
};

/** The forms for one of several changes: those that apply, and change nothing that another does. */
export function formsFor(
	outline: TokenizerOutline,
	edits: readonly SpecEdit[],
	at: number
): readonly EditForm[] {
	const taken = new Set(edits.flatMap((edit, i) => (i === at ? [] : [formOf(edit)?.part])));
	return EDIT_FORMS.filter((form) => form.applies(outline) && !taken.has(form.part));
}

/** The form of an edit; undefined for one that no form can show. */
export const formOf = (edit: SpecEdit): EditForm | undefined =>
	EDIT_FORMS.find((form) => form.owns(edit));

/** The first that looks like a beginning, or just the first. */
function bosAmong(tokens: TokenizerOutline['addedTokens']): string {
	const named = tokens.find(({ content }) => /bos|begin|^<s>$|start/i.test(content));
	return (named ?? tokens[0])?.content ?? '';
}

function hasPrefixSpace({ normalizer, pre_tokenizer }: TokenizerOutline): boolean {
	const json = JSON.stringify([normalizer, pre_tokenizer]);
	return /"Prepend"|"add_prefix_space":true|"prepend_scheme":"(always|first)"/.test(json);
}
